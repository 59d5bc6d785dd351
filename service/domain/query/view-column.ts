/** Numbers of the wards, in the order of the table; NaN where a value is missing. */
export interface NumberColumn {
  readonly name: string
  readonly type: 'number'
  readonly numbers: Float64Array
}

/** How texts are compared when none is exactly the same: names of wards and of LGAs have forms of their own. */
export type TextKind = 'text' | 'ward' | 'area'

/** Texts of the wards: `values[codes[row]]`; the code is -1 where a value is missing. */
export interface TextColumn {
  readonly name: string
  readonly type: 'text'
  readonly kind: TextKind
  /** Each text once. */
  readonly values: readonly string[]
  readonly codes: Int32Array
  /** Whether `values` stand in an order of their own, such as High, Medium, Low. */
  readonly isOrdered: boolean
}

/** A column of the joined view, under the name by which the query asks for it. */
export type ViewColumn = NumberColumn | TextColumn

/** Makes a column of texts, in which null and '' are missing. */
export function textColumn(name: string, texts: readonly (string | null)[], kind: TextKind = 'text'): TextColumn {
  const places = new Map<string, number>()
  const codes = Int32Array.from(texts, (text) => {
    if (text === null || text === '') return -1
    const known = places.get(text)
    if (known !== undefined) return known
    places.set(text, places.size)
    return places.size - 1
  })
  return { name, type: 'text', kind, values: [...places.keys()], codes, isOrdered: false }
}

/** Makes a column of texts of a closed list, whose order is that of the list. A text that is not in it is missing. */
export function listedColumn(name: string, values: readonly string[], texts: readonly (string | null)[]): TextColumn {
  const codes = Int32Array.from(texts, (text) => (text === null ? -1 : values.indexOf(text)))
  return { name, type: 'text', kind: 'text', values, codes, isOrdered: true }
}

/** Whether a ward has no value. */
export function isMissing(column: ViewColumn, row: number): boolean {
  return column.type === 'number' ? Number.isNaN(column.numbers[row]) : column.codes[row] === -1
}

/** A ward's value; null where it is missing. */
export function valueAt(column: ViewColumn, row: number): string | number | null {
  if (isMissing(column, row)) return null
  if (column.type === 'number') return column.numbers[row] ?? null
  return column.values[column.codes[row] ?? -1] ?? null
}

/**
 * Compares two wards by a column, the least first: numbers by size, texts by their letters or in their own order. Wards
 * without a value come last in both directions.
 */
export function compareBy(column: ViewColumn, isDescending: boolean): (one: number, other: number) => number {
  const values = column.type === 'number' ? column.numbers : placesOf(column)
  const keys = values.map((value) => (Number.isNaN(value) ? Infinity : isDescending ? -value : value))
  return (one, other) => {
    const [first, second] = [keys[one] ?? NaN, keys[other] ?? NaN]
    return first < second ? -1 : first > second ? 1 : 0
  }
}

/** The place of each ward's text among all texts; NaN where it is missing. */
function placesOf({ values, codes, isOrdered }: TextColumn): Float64Array {
  const places = new Float64Array(values.length)
  const order = [...values.keys()]
  if (!isOrdered) order.sort((one, other) => compareTexts(values[one] ?? '', values[other] ?? ''))
  order.forEach((code, place) => {
    places[code] = place
  })
  return Float64Array.from(codes, (code) => (code === -1 ? NaN : (places[code] ?? NaN)))
}

/** Compares texts by their letters, without regard to any language. */
export function compareTexts(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
