import type { Inquiry } from '../reading/inquiry.ts'
import { REPEATED_REPORTS, SAME_AGAIN } from './report-merger.ts'
import type { RowNote, RowNotes } from './row-notes.ts'

const NAMED = 3

/** Asks which of several reports count. The rows were merged by the answers when they were read. */
export function askRepeated(notes: RowNotes, asked: Inquiry): void {
  if (notes.count('differing') > 0)
    asked.ask({
      id: REPEATED_REPORTS,
      kind: 'duplicate-differs',
      detail:
        `${String(notes.count('differing'))} rows repeat a facility and a period with other counts ` +
        `(${shown(notes, 'differing')}). Which of them count?`,
      options: [
        { value: 'first', label: 'the first row of each' },
        { value: 'last', label: 'the last row of each: a corrected report' },
        { value: 'sum', label: 'all of them: parts of one report, added up' },
      ],
      affects: 'ranking',
      columns: [],
    })
  if (notes.count('same again') > 0)
    asked.ask({
      id: SAME_AGAIN,
      kind: 'duplicate-differs',
      detail:
        `${String(notes.count('same again'))} rows name no period and repeat a facility with the same counts ` +
        `(${shown(notes, 'same again')}). Are they the same report again?`,
      options: [
        { value: 'once', label: 'the same report: count it once' },
        { value: 'all', label: 'reports of several periods: count all' },
      ],
      affects: 'ranking',
      columns: [],
    })
}

function shown(notes: RowNotes, note: RowNote): string {
  const examples = notes.examples(note).slice(0, NAMED)
  const more = notes.count(note) - examples.length
  return `${examples.join('; ')}${more > 0 ? `; and ${String(more)} more` : ''}`
}
