import { PositivityBuilder } from './positivity-builder.ts'
import type { Positivity, PositivityChoices } from './positivity.ts'
import type { ReadingChoices } from './reading/choices.ts'
import { readTable } from './read-table.ts'

/**
 * Measures test positivity from a table of facilities and months, in any of the table formats, row by row. Memory grows with facilities and months. Rows with impossible counts are refused and listed.
 * @throws Fault `unreadable-file` or `too-large` when the file cannot be read
 * @throws Fault `invalid-input` when a facility level is chosen and the file has no levels
 */
export async function readPositivity(
  bytes: Uint8Array,
  filename: string,
  choices: PositivityChoices,
  settled: ReadingChoices = {},
): Promise<Positivity> {
  const file = { bytes, filename, choices: settled }
  const { taker, reading, questions } = await readTable(file, (_format, name) => new PositivityBuilder(name, choices))
  const measured = taker.finish()
  return { ...measured, reading: { ...measured.reading, ...reading }, questions: [...questions, ...measured.questions] }
}
