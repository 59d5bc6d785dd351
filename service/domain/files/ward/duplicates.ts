import { makeQuestion, questionId } from '../reading/question.ts'
import { say, type Said, type SaidKind } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import type { ColumnRole } from '../reading/roles.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { findNearDuplicates } from './near-duplicates.ts'
import { isTextAt, dropRows, textAt } from './raw-table.ts'
import { namesOf, rowSaid, rowsByKey, valueColumns, wardKeys, type RoledColumn, type Rows } from './roled-table.ts'

const MOST_EXAMPLES = 50
const MOST_NAMED = 10
const COMPARED: ReadonlySet<ColumnRole> = new Set<ColumnRole>(['value', 'population', 'urban share', 'period'])

/** Leaves one row of each ward, as far as it is known which. */
export function settleDuplicates(rows: Rows, inquiry: Inquiry): Rows {
  return dropRows(rows, findDuplicates(rows, inquiry))
}

/**
 * Leaves out rows that repeat another one in all that they say, so that no sum or mean of a block counts a ward twice.
 * Months of a ward are no repeats.
 */
export function dropRepeats(rows: Rows, inquiry: Inquiry): Rows {
  const { repeats } = compareRows(rows, comparedColumns(rows))
  noteRepeats(rows, repeats, inquiry)
  return dropRows(rows, new Set(repeats.map(([row]) => row)))
}

/**
 * Finds the rows to leave out so that each ward has one. Of rows that say the same, the first stays and the others are
 * listed. If they differ, only a person knows which is right. Until it is settled, all of them stay in the table.
 */
export function findDuplicates(rows: Rows, inquiry: Inquiry): ReadonlySet<number> {
  const columns = valueColumns(rows)
  const { repeats, differing } = compareRows(rows, columns)
  noteRepeats(rows, repeats, inquiry)
  const dropped = new Set(repeats.map(([row]) => row))
  // What is right of a code that stands twice says nothing about two spellings of a name.
  for (const [kind, wards] of Map.groupBy(differing, (ward) => ward.kind)) {
    const groups = wards.map((ward) => ward.rows)
    const answer = askAbout(rows, kind, groups, columns, inquiry)
    for (const group of groups) {
      const kept = answer === 'first' ? group[0] : answer === 'last' ? group.at(-1) : undefined
      if (answer === 'first' || answer === 'last' || answer === 'leave-out')
        for (const row of group) if (row !== kept) dropped.add(row)
    }
  }
  return dropped
}

/** What several rows have in common, so that they may be one ward. */
type SameBy = 'code' | 'name' | 'spelling'

const SAME_WORDS = { code: 'same-code', name: 'same-name', spelling: 'same-spelling' } as const satisfies Readonly<
  Record<SameBy, SaidKind>
>

interface Compared {
  readonly repeats: readonly (readonly [row: number, twin: number])[]
  /** The rows of each ward of which several differ. */
  readonly differing: readonly { readonly kind: SameBy; readonly rows: readonly number[] }[]
}

/** Compares the rows of each ward in these columns. */
function compareRows(rows: Rows, columns: readonly RoledColumn[]): Compared {
  const repeats: (readonly [number, number])[] = []
  const differing: Compared['differing'][number][] = []
  for (const [key, [first = 0, ...others]] of rowsByKey(wardKeys(rows))) {
    if (others.length === 0) continue
    const different = [first]
    for (const row of others) {
      const twin = different.find((one) => columns.every((column) => areSame(column, one, row)))
      if (twin === undefined) different.push(row)
      else repeats.push([row, twin])
    }
    if (different.length > 1) differing.push({ kind: key.startsWith('code ') ? 'code' : 'name', rows: different })
  }
  const taken = new Set([...repeats.map(([row]) => row), ...differing.flatMap((ward) => ward.rows)])
  const near = findNearDuplicates(
    rows,
    [...rows.lines.keys()].filter((row) => !taken.has(row)),
    columns,
  )
  return {
    repeats: [...repeats, ...near.repeats],
    differing: [...differing, ...near.unclear.map((group) => ({ kind: 'spelling' as const, rows: group }))],
  }
}

function comparedColumns({ columns }: Rows): readonly RoledColumn[] {
  return columns.filter(({ role }) => COMPARED.has(role))
}

function noteRepeats(rows: Rows, repeats: Compared['repeats'], inquiry: Inquiry): void {
  if (repeats.length === 0) return
  inquiry.note(
    makeFinding('row-dropped', say('rows-repeat-ward', {}), {
      count: repeats.length,
      examples: repeats
        .slice(0, MOST_EXAMPLES)
        .map(([row, twin]) => say('row-repeats-line', { row: rowSaid(rows, row), line: rows.lines[twin] ?? 0 })),
    }),
  )
}

/** Asks which of the rows that differ are right. */
function askAbout(
  rows: Rows,
  kind: SameBy,
  groups: readonly (readonly number[])[],
  columns: readonly RoledColumn[],
  inquiry: Inquiry,
): string | null {
  const names = namesOf(rows)
  const shown = groups.slice(0, MOST_NAMED).map((group) => {
    const [first = 0, second = 0] = group
    const differ = columns.find((column) => !areSame(column, first, second))
    const named = group.slice(0, 4).map((row) => rowSaid(rows, row))
    return differ === undefined
      ? say('rows-differ-in-code', { rows: named })
      : say('rows-differ-in', {
          rows: named,
          column: differ.name.slice(0, 40),
          one: shownAt(differ, first),
          other: shownAt(differ, second),
        })
  })
  const rest = groups.length - shown.length
  const same = say(SAME_WORDS[kind], {})
  return inquiry.ask(
    makeQuestion({
      id: questionId('duplicate-differs', kind, ...groups.slice(0, MOST_NAMED).map(([row = 0]) => names[row] ?? '')),
      kind: 'duplicate-differs',
      said:
        groups.length === 1
          ? say('duplicate-differs', { same, wards: shown })
          : say('duplicates-differ', {
              count: groups.length,
              same,
              wards: shown,
              more: rest > 0 ? say('and-more-after-semicolon', { count: rest }) : '',
            }),
      options: [
        { value: 'first', said: say('first-row-right', {}) },
        { value: 'last', said: say('last-row-right', {}) },
        { value: 'leave-out', said: say('duplicates-left-out', {}) },
        { value: 'apart', said: say('duplicates-apart', {}) },
      ],
      affects: 'ranking',
      columns: [],
    }),
  )
}

function areSame(column: RoledColumn, one: number, other: number): boolean {
  const [isText, isOtherText] = [isTextAt(column, one), isTextAt(column, other)]
  return isText || isOtherText
    ? textAt(column, one) === textAt(column, other)
    : Object.is(column.numbers[one], column.numbers[other])
}

function shownAt(column: RoledColumn, row: number): string | Said {
  const text = textAt(column, row)
  return text === '' ? say('value-missing', {}) : text.slice(0, 40)
}
