import type { ReadingChoices } from '../files/reading/choices.ts'
import type { Reading } from '../files/reading/reading.ts'
import { escaped } from '../map/svg-map.ts'
import { list, table, type Cell } from './html-parts.ts'

/** A file that a result was made of. Release 0.1.0 kept its hash alone. */
export interface ReportedInput {
  readonly sha256: string
  readonly filename?: string
  /** What a person settled. */
  readonly choices?: ReadingChoices
  /** The earlier files of the same table. */
  readonly together?: readonly ReportedInput[]
}

/** What a report tells of a reading. */
export type ReportedReading = Omit<Reading, 'sheets' | 'layers' | 'answers'>

const SIGNS: Readonly<Record<string, string>> = {
  '.': 'a point',
  ',': 'a comma',
  ' ': 'a space',
  "'": 'an apostrophe',
  '': 'nothing',
} as const

/** Shows what the files of a role were taken for: by a guess with its reason, or because a person said so. */
export function* readingSection(
  role: string,
  input: ReportedInput,
  readings: readonly ReportedReading[],
): Generator<string> {
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
