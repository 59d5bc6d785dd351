import type { Ward } from '../wards/ward.ts'

export type Cell = string | number | null

/** A figure or a text of each ward, under a heading. */
export interface ValueColumn {
  readonly heading: string
  readonly valueOf: (ward: Ward) => Cell
}

/** The wards in the order of a column; wards without a value come last, whichever way it is sorted. */
export function sortWards(wards: readonly Ward[], column: ValueColumn, isDown: boolean): readonly Ward[] {
  const sign = isDown ? -1 : 1
  const known = wards.filter((ward) => !isMissing(column.valueOf(ward)))
  const sorted = known.toSorted((one, other) => {
    const [a, b] = [column.valueOf(one), column.valueOf(other)]
    const order = typeof a === 'number' && typeof b === 'number' ? a - b : String(a).localeCompare(String(b))
    return sign * order || one.at - other.at
  })
  return [...sorted, ...wards.filter((ward) => isMissing(column.valueOf(ward)))]
}

function isMissing(value: Cell): boolean {
  return value === null || value === ''
}
