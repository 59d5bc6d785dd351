import type { ViewColumn } from './view-column.ts'

export interface RowGroup {
  /** One of its wards: all have the same values of the columns that group them. */
  readonly first: number
  readonly rows: Uint32Array
}

/**
 * Groups wards by the values of columns. Wards without a value are a group of their own. Without columns there is one
 * group of all wards, even if there is none.
 */
export function groupRows(columns: readonly ViewColumn[], rows: Uint32Array): readonly RowGroup[] {
  if (columns.length === 0) return [{ first: -1, rows }]
  const keys = columns.map(keysOf)
  const groups = new Map<number, number[]>()
  for (const row of rows) {
    const key = keys.reduce((place, { codes, count }) => place * count + (codes[row] ?? 0), 0)
    const known = groups.get(key)
    if (known === undefined) groups.set(key, [row])
    else known.push(row)
  }
  return [...groups.values()].map((group) => ({ first: group[0] ?? -1, rows: Uint32Array.from(group) }))
}

/** A number for each ward's value, 0 to `count` − 1: the same for the same value. */
function keysOf(column: ViewColumn): { readonly codes: Int32Array; readonly count: number } {
  if (column.type === 'text') return { codes: column.codes.map((code) => code + 1), count: column.values.length + 1 }
  const places = new Map<number, number>()
  const codes = Int32Array.from(column.numbers, (value) => {
    const known = places.get(value)
    if (known !== undefined) return known
    places.set(value, places.size)
    return places.size - 1
  })
  return { codes, count: places.size }
}
