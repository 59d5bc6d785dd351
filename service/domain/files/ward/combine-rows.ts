import { isTextAt, takeRows, textAt } from './raw-table.ts'
import type { RoledColumn, Rows } from './roled-table.ts'

/** How the rows of one ward become one. */
export interface Combination {
  /** The rows of each ward. */
  readonly groups: readonly (readonly number[])[]
  /** The part that each row is about: a month, an age group. */
  readonly partOf: readonly string[]
  /** The columns that name the parts. They are not in the result. */
  readonly columns: readonly RoledColumn[]
  /** The part whose rows are taken, unless a mean or a sum is made. */
  readonly chosen: string
  readonly mean: boolean
  readonly sum: boolean
  /** The parts that a mean or a sum is made of. */
  readonly counted: ReadonlySet<string>
}

/**
 * Makes one row of the rows of each ward. A ward without the chosen part keeps its name and has gaps. A sum or a mean
 * skips gaps. What is the same in all rows of a ward stays as it is, and people and urban shares are never summed.
 */
export function combineRows(rows: Rows, how: Combination): Rows {
  const kept = { ...rows, columns: rows.columns.filter((column) => !how.columns.includes(column)) }
  return how.mean || how.sum ? summarise(kept, how) : choosePart(kept, how)
}

function choosePart(rows: Rows, { groups, partOf, chosen }: Combination): Rows {
  const taken: number[] = []
  const blank = new Set<number>()
  for (const group of groups) {
    const found = group.filter((row) => partOf[row] === chosen)
    const [first] = group
    if (found.length === 0 && first !== undefined) {
      blank.add(taken.length)
      taken.push(first)
    } else taken.push(...found)
  }
  const table = takeRows(rows, taken)
  return blank.size === 0 ? table : { ...table, columns: table.columns.map((column) => withGaps(column, blank)) }
}

function withGaps(column: RoledColumn, blank: ReadonlySet<number>): RoledColumn {
  if (!isValue(column)) return column
  return {
    ...column,
    numbers: column.numbers.map((value, row) => (blank.has(row) ? NaN : value)),
    texts: column.texts && {
      ...column.texts,
      codes: column.texts.codes.map((code, row) => (blank.has(row) ? 0 : code)),
    },
  }
}

function summarise(rows: Rows, { groups, partOf, counted, sum }: Combination): Rows {
  const members = groups.map((group) => {
    const found = group.filter((row) => counted.has(partOf[row] ?? ''))
    return found.length === 0 ? group : found
  })
  const table = takeRows(
    rows,
    members.map(([first = 0]) => first),
  )
  return {
    ...table,
    columns: table.columns.map((column, index): RoledColumn => {
      const source = rows.columns[index]
      if (source === undefined || !isValue(column)) return column
      const hasText = source.numbers.some((_, row) => isTextAt(source, row))
      if (hasText) return { ...column, texts: sameTexts(source, members, column) }
      const isSummed = sum && column.role === 'value' && !isConstant(source, members)
      const numbers = Float64Array.from(members, (group) => numberOf(source, group, isSummed))
      return { ...column, texts: null, numbers }
    }),
  }
}

/** Whether the values of each ward are the same in all its rows, as its elevation is in all months. */
function isConstant({ numbers }: RoledColumn, members: readonly (readonly number[])[]): boolean {
  return members.every((group) => group.every((row) => Object.is(numbers[row], numbers[group[0] ?? 0])))
}

/** The value if it is the same in all rows, or else the sum or the mean of the values that are not missing. */
function numberOf({ numbers }: RoledColumn, group: readonly number[], isSummed: boolean): number {
  const values = group.map((row) => numbers[row] ?? NaN).filter((value) => !Number.isNaN(value))
  const [first] = values
  if (first === undefined) return NaN
  if (!isSummed && values.every((value) => value === first)) return first
  const sum = values.reduce((total, value) => total + value, 0)
  return isSummed ? sum : sum / values.length
}

/** The text of a ward if all its rows have the same one. */
function sameTexts(
  source: RoledColumn,
  members: readonly (readonly number[])[],
  column: RoledColumn,
): RoledColumn['texts'] {
  if (column.texts === null) return null
  const codes = column.texts.codes.map((code, place) =>
    new Set(members[place]?.map((row) => textAt(source, row))).size === 1 ? code : 0,
  )
  return { ...column.texts, codes }
}

function isValue({ role }: RoledColumn): boolean {
  return role === 'value' || role === 'population' || role === 'urban share' || role === 'ignore'
}
