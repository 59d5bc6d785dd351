import { Fault } from '../../fault.ts'
import { listedNames, say, type Said } from '../../said.ts'
import type { PositivityChoices } from '../positivity.ts'
import { makeQuestion, questionId, type Question } from '../reading/question.ts'
import { countPlaces } from './count-places.ts'
import type { FacilityLayout } from './facility-layout.ts'
import type { TestColumn } from './test-column.ts'

const MOST_NAMED = 40
const WHOLE_NUMBER = /^\d{1,8}(?:\.0*)?$/

/** A table of which nobody knows which columns count the tested and the positive people of an age and a method. */
export interface UnclearTable {
  readonly layout: FacilityLayout
  /** The line of its header. */
  readonly line: number
  readonly filename: string
  /** The first different values of each column. */
  readonly samples: readonly (readonly string[])[]
}

/** Whether both the tested and the positive people of some age and method are counted. */
export function hasPair(columns: readonly TestColumn[]): boolean {
  return columns.some(
    ({ count, age, method }) =>
      count === 'tested' &&
      columns.some((other) => other.count === 'positive' && other.age === age && other.method === method),
  )
}

/**
 * Asks which columns count tests, once for all tables. The roles of the columns are the answer.
 * @throws Fault `unreadable-file` when the columns that nobody named are not enough, or do not hold counts
 */
export function askCounts(tables: readonly UnclearTable[]): readonly Question[] {
  const free = tables.map((table) => {
    const names = freeCounts(table)
    const needed = table.layout.counts.length === 0 ? 2 : 1
    if (names.length < needed) throw refuseCounts(table, { facilityLevel: 'all', age: 'all', method: 'both' })
    return names
  })
  const [first] = tables
  if (first === undefined) return []
  const known = first.layout.counts.map(({ name }) => name)
  const possible = listedNames([...new Set(free.flat())], MOST_NAMED)
  const named = listedNames(known)
  return [
    makeQuestion({
      id: questionId('column-roles', 'counts'),
      kind: 'column-roles',
      said:
        known.length === 0
          ? say('counts-unnamed', possible)
          : say('counts-without-pair', { ...possible, known: named.names, moreKnown: named.more }),
      options: [],
      affects: 'ranking',
      columns: [],
    }),
  ]
}

/** Columns of whole numbers that no header and no person gave a role. */
function freeCounts({ layout: { columns }, samples }: UnclearTable): readonly string[] {
  return columns.flatMap(({ name, role, guessed }, position) => {
    const sample = samples[position] ?? []
    const isFree = role === 'ignore' && guessed && name.trim() !== ''
    return isFree && sample.length > 0 && sample.every((cell) => WHOLE_NUMBER.test(cell)) ? [name] : []
  })
}

/** The refusal of a table that cannot have what is to be measured. */
export function refuseCounts({ layout, line, filename }: UnclearTable, choices: PositivityChoices): Fault {
  const found = lacking(layout, choices)
  const names = layout.columns.map(({ name }) => name).filter((name) => name !== '')
  return new Fault(
    'unreadable-file',
    say('cannot-read', { filename, found: say('lacks-counts', { found, ...listedNames(names, MOST_NAMED) }) }),
    { errors: [{ said: found, line }] },
  )
}

function lacking({ counts }: FacilityLayout, choices: PositivityChoices): Said {
  const places = countPlaces(choices)
  const chosen = counts.filter((column) => places.placeOf(column) !== -1)
  for (const count of ['tested', 'positive'] as const)
    if (!chosen.some((column) => column.count === count))
      return say(count === 'tested' ? 'no-column-of-tested' : 'no-column-of-positive', {})
  return say('no-pair-of-columns', {})
}
