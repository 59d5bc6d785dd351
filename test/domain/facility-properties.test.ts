import fc from '../support/properties.ts'
import t from 'tap'
import type { PositivityChoices } from '../../service/domain/files/positivity.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'

const U5: PositivityChoices = { facilityLevel: 'all', age: 'u5', method: 'rdt' }
const HEADER = 'State,LGA,Ward,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs'
/** `PROPERTY_RUNS=10000` tries as many files as a release should. */
const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 200)

/** A report of a facility for a month, from 0. */
interface Report {
  readonly state: number
  readonly lga: number
  readonly ward: number
  readonly facility: number
  readonly year: 2022 | 2023
  readonly month: number
  readonly tested: number
  readonly positive: number
}

const REPORTS = fc.uniqueArray(
  fc
    .record({
      state: fc.integer({ min: 0, max: 1 }),
      lga: fc.integer({ min: 0, max: 1 }),
      ward: fc.integer({ min: 0, max: 2 }),
      facility: fc.integer({ min: 0, max: 2 }),
      year: fc.constantFrom(2022 as const, 2023 as const),
      month: fc.integer({ min: 0, max: 11 }),
      tested: fc.integer({ min: 0, max: 500 }),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ share, ...report }): Report => ({ ...report, positive: Math.floor(report.tested * share) })),
  {
    minLength: 1,
    maxLength: 60,
    selector: ({ state, lga, ward, facility, year, month }) => [state, lga, ward, facility, year, month].join(' '),
  },
)

const MONTHS = [
  ['January', 'janvier', 'janeiro', 'enero'],
  ['February', 'février', 'fevereiro', 'febrero'],
  ['March', 'mars', 'março', 'marzo'],
  ['April', 'avril', 'abril', 'abril'],
  ['May', 'mai', 'maio', 'mayo'],
  ['June', 'juin', 'junho', 'junio'],
  ['July', 'juillet', 'julho', 'julio'],
  ['August', 'août', 'agosto', 'agosto'],
  ['September', 'septembre', 'setembro', 'septiembre'],
  ['October', 'octobre', 'outubro', 'octubre'],
  ['November', 'novembre', 'novembro', 'noviembre'],
  ['December', 'décembre', 'dezembro', 'diciembre'],
] as const

type Spelling = (year: number, month: number) => string
const digits = (month: number): string => String(month + 1).padStart(2, '0')
const SPELLINGS: readonly Spelling[] = [
  (year, month) => `${MONTHS[month]?.[0] ?? ''} ${String(year)}`,
  (year, month) => `${MONTHS[month]?.[1] ?? ''} ${String(year)}`,
  (year, month) => `${MONTHS[month]?.[2] ?? ''} de ${String(year)}`,
  (year, month) => `${MONTHS[month]?.[3] ?? ''} ${String(year)}`,
  (year, month) => `${(MONTHS[month]?.[0] ?? '').slice(0, 3)}-${String(year).slice(2)}`,
  (year, month) => `${String(year)}${digits(month)}`,
  (year, month) => `${String(year)}-${digits(month)}`,
  (year, month) => `${digits(month)}/${String(year)}`,
  (year, month) => `${String(year)}-${digits(month)}-01`,
]
const ENGLISH: Spelling = SPELLINGS[0] ?? (() => '')

function areaOf({ state, lga, ward }: Report): string {
  return `State${String(state)},Lga${String(lga)},Ward${String(ward)}`
}

function rowOf(report: Report, spelled = ENGLISH): string {
  const { facility, year, month, tested, positive } = report
  return `${areaOf(report)},Clinic ${String(facility)},${spelled(year, month)},${String(tested)},${String(positive)}`
}

/** The sums by ward, from the reports themselves. */
function expected(reports: readonly Report[]): string {
  const sums = new Map<string, [number, number]>()
  for (const report of reports) {
    const [tested, positive] = sums.get(areaOf(report)) ?? [0, 0]
    sums.set(areaOf(report), [tested + report.tested, positive + report.positive])
  }
  return [...sums]
    .map(([area, [tested, positive]]) => `${area}: ${String(positive)} of ${String(tested)}`)
    .sort()
    .join('\n')
}

/** The sums by ward as they were read from the files, or `asked`. */
async function measured(...files: readonly (readonly string[])[]): Promise<string> {
  const { wards, questions } = await readPositivity(
    files.map((rows, at) => ({
      filename: `f${String(at)}.csv`,
      bytes: Buffer.from([HEADER, ...rows].join('\n')),
      choices: {},
    })),
    U5,
  )
  if (questions.length > 0) return 'asked'
  return wards
    .map(
      ({ state, lga, wardName, tested, positive }) =>
        `${state ?? ''},${lga ?? ''},${wardName}: ${String(positive)} of ${String(tested)}`,
    )
    .sort()
    .join('\n')
}

async function holds(property: fc.IAsyncProperty<unknown>): Promise<void> {
  await fc.assert(property, { numRuns: RUNS })
}

t.test('rows in any order, in one file or one a year, and again: the same figures, without a question', async (t) => {
  await holds(
    fc.asyncProperty(
      REPORTS,
      fc.infiniteStream(fc.nat()),
      fc.array(fc.nat(), { maxLength: 5 }),
      async (reports, order, again) => {
        const keys = new Map(reports.map((report) => [report, order.next().value]))
        const shuffled = [...reports].sort((one, other) => (keys.get(one) ?? 0) - (keys.get(other) ?? 0))
        const repeated = again.flatMap((at) => shuffled[at % shuffled.length] ?? [])
        const rows = [...shuffled, ...repeated].map((report) => rowOf(report))
        const byYear = [2022, 2023]
          .map((year) => shuffled.filter((report) => report.year === year).map((report) => rowOf(report)))
          .filter((own) => own.length > 0)
        const right = expected(reports)
        if ((await measured(rows)) !== right) throw new Error('other figures in one file')
        if ((await measured(...byYear)) !== right) throw new Error('other figures by year')
      },
    ),
  )
  t.pass(`${String(RUNS)} tables`)
})

t.test('any spelling of the periods, also several in one file: the same figures, without a question', async (t) => {
  await holds(
    fc.asyncProperty(REPORTS, fc.infiniteStream(fc.constantFrom(...SPELLINGS)), async (reports, spellings) => {
      const rows = reports.map((report) => rowOf(report, spellings.next().value))
      const found = await measured(rows)
      if (found !== expected(reports)) throw new Error(`${found}\n${rows.join('\n')}`)
    }),
  )
  t.pass(`${String(RUNS)} tables`)
})

/** Rows that sum up others, by what they sum up. */
const TOTALS: Readonly<Record<string, (reports: readonly Report[]) => readonly string[]>> = {
  'a total of each facility': (reports) =>
    sumsBy(reports, (report) => [`${areaOf(report)},Clinic ${String(report.facility)},Total`]),
  'years of each facility': (reports) =>
    sumsBy(reports, (report) => [`${areaOf(report)},Clinic ${String(report.facility)},${String(report.year)}`]),
  'quarters of each facility': (reports) =>
    sumsBy(reports, ({ year, month, ...report }) => [
      `${areaOf({ ...report, year, month })},Clinic ${String(report.facility)},${String(year)}Q${String(1 + Math.floor(month / 3))}`,
    ]),
  'a label of its own': (reports) =>
    sumsBy(reports, (report) => [`${areaOf(report)},Clinic ${String(report.facility)},Bilan`]),
  'rows of wards as facilities': (reports) =>
    sumsBy(reports, (report) => [`${areaOf(report)},Ward${String(report.ward)},${ENGLISH(report.year, report.month)}`]),
  'rows called Total in each ward': (reports) =>
    sumsBy(reports, (report) => [`${areaOf(report)},Total,${ENGLISH(report.year, report.month)}`]),
  'rows of LGAs': (reports) =>
    sumsBy(reports, (report) => {
      const lga = `Lga${String(report.lga)}`
      return [`State${String(report.state)},${lga},${lga},${lga},${ENGLISH(report.year, report.month)}`]
    }),
  'rows without a ward': (reports) =>
    sumsBy(reports, (report) => [
      `State${String(report.state)},Lga${String(report.lga)},,Lga${String(report.lga)},${ENGLISH(report.year, report.month)}`,
    ]),
}

function sumsBy(reports: readonly Report[], keyOf: (report: Report) => readonly string[]): readonly string[] {
  const sums = new Map<string, [number, number]>()
  for (const report of reports) {
    const key = keyOf(report).join(',')
    const [tested, positive] = sums.get(key) ?? [0, 0]
    sums.set(key, [tested + report.tested, positive + report.positive])
  }
  return [...sums].map(([key, [tested, positive]]) => `${key},${String(tested)},${String(positive)}`)
}

for (const [name, totalsOf] of Object.entries(TOTALS))
  t.test(`with ${name}: the same figures or a question`, async (t) => {
    let asked = 0
    await holds(
      fc.asyncProperty(REPORTS, fc.boolean(), async (reports, isFirst) => {
        const rows = reports.map((report) => rowOf(report))
        const totals = totalsOf(reports)
        const found = await measured(isFirst ? [...totals, ...rows] : [...rows, ...totals])
        if (found === 'asked') asked += 1
        else if (found !== expected(reports)) throw new Error(`${found}\n${[...rows, ...totals].join('\n')}`)
      }),
    )
    t.comment(`${String(asked)} of ${String(RUNS)} tables were asked about`)
    t.ok(asked < RUNS, 'not every table is asked about')
  })

t.test('a row that says something else is asked about', async (t) => {
  await holds(
    fc.asyncProperty(REPORTS, fc.nat(), async (reports, at) => {
      const report = reports[at % reports.length]
      if (report === undefined) return
      const rows = [...reports, { ...report, tested: report.tested + 1 }].map((one) => rowOf(one))
      if ((await measured(rows)) !== 'asked') throw new Error('not asked')
    }),
  )
  t.pass(`${String(RUNS)} tables`)
})
