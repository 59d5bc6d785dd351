import type { PlanBasis } from '../../service/domain/plan/plan-basis.ts'
import type { NumberCondition } from '../../service/domain/plan/plan-conditions.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'

/** A ward of the naive plan: what it gets, and whether and why it is left out. */
export interface NaiveWard {
  readonly ward: string
  readonly tier: 1 | 2
  readonly rank: number
  readonly nets: number
  readonly leftOut: 'population' | 'exception' | 'where' | 'urban' | null
}

interface Row {
  readonly ward: string
  readonly rank: number
  readonly people: number
  readonly share: number
  readonly isSafe: boolean
  readonly need: number
}

/**
 * A plan in standard mode by the text of the rules alone, with none of the service's code: slow, and as plain as can
 * be. It takes the columns by their names in the options and knows of no answers of a person.
 */
export function naivePlan(basis: PlanBasis, options: PlanOptions): readonly NaiveWard[] {
  const valueOf = (name: string | undefined, place: number): number =>
    basis.columns.find((column) => column.name === name)?.values[place] ?? NaN
  const exceptionOf = (place: number) =>
    options.exceptions?.find(({ ward }) => [basis.wards[place]?.wardName, basis.wards[place]?.wardCode].includes(ward))
  const rankOf = (place: number): number => {
    const own = basis.wards[place]
    if (options.rankColumn === undefined) return own?.rank ?? NaN
    const sign = options.rankFirst === 'lowest' ? -1 : 1
    const value = sign * valueOf(options.rankColumn, place)
    const others = basis.wards.map((_, other) => sign * valueOf(options.rankColumn, other))
    const known = others.filter((other) => !Number.isNaN(other))
    return Number.isNaN(value) ? known.length + 1 : 1 + known.filter((other) => other > value).length
  }
  const isProtected = (place: number): boolean =>
    (options.protect?.tierHigh === true && basis.wards[place]?.tier === 'High') ||
    (options.protect?.column !== undefined &&
      valueOf(options.protect.column, place) >= (options.protect.from ?? Infinity))
  const numbersOf = (name: string): readonly number[] =>
    basis.wards.map(({ rank }, place) => (name === 'rank' ? rank : valueOf(name, place)))
  const isInScope = (place: number): boolean =>
    (options.where ?? []).every((condition) => {
      const { column, op, value } = condition
      const ward = basis.wards[place]
      if (Array.isArray(value) && typeof value[0] === 'string') {
        const own = { ward: ward?.wardName, tier: ward?.tier, lga: ward?.lga, wardCode: ward?.wardCode }[column]
        return typeof own === 'string' && (value as readonly string[]).includes(own) === (op === 'in')
      }
      const parts: readonly NumberCondition[] = [
        condition as NumberCondition,
        ...('or' in condition ? (condition.or ?? []).map((part) => ({ column, ...part })) : []),
      ]
      return parts.some((part) => compares(numbersOf(part.column), place, part.op, part.value))
    })
  const needOf = (people: number, place: number): number => {
    if (options.rule !== 'household') {
      // In hundredths of people per net, by whole numbers.
      const perNet = BigInt(Math.round((options.peoplePerNet ?? 1.8) * 100))
      const hundredths = BigInt(people) * 100n
      return Number(hundredths / perNet) + (hundredths % perNet === 0n ? 0 : 1)
    }
    const own = valueOf(options.householdColumn, place)
    const size = own >= 1 && own <= 50 ? own : (options.householdSize ?? 5)
    return Math.ceil(people / size) * Math.ceil(size / 2)
  }

  const rows: Row[] = []
  const leftOut: NaiveWard[] = []
  let allPeople = 0
  basis.wards.forEach(({ wardName }, place) => {
    const people = valueOf(options.populationColumn, place)
    const out = { ward: wardName, tier: 1, rank: rankOf(place), nets: 0 } as const
    if (!(people > 0)) leftOut.push({ ...out, leftOut: 'population' })
    else {
      allPeople += people
      const exception = exceptionOf(place)
      if (exception?.in === false) leftOut.push({ ...out, leftOut: 'exception' })
      else if (exception === undefined && !isInScope(place)) leftOut.push({ ...out, leftOut: 'where' })
      else
        rows.push({
          ward: wardName,
          rank: rankOf(place),
          people,
          share: valueOf(options.urbanColumn, place),
          isSafe: exception !== undefined || isProtected(place),
          need: needOf(people, place),
        })
    }
  })

  const { urbanRule } = options
  const urban = new Set<Row>()
  if (urbanRule?.kind === 'leave-out') {
    let people = 0
    const order = rows
      .filter(({ share, isSafe }) => share >= urbanRule.urbanFrom && !isSafe)
      .sort((a, b) => b.rank - a.rank || (a.ward < b.ward ? -1 : 1))
    for (const row of order) {
      people += row.people
      if (people > (urbanRule.upToPercent / 100) * allPeople + 1e-6) break
      urban.add(row)
    }
  }
  const threshold = urbanRule?.kind === 'tiers' ? urbanRule.threshold : (options.urbanThreshold ?? 75)
  const tierOf = ({ share, isSafe }: Row): 1 | 2 =>
    isSafe || urbanRule?.kind === 'leave-out' || share < threshold ? 1 : 2
  const served = rows
    .filter((row) => !urban.has(row))
    .sort((a, b) => tierOf(a) - tierOf(b) || a.rank - b.rank || (a.ward < b.ward ? -1 : 1))

  const shareOfStock = (percent: number): number => Math.ceil((options.totalNets * percent) / 100 - 1e-9)
  let stock =
    options.totalNets -
    (options.reserve?.nets ?? 0) -
    shareOfStock(options.reserve?.percent ?? 0) -
    shareOfStock(options.bufferPercent ?? 0)
  const nets = served.map(({ need }) => {
    if (need <= stock) {
      stock -= need
      return need
    }
    const rest = options.lastWard === 'whole' ? 0 : stock
    stock = 0
    return rest
  })
  const { baleSize } = options
  if (baleSize !== undefined) {
    // One bale after another goes to the ward that lost most by rounding down.
    const parts = nets.map((count) => count % baleSize)
    let bales = Math.floor(parts.reduce((sum, part) => sum + part, 0) / baleSize)
    nets.forEach((count, at) => (nets[at] = count - (parts[at] ?? 0)))
    for (; bales > 0; bales -= 1) {
      const at = parts.indexOf(Math.max(...parts))
      nets[at] = (nets[at] ?? 0) + baleSize
      parts[at] = -1
    }
  }
  return [
    ...served.map((row, at): NaiveWard => ({
      ward: row.ward,
      tier: tierOf(row),
      rank: row.rank,
      nets: nets[at] ?? NaN,
      leftOut: null,
    })),
    ...leftOut,
    ...[...urban].map(({ ward, rank }): NaiveWard => ({ ward, tier: 1, rank, nets: 0, leftOut: 'urban' })),
  ]
}

/** Whether a number compares as a condition says, by the text of the comparisons alone. */
function compares(numbers: readonly number[], place: number, op: string, than: unknown): boolean {
  const own = numbers[place] ?? NaN
  if (op === 'missing') return Number.isNaN(own)
  if (Number.isNaN(own)) return false
  if (op === 'present') return true
  const known = numbers.filter((number) => !Number.isNaN(number)).sort((one, other) => one - other)
  const middle = (known.length - 1) / 2
  const figures: Readonly<Record<string, number>> = {
    mean: known.reduce((sum, number) => sum + number, 0) / known.length,
    median: ((known[Math.floor(middle)] ?? NaN) + (known[Math.ceil(middle)] ?? NaN)) / 2,
  }
  const list = Array.isArray(than) ? (than as readonly number[]) : []
  if (op === 'in') return list.includes(own)
  if (op === 'not in') return !list.includes(own)
  if (op === 'between') return own >= (list[0] ?? NaN) && own <= (list[1] ?? NaN)
  const other = typeof than === 'number' ? than : (figures[(than as { readonly figure: string }).figure] ?? NaN)
  return (
    (op.includes('=') && op !== '!=' && own === other) ||
    (op === '!=' && own !== other) ||
    (op.startsWith('<') && own < other) ||
    (op.startsWith('>') && own > other)
  )
}
