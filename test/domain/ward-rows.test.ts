import t from 'tap'
import { readFileSync } from 'node:fs'
import { Fault } from '../../service/domain/fault.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import type { ReadingChoices } from '../../service/domain/files/reading/choices.ts'
import type { WardTable } from '../../service/domain/files/ward-table.ts'
import { combineWardTables } from '../../service/domain/files/ward/combine-ward-tables.ts'
import { periodOf } from '../../service/domain/files/ward/periods.ts'

/** Eight wards in two LGAs; the sums and means in the tests below were added up by hand. */
const HEADER = 'WardName,LGA,State,Population,rainfall,tpr'
const WARDS = [
  'Agbaku,Alafia,Kwara,12400,812,22.5',
  'Balumo,Alafia,Kwara,9800,955,41.2',
  'Cikaji,Alafia,Kwara,15300,1103,55.1',
  'Dandora,Alafia,Kwara,8700,870,30.4',
  'Eruwe,Kere,Kwara,20100,1240,61',
  'Fanisi,Kere,Kwara,11050,990,38.7',
  'Gadiko,Kere,Kwara,9420,1015,44.9',
  'Horemo,Kere,Kwara,13870,1190,52.3',
]
const NAMES = ['Agbaku', 'Balumo', 'Cikaji', 'Dandora', 'Eruwe', 'Fanisi', 'Gadiko', 'Horemo']

function read(lines: readonly string[], choices: ReadingChoices = {}): Promise<WardTable> {
  return readWards(Buffer.from(lines.join('\n')), 'wards.csv', choices)
}

function numbers(table: WardTable, name: string): number[] {
  return [...(table.columns.find((column) => column.name === name)?.numbers ?? [])]
}

async function faultOf(reading: Promise<unknown>): Promise<Fault> {
  const error = await reading.catch((thrown: unknown) => thrown)
  if (error instanceof Fault) return error
  throw new Error('it was read')
}

t.test('readWards() knows the ward columns of COD-AB, GADM, geoBoundaries, DHIS2, CHAP and ministries', async (t) => {
  for (const [header, wanted] of [
    ['ADM1_EN,ADM2_EN,ADM3_EN,ADM3_PCODE', ['state', 'lga', 'ward name', 'ward code']],
    ['admin1Name_fr,admin2Name_fr,admin3Name_fr,admin3Pcode', ['state', 'lga', 'ward name', 'ward code']],
    ['NAME_1,NAME_2,NAME_3,GID_3', ['state', 'lga', 'ward name', 'ward code']],
    ['State,LGA,shapeName,shapeID', ['state', 'lga', 'ward name', 'ward code']],
    ['orgunitlevel2,orgunitlevel3,orgunitlevel4,lgacode', ['state', 'lga', 'ward name', 'lga code']],
    ['Région,District sanitaire,Aire de santé,statecode', ['state', 'lga', 'ward name', 'state code']],
    ['statename,LGA Name,organisationunit0me,wardcode', ['state', 'lga', 'ward name', 'ward code']],
    ['province,parentName,Organisation unit,organisationunitid', ['state', 'lga', 'ward name', 'ward code']],
  ] as const) {
    const table = await read([`${header},rain`, 'K,D,Kuka,a1,1', 'K,D,Doka,a2,2', 'K,G,Bompai,a3,4'])
    t.strictSame(
      table.reading.columns.map(({ role, guessed }) => [role, guessed]),
      [...wanted, 'value'].map((role) => [role, true]),
      header,
    )
    t.strictSame([table.keys.wardName, table.questions], [['Kuka', 'Doka', 'Bompai'], []], header)
  }
})

t.test('readWards() shows each column with its role, why, and up to five different values', async (t) => {
  const { reading } = await read([`X,${HEADER},notes`, ...WARDS.map((ward, row) => `${row},${ward},${'n'.repeat(60)}`)])
  t.match(reading.columns, [
    { name: 'X', role: 'ignore', why: 'it names or numbers the rows' },
    { name: 'WardName', role: 'ward name', guessed: true, why: 'its header says it', sample: NAMES.slice(0, 5) },
    { name: 'LGA', role: 'lga', sample: ['Alafia', 'Kere'] },
    { name: 'State', role: 'state' },
    { name: 'Population', role: 'population' },
    { name: 'rainfall', role: 'value', why: 'it holds numbers' },
    { name: 'tpr', role: 'value' },
    { name: 'notes', role: 'value', sample: ['n'.repeat(40)] },
  ])
})

t.test('readWards() takes the only column of different names for the wards, and says so', async (t) => {
  const table = await read(['Quartier,LGA,rain', 'Kuka,Dala,1', 'Doka,Dala,2', 'Bompai,Gwale,3'])
  t.strictSame(table.keys.wardName, ['Kuka', 'Doka', 'Bompai'])
  t.match(table.findings, [{ kind: 'key-assumed', detail: /^No header names the wards: "Quartier" was taken/ }])
  t.strictSame((await read(['Region,District,rain', 'K,Kuka,1', 'K,Doka,2'])).keys.wardName, ['Kuka', 'Doka'])
})

t.test('readWards() asks which column names the wards when several could, and uses none until then', async (t) => {
  const lines = ['Quartier,Chef,rain', 'Kuka,Musa,1', 'Doka,Sani,2', 'Bompai,Audu,3']
  const open = await read(lines)
  t.match(open.questions, [{ id: 'column-roles', kind: 'column-roles', affects: 'ranking', columns: [] }])
  t.strictSame(
    open.questions[0]?.options.map(({ value }) => value),
    ['Quartier', 'Chef', 'rain'],
  )
  t.strictSame(open.labels, ['line 2', 'line 3', 'line 4'])
  for (const choices of [{ answers: { 'column-roles': 'Chef' } }, { columns: { Chef: 'ward name' as const } }]) {
    const table = await read(lines, choices)
    t.strictSame([table.keys.wardName, table.questions], [['Musa', 'Sani', 'Audu'], []])
    t.match(table.reading.columns[1], { role: 'ward name', guessed: false, why: 'you said so' })
  }
  t.match((await read(lines, { answers: { 'column-roles': 'Chief' } })).questions, [{ id: 'column-roles' }])
})

t.test('readWards() uses the roles that a person gave, and leaves out what is to be ignored', async (t) => {
  const table = await read([`flood_id,${HEADER}`, ...WARDS.map((ward, row) => `${row * row},${ward}`)], {
    columns: { flood_id: 'value', tpr: 'ignore', rainfall: 'population' },
  })
  t.match(
    table.columns.find(({ name }) => name === 'flood_id'),
    { indicator: true, reason: null },
  )
  t.notOk(table.columns.some(({ name }) => name === 'tpr'))
  t.match(table.reading.columns.at(-1), { name: 'tpr', role: 'ignore', guessed: false })
})

t.test('readWards() refuses a role of a column that is not there or cannot have it', async (t) => {
  const fault = await faultOf(
    read([HEADER, ...WARDS], {
      columns: { 'a/b': 'ward name', rainfall: 'facility', LGA: 'ward name', State: 'ward name' },
    }),
  )
  t.equal(fault.kind, 'invalid-input')
  t.strictSame(
    fault.errors.map(({ pointer }) => pointer),
    ['/columns/a~1b', '/columns/rainfall', '/columns/State'],
  )
})

t.test('readWards() leaves out rows of an LGA or state among wards and says what each of them is', async (t) => {
  // 12400 + 9800 + 15300 + 8700 = 46200; 812 + 955 + 1103 + 870 = 3740; (22.5 + 41.2 + 55.1 + 30.4) / 4 = 37.3
  const alafia = 'Alafia,Alafia,Kwara,46200,3740,37.3'
  const state = 'Kwara State,,Kwara,100640,8175,43.3'
  const table = await read([HEADER, ...WARDS.slice(0, 4), alafia, ...WARDS.slice(4), state])
  t.strictSame([table.labels, table.questions], [NAMES, []])
  t.match(table.findings, [
    { kind: 'row-dropped', detail: /called as an LGA or state/, examples: ['Kwara State (line 11)'] },
    {
      kind: 'row-dropped',
      count: 1,
      examples: [
        /^Alafia \(line 6\) is the sum of the other rows of its LGA in "Population", "rainfall" and is the mean/,
      ],
    },
  ])
  for (const name of ['Alafia Local Government Area', 'Sous-total Alafia', 'Total'])
    t.strictSame((await read([HEADER, ...WARDS, alafia.replace('Alafia', name)])).labels, NAMES, name)
})

t.test('readWards() asks about a row that may be an area, and does what the answer says', async (t) => {
  const lines = [HEADER.replace(',LGA,State', ''), ...WARDS.map((ward) => ward.replace(/,\w+,Kwara/, ''))]
  // The people of all eight: 12400 + 9800 + 15300 + 8700 + 20100 + 11050 + 9420 + 13870 = 100640.
  const open = await read([...lines, 'Zone 4,100640,1001,44'])
  t.match(open.questions, [{ kind: 'rows-no-wards', detail: /Zone 4 \(line 10\) is the sum of all other rows/ }])
  t.equal(open.rows, 9)
  const [question] = open.questions
  const answered = async (answer: string): Promise<WardTable> =>
    read([...lines, 'Zone 4,100640,1001,44'], { answers: { [question?.id ?? '']: answer } })
  t.strictSame([(await answered('leave-out')).labels, (await answered('leave-out')).questions], [NAMES, []])
  t.strictSame([(await answered('keep')).rows, (await answered('keep')).questions], [9, []])
  t.match((await answered('keep')).findings, [{ kind: 'question-answered', detail: /You chose: they are wards/ }])
})

t.test('readWards() keeps a ward that is called as its LGA, without a question', async (t) => {
  const table = await read([HEADER, ...WARDS.map((ward) => ward.replace('Fanisi', 'Kere')), 'Total,,,100640,,'])
  t.strictSame(table.questions, [])
  t.strictSame(table.labels, [...NAMES.slice(0, 5), 'Kere', ...NAMES.slice(6)])
})

t.test(
  'readWards() asks about rows of their own LGA in every LGA, which only a mean by people tells apart',
  async (t) => {
    const table = await read([
      HEADER,
      ...WARDS.slice(0, 4),
      'Alafia,Alafia,Kwara,,940,39.1',
      ...WARDS.slice(4),
      'Kere,Kere,Kwara,,1130,51.2',
    ])
    t.match(table.questions, [{ kind: 'rows-no-wards', detail: /Alafia \(line 6\).*Kere \(line 11\)/ }])
  },
)

t.test('readWards() takes Unknown, headings, totals of four languages and remarks for no wards', async (t) => {
  for (const row of [
    'Unknown,,,500,1,2',
    'Not assigned,Kere,Kwara,500,1,2',
    'Non précisé,,,500,1,2',
    'TOTAL GENERAL,,,500,1,2',
    'Ensemble,,,500,1,2',
    'Média,,,500,1,2',
    'Promedio,,,500,1,2',
    'Kere,,,,,',
    'Source: NMEP 2023,,,,,',
    'Remarks that nobody could take for the name of a ward because they are too long,,,,,',
  ]) {
    const table = await read([HEADER, ...WARDS, row])
    t.strictSame([table.labels, table.questions], [NAMES, []], row)
    const dropped = table.findings.filter(({ kind }) => kind === 'row-dropped')
    t.match(dropped, [{ count: 1, examples: [/\bline 10\)?$/] }], row)
  }
  const broken = await read([HEADER, ...WARDS, '#REF!,,,500,1,2'])
  t.strictSame([broken.labels, broken.questions], [NAMES, []])
  t.match(broken.findings, [{ kind: 'missing-values' }, { kind: 'row-dropped', count: 1, examples: ['line 10'] }])
  t.match((await read([HEADER, ...WARDS, 'Others,,,500,1,2'])).questions, [{ kind: 'rows-no-wards' }])
})

t.test(
  'readWards() leaves out LGAs, states and the country of one table, and fills no LGA into another one',
  async (t) => {
    // Sums by hand. The table has no column of states: theirs and the country's row have a name alone.
    const rows = [
      ...WARDS.slice(0, 4),
      'Alafia,Alafia,Kwara,46200,3740,149.2',
      'Kwara,,Kwara,46200,3740,149.2',
      ...WARDS.slice(4),
      'Kere,Kere,Kwara,54440,4435,196.9',
      'Osun,,Kwara,54440,4435,196.9',
      'Nigeria,,Kwara,100640,8175,346.1',
    ].map((row) => row.replace(',Kwara,', ','))
    const left = await read([HEADER.replace(',State', ''), ...rows])
    t.strictSame([left.labels, left.questions], [NAMES, []])

    const one = [
      'Gadiko,Alafia,9420,1015,44.9',
      'Horemo,Kere,13870,1190,52.3',
      'Alafia,,9420,1015,44.9',
      'Kere,,13870,1190,52.3',
    ]
    const asked = await read([HEADER.replace(',State', ''), ...one])
    t.match(asked.questions, [{ kind: 'rows-no-wards', detail: /Alafia \(line 4\).*Kere \(line 5\)/ }])
  },
)

t.test('readWards() keeps one of two rows that say the same, and asks about two that differ', async (t) => {
  const same = await read([HEADER, ...WARDS, 'ERUWE ,Kere,Kwara,20100,1240,61.0'])
  t.strictSame([same.labels, same.questions], [NAMES, []])
  t.match(same.findings, [{ kind: 'row-dropped', count: 1, examples: ['ERUWE (line 10) repeats line 6'] }])
  const lines = [HEADER, ...WARDS, 'Érúwé,Kere,Kwara,20100,1240,59']
  const open = await read(lines)
  t.match(open.questions, [
    { kind: 'duplicate-differs', affects: 'ranking', columns: [], detail: /line 6.*line 10.*"tpr" is 61 and 59/ },
  ])
  const answered = async (answer: string): Promise<WardTable> =>
    read(lines, { answers: { [open.questions[0]?.id ?? '']: answer } })
  t.strictSame(numbers(await answered('first'), 'tpr').slice(4), [61, 38.7, 44.9, 52.3])
  t.strictSame(numbers(await answered('last'), 'tpr').slice(4), [38.7, 44.9, 52.3, 59])
  t.strictSame(
    (await answered('leave-out')).labels,
    NAMES.filter((name) => name !== 'Eruwe'),
  )
  t.equal((await answered('apart')).rows, 9)
})

t.test('readWards() asks about a repeated code, a repeated name and two spellings one by one', async (t) => {
  const lines = [
    `WardCode,${HEADER}`,
    ...WARDS.map((ward, row) => `W${String(row)},${ward}`),
    'W0,Agbaku,Alafia,Kwara,12400,700,20',
    ',Zuru,Kere,Kwara,9000,901,31',
    ',Zuru,Kere,Kwara,9000,902,32',
    ',Hore-mo,Kere,Kwara,13870,1200,51',
  ]
  const open = await read(lines)
  t.strictSame(
    open.questions.map(({ id }) => id),
    ['duplicate-differs:code:Agbaku', 'duplicate-differs:name:Zuru', 'duplicate-differs:spelling:Horemo'],
  )
  const answers = Object.fromEntries(
    ['last', 'leave-out', 'apart'].map((answer, at) => [open.questions[at]?.id, answer]),
  )
  const settled = await read(lines, { answers })
  t.strictSame(settled.questions, [])
  t.strictSame(settled.labels, [...NAMES.slice(1), 'Agbaku', 'Hore-mo'])
  t.equal(numbers(settled, 'rainfall').at(-2), 700, 'the last row of the code')
})

t.test('readWards() keeps wards of one LGA and name in two states apart', async (t) => {
  const table = await read([HEADER, ...WARDS, ...WARDS.map((ward) => ward.replace('Kwara', 'Osun'))])
  t.strictSame([table.rows, table.questions], [16, []])
  t.strictSame([table.labels[0], table.labels[8]], ['Agbaku (Kwara)', 'Agbaku (Osun)'])
})

t.test('readWards() marks wards of one name by LGA and state where neither alone tells them apart', async (t) => {
  const { labels } = await read(['Ward,LGA,State,x1', 'Oke,A,K,1', 'Oke,B,K,2', 'Oke,A,O,3', 'Ile,A,K,4'])
  t.strictSame(labels, ['Oke (A, K)', 'Oke (B, K)', 'Oke (A, O)', 'Ile'])
})

t.test('readWards() joins no ward by a code that many wards share, and asks about one slip', async (t) => {
  const coded = (codes: readonly number[]): string[] => [
    `WardCode,${HEADER}`,
    ...WARDS.map((ward, row) => `${String(codes[row])},${ward}`),
  ]
  const shared = await read(coded([1, 2, 3, 4, 1, 2, 3, 4]))
  t.strictSame([shared.keys.wardCode, shared.questions, shared.rows], [null, [], 8])
  t.match(shared.findings, [{ kind: 'key-assumed', detail: /"WardCode" was not taken for the code of a ward/ }])
  t.match((await read(coded([1, 2, 3, 4, 5, 6, 7, 1]))).questions, [
    { kind: 'duplicate-differs', detail: /Agbaku \(line 2\), Horemo \(line 9\)/ },
  ])
})

t.test('readWards() asks about marks for missing values, once for each mark, and applies the answer', async (t) => {
  const lines = [HEADER, ...WARDS.map((ward) => ward.replace('1103', '-9999').replace('52.3', '-9999'))]
  const open = await read(lines)
  t.match(open.questions, [{ kind: 'sentinel', affects: 'ranking', columns: ['rainfall', 'tpr'], detail: /-9999/ }])
  const settled = await read(lines, { answers: { [open.questions[0]?.id ?? '']: 'missing' } })
  t.strictSame(numbers(settled, 'rainfall'), [812, 955, NaN, 870, 1240, 990, 1015, 1190])
  t.strictSame(settled.questions, [])
  const kept = await read(lines, { answers: { [open.questions[0]?.id ?? '']: 'value' } })
  t.strictSame([numbers(kept, 'rainfall')[2], kept.questions], [-9999, []])
  for (const mark of ['-999', '-99999', '99999', '1e20', '-32768', '-99'])
    t.match((await read([HEADER, ...WARDS.map((ward) => ward.replace('1103', mark))])).questions, [
      { kind: 'sentinel', columns: ['rainfall'] },
    ])
  const people = await read([HEADER, ...WARDS.map((ward) => ward.replace('15300', '99999'))])
  t.match(people.questions, [{ kind: 'sentinel', columns: ['Population'], affects: 'plan' }])
  const repeated = await read([HEADER, ...WARDS, ...['I', 'J'].map((name) => `${name},Kere,Kwara,9000,70000,40`)])
  t.match(repeated.questions, [{ kind: 'sentinel', detail: /70000 stands in "rainfall"/ }])
})

t.test('readWards() takes for missing what no ward can have, and says so', async (t) => {
  for (const [found, value] of [
    ['15300', '-99999'],
    ['15300', '-1'],
    ['1103', '-3.4028234663852886e+38'],
    ['1103', '-1.797693134862316e+308'],
    ['1103', '9.96921e36'],
  ] as const) {
    const table = await read([HEADER, ...WARDS.map((ward) => ward.replace(found, value))])
    t.strictSame(table.questions, [], value)
    t.strictSame(numbers(table, found === '15300' ? 'Population' : 'rainfall')[2], NaN, value)
    t.match(table.findings, [{ kind: 'values-removed', examples: ['Cikaji (line 4)'] }, { count: 1 }], value)
  }
})

t.test('readWards() asks nothing about negative numbers and nines that are values like others', async (t) => {
  const values = [-99, -120, -60, 20, 99, 140, -10, 60]
  const table = await read([`${HEADER},index`, ...WARDS.map((ward, row) => `${ward},${String(values[row])}`)])
  t.strictSame(table.questions, [])
})

const MONTHS = ['202301', '202302', '202303']

t.test('readWards() asks which month of a long table counts, and applies the answer', async (t) => {
  const lines = [
    `period,${HEADER}`,
    ...MONTHS.flatMap((month, at) =>
      WARDS.map((ward) => `${month},${ward.replace(/,([\d.]+)$/, (_, tpr: string) => `,${String(Number(tpr) + at)}`)}`),
    ),
  ].filter((line) => !line.startsWith('202302,Horemo'))
  const open = await read(lines)
  t.match(open.questions, [{ id: 'period-of-rows:period', kind: 'period-of-rows', affects: 'ranking', columns: [] }])
  t.strictSame(
    open.questions[0]?.options.map(({ value }) => value),
    ['202303', '202302', '202301', 'mean', 'sum'],
  )
  const answered = async (answer: string): Promise<WardTable> =>
    read(lines, { answers: { 'period-of-rows:period': answer } })
  const chosen = await answered('202302')
  t.strictSame([chosen.labels, chosen.questions], [NAMES, []])
  t.strictSame(numbers(chosen, 'tpr'), [23.5, 42.2, 56.1, 31.4, 62, 39.7, 45.9, NaN])
  // Horemo has 52.3 in January and 54.3 in March.
  t.strictSame(numbers(await answered('mean'), 'tpr').at(-1), 53.3)
  t.strictSame(numbers(await answered('sum'), 'tpr').slice(0, 1), [22.5 + 23.5 + 24.5])
  t.strictSame(numbers(await answered('sum'), 'Population')[0], 12400)
  t.strictSame(numbers(await answered('sum'), 'rainfall')[0], 812, 'what no month changes is not summed')
})

t.test('readWards() leaves the total of the months out, and asks about age groups as about months', async (t) => {
  const months = await read([
    `periodname,${HEADER}`,
    ...['January 2023', 'Feb-23', 'Total'].flatMap((month) => WARDS.map((ward) => `${month},${ward}`)),
  ])
  t.strictSame(
    months.questions[0]?.options.map(({ value }) => value),
    ['Feb-23', 'January 2023', 'mean', 'sum'],
  )
  t.match(months.findings, [{ kind: 'row-dropped', detail: /total over the periods/, count: 8, examples: ['Total'] }])
  const ages = await read([
    `Age,${HEADER}`,
    ...['<5', '5+'].flatMap((age, at) => WARDS.map((ward) => `${age},${ward.replace(/\d$/, String(at))}`)),
  ])
  t.match(ages.questions, [{ id: 'period-of-rows:Age' }])
})

t.test("readWards() makes a column of each data element of DHIS2's plain data", async (t) => {
  const lines = [
    'Data,Period,Organisation unit,Value',
    ...['Cases', 'Tests'].flatMap((element, at) =>
      ['Agbaku', 'Balumo', 'Cikaji'].map(
        (ward, row) => `${element},January 2023,kw ${ward} Ward,${String(10 * row + at)}`,
      ),
    ),
  ]
  const table = await read(lines)
  t.strictSame(table.labels, ['kw Agbaku Ward', 'kw Balumo Ward', 'kw Cikaji Ward'])
  t.strictSame(
    [numbers(table, 'Cases'), numbers(table, 'Tests')],
    [
      [0, 10, 20],
      [1, 11, 21],
    ],
  )
  t.strictSame(table.questions, [])
  const twice = await read([...lines, 'Tests,January 2023,kw Cikaji Ward,30'])
  t.match(twice.questions, [{ kind: 'duplicate-differs', detail: /kw Cikaji Ward/ }])
  const months = await read([...lines, ...lines.slice(1).map((line) => line.replace('January', 'March'))])
  t.match(months.questions, [{ kind: 'period-of-rows', detail: /from "January 2023" to "March 2023"/ }])
})

t.test('readWards() refuses a table of facilities and says what to do', async (t) => {
  const lines = [
    'LGA,WardName,HealthFacility,tested',
    ...NAMES.flatMap((name) => [1, 2].map((at) => `A,${name},${name} ${at},${at}`)),
  ]
  const fault = await faultOf(read(lines))
  t.equal(fault.kind, 'unreadable-file')
  t.match(fault.message, /"HealthFacility" holds facilities, several a ward.*upload it as facilities/)
  t.match(fault.errors, [{ column: 3 }])
  t.match((await read(lines, { columns: { HealthFacility: 'ignore' } })).questions, [{ kind: 'duplicate-differs' }])
})

t.test('readWards() fills an LGA down that is named once at the head of its wards, and nothing else', async (t) => {
  const heads = WARDS.map((ward, row) => (row % 4 === 0 ? ward : ward.replace(/,(Alafia|Kere),/, ',,')))
  const table = await read([HEADER, ...heads])
  t.strictSame(table.keys.lga, [...Array<string>(4).fill('Alafia'), ...Array<string>(4).fill('Kere')])
  t.match(table.findings, [{ kind: 'default-used', count: 6 }])
  const gaps = await read([HEADER, ...WARDS.map((ward, row) => (row === 2 ? ward.replace('Alafia', '') : ward))])
  t.strictSame(gaps.keys.lga?.[2], '')
})

t.test('periodOf() reads periods as DHIS2, CHAP and people write them, in order of time', async (t) => {
  for (const [text, length, order] of [
    ['2023', 'year', 20230101],
    ['202302', 'month', 20230201],
    ['2023-02', 'month', 20230201],
    ['2023-02-28', 'day', 20230228],
    ['February 2023', 'month', 20230201],
    ['févr. 2023', 'month', 20230201],
    ['Feb-23', 'month', 20230201],
    ['fevereiro de 2023', 'month', 20230201],
    ['2023Q2', 'quarter', 20230401],
    ['T2 2023', 'quarter', 20230401],
  ] as const)
    t.strictSame(periodOf(text), { length, order }, text)
  for (const text of ['Total', 'Kuka', '12', '1899', '2023-13', '']) t.equal(periodOf(text), null, text)
})

t.test('combineWardTables() puts files below each other and says which columns some of them lack', async (t) => {
  const first = await read(['Ward,LGA,rain,urban', 'Kuka,A,1,yes', 'Doka,A,2,no'])
  const second = await read(['WardName,LGA,rain,heat', 'Kuka,B,3,30', 'Bompai,B,4,31'])
  const both = combineWardTables([first, second])
  t.strictSame(both.labels, ['Kuka (A)', 'Doka', 'Kuka (B)', 'Bompai'])
  t.strictSame(
    [numbers(both, 'rain'), numbers(both, 'heat')],
    [
      [1, 2, 3, 4],
      [NaN, NaN, 30, 31],
    ],
  )
  t.strictSame([...both.lines], [2, 3, 5, 6])
  t.strictSame(both.questions, [])
  t.match(both.findings.slice(1), [
    { kind: 'rows-combined', examples: ['2 rows from line 2 on', '2 rows from line 5 on'] },
    { kind: 'missing-values', examples: ['urban', 'heat'] },
    { kind: 'duplicate-ward', examples: ['Kuka (A)', 'Kuka (B)'] },
  ])
  t.match(
    both.columns.find(({ name }) => name === 'urban'),
    { categories: ['yes', 'no'], missing: 2 },
  )
})

t.test('combineWardTables() asks about a ward that two files have with different values', async (t) => {
  const files = [
    await read(['Ward,LGA,rain', 'Kuka,A,1', 'Doka,A,2']),
    await read(['Ward,LGA,rain', 'KUKA,A,5', 'Doka,A,2']),
  ]
  const open = combineWardTables(files)
  t.match(open.questions, [{ kind: 'duplicate-differs', detail: /Kuka.*KUKA/ }])
  t.equal(open.rows, 3, 'the other ward says the same in both')
  const last = combineWardTables(files, { [open.questions[0]?.id ?? '']: 'last' })
  t.strictSame([last.questions, numbers(last, 'rain')], [[], [2, 5]])
})

t.test('readWards() asks about rows without an LGA once the areas that are certain are left out', async (t) => {
  // The means of two wards, or of the mean of two, are weak evidence. That the wards that remain have an LGA is not.
  const table = await read([
    'WardName,LGA,Population,rainfall,tpr',
    'Agbaku,Alafia,25400,1118,46.3',
    'Balumo,Kere,10900,736,19.7',
    'Tudun,,18150,927,33',
    'Cikaji,Oke,25410,1488,58.8',
    'Dandora,Oke,34500,1116,46.4',
    'Oke,Oke,29955,1302,52.6',
    'Kwara,,29955,1302,52.6',
    'Nigeria,,24052.5,1114.5,42.8',
  ])
  t.strictSame(
    table.questions.map(({ id }) => id),
    ['rows-no-wards:Tudun:Kwara'],
  )
  t.equal(table.rows, 6)
})

const DATA = new URL('../../../shared/data/', import.meta.url)

t.test('real and large tables are read as they are: no question, no ward left out', async (t) => {
  const sample = readFileSync(new URL('../../service/sample/wards.csv', import.meta.url))
  t.strictSame((await readWards(sample, 'wards.csv')).questions, [])
  for (const [name, rows] of [
    ['ilorin', 35],
    ['kano', 66],
    ['state-275', 275],
  ] as const) {
    let bytes: Uint8Array
    try {
      bytes = readFileSync(new URL(`${name}/wards.csv`, DATA))
    } catch {
      t.comment(`${name} is not here and was not tried`)
      continue
    }
    const table = await readWards(bytes, 'wards.csv')
    t.strictSame([table.rows, table.questions], [rows, []], name)
  }
})

t.test('of random tables with few different values, at most one in twenty has a row that is asked about', async (t) => {
  let state = 7
  /** A linear congruential generator (Numerical Recipes), so that the tables are the same every time. */
  const below = (bound: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * bound)
  }
  let asked = 0
  for (let count = 0; count < 40; count += 1) {
    const rows = Array.from({ length: 275 }, (_, at) =>
      [`W${String(at)}x`, `L${String(at % 19)}`, below(6), below(6), below(6)].join(),
    )
    const { questions } = await read(['WardName,LGA,rainfall,tpr,distance_to_water', ...rows])
    if (questions.some(({ kind }) => kind === 'rows-no-wards')) asked += 1
  }
  t.ok(asked <= 2, `${String(asked)} of 40 tables`)
})
