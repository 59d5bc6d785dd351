import { ods, xlsx } from './spreadsheets.ts'
import { xls } from './xls.ts'

type Cell = string | number | null

/** A measure of the wards as the tests write it. */
export interface Measure {
  /** Its header in each language of `HEADERS`. */
  readonly names: readonly string[]
  readonly direction: 'direct' | 'inverse' | null
  readonly decimals: number
  readonly least: number
  readonly width: number
  readonly isPercent: boolean
}

/** A ward, or a row that looks like one. A value is null if it is missing, and as `text` if that stands for it. */
export interface WrittenRow {
  readonly code: string
  readonly name: string
  readonly lga: string
  readonly state: string
  readonly values: readonly (number | null)[]
}

/** The headers of the keys as sources write them: code, name, LGA and state. */
export const HEADERS = [
  ['WardCode', 'WardName', 'LGA', 'State'],
  ['ADM3_PCODE', 'ADM3_EN', 'ADM2_EN', 'ADM1_EN'],
  ['GID_3', 'NAME_3', 'NAME_2', 'NAME_1'],
  ['organisationunitid', 'orgunitlevel4', 'orgunitlevel3', 'orgunitlevel2'],
  ['Code aire de santé', 'Aire de santé', 'District sanitaire', 'Région'],
] as const

/** How a file is written. */
export interface Dialect {
  readonly header: number
  readonly hasCode: boolean
  readonly hasState: boolean
  readonly delimiter: ',' | ';' | '\t' | '|'
  readonly decimal: '.' | ','
  readonly thousands: '' | ',' | '.' | ' ' | "'" | '\u202f'
  readonly percent: boolean
  readonly encoding: 'utf-8' | 'bom' | 'utf-16' | 'cp1252'
  readonly container: 'text' | 'xlsx' | 'ods' | 'xls'
}

/** A plain file: commas, points, no signs. */
export const PLAIN: Dialect = {
  header: 0,
  hasCode: true,
  hasState: true,
  delimiter: ',',
  decimal: '.',
  thousands: '',
  percent: false,
  encoding: 'utf-8',
  container: 'text',
}

/** Writes rows as a program of another maker would; the product has no part in it. */
export function writeWards(
  measures: readonly Measure[],
  rows: readonly WrittenRow[],
  dialect: Dialect,
): { filename: string; bytes: Uint8Array } {
  const [code = '', name = '', lga = '', state = ''] = HEADERS[dialect.header] ?? []
  const keys = (row: readonly string[]): string[] =>
    row.filter((_, place) => (place !== 0 || dialect.hasCode) && (place !== 3 || dialect.hasState))
  const header = [
    ...keys([code, name, lga, state]),
    ...measures.map(({ names }) => names[dialect.header === 4 ? 1 : 0]),
  ]
  const cells = rows.map((row) => [
    ...keys([row.code, row.name, row.lga, row.state]),
    ...row.values.map((value, column): Cell =>
      dialect.container === 'text' ? numberText(value, measures[column], dialect) : value,
    ),
  ])
  const all = [header.map(String), ...cells]
  if (dialect.container === 'xlsx')
    return { filename: 'wards.xlsx', bytes: xlsx([{ name: 'Wards', rows: all.map((row) => row.map(filled)) }]) }
  if (dialect.container === 'ods') return { filename: 'wards.ods', bytes: ods(all.map((row) => row.map(filled))) }
  if (dialect.container === 'xls') return { filename: 'wards.xls', bytes: xls(all.map((row) => row.map(filled))) }
  const text = all.map((row) =>
    row.map((cell) => quotedCell(String(cell ?? ''), dialect.delimiter)).join(dialect.delimiter),
  )
  return {
    filename: dialect.delimiter === '\t' ? 'wards.tsv' : 'wards.csv',
    bytes: encoded(text.join('\r\n'), dialect),
  }
}

function filled(cell: Cell): Cell {
  return cell === '' ? null : cell
}

function numberText(
  value: number | null,
  measure: Measure | undefined,
  { decimal, thousands, percent }: Dialect,
): string {
  if (value === null) return ''
  const [whole = '', rest] = String(value).split('.')
  const grouped = thousands === '' ? whole : whole.replace(/\B(?=(?:\d{3})+$)/g, thousands)
  const number = rest === undefined ? grouped : `${grouped}${decimal}${rest}`
  return percent && measure?.isPercent === true ? `${number}%` : number
}

function quotedCell(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || cell.includes('"') ? `"${cell.replaceAll('"', '""')}"` : cell
}

function encoded(text: string, { encoding }: Dialect): Uint8Array {
  if (encoding === 'utf-16') return Buffer.from(`\ufeff${text}`, 'utf16le')
  if (encoding === 'cp1252') return Buffer.from(text, 'latin1')
  return Buffer.from(encoding === 'bom' ? `\ufeff${text}` : text)
}
