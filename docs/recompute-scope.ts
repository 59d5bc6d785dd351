import type { Row } from './recompute-nets.ts'

type Numbers = Readonly<Record<string, number | null>>
interface Comparison {
  readonly op: string
  readonly value?: number | readonly (number | string)[] | { readonly figure: 'mean' | 'median' }
}
type Condition = Comparison & {
  readonly column: string
  readonly or?: readonly (Comparison & { readonly column?: string })[]
}

/** The columns of itn_plan.csv that hold what conditions on places name. */
const PLACES: Readonly<Record<string, string>> = { lga: 'lga', ward: 'ward_name', wardCode: 'ward_code' }

/**
 * The wards that a plan for some wards leaves out, as their labels: those that do not satisfy all conditions of
 * `only_for`. An exception and a ward without people are left to their own rules.
 * @param tiers of the composite ranking, by label
 */
export function outsideOf(plan: readonly Row[], tiers: ReadonlyMap<string, string>): ReadonlySet<string> {
  const conditions = JSON.parse(plan[0]?.['only_for'] ?? '[]') as readonly Condition[]
  const numbers = plan.map((row) => JSON.parse(row['only_for_values'] || '{}') as Numbers)
  const out = new Set<string>()
  plan.forEach((row, at) => {
    const ward = row['ward_name'] ?? ''
    const isOther = row['exception'] !== '' || ['population', 'exception'].includes(row['left_out_by'] ?? '')
    const textOf = (column: string): string =>
      column === 'tier' ? (tiers.get(ward) ?? '') : (row[PLACES[column] ?? ''] ?? '')
    const isIn = conditions.every((condition) => {
      const { column, op, value } = condition
      if (Array.isArray(value) && typeof value[0] === 'string') {
        const own = textOf(column).trim().toLowerCase()
        return own !== '' && value.some((name) => String(name).trim().toLowerCase() === own) === (op === 'in')
      }
      return [condition, ...(condition.or ?? [])].some((part) => holds(numbers, at, part.column ?? column, part))
    })
    if (!isOther && !isIn) out.add(ward)
  })
  return out
}

function holds(wards: readonly Numbers[], at: number, column: string, { op, value }: Comparison): boolean {
  const own = wards[at]?.[column] ?? null
  if (op === 'missing') return own === null
  if (own === null) return false
  if (op === 'present') return true
  const list = Array.isArray(value) ? (value as readonly number[]) : []
  const [low = NaN, high = NaN] = list
  const than = typeof value === 'object' && 'figure' in value ? figureOf(wards, column, value.figure) : Number(value)
  switch (op) {
    case '=':
      return own === than
    case '!=':
      return own !== than
    case '<':
      return own < than
    case '<=':
      return own <= than
    case '>':
      return own > than
    case '>=':
      return own >= than
    case 'between':
      return low <= own && own <= high
    default:
      return list.includes(own) === (op === 'in')
  }
}

/** The mean or the median of all rows that have a value, those that are left out too. */
function figureOf(wards: readonly Numbers[], column: string, figure: 'mean' | 'median'): number {
  const known = wards.flatMap((ward) => ward[column] ?? []).sort((one, other) => one - other)
  const middle = known.length / 2
  if (figure === 'mean') return known.reduce((sum, number) => sum + number, 0) / known.length
  return known.length % 2 === 1
    ? (known[Math.floor(middle)] ?? NaN)
    : ((known[middle - 1] ?? NaN) + (known[middle] ?? NaN)) / 2
}
