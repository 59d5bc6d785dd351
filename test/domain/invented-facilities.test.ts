import t from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import type { Positivity } from '../../service/domain/files/positivity.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { ods, xlsx } from '../support/spreadsheets.ts'

type End = 'right' | 'asked' | 'refused'

interface InventedCase {
  readonly files: readonly (readonly [name: string, bytes: Uint8Array])[]
  readonly ends: readonly End[]
  readonly says?: RegExp
  /** Positive of tested by ward, where it is not that of `TRUE`. */
  readonly figures?: readonly string[]
  /** Answers to the questions, by a part of their ids. After them the figures have to be right. */
  readonly answers?: Readonly<Record<string, string>>
}

interface Report {
  readonly lga: string
  readonly ward: string
  readonly facility: string
  /** 1 to 3 of 2023. */
  readonly month: number
  readonly tested: number
  readonly positive: number
}

const PLACES = [
  ['Birnin Yaro', 'Gada', 'Gada PHC'],
  ['Birnin Yaro', 'Gada', 'Kofa Dispensary'],
  ['Birnin Yaro', 'Rafin Kada', 'Rafin Kada MPHC'],
  ['Tudun Faru', 'Gada', 'Tudun Clinic'],
  ['Tudun Faru', 'Shiyar Kudu', 'Kudu Health Post'],
] as const
/** Eighteen months of five facilities less three that were not reported. Two wards have one name. */
const REPORTS: readonly Report[] = PLACES.flatMap(([lga, ward, facility], place) =>
  [1, 2, 3].map((month) => {
    const tested = 40 + 17 * place + 5 * month
    return { lga, ward, facility, month, tested, positive: 9 + 4 * place + ((place * month) % 5) }
  }),
).filter(({ facility, month }) => facility !== 'Kofa Dispensary' || month !== 2)

const TRUE = figuresOf(REPORTS)

/** Positive of tested by LGA and ward, added up here. */
function figuresOf(reports: readonly Report[]): string[] {
  const groups = Map.groupBy(reports, ({ lga, ward }) => `${lga}/${ward}`)
  const sum = (of: readonly Report[], key: 'tested' | 'positive'): number =>
    of.reduce((total, report) => total + report[key], 0)
  return [...groups]
    .map(([name, of]) => `${name}: ${String(sum(of, 'positive'))} of ${String(sum(of, 'tested'))}`)
    .sort()
}

const HEADER = ['LGA', 'Ward', 'HealthFacility', 'periodname', 'RDT tested <5yrs', 'RDT positive <5yrs']
const NAMES_OF_MONTHS = ['', 'January', 'February', 'March'] as const

function rowOf(report: Report, period = `2023-0${String(report.month)}`): string[] {
  return [report.lga, report.ward, report.facility, period, String(report.tested), String(report.positive)]
}

const ROWS = REPORTS.map((report) => rowOf(report))

function csv(rows: readonly (readonly string[])[], delimiter = ','): Buffer {
  const cell = (text: string): string => (text.includes(delimiter) ? `"${text}"` : text)
  return Buffer.from(rows.map((row) => row.map(cell).join(delimiter)).join('\n'))
}

function one(bytes: Uint8Array, name = 'facilities.csv'): InventedCase['files'] {
  return [[name, bytes]]
}

function periods(write: (month: number) => string): InventedCase {
  return {
    files: one(csv([HEADER, ...REPORTS.map((report) => rowOf(report, write(report.month)))])),
    ends: ['right'],
  }
}

function headers(names: readonly string[], ends: readonly End[] = ['right']): InventedCase {
  return { files: one(csv([names, ...ROWS])), ends }
}

/** One row a facility, one column a month and count. */
function pivot(write: (count: 'tested' | 'positive', month: number) => string): Buffer {
  const months = [1, 2, 3]
  const columns = (['tested', 'positive'] as const).flatMap((count) => months.map((month) => ({ count, month })))
  return csv([
    ['LGA', 'Ward', 'HealthFacility', ...columns.map(({ count, month }) => write(count, month))],
    ...PLACES.map(([lga, ward, facility]) => [
      lga,
      ward,
      facility,
      ...columns.map(({ count, month }) => {
        const report = REPORTS.find((other) => other.facility === facility && other.month === month)
        return report === undefined ? '' : String(report[count])
      }),
    ]),
  ])
}

function plainData(tested: string, positive: string): Buffer {
  return csv([
    ['LGA', 'Ward', 'Facility', 'Data', 'Period', 'Value'],
    ...REPORTS.flatMap(({ lga, ward, facility, month, ...counts }) => [
      [lga, ward, facility, tested, `20230${String(month)}`, String(counts.tested)],
      [lga, ward, facility, positive, `20230${String(month)}`, String(counts.positive)],
      [lga, ward, facility, 'Malaria inpatient deaths', `20230${String(month)}`, '1'],
    ]),
  ])
}

/** Each facility's months and a further row, of their sums. */
function withTotals(name: string): Buffer {
  const rows = PLACES.flatMap(([lga, ward, facility]) => {
    const own = REPORTS.filter((report) => report.facility === facility)
    const sum = (key: 'tested' | 'positive'): string => String(own.reduce((total, report) => total + report[key], 0))
    return [...own.map((report) => rowOf(report)), [lga, ward, facility, name, sum('tested'), sum('positive')]]
  })
  return csv([HEADER, ...rows])
}

/** The sums of an area as a "facility" of it. */
function withArea(lga: string, ward: string, facility: string, of: (report: Report) => boolean): Buffer {
  const rows = [1, 2, 3].map((month) => {
    const own = REPORTS.filter((report) => of(report) && report.month === month)
    const sum = (key: 'tested' | 'positive'): string => String(own.reduce((total, report) => total + report[key], 0))
    return [lga, ward, facility, `2023-0${String(month)}`, sum('tested'), sum('positive')]
  })
  return csv([HEADER, ...ROWS, ...rows])
}

const isOfGada = ({ lga, ward }: Report): boolean => lga === 'Birnin Yaro' && ward === 'Gada'

const CASES: Readonly<Record<string, InventedCase>> = {
  'a plain table': { files: one(csv([HEADER, ...ROWS])), ends: ['right'] },
  'months by their names': periods((month) => `${NAMES_OF_MONTHS[month] ?? ''} 2023`),
  'months in French': periods((month) => `${['', 'janvier', 'février', 'mars'][month] ?? ''} 2023`),
  'months in Portuguese': periods((month) => `${['', 'Janeiro', 'Fevereiro', 'Março'][month] ?? ''} 2023`),
  'months that a spreadsheet shortened': periods((month) => `${['', 'Jan', 'Feb', 'Mar'][month] ?? ''}-23`),
  'months as DHIS2 writes them': periods((month) => `20230${String(month)}`),
  'months as slashed numbers': periods((month) => `0${String(month)}/2023`),
  'months as their first days': periods((month) => `2023-0${String(month)}-01`),
  'months as the numbers of days': periods((month) => String([0, 44_927, 44_958, 44_986][month])),
  'quarters beside nothing': {
    files: one(
      csv([
        HEADER,
        ...ROWS.filter(([, , , period]) => period === '2023-03').map((row) => [
          ...row.slice(0, 3),
          '2023Q1',
          ...row.slice(4),
        ]),
      ]),
    ),
    ends: ['right'],
    figures: figuresOf(REPORTS.filter(({ month }) => month === 3)),
  },
  'a total beside the months': { files: one(withTotals('Total')), ends: ['right'] },
  'a total in French beside the months': { files: one(withTotals('Total général')), ends: ['right', 'asked'] },
  'the year beside the months': { files: one(withTotals('2023')), ends: ['right'] },
  'the quarter beside the months': { files: one(withTotals('Q1 2023')), ends: ['right'] },
  'a sum called Jimilla beside the months': { files: one(withTotals('Jimilla')), ends: ['right', 'asked'] },

  'headers in French': headers([
    'District',
    'Aire de santé',
    'Structure',
    'Mois',
    'TDR réalisés <5 ans',
    'TDR positifs <5 ans',
  ]),
  'headers in Portuguese': headers(
    ['Distrito', 'Bairro', 'Unidade sanitária', 'Mês', 'TDR testados <5 anos', 'TDR positivos <5 anos'],
    ['right', 'asked'],
  ),
  'headers with 0 for na': headers(
    ['lga0me', 'ward0me', 'organisationunit0me', 'period0me', ...HEADER.slice(4)],
    ['right', 'asked'],
  ),
  'headers of levels': headers(['orgunitlevel3', 'orgunitlevel4', 'orgunitlevel5', 'periodname', ...HEADER.slice(4)]),
  'counts under unknown names': headers([...HEADER.slice(0, 4), 'A', 'B'], ['asked']),
  'facilities under an unknown name': headers(
    ['LGA', 'Ward', 'Site', 'periodname', ...HEADER.slice(4)],
    ['asked', 'right'],
  ),
  'rates in place of counts': {
    files: one(csv([[...HEADER.slice(0, 5), 'RDT positivity rate <5yrs'], ...ROWS])),
    ends: ['asked', 'refused'],
  },

  'one column a month': {
    files: one(pivot((count, month) => `RDT ${count} <5yrs ${NAMES_OF_MONTHS[month] ?? ''} 2023`)),
    ends: ['right'],
  },
  'one column a month, its name first': {
    files: one(pivot((count, month) => `20230${String(month)} RDT ${count} <5yrs`)),
    ends: ['right'],
  },
  'one file a month': {
    files: [1, 2, 3].map((month) => [
      `2023-0${String(month)}.csv`,
      csv([HEADER, ...ROWS.filter((_, at) => REPORTS[at]?.month === month)]),
    ]),
    ends: ['right'],
  },
  'plain data': { files: one(plainData('RDT tested <5yrs', 'RDT positive <5yrs')), ends: ['right'] },
  'plain data of elements that name no test': {
    files: one(plainData('MAL 014 U5', 'MAL 015 U5')),
    ends: ['asked'],
    says: /MAL 014 U5.*MAL 015 U5/,
    answers: { 'MAL 014': 'tested u5 rdt', 'MAL 015': 'positive u5 rdt', deaths: 'ignore' },
  },
  'plain data of which one element names a test': {
    files: one(plainData('RDT tested <5yrs', 'Confirmed cases')),
    ends: ['asked'],
    says: /What does .*Confirmed cases/,
    answers: { Confirmed: 'positive u5 rdt', deaths: 'ignore' },
  },

  'a workbook with a title': {
    files: one(xlsx([{ name: 'Sheet1', rows: [['RDT 2023'], [], HEADER, ...ROWS] }]), 'facilities.xlsx'),
    ends: ['right'],
  },
  'an ODS': { files: one(ods([HEADER, ...ROWS]), 'facilities.ods'), ends: ['right'] },
  'tabs in UTF-16': {
    files: one(Buffer.from(`\ufeff${csv([HEADER, ...ROWS], '\t').toString()}`, 'utf16le')),
    ends: ['right'],
  },
  'semicolons and a footer': {
    files: one(csv([HEADER, ...ROWS, ['Source: DHIS2', '', '', '', '', '']], ';')),
    ends: ['right'],
  },
  'thousands in the counts': {
    files: one(
      csv([
        HEADER,
        ...ROWS.map((row) => [
          ...row.slice(0, 4),
          `1,0${row[4] ?? ''}`.replace('1,0', '1,').padEnd(5, '0').slice(0, 5),
          row[5] ?? '',
        ]),
      ]),
    ),
    ends: ['right', 'asked', 'refused'],
    figures: ['not compared'],
  },
  'counts with decimals': {
    files: one(csv([HEADER, ...ROWS.map((row) => [...row.slice(0, 4), `${row[4] ?? ''}.0`, `${row[5] ?? ''}.0`])])),
    ends: ['right'],
  },
  'Arabic digits': {
    files: one(
      csv([
        HEADER,
        ...ROWS.map((row) => [
          ...row.slice(0, 4),
          ...row.slice(4).map((cell) => cell.replaceAll(/\d/g, (digit) => String.fromCharCode(0x660 + Number(digit)))),
        ]),
      ]),
    ),
    ends: ['right'],
  },
  'the same columns twice': {
    files: one(csv([[...HEADER, HEADER[4] ?? ''], ...ROWS.map((row) => [...row, row[4] ?? ''])])),
    ends: ['right'],
  },
  'the same columns twice, of other counts': {
    files: one(csv([[...HEADER, HEADER[4] ?? ''], ...ROWS.map((row) => [...row, String(Number(row[4]) + 1)])])),
    ends: ['refused'],
  },
  'a report twice': { files: one(csv([HEADER, ...ROWS, ROWS[4] ?? []])), ends: ['right'] },
  'a report twice with other counts': {
    files: one(csv([HEADER, ...ROWS, [...(ROWS[4] ?? []).slice(0, 4), '99', '3']])),
    ends: ['asked'],
  },
  '-999 for a count': {
    files: one(csv([HEADER, ...ROWS, ['Tudun Faru', 'Gada', 'Tudun Clinic', '2023-04', '-999', '-999']])),
    ends: ['right', 'asked', 'refused'],
    says: /-999/,
  },
  'the ward as a facility of itself': {
    files: one(withArea('Birnin Yaro', 'Gada', 'Gada', isOfGada)),
    ends: ['right'],
    says: /sum up the facilities/,
  },
  'the LGA as a facility of a ward of its name': {
    files: one(withArea('Birnin Yaro', 'Birnin Yaro', 'Birnin Yaro', ({ lga }) => lga === 'Birnin Yaro')),
    ends: ['right', 'asked'],
    says: /LGA/,
  },
  'the total of a ward': {
    files: one(withArea('Birnin Yaro', 'Gada', 'Gada total', isOfGada)),
    ends: ['right', 'asked'],
    says: /Total|sum/,
  },
  'the total of a ward in Hausa': {
    files: one(withArea('Birnin Yaro', 'Gada', 'Jimlar Gada', isOfGada)),
    ends: ['right', 'asked'],
    says: /sum up others/,
  },
  'the sum of a ward under the name of a facility': {
    files: one(withArea('Birnin Yaro', 'Gada', 'Gada Hospital', isOfGada)),
    ends: ['asked'],
    says: /Gada Hospital/,
  },
  'the district as a row in French': {
    files: one(withArea('Birnin Yaro', 'Ensemble', 'Ensemble', ({ lga }) => lga === 'Birnin Yaro')),
    ends: ['right', 'asked'],
    says: /Ensemble/,
  },
  'a ward that is not known': {
    files: one(csv([HEADER, ...ROWS, ['Tudun Faru', 'Unknown', 'Private', '2023-01', '10', '9']])),
    ends: ['right'],
    says: /not known/,
  },
}

function found({ wards }: Positivity): string[] {
  return wards
    .map(({ lga, wardName, positive, tested }) => `${lga ?? ''}/${wardName}: ${String(positive)} of ${String(tested)}`)
    .sort()
}

type Answers = Readonly<Record<string, string>>

async function read({ files }: InventedCase, answers: Answers = {}): Promise<Positivity | Fault> {
  const choices = { facilityLevel: 'all', age: 'u5', method: 'rdt' } as const
  return readPositivity(
    files.map(([filename, bytes]) => ({ filename, bytes, choices: { answers } })),
    choices,
  ).catch((error: unknown) => {
    if (error instanceof Fault) return error
    throw error
  })
}

function isRight(positivity: Positivity, { figures = TRUE }: InventedCase): boolean {
  return figures[0] === 'not compared' || JSON.stringify(found(positivity)) === JSON.stringify(figures)
}

t.test('facility tables as people make them are read right, asked about or refused, never otherwise', async (t) => {
  const ends = new Map<string, number>()
  for (const [name, one] of Object.entries(CASES)) {
    const outcome = await read(one)
    const said =
      outcome instanceof Fault
        ? outcome.message
        : JSON.stringify([outcome.findings, outcome.questions, outcome.refused])
    const end =
      outcome instanceof Fault
        ? 'refused'
        : outcome.questions.length > 0
          ? 'asked'
          : isRight(outcome, one)
            ? 'right'
            : 'wrong'
    const isMeant = end !== 'wrong' && one.ends.includes(end)
    t.ok(isMeant, `${name}: ${end}`, isMeant ? {} : { said: said.slice(0, 700) })
    ends.set(end, (ends.get(end) ?? 0) + 1)
    if (one.says !== undefined) t.match(said, one.says, `${name}: it is said`)
    if (one.answers === undefined || outcome instanceof Fault) continue
    const chosen = Object.entries(one.answers).map(([part, answer]) => [
      outcome.questions.find(({ id }) => id.includes(part))?.id ?? `no question of ${part}`,
      answer,
    ])
    const settled = await read(one, Object.fromEntries(chosen) as Answers)
    t.ok(!(settled instanceof Fault) && settled.questions.length === 0, `${name}: answered`)
    t.ok(!(settled instanceof Fault) && isRight(settled, one), `${name}: right by the answers`)
  }
  t.comment([...ends].map(([end, count]) => `${String(count)} ${end}`).join(', '))
})
