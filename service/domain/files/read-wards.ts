import { markStructural } from './columns/mark-structural.ts'
import type { ReadingChoices } from './reading/choices.ts'
import { readTable } from './read-table.ts'
import { WardTableBuilder } from './ward-table-builder.ts'
import type { WardTable } from './ward-table.ts'

/**
 * Reads a ward table, one row per ward, from any of the table formats. Everything that is left out, renamed or assumed
 * is in the table's findings.
 * @throws Fault `unreadable-file` when something cannot be read, with its line and column
 * @throws Fault `invalid-input` when a person gave a column a role that it cannot have
 * @throws Fault `too-large` when the table exceeds a limit
 */
export async function readWards(bytes: Uint8Array, filename: string, choices: ReadingChoices = {}): Promise<WardTable> {
  const file = { bytes, filename, choices }
  const { taker, reading, questions } = await readTable(
    file,
    (format, name) => new WardTableBuilder(format, name, choices),
  )
  const table = taker.finish()
  return markStructural({
    ...table,
    reading: { ...table.reading, ...reading, answers: choices.answers ?? {} },
    questions: [...questions, ...table.questions],
  })
}
