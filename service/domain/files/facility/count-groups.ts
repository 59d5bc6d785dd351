import { Fault } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { say } from '../../said.ts'
import type { Period } from '../period.ts'
import { isMissing } from '../read-cell.ts'
import type { CountPlaces } from './count-places.ts'
import type { CountColumn } from './facility-layout.ts'
import { NOT_REPORTED } from './report-store.ts'

/** No facility tests more people in a period. Sums of many such counts stay below `NOT_REPORTED`. */
const GREATEST_COUNT = 100_000_000

/** A column of counts with its place in a report. */
export interface PlacedColumn extends CountColumn {
  readonly place: number
  /** Whether a person gave it and others of its period the same role. */
  readonly isAdded: boolean
}

/** The columns of one report in a row: all of them, or those of one period of a pivot. */
export interface CountGroup {
  /** Null if another column says the period. */
  readonly period: Period | null
  readonly columns: readonly PlacedColumn[]
}

/** The chosen columns of counts by their period. */
export function countGroups(counts: readonly CountColumn[], places: CountPlaces): readonly CountGroup[] {
  const chosen = counts.filter((column) => places.placeOf(column) !== -1)
  return [...Map.groupBy(chosen, ({ period }) => period?.key).values()].map((columns) => ({
    period: columns[0]?.period ?? null,
    columns: columns.map((column): PlacedColumn => {
      const place = places.placeOf(column)
      const same = columns.filter((other) => places.placeOf(other) === place)
      return { ...column, place, isAdded: same.length > 1 && same.every(({ isSettled }) => isSettled) }
    }),
  }))
}

/** Why a row's cells cannot be counts of people; null if they can. */
export function faultIn(cells: readonly string[], columns: readonly PlacedColumn[]): string | null {
  for (const { position } of columns) {
    const cell = cells[position] ?? ''
    // Most cells are short counts. Only the others need a closer look.
    if (/^\d{1,8}$/.test(cell) || isMissing(cell)) continue
    const value = Number(cell)
    if (!/^\+?\d+(?:\.0*)?$/.test(cell) || value > GREATEST_COUNT) return `${quoted(cell)} is not a count of people`
  }
  return null
}

/**
 * Reads the counts of one report into `read`, by place. Two columns that count the same are one series where they never
 * contradict each other; those to which a person gave the same role are added up.
 * @returns whether anything was reported
 * @throws Fault `unreadable-file` when columns contradict each other
 */
export function readCounts(
  read: Uint32Array,
  cells: readonly string[],
  columns: readonly PlacedColumn[],
  line: number,
): boolean {
  read.fill(NOT_REPORTED)
  let isReported = false
  for (const { place, position, isAdded } of columns) {
    const cell = cells[position] ?? ''
    if (isMissing(cell)) continue
    const value = Number(cell)
    const before = read[place] ?? NOT_REPORTED
    if (before !== NOT_REPORTED && !isAdded && before !== value) throw contradiction(place, columns, cells, line)
    read[place] = before !== NOT_REPORTED && isAdded ? before + value : value
    isReported = true
  }
  return isReported
}

function contradiction(place: number, columns: readonly PlacedColumn[], cells: readonly string[], line: number): Fault {
  const same = columns.filter((column) => column.place === place)
  const [first] = same
  const what = first === undefined ? '' : `${first.method} ${first.count} ${first.age}`
  const values = same.map(({ name, position }) => {
    const [value, column] = [cells[position] ?? '', quoted(name)]
    return value === '' ? say('nothing-in-column', { column }) : say('value-in-column', { value, column })
  })
  const said = say('counts-differ', { count: same.length, what, values })
  return new Fault('unreadable-file', say('cannot-measure-differing', { found: said, line }), {
    errors: [{ said, line }],
  })
}
