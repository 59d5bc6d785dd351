import t from 'tap'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { testColumnOf } from '../../service/domain/files/facility/test-column.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { areaForm } from '../../service/domain/files/normal-form.ts'
import { wilson } from '../../service/domain/files/positivity.ts'
import { positivityWards } from '../../service/domain/dataset/positivity-wards.ts'
import type { Positivity, PositivityChoices } from '../../service/domain/files/positivity.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { Fault } from '../../service/domain/fault.ts'
import { workbook } from '../support/workbook.ts'

const ALL: PositivityChoices = { facilityLevel: 'all', age: 'u5', method: 'both' }
const HEADER = [
  'orgunitlevel2',
  'orgunitlevel3',
  'orgunitlevel4',
  'organisationunitname',
  'FacilityLevel',
  'periodname',
  'Persons presenting with fever & tested by RDT <5yrs',
  'Persons presenting with fever & tested by RDT  ≥5yrs (excl PW)',
  'Persons presenting with fever & tested by RDT Preg Women (PW)',
  'Persons tested positive for malaria by RDT <5yrs',
  'Persons tested positive for malaria by RDT â‰¥5yrs (excl PW)',
  'Persons tested positive for malaria by RDT Preg Women (PW)',
  'Persons tested by Microscopy <5yrs',
  'Persons tested by Microscopy >=5yrs (excl PW)',
  'Persons tested by Microscopy Preg Women (PW)',
  'Persons tested positive by Microscopy <5yrs',
  'Persons tested positive by Microscopy �5yrs (excl PW)',
  'Persons tested positive by Microscopy Preg Women (PW)',
]

function csv(rows: readonly string[], header: readonly string[] = HEADER): Buffer {
  return Buffer.from([header.join(','), ...rows].join('\n'))
}

/** Two wards called Central in two LGAs. F1 reports twice, F2 once. */
const ROWS = [
  //                                      rdt tested  rdt positive  microscopy tested  microscopy positive
  'kw State,kw Dala LGA,kw Central Ward,F1,Primary,Jan,10,20,5,4,10,2,6,1,0,5,1,0',
  'kw State,kw Dala LGA,kw Central Ward,F1,Primary,Feb,30,,,20,,,,,,,,',
  'kw State,kw Dala LGA,kw Central Ward,F2,Secondary Hospital,Jan,8,0,0,1,0,0,12,0,0,9,0,0',
  'kw State,kw Gwale LGA,kw Central Ward,F3,Primary,Jan,100,0,0,90,0,0,,,,,,',
  'kw State,kw Gwale LGA,kw Central Ward,F3,Primary,Feb,5,0,0,6,0,0,,,,,,',
]

async function measured(rows = ROWS, choices: Partial<PositivityChoices> = {}, header = HEADER): Promise<Positivity> {
  return readPositivity([{ bytes: csv(rows, header), filename: 'facilities.csv', choices: {} }], { ...ALL, ...choices })
}

t.test('testColumnOf() reads method, count and age from many wordings, and never confuses ages', async (t) => {
  const told = HEADER.slice(6).map((header) => {
    const column = testColumnOf(header)
    return column === null ? null : `${column.method} ${column.count} ${column.age}`
  })
  t.strictSame(
    told,
    ['rdt', 'microscopy'].flatMap((method) =>
      ['tested', 'positive'].flatMap((count) => ['u5', 'o5', 'pw'].map((age) => `${method} ${count} ${age}`)),
    ),
  )
  for (const [header, age] of [
    ['Tested RDT < 5 yrs', 'u5'],
    ['RDT tested &lt;5yrs', 'u5'],
    ['tested by rdt >5yrs', 'o5'],
    ['RDT TESTED ?5yrs', 'o5'],
    ['RDT tested 5 years and above', 'o5'],
    ['RDT tested (PW)', 'pw'],
  ] as const)
    t.equal(testColumnOf(header)?.age, age, header)
  for (const header of [
    'Persons with fever',
    'RDT tested',
    'RDT tested <50yrs',
    'RDT tested <5yrs and ≥5yrs',
    'RDT or Microscopy tested <5yrs',
    'population <5yrs',
  ])
    t.equal(testColumnOf(header), null, header)
})

t.test(
  'readPositivity() can be checked by hand: for one age, the larger of both methods counts at each facility',
  async (t) => {
    const found = await measured()
    // Dala: F1 max(40, 6) tested, max(24, 5) positive; F2 max(8, 12), max(1, 9). Gwale: February is refused.
    t.strictSame(
      found.wards.map(({ lga, wardName, facilities, tested, positive, tpr, completeness, refusedRows, flags }) => [
        lga,
        wardName,
        facilities,
        tested,
        positive,
        tpr,
        completeness,
        refusedRows,
        flags,
      ]),
      [
        ['kw Dala LGA', 'kw Central Ward', 2, 52, 33, 3300 / 52, 75, 0, []],
        ['kw Gwale LGA', 'kw Central Ward', 1, 100, 90, 90, 50, 1, ['positivity above 80', 'rows refused']],
      ],
      'wards of one name in two LGAs stay two',
    )
    t.strictSame(found.refused, [{ line: 6, facility: 'F3', reason: '6 positive of 5 tested (rdt u5)' }])
    t.strictSame(found.months, ['Jan', 'Feb'])
    const [dala] = (await measured(ROWS, { age: 'all' })).wards
    // All ages: RDT has 38 positive of 83. Microscopy has 15 of 19, the larger rate.
    t.match(dala, { tested: 19, positive: 15 })
    t.match(await measured(ROWS, { facilityLevel: 'secondary' }), {
      column: 'tpr_u5_both_secondary',
      wards: [{ facilities: 1, tested: 12, positive: 9, completeness: 50 }],
      findings: [{ detail: /facilities of other levels/, count: 4, examples: ['Primary'] }],
    })
    t.match((await measured(ROWS, { method: 'rdt', age: 'pw' })).wards[0], { tested: 5, positive: 2 })
  },
)

t.test('wilson() gives the published intervals', async (t) => {
  // Newcombe 1998, table I, method 3: 81/263, 15/148, 0/20, 1/29.
  for (const [positive, tested, low, high] of [
    [81, 263, 25.53, 36.62],
    [15, 148, 6.24, 16.05],
    [0, 20, 0, 16.11],
    [1, 29, 0.61, 17.18],
  ] as const) {
    const interval = wilson(positive, tested)
    t.ok(
      Math.abs((interval?.low ?? NaN) - low) < 0.006 && Math.abs((interval?.high ?? NaN) - high) < 0.006,
      `${String(positive)} of ${String(tested)}: ${JSON.stringify(interval)}`,
    )
  }
  t.equal(wilson(0, 0), null)
})

t.test(
  'readPositivity() adds up columns to which a person gave one role, and lists them and what is lacking',
  async (t) => {
    const header = ['Ward', 'HealthFacility', 'RDT tested <5yrs', 'RDT tested under 5', 'RDT positive <5yrs']
    const rows = ['A,F1,10,5,3', 'A,F2,x,1,1', 'A,F3,1,1,-1', ',F4,1,1,1', 'B,F5,NA,,']
    await t.rejects(
      measured(rows, {}, header),
      /2 columns count rdt tested u5, and they differ: 10 in "RDT tested <5yrs", 5 in "RDT tested under 5", at line 2/,
      'nobody said that they are parts of one count',
    )
    const found = await readPositivity(
      [
        {
          bytes: csv(rows, header),
          filename: 'facilities.csv',
          choices: { columns: { 'RDT tested <5yrs': 'tested u5 rdt', 'RDT tested under 5': 'tested u5 rdt' } },
        },
      ],
      ALL,
    )
    t.match(found.wards, [
      { wardName: 'A', tested: 15, positive: 3, completeness: null, refusedRows: 2 },
      { wardName: 'B', tested: 0, tpr: null, low: null },
    ])
    t.match(found.refused, [
      { line: 3, reason: '"x" is not a count of people' },
      { line: 4, reason: '"-1" is not a count of people' },
    ])
    const details = found.findings.map(({ detail }) => detail).join(' ')
    for (const text of [
      '2 columns count rdt tested u5 and were added up, because you gave them the same role',
      'does not count these',
      'no LGA column',
      'no month column',
      'without a ward or a facility',
    ])
      t.ok(details.includes(text), text)
  },
)

t.test(
  'readPositivity() counts facilities with only refused rows for completeness, and leaves out summary rows',
  async (t) => {
    const header = ['Ward', 'HealthFacility', 'period', 'RDT tested <5yrs', 'RDT positive <5yrs']
    const found = await measured(
      [
        'A,F1,Jan,10,3',
        'A,F1,Feb,10,3',
        'A,F2,Jan,1,5',
        'B,F3,Jan,1,5',
        'A,Total,Jan,20,6',
        'Grand total,,Jan,20,6',
        'Total,Total,Jan,20,6',
      ],
      {},
      header,
    )
    t.match(found.wards, [
      { wardName: 'A', facilities: 2, tested: 20, positive: 6, completeness: 50, refusedRows: 1 },
      {
        wardName: 'B',
        facilities: 1,
        tested: 0,
        tpr: null,
        completeness: 0,
        refusedRows: 1,
        flags: ['completeness below 50', 'rows refused'],
      },
    ])
    t.equal(found.facilities, 3)
    t.match(
      found.findings.filter(({ detail }) => detail.includes('sum up others')),
      [{ kind: 'row-dropped', count: 2 }],
    )
  },
)

t.test('readPositivity() lists what it merges: spellings of a ward, and rows of a facility and month', async (t) => {
  const header = ['LGA', 'Ward', 'HealthFacility', 'period', 'RDT tested <5yrs', 'RDT positive <5yrs']
  const found = await measured(
    ['Dala,Kuka,F1,Jan,10,3', 'Dala LGA,kn KUKA Ward,F1,Jan,10,3', 'Dala,Kuka,F2,Jan,10,3'],
    { method: 'rdt' },
    header,
  )
  // F1's report of January is there twice and counts once.
  t.match(found.wards, [{ wardName: 'Kuka', lga: 'Dala', facilities: 2, tested: 20, positive: 6 }])
  t.strictSame(
    found.findings.map(({ kind, count, examples }) => [kind, count, examples]),
    [
      ['default-used', 1, ['F1, Jan: line 2 and line 3']],
      ['spelling-differs', 1, ['Kuka, Dala = kn KUKA Ward, Dala LGA']],
    ],
  )
})

t.test('readPositivity() prefers WardName to the names of levels in DHIS2', async (t) => {
  const { wards } = await measured(['x,y,A,Dala,F1,10,3'], {}, [
    'orgunitlevel4',
    'orgunitlevel3',
    'WardName',
    'LGA',
    'HealthFacility',
    'RDT tested <5yrs',
    'RDT positive <5yrs',
  ])
  t.match(wards, [{ wardName: 'A', lga: 'Dala' }])
})

t.test('readPositivity() refuses a file that is not a facility table, and says what it lacks', async (t) => {
  const refusals: readonly (readonly [Promise<unknown>, RegExp])[] = [
    [measured(['A,1.5,2'], {}, ['Ward', 'rain', 'urban']), /no column counts people tested/],
    [
      measured(['A,F1,1'], {}, ['Ward', 'HealthFacility', 'RDT tested <5yrs']),
      /no column counts people found positive/,
    ],
    [
      measured(['A,F1,1,1'], { facilityLevel: 'primary' }, [
        'Ward',
        'HealthFacility',
        'RDT tested <5yrs',
        'RDT positive <5yrs',
      ]),
      /no FacilityLevel column/,
    ],
    [measured([]), /no row with a ward and a facility/],
    [readPositivity([{ bytes: Buffer.alloc(0), filename: 'f.csv', choices: {} }], ALL), /empty/],
  ]
  for (const [refusal, wording] of refusals) await t.rejects(refusal, wording, String(wording))
  await t.rejects(measured([]), Fault)
})

t.test('readPositivity() reads a workbook like the same CSV', async (t) => {
  const bytes = workbook([
    HEADER.map((name) => name.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')),
    ...ROWS.map((row) => row.split(',')),
  ])
  const sheet = await readPositivity([{ bytes, filename: 'facilities.xlsx', choices: {} }], ALL)
  t.strictSame(sheet.wards, (await measured()).wards)
})

t.test('joinPositivity() gives each ward its own figure as an indicator, within its LGA', async (t) => {
  t.equal(areaForm('kw Dala Local Government Area'), areaForm('DALA LGA'))
  const table = await readWards(
    Buffer.from('WardName,LGA,rain\nCentral,Dala,1\nCentral,Gwale,2\nElsewhere,Dala,3\n'),
    'w.csv',
  )
  const joined = joinPositivity(table, await measured())
  t.match(joined.columns.at(-1), { name: 'tpr_u5_both', type: 'number', missing: 1, indicator: true })
  t.strictSame(
    [...(joined.columns.at(-1)?.numbers ?? [])].map((value) => Math.round(value)),
    [63, 90, NaN],
  )
  t.strictSame(
    analyse(joinWards(joined, null), { indicators: ['rain', 'tpr_u5_both'] }).imputations.map(({ ward, column }) => [
      ward,
      column,
    ]),
    [['Elsewhere', 'tpr_u5_both']],
  )
  const { positivity, caveats } = analyse(joinWards(joined, null), { indicators: ['rain', 'tpr_u5_both'] })
  t.match(
    positivity,
    [
      {
        column: 'tpr_u5_both',
        choices: ALL,
        months: ['Jan', 'Feb'],
        refusedCount: 1,
        wards: [
          { ward: 'Central (Dala)', wardName: 'kw Central Ward', tested: 52, positive: 33 },
          { ward: 'Central (Gwale)', tested: 100, positive: 90, low: wilson(90, 100)?.low },
        ],
      },
    ],
    'the result holds what each figure follows from',
  )
  for (const caveat of [
    'tpr_u5_both, positivity above 80 percent, in 1 wards: Central (Gwale).',
    'tpr_u5_both, rows refused, in 1 wards: Central (Gwale).',
  ])
    t.ok(caveats.includes(caveat), caveat)
  t.match(
    joined.findings.find(({ kind }) => kind === 'spelling-differs'),
    { count: 2, examples: ['Central = kw Central Ward', 'Central = kw Central Ward'] },
  )
  const noLga = joinPositivity(
    await readWards(Buffer.from('WardName,rain,tpr_u5_both\nCentral,1,7\nElsewhere,3,8\n'), 'w.csv'),
    await measured(),
  )
  t.match(
    noLga.columns.at(-1),
    { name: 'tpr_u5_both (2)', type: 'empty', indicator: false },
    'two measured wards of one name are ambiguous',
  )
  t.ok(noLga.findings.some(({ kind, count }) => kind === 'ward-unmatched' && count === 2))
  t.match(noLga.positivity, [{ column: 'tpr_u5_both (2)', wards: [{ ward: null }, { ward: null }] }])
})

t.test(
  'positivityWards() makes a ward table of a facility table’s wards, to which each measurement is joined',
  async (t) => {
    const u5 = await measured()
    const o5 = await measured(ROWS.slice(0, 3).concat('kw State,Fagge,New,F9,Primary,Jan,0,10,0,0,7,0,,,,,,'), {
      age: 'o5',
    })
    const table = [u5, o5].reduce(joinPositivity, positivityWards([u5, o5]))
    t.match(table, {
      format: 'facilities',
      rows: 3,
      keyColumns: ['WardName', 'LGA', 'State'],
      labels: ['kw Central Ward (kw Dala LGA)', 'kw Central Ward (kw Gwale LGA)', 'New'],
      duplicates: { length: 2 },
    })
    t.strictSame(
      table.columns.map(({ name, indicator, missing }) => [name, indicator, missing]),
      [
        ['WardName', false, 0],
        ['LGA', false, 0],
        ['State', false, 0],
        ['tpr_u5_both', true, 1],
        ['tpr_o5_both', true, 1],
      ],
    )
    t.match(table.findings[0], {
      kind: 'default-used',
      detail: /no ward table: the wards are those of the facility table/,
    })
    const { wards, imputations } = analyse(joinWards(table, null))
    t.equal(wards.length, 3)
    t.strictSame(
      imputations.map(({ ward, column }) => [ward, column]),
      [
        ['New', 'tpr_u5_both'],
        ['kw Central Ward (kw Gwale LGA)', 'tpr_o5_both'],
      ],
    )
    t.throws(
      () => analyse(joinWards(joinPositivity(positivityWards([u5]), u5), null)),
      /Choose 2 to 10 indicators: "tpr_u5_both" of the candidates can be suggested\. The data have 1: "tpr_u5_both"/,
      'one indicator ranks nothing',
    )
    const nameless = await measured(['A,F1,10,3', 'B,F2,10,4'], {}, [
      'Ward',
      'HealthFacility',
      'RDT tested <5yrs',
      'RDT positive <5yrs',
    ])
    t.strictSame(positivityWards([nameless]).keyColumns, ['WardName'])
  },
)

t.test('readPositivity() reads half a million rows in bounded memory', async (t) => {
  const rows = Array.from({ length: 500_000 }, (_, at) => {
    const [lga, ward, facility] = [at % 700, at % 7_000, at % 35_000].map(String)
    return `S,L${lga},W${ward},F${facility},Primary,M${String(Math.floor(at / 35_000))},10,20,5,4,10,2,6,1,0,5,1,0`
  })
  const bytes = csv(rows)
  rows.length = 0
  const begin = performance.now()
  const before = process.memoryUsage().heapUsed
  const found = await readPositivity([{ bytes, filename: 'facilities.csv', choices: {} }], ALL)
  const seconds = (performance.now() - begin) / 1000
  const grownMiB = (process.memoryUsage().heapUsed - before) / 1048576
  t.comment(`${(bytes.length / 1e6).toFixed(0)} MB in ${seconds.toFixed(1)} s, heap grew by ${grownMiB.toFixed(0)} MiB`)
  t.equal(found.rows, 500_000)
  t.ok(grownMiB < 200)
})
