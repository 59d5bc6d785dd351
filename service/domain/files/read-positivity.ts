import { Fault } from '../fault.ts'
import { measurePositivity } from './facility/measure-positivity.ts'
import { PositivityBuilder } from './facility/positivity-builder.ts'
import type { Positivity, PositivityChoices } from './positivity.ts'
import type { FileToRead } from './reading/choices.ts'
import { NO_READING } from './reading/reading.ts'
import { readTable } from './read-table.ts'

/**
 * Measures test positivity from one or several tables of facilities and months, in any of the table formats, row by
 * row. Memory grows with facilities × periods. Rows with impossible counts are refused and listed.
 * @param files one a year, for example: together they are one table. The answers of all are taken together
 * @throws Fault `unreadable-file` or `too-large` when a file cannot be read
 * @throws Fault `invalid-input` when a facility level is chosen and a file has no levels
 */
export async function readPositivity(files: readonly FileToRead[], choices: PositivityChoices): Promise<Positivity> {
  const builder = new PositivityBuilder(choices)
  const read = []
  for (const file of files) read.push(await readTable(file, (_format, name) => builder.table(name, file.choices)))
  const seen = builder.finish()
  const tableQuestions = read.flatMap(({ questions }) => questions)
  const measured = measurePositivity(seen, choices, read.at(-1)?.reading ?? NO_READING, tableQuestions)
  if (measured.wards.length === 0) {
    const names = files.map(({ filename }) => filename).join(', ')
    const found = 'there is no row with a ward and a facility of the chosen level'
    throw new Fault('unreadable-file', `Cannot measure from ${names}: ${found}`, { errors: [{ detail: found }] })
  }
  return measured
}
