import { questionId } from '../reading/question.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { findNearDuplicates } from './near-duplicates.ts'
import { isTextAt, dropRows, textAt } from './raw-table.ts'
import { namesOf, rowName, rowsByKey, valueColumns, wardKeys, type RoledColumn, type Rows } from './roled-table.ts'

const MOST_EXAMPLES = 50
const MOST_NAMED = 10

/** Leaves one row of each ward, as far as it is known which. */
export function settleDuplicates(rows: Rows, inquiry: Inquiry): Rows {
  return dropRows(rows, findDuplicates(rows, inquiry))
}

/**
 * Finds the rows to leave out so that each ward has one. Of rows that say the same, the first stays and the others are
 * listed. If they differ, only a person knows which is right. Until it is settled, all of them stay in the table.
 */
export function findDuplicates(rows: Rows, inquiry: Inquiry): ReadonlySet<number> {
  const columns = valueColumns(rows)
  const same: string[] = []
  const dropped = new Set<number>()
  const differing: (readonly [string, readonly number[]])[] = []
  for (const [key, [first = 0, ...others]] of rowsByKey(wardKeys(rows))) {
    if (others.length === 0) continue
    const different = [first]
    for (const row of others) {
      const twin = different.find((one) => columns.every((column) => areSame(column, one, row)))
      if (twin === undefined) different.push(row)
      else {
        dropped.add(row)
        same.push(`${rowName(rows, row)} repeats line ${String(rows.lines[twin] ?? 0)}`)
      }
    }
    if (different.length > 1) differing.push([key, different])
  }
  const asked = new Set(differing.flatMap(([, group]) => group))
  const free = [...rows.lines.keys()].filter((row) => !dropped.has(row) && !asked.has(row))
  const near = findNearDuplicates(rows, free, columns)
  for (const [row, twin] of near.repeats) {
    dropped.add(row)
    same.push(`${rowName(rows, row)} repeats line ${String(rows.lines[twin] ?? 0)}`)
  }
  differing.push(...near.unclear.map((group): [string, readonly number[]] => ['name', group]))
  if (same.length > 0)
    inquiry.note({
      kind: 'row-dropped',
      detail: 'Rows that repeat a ward with the same values were left out; its first row was kept.',
      count: same.length,
      examples: same.slice(0, MOST_EXAMPLES),
    })
  const answer = differing.length === 0 ? null : askAbout(rows, differing, columns, inquiry)
  for (const [, group] of differing) {
    const kept = answer === 'first' ? group[0] : answer === 'last' ? group.at(-1) : undefined
    if (answer === 'first' || answer === 'last' || answer === 'leave-out')
      for (const row of group) if (row !== kept) dropped.add(row)
  }
  return dropped
}

/** Asks which of the rows that differ are right. */
function askAbout(
  rows: Rows,
  groups: readonly (readonly [string, readonly number[]])[],
  columns: readonly RoledColumn[],
  inquiry: Inquiry,
): string | null {
  const names = namesOf(rows)
  const shown = groups.slice(0, MOST_NAMED).map(([, group]) => {
    const [first = 0, second = 0] = group
    const differ = columns.find((column) => !areSame(column, first, second))
    const how =
      differ === undefined
        ? ': with the same values but another code'
        : `: "${differ.name.slice(0, 40)}" is ${shownAt(differ, first)} and ${shownAt(differ, second)}`
    return `${group
      .map((row) => rowName(rows, row))
      .slice(0, 4)
      .join(', ')}${how}`
  })
  const rest = groups.length - shown.length
  const byCode = groups.some(([key]) => key.startsWith('code '))
  return inquiry.ask({
    id: questionId('duplicate-differs', ...groups.slice(0, MOST_NAMED).map(([, [row = 0]]) => names[row] ?? '')),
    kind: 'duplicate-differs',
    detail:
      `${groups.length === 1 ? 'A ward has' : `${String(groups.length)} wards have`} several rows that differ ` +
      `(the same ${byCode ? 'code' : 'name'} twice): ${shown.join('; ')}` +
      `${rest > 0 ? `; and ${String(rest)} more` : ''}. Which rows count?`,
    options: [
      { value: 'first', label: 'the first row of each is right' },
      { value: 'last', label: 'the last row of each is right' },
      { value: 'leave-out', label: 'leave these wards out' },
      { value: 'apart', label: 'they are different wards: keep all, told apart by their lines' },
    ],
    affects: 'ranking',
    columns: [],
  })
}

function areSame(column: RoledColumn, one: number, other: number): boolean {
  const [isText, isOtherText] = [isTextAt(column, one), isTextAt(column, other)]
  return isText || isOtherText
    ? textAt(column, one) === textAt(column, other)
    : Object.is(column.numbers[one], column.numbers[other])
}

function shownAt(column: RoledColumn, row: number): string {
  const text = textAt(column, row)
  return text === '' ? 'missing' : text.slice(0, 40)
}
