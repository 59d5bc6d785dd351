import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import { measurePositivity, wholePairs } from './facility/measure-positivity.ts'
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
  const answers = Object.assign({}, ...files.map((file) => file.choices.answers)) as Record<string, string>
  const builder = new PositivityBuilder(choices, answers)
  const read = []
  for (const file of files) read.push(await readTable(file, (_format, name) => builder.table(name, file.choices)))
  const seen = builder.finish()
  const tableQuestions = read.flatMap(({ questions }) => questions)
  const measured = measurePositivity(seen, choices, read.at(-1)?.reading ?? NO_READING, tableQuestions)
  const found =
    measured.wards.length === 0
      ? say('no-row-of-level', {})
      : wholePairs(seen).length === 0
        ? say('no-pair-of-choice', {})
        : null
  if (found !== null && measured.questions.length === 0) {
    const names = files.map(({ filename }) => filename).join(', ')
    throw new Fault('unreadable-file', say('cannot-measure-from', { filenames: names, found }), {
      errors: [{ said: found }],
    })
  }
  return measured
}
