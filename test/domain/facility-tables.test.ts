import t from 'tap'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { positivityWards } from '../../service/domain/dataset/positivity-wards.ts'
import type { Positivity, PositivityChoices } from '../../service/domain/files/positivity.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { ReportStore } from '../../service/domain/files/facility/report-store.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { refusal } from '../support/refusal.ts'
import type { ReadingChoices } from '../../service/domain/files/reading/choices.ts'

const U5: PositivityChoices = { facilityLevel: 'all', age: 'u5', method: 'rdt' }
const HEADER = 'State,LGA,Ward,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs'

async function read(
  rows: readonly string[],
  reading: ReadingChoices = {},
  choices: Partial<PositivityChoices> = {},
): Promise<Positivity> {
  const bytes = Buffer.from(rows.join('\n'))
  return readPositivity([{ bytes, filename: 'facilities.csv', choices: reading }], { ...U5, ...choices })
}

/** `ward: positive of tested`. */
function figures({ wards }: Positivity): string[] {
  return wards.map(({ wardName, positive, tested }) => `${wardName}: ${String(positive)} of ${String(tested)}`)
}

function said({ findings }: Positivity): string {
  return findings.map(({ detail, examples = [] }) => `${detail} ${examples.join(' ')}`).join('\n')
}

t.test('two states with an LGA and a ward of one name stay two', async (t) => {
  const found = await read([HEADER, 'Kano,Gwale,Kuka,F1,Jan 2023,100,10', 'Jigawa State,Gwale,Kuka,F1,Jan 2023,100,70'])
  t.strictSame(
    found.wards.map(({ state, tpr }) => [state, tpr]),
    [
      ['Kano', 10],
      ['Jigawa State', 70],
    ],
  )
  const table = await readWards(
    Buffer.from('State,LGA,WardName,rain\nJigawa,Gwale,Kuka,1\nkn Kano State,Gwale,Kuka,2\n'),
    'wards.csv',
  )
  t.strictSame([...(joinPositivity(table, found).columns.at(-1)?.numbers ?? [])], [70, 10])
  t.strictSame(positivityWards([found]).labels, ['Kuka (Kano)', 'Kuka (Jigawa State)'])
  const other = await readWards(
    Buffer.from('State,LGA,WardName,rain\nBorno,Gwale,Kuka,1\nBorno,Gwale,Doka,2\n'),
    'wards.csv',
  )
  t.match(
    joinPositivity(other, await read([HEADER, 'Kano,Gwale,Kuka,F1,Jan 2023,100,10'])).columns.at(-1),
    { type: 'empty' },
    'wards of another state get no figure',
  )
})

t.test('a state is one state with and without the word', async (t) => {
  const found = await read([
    HEADER,
    'kn Kano State,Gwale,Kuka,F1,Jan 2023,100,10',
    'Kano,Gwale LGA,kn Kuka Ward,F1,Feb 2023,100,20',
  ])
  t.strictSame(figures(found), ['Kuka: 30 of 200'])
})

t.test('repeated columns count once, are one series, or are refused with both named', async (t) => {
  const header = `${HEADER},Tested by RDT under 5`
  t.strictSame(figures(await read([header, 'S,L,A,F1,Jan 2023,100,80,100'])), ['A: 80 of 100'])
  t.strictSame(figures(await read([header, 'S,L,A,F1,Jan 2023,100,80,', 'S,L,A,F1,Feb 2023,,5,10'])), ['A: 85 of 110'])
  await t.rejects(
    read([header, 'S,L,A,F1,Jan 2023,100,80,90']),
    /2 columns count rdt tested u5, and they differ: 100 in "RDT tested <5yrs", 90 in "Tested by RDT under 5", at line 2/,
  )
  await t.rejects(
    read([header, 'S,L,A,F1,Jan 2023,100,80,90'], { columns: { 'RDT tested <5yrs': 'tested u5 rdt' } }),
    /they differ/,
    'one settled role is not two of the same',
  )
  const ignored = { columns: { 'Tested by RDT under 5': 'ignore' } } as const
  t.strictSame(figures(await read([header, 'S,L,A,F1,Jan 2023,100,80,90'], ignored)), ['A: 80 of 100'])
})

t.test('totals, quarters and years beside months are left out and said', async (t) => {
  const months = ['Jan 2023,10,1', 'Feb 2023,20,2', 'Mar 2023,30,3']
  for (const total of ['Total,60,6', '2023Q1,60,6', '2023,60,6', 'Jan to Mar 2023,60,6', 'Bilan,60,6', ',60,6']) {
    const found = await read([HEADER, ...[...months, total].map((row) => `S,L,A,F1,${row}`)])
    t.strictSame(figures(found), ['A: 6 of 60'], total)
    t.match(said(found), /sum up other reports of the same facility/, total)
    t.match(found, { questions: [], months: ['Jan 2023', 'Feb 2023', 'Mar 2023'] }, total)
    t.equal(found.wards[0]?.completeness, 100, total)
  }
})

t.test('totals that differ from each other are left out like others, without a question', async (t) => {
  const found = await read([HEADER, 'S,L,A,F1,Jan 2023,10,1', 'S,L,A,F1,Total,10,1', 'S,L,A,F1,Total,20,3'])
  t.strictSame([figures(found), found.questions], [['A: 1 of 10'], []])
  const alone = await read([HEADER, 'S,L,A,F1,Total,10,1', 'S,L,A,F1,Total,20,3'])
  t.match(alone.questions, [{ id: 'duplicate-differs:reports' }])
})

t.test('a year of its own is not the total of another year', async (t) => {
  const found = await read([HEADER, 'S,L,A,F1,2022,100,50', 'S,L,A,F1,Jan 2023,10,1'])
  t.strictSame(figures(found), ['A: 51 of 110'])
  t.equal(found.wards[0]?.completeness, null, 'nobody knows which months of 2022 were reported')
})

t.test('a label that is no sum of the others is asked about', async (t) => {
  const rows = [HEADER, 'S,L,A,F1,Jan 2023,10,1', 'S,L,A,F1,Feb 2023,20,2', 'S,L,A,F1,Bilan,60,6']
  const id = 'rows-no-wards:period:Bilan'
  t.match((await read(rows)).questions, [{ id, kind: 'rows-no-wards' }])
  t.strictSame(figures(await read(rows, { answers: { [id]: 'keep' } })), ['A: 9 of 90'])
  t.strictSame(figures(await read(rows, { answers: { [id]: 'leave-out' } })), ['A: 3 of 30'])
  const equal = [HEADER, 'S,L,A,F1,Jan 2023,10,1', 'S,L,A,F1,Bilan,10,1']
  t.match((await read(equal)).questions, [{ id }], 'the sum of one month may be chance')
})

t.test('days are days, even the first of a month', async (t) => {
  const days = ['2023-01-01,10,1', '2023-01-02,10,2', '2023-01-03,10,3'].map((row) => `S,L,A,F1,${row}`)
  t.strictSame(figures(await read([HEADER, ...days])), ['A: 6 of 30'])
  t.match(
    (await read([HEADER, ...days, 'S,L,A,F1,January 2023,30,6'])).questions,
    [{ id: 'duplicate-differs:reports' }],
    'the month may be meant, or its first day',
  )
})

t.test('rows without a known ward, of areas and of whole wards are left out and said', async (t) => {
  const row = 'S,L,A,F1,Jan 2023,100,20'
  for (const [extra, finding] of [
    ['S,L,Unknown,F9,Jan 2023,50,50', /ward is not known.*Unknown/],
    ['S,L,Not assigned,F9,Jan 2023,50,50', /ward is not known/],
    ['S,L,Non précisé,F9,Jan 2023,50,50', /ward is not known/],
    ['S,L,#N/A,F9,Jan 2023,50,50', /without a ward/],
    ['S,L,,L,Jan 2023,100,20', /without a ward/],
    ['S,L,L,L,Jan 2023,100,20', /ward is its own LGA or state/],
    ['S,L,S,S,Jan 2023,100,20', /ward is its own LGA or state/],
    ['S,L,A,A,Jan 2023,100,20', /sum up the facilities of their ward.*A/],
    ['S,L,A,Total,Jan 2023,100,20', /called Total/],
    ['S,L,Total,Total,Jan 2023,100,20', /called Total/],
  ] as const) {
    const found = await read([HEADER, row, extra])
    t.strictSame(figures(found), ['A: 20 of 100'], extra)
    t.match(said(found), finding, extra)
    t.equal(found.facilities, 1, extra)
  }
})

t.test('a facility called like its ward is one, or is asked about if it may sum up the ward', async (t) => {
  const rows = [HEADER, 'S,L,A,F1,Jan 2023,100,20', 'S,L,A,A,Jan 2023,40,30']
  t.strictSame(figures(await read(rows)), ['A: 50 of 140'], 'it has fewer people than the other facility')
  const more = [HEADER, 'S,L,A,F1,Jan 2023,100,20', 'S,L,A,A,Jan 2023,140,30']
  const id = 'rows-no-wards:facilities'
  t.match((await read(more)).questions, [{ id }])
  t.strictSame(figures(await read(more, { answers: { [id]: 'leave-out' } })), ['A: 20 of 100'])
  t.strictSame(figures(await read(more, { answers: { [id]: 'keep' } })), ['A: 50 of 240'])
})

t.test('a facility in capitals and with double spaces is the same', async (t) => {
  const found = await read([HEADER, 'S,L,A,Kuka PHC,Jan 2023,10,1', 'S,L,A,KUKA  PHC,Feb 2023,10,2'])
  t.match(found, { facilities: 1, wards: [{ tested: 20, positive: 3, completeness: 100 }] })
  t.match(said(found), /Kuka PHC = KUKA {2}PHC|Kuka PHC = KUKA PHC/)
})

t.test('a month exported twice counts once if it says the same, and is asked about if not', async (t) => {
  const same = await read([HEADER, 'S,L,A,F1,Jan 2023,10,1', 'S,L,A,F1,January 2023,10,1'])
  t.strictSame(figures(same), ['A: 1 of 10'])
  t.match(said(same), /counted once\. F1, Jan 2023: line 2 and line 3/)
  const differing = [HEADER, 'S,L,A,F1,Jan 2023,10,1', 'S,L,A,F1,202301,30,6']
  const id = 'duplicate-differs:reports'
  t.match((await read(differing)).questions, [{ id, detail: /line 2 and line 3/ }])
  for (const [answer, expected] of [
    ['first', 'A: 1 of 10'],
    ['last', 'A: 6 of 30'],
    ['sum', 'A: 7 of 40'],
  ] as const) {
    const found = await read(differing, { answers: { [id]: answer } })
    t.strictSame([figures(found), found.questions], [[expected], []], answer)
    t.ok(found.findings.some(({ kind }) => kind === 'question-answered'))
  }
})

t.test('equal rows without a period are asked about', async (t) => {
  const header = 'Ward,HealthFacility,RDT tested <5yrs,RDT positive <5yrs'
  const rows = [header, 'A,F1,10,1', 'A,F1,20,3', 'A,F1,10,1']
  const id = 'duplicate-differs:without period'
  t.match((await read(rows)).questions, [{ id }])
  t.strictSame(figures(await read(rows, { answers: { [id]: 'once' } })), ['A: 4 of 30'])
  t.strictSame(figures(await read(rows, { answers: { [id]: 'all' } })), ['A: 5 of 40'])
})

t.test('files of one year each are one table, also if only their names say the year', async (t) => {
  const files = [
    ['f2022.csv', 'S,L,A,F1,Jan,10,1'],
    ['f2023.csv', 'S,L,A,F1,Jan,10,1'],
  ].map(([filename = '', row = '']) => ({ filename, bytes: Buffer.from(`${HEADER}\n${row}\n`), choices: {} }))
  const found = await readPositivity(files, U5)
  t.strictSame(figures(found), ['A: 2 of 20'])
  t.equal(found.wards[0]?.completeness, 100)
})

t.test('completeness is unknown where a row names no month', async (t) => {
  const found = await read([HEADER, 'S,L,A,F1,Jan 2023,10,1', 'S,L,B,F2,,10,1', 'S,L,C,F3,Feb 2023,10,1'])
  t.strictSame(
    found.wards.map(({ completeness }) => completeness),
    [50, null, 50],
  )
})

t.test('only facilities of the chosen level count', async (t) => {
  const header = 'Ward,HealthFacility,Facility level,Month,RDT tested <5yrs,RDT positive <5yrs'
  const rows = [header, 'A,F1,primary,Jan,10,1', 'A,F2,Secondary hospital,Jan,100,50']
  t.strictSame(figures(await read(rows, {}, { facilityLevel: 'primary' })), ['A: 1 of 10'])
  t.strictSame(figures(await read(rows, {}, { facilityLevel: 'secondary' })), ['A: 50 of 100'])
})

t.test('a pivot has its periods in the headers, with or without years and totals', async (t) => {
  const place = 'orgunitlevel2,orgunitlevel3,orgunitlevel4,organisationunitname'
  for (const periods of [
    ['January 2023', 'February 2023'],
    ['202301', '202302'],
    ['Jan', 'Feb'],
    ['Jan 2023', 'Feb 2023', 'Total'],
  ]) {
    const columns = ['RDT tested <5yrs', 'RDT positive <5yrs'].flatMap((what) =>
      periods.map((period) => `${what} ${period}`),
    )
    const isWithTotal = periods.length === 3
    const found = await read([
      [place, ...columns].join(','),
      isWithTotal ? 'S,L,A,F1,10,20,30,1,2,3' : 'S,L,A,F1,10,20,1,2',
      isWithTotal ? 'S,L,A,F2,5,,5,1,,1' : 'S,L,A,F2,5,,1,',
    ])
    t.strictSame(figures(found), ['A: 4 of 35'], periods.join())
    t.equal(found.wards[0]?.completeness, 75, periods.join())
  }
})

t.test('two header rows of a pivot are joined by the table layer', async (t) => {
  const found = await read([
    'LGA,Ward,HealthFacility,RDT tested <5yrs,,RDT positive <5yrs,',
    ',,,Jan 2023,Feb 2023,Jan 2023,Feb 2023',
    'L,A,F1,10,20,1,2',
  ])
  t.strictSame(figures(found), ['A: 3 of 30'])
  t.strictSame(found.months.length, 2)
})

const PLAIN = [
  'Data,Period,Organisation unit,Value',
  'RDT tested <5yrs,January 2023,Kuka PHC,100',
  'RDT positive <5yrs,January 2023,Kuka PHC,20',
  'Malaria deaths,January 2023,Kuka PHC,1',
]

t.test('plain data have one count a row', async (t) => {
  const found = await read(PLAIN.map((row, at) => `${at === 0 ? 'Ward' : 'Kuka'},${row}`))
  t.strictSame(figures(found), ['Kuka: 20 of 100'])
  t.match(said(found), /count something else.*Malaria deaths/)
  await t.rejects(
    read(['Ward,Data,Period,Organisation unit,Value', 'A,RDT tested <5yrs,Jan 2023,F1,10']),
    /no age and method of the choice has both people tested and people found positive/,
    'tested alone is no positivity of 0 %',
  )
})

t.test('a person is asked for the column of the ward or the facility', async (t) => {
  const ward = 'column-roles:ward'
  const facility = 'column-roles:facility'
  t.match(await read(PLAIN), { wards: [], questions: [{ id: ward, kind: 'column-roles' }] })
  const answered = await read(PLAIN, { answers: { [ward]: 'Organisation unit' } })
  t.match(answered, { wards: [], questions: [{ id: facility }] })
  const whole = await read(PLAIN, { answers: { [ward]: 'Organisation unit', [facility]: '' } })
  t.strictSame([figures(whole), whole.questions], [['Kuka PHC: 20 of 100'], []])
  const unnamed = ['Place,Site,Month,RDT tested <5yrs,RDT positive <5yrs', 'A,F1,Jan,10,1']
  const settled = await read(unnamed, { columns: { Place: 'ward name', Site: 'facility' } })
  t.strictSame([figures(settled), settled.questions], [['A: 1 of 10'], []])
  t.match(settled.reading.columns[0], { role: 'ward name', guessed: false, sample: ['A'] })
  await t.rejects(read(unnamed, { columns: { Place: 'population' } }), /Cannot read facilities\.csv in this way/)
  await t.rejects(read(unnamed, { columns: { Nowhere: 'facility' } }), /Cannot read facilities\.csv in this way/)
})

t.test('headers in French, Portuguese, of short names and with 0 for na are recognised', async (t) => {
  for (const header of [
    'Région,District sanitaire,Aire de santé,Formation sanitaire,Mois,TDR réalisés < 5 ans,TDR positifs < 5 ans',
    'Province,Zone de santé,Aire de santé,FOSA,Période,TDR réalisés moins de 5 ans,TDR positifs moins de 5 ans',
    'Provincia,Distrito,Ward,Unidade sanitária,Mês,TDR testados menores de 5 anos,TDR positivos menores de 5 anos',
    'orgunitlevel2,orgunitlevel3,Ward,organisationunit0me,period0me,u5_rdt_tested,u5_rdt_positive',
    'State,LGA,Ward,HF_Name,Month,RDT tested <5yrs,RDT positive <5yrs',
  ]) {
    const found = await read([header, 'S,L1,A,F1,Jan 2023,10,1', 'S,L2,A,F1,Jan 2023,10,9'])
    t.strictSame(
      found.wards.map(({ state, lga, positive }) => [state, lga, positive]),
      [
        ['S', 'L1', 1],
        ['S', 'L2', 9],
      ],
      header,
    )
    t.strictSame([found.months, found.questions], [['Jan 2023'], []], header)
  }
})

t.test('a month and a year in two columns are one period, also if a person settles both', async (t) => {
  const rows = ['2022,Jan', '2023,Jan', '2023,Feb'].map((period) => `A,F1,${period},10,1`)
  const header = 'Ward,HealthFacility,Year,Month,RDT tested <5yrs,RDT positive <5yrs'
  for (const columns of [{}, { Year: 'period', Month: 'period' }] as const) {
    const found = await read([header, ...rows], { columns })
    t.strictSame([figures(found), found.months], [['A: 3 of 30'], ['Jan 2022', 'Jan 2023', 'Feb 2023']])
  }
})

t.test('an age that is counted by half only is not in the figures, and said', async (t) => {
  const found = await read(
    ['Ward,HealthFacility,Month,RDT tested <5yrs,RDT positive <5yrs,RDT tested PW', 'A,F1,Jan,10,1,90'],
    {},
    { age: 'all' },
  )
  t.strictSame(figures(found), ['A: 1 of 10'], '90 tested pregnant women without a positive count would make it 1 %')
  t.match(said(found), /but not both.*rdt tested pw/)
})

t.test('counts under unknown headers are asked about, and the roles of their columns are the answer', async (t) => {
  const rows = [
    'Ward,HealthFacility,Month,Suspected cases,Cases,Rainfall',
    'A,F1,2023-01,40,10,12.5',
    'B,F2,2023-01,50,40,9.1',
  ]
  const open = await read(rows)
  t.match(open.questions, [{ id: 'column-roles:counts', kind: 'column-roles', options: [] }])
  t.match(open.questions[0]?.detail, /"Suspected cases", "Cases" may be counts\./, 'a column of decimals is none')
  t.strictSame(figures(open), [], 'nothing is measured before')
  t.equal(open.rows, 2)
  t.strictSame(open.reading.columns.find(({ name }) => name === 'Cases')?.sample, ['10', '40'])

  const settled = await read(rows, { columns: { 'Suspected cases': 'tested u5 rdt', Cases: 'positive u5 rdt' } })
  t.strictSame(settled.questions, [])
  t.strictSame(figures(settled), ['A: 10 of 40', 'B: 40 of 50'])

  const half = await read(rows, { columns: { 'Suspected cases': 'tested u5 rdt' } })
  t.match(half.questions, [{ id: 'column-roles:counts' }], 'one role is not enough')
})

t.test('a table of more reports than a task can hold is refused with the limit', (t) => {
  const store = new ReportStore(2, 512)
  for (let slot = 0; slot < 2_000_000; slot += 1) store.add(Math.floor(slot / 512), slot % 512, slot + 2)
  t.strictSame([store.size, store.lineOf(1_999_999), store.facilityOf(1_999_999)], [2_000_000, 2_000_001, 3_906])
  t.match(
    refusal(() => store.add(3_906, 200, 9)),
    { kind: 'too-large', errors: [{ line: 9, detail: /more than 2000000 reports/ }] },
  )
  t.end()
})

t.test('one count under a known header asks for its other half', async (t) => {
  const rows = ['Ward,HealthFacility,Month,RDT tested <5yrs,Cases', 'A,F1,2023-01,40,10']
  t.match((await read(rows)).questions, [{ detail: /"RDT tested <5yrs".*"Cases" may be counts/ }])
  t.strictSame(figures(await read(rows, { columns: { Cases: 'positive u5 rdt' } })), ['A: 10 of 40'])
  t.match(
    await read(rows, { columns: { Cases: 'positive u5 rdt' } }, { age: 'pw' }).catch((error: unknown) => error),
    { kind: 'unreadable-file', errors: [{ detail: /at the chosen age/ }] },
    'another age than the table has is refused, not asked about',
  )
})

t.test('unknown headers of the facility and of the counts are asked about together', async (t) => {
  const rows = ['Ward,Site,Month,Suspected cases,Cases', 'A,F1,2023-01,40,10']
  t.strictSame(
    (await read(rows)).questions.map(({ id }) => id),
    ['column-roles:facility', 'column-roles:counts'],
  )
})
