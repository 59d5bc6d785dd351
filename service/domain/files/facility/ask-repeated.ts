import type { Inquiry } from '../reading/inquiry.ts'
import { makeQuestion } from '../reading/question.ts'
import { say, type SaidValue } from '../../said.ts'
import { REPEATED_REPORTS, SAME_AGAIN } from './report-merger.ts'
import type { RowNote, RowNotes } from './row-notes.ts'

const NAMED = 3

/** Asks which of several reports count. The rows were merged by the answers when they were read. */
export function askRepeated(notes: RowNotes, asked: Inquiry): void {
  if (notes.count('differing') > 0)
    asked.ask(
      makeQuestion({
        id: REPEATED_REPORTS,
        kind: 'duplicate-differs',
        said: say('reports-differ', shown(notes, 'differing')),
        options: [
          { value: 'first', said: say('first-report', {}) },
          { value: 'last', said: say('last-report', {}) },
          { value: 'sum', said: say('reports-added', {}) },
        ],
        affects: 'ranking',
        columns: [],
      }),
    )
  if (notes.count('same again') > 0)
    asked.ask(
      makeQuestion({
        id: SAME_AGAIN,
        kind: 'duplicate-differs',
        said: say('reports-again', shown(notes, 'same again')),
        options: [
          { value: 'once', said: say('report-counted-once', {}) },
          { value: 'all', said: say('reports-all-counted', {}) },
        ],
        affects: 'ranking',
        columns: [],
      }),
    )
}

function shown(notes: RowNotes, note: RowNote): Readonly<Record<'count' | 'rows' | 'more', SaidValue>> {
  const rows = notes.examples(note).slice(0, NAMED)
  const rest = notes.count(note) - rows.length
  return { count: notes.count(note), rows, more: rest > 0 ? say('and-more-after-semicolon', { count: rest }) : '' }
}
