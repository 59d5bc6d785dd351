import { YES_NO_URBAN } from '../files/column-kinds.ts'
import type { PlanKind } from '../files/column-kinds.ts'
import { bareName } from '../files/column-names.ts'
import { planKinds, planPreference } from '../files/columns/plan-kinds.ts'
import type { WardColumn, WardTable } from '../files/ward-table.ts'

/**
 * A column that a plan can use: one value per ward, NaN where it is missing. Yes and no, or 1 and 0 in a column called
 * `Urban`, are 100 and 0.
 */
export interface PlanColumn {
  readonly name: string
  /** What it is taken for by its name, or because a person said so; null for other numbers. */
  readonly kind: PlanKind | null
  readonly isYesNo: boolean
  readonly values: Float64Array
}

/** A column of a kind that cannot be used, and why. */
export interface UnusableColumn {
  readonly name: string
  readonly kind: PlanKind
  readonly reason: string
}

const MOST_CELLS = 500_000
const YES_NO: ReadonlyMap<string, number> = new Map([
  ['yes', 100],
  ['y', 100],
  ['true', 100],
  ['urban', 100],
  ['no', 0],
  ['n', 0],
  ['false', 0],
  ['rural', 0],
])

/**
 * The columns of numbers, with the values of these rows: population and urban share first, in the order in which they
 * are preferred, then others, up to half a million cells. A table can have 2,000 columns.
 */
export function planColumns(table: WardTable, rows: readonly number[]): readonly PlanColumn[] {
  const kinds = planKinds(table)
  const usable = table.columns.flatMap((column) => {
    const found = numbersOf(column)
    return found === null ? [] : [{ ...found, name: column.name, kind: kinds.get(column.name) ?? null }]
  })
  const preference = ({ name, kind }: (typeof usable)[number]): number =>
    kind === null ? 0 : planPreference(table, name, kind)
  const expected = usable.filter(({ kind }) => kind !== null).sort((one, other) => preference(one) - preference(other))
  const others = usable.filter(({ kind }) => kind === null)
  return [...expected, ...others]
    .slice(0, Math.max(expected.length, Math.floor(MOST_CELLS / table.rows)))
    .map((column) => ({ ...column, values: valuesAt(column.values, rows) }))
}

/** The values of these rows; NaN where there is no such row. */
function valuesAt(values: Float64Array, rows: readonly number[]): Float64Array {
  const picked = new Float64Array(rows.length)
  rows.forEach((row, place) => {
    picked[place] = values[row] ?? NaN
  })
  return picked
}

/** The columns with the name or the role of a population or an urban share that hold neither numbers nor yes and no. */
export function unusableColumns(table: WardTable): readonly UnusableColumn[] {
  const kinds = planKinds(table)
  return table.columns.flatMap((column) => {
    const kind = kinds.get(column.name)
    if (kind === undefined || numbersOf(column) !== null) return []
    const { name, type, reason } = column
    return {
      name,
      kind,
      reason:
        kind === 'urbanShare' && type === 'text' && reason === 'it holds text'
          ? 'it holds text other than yes and no'
          : (reason ?? 'it holds no numbers'),
    }
  })
}

function numbersOf({ name, numbers, categories, codes }: WardColumn): Pick<PlanColumn, 'isYesNo' | 'values'> | null {
  if (numbers !== null) {
    const isYesNo =
      bareName(name) === YES_NO_URBAN && numbers.every((value) => Number.isNaN(value) || value === 0 || value === 1)
    return { isYesNo, values: isYesNo ? numbers.map((value) => value * 100) : numbers }
  }
  if (categories === null || codes === null || !categories.every((category) => YES_NO.has(category.toLowerCase())))
    return null
  return {
    isYesNo: true,
    values: Float64Array.from(codes, (code) => YES_NO.get(categories[code]?.toLowerCase() ?? '') ?? NaN),
  }
}
