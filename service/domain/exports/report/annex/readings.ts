import { escaped } from '../../../map/svg-map.ts'
import { list, table, type Cell } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'
import type { ReportedInput, ReportedReading } from '../reported-files.ts'

const SIGNS: Readonly<Record<string, string>> = {
  '.': 'a point',
  ',': 'a comma',
  ' ': 'a space',
  "'": 'an apostrophe',
  '': 'nothing',
} as const

/** What the files of each role were taken for. */
export function* readingTables({ result, readings }: ReportInput): Generator<string> {
  for (const [role, input] of Object.entries(result.inputs))
    if (input !== null) yield* filesOfRole(role, input, readings[role] ?? [])
}

/** Shows what the files of a role were taken for: by a guess with its reason, or because a person said so. */
function* filesOfRole(role: string, input: ReportedInput, readings: readonly ReportedReading[]): Generator<string> {
  const files = [...(input.together ?? []), input]
  yield `<h3>${escaped(role)}: ${files.map(({ filename, sha256 }) => escaped(filename ?? sha256)).join(', ')}</h3>`
  for (const reading of readings) {
    yield list(dialectOf(reading))
    yield* columnTable(reading)
  }
  const answers = files.flatMap((file) => Object.entries(file.choices?.answers ?? {}))
  if (answers.length > 0) yield* table(['question', 'answer'], answers, (row) => row)
}

function dialectOf({
  sheet,
  layer,
  encoding,
  decimal,
  thousands,
  missing,
  headerRow,
  columns,
}: ReportedReading): string[] {
  const values = columns.filter(({ role, guessed }) => role === 'value' && guessed).length
  const unused = columns.filter(({ role, guessed }) => role === 'ignore' && guessed).length
  return [
    ...(sheet === null ? [] : [`Sheet: ${sheet}`]),
    ...(layer === null ? [] : [`Layer: ${layer}`]),
    ...(encoding === null ? [] : [`Encoding: ${encoding}`]),
    ...(headerRow === null ? [] : [`Header: line ${String(headerRow)}`]),
    ...(decimal === null
      ? []
      : [`Numbers: ${signOf(decimal)} before decimals, ${signOf(thousands ?? '')} between thousands`]),
    ...(missing.length === 0 ? [] : [`Taken for missing, beside empty cells: ${missing.join(', ')}`]),
    `${String(values)} other columns hold values; ${String(unused)} are not used`,
  ]
}

function signOf(sign: string): string {
  return SIGNS[sign] ?? sign
}

/** The columns that say what a row is about, feed a plan or count tests, and all that a person gave a role. */
function columnTable({ columns }: ReportedReading): Iterable<string> {
  const told = columns.filter(({ role, guessed }) => !guessed || (role !== 'value' && role !== 'ignore'))
  return table(['column', 'taken for', 'because'], told, ({ name, role, guessed, why }): readonly Cell[] => [
    name,
    role,
    guessed ? `guessed: ${why}` : 'a person said so',
  ])
}
