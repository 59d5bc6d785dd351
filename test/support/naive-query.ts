import type { Condition, Measure, WardQuery } from '../../service/domain/query/ward-query.ts'

/** A ward as a plain object: numbers, texts, and null where a value is missing. */
export type PlainWard = Readonly<Record<string, number | string | null>>
type Cell = number | string | null

/** Answers a query ward by ward, as it is described and apart from the product's code. */
export function naiveAnswer(wards: readonly PlainWard[], query: WardQuery): Cell[][] {
  const used = wards.filter((ward) => (query.where ?? []).every((condition) => holds(ward, condition)))
  const { groupBy, measures, select, orderBy = [], limit, offset = 0 } = query
  const from = (rows: Cell[][], most: number): Cell[][] => rows.slice(offset, offset + (limit ?? most))
  if (groupBy === undefined && measures === undefined) {
    const ordered = [...used].sort(
      (one, other) =>
        orderBy.map(({ by, direction }) => order(one[by], other[by], direction)).find((sign) => sign !== 0) ??
        order(one['ward'], other['ward'], 'ascending'),
    )
    return from(
      ordered.map((ward) => (select ?? []).map((name) => ward[name] ?? null)),
      50,
    )
  }
  const groups = new Map<string, PlainWard[]>()
  for (const ward of used) {
    const key = JSON.stringify((groupBy ?? []).map((name) => ward[name]))
    groups.set(key, [...(groups.get(key) ?? []), ward])
  }
  if (groupBy === undefined && groups.size === 0) groups.set('[]', [])
  const rows = [...groups].map(([key, members]) => [
    ...(JSON.parse(key) as Cell[]),
    ...(measures ?? [{ measure: 'count' as const }]).flatMap((measure) => figures(measure, members, used)),
  ])
  rows.sort(
    (one, other) =>
      (groupBy ?? []).map((_, at) => order(one[at], other[at], 'ascending')).find((sign) => sign !== 0) ?? 0,
  )
  return from(rows, 500)
}

function holds(ward: PlainWard, { column, or = [], ...first }: Condition): boolean {
  return [first, ...or].some(({ op, value }) => compares(ward[column] ?? null, op, value))
}

function compares(own: Cell, op: Condition['op'], value: Condition['value']): boolean {
  if (op === 'missing') return own === null
  if (own === null) return false
  const list = Array.isArray(value) ? value : [value]
  const [first, second] = list as number[]
  const isAmong = list.some((each) => each === own)
  const answers: Record<string, () => boolean> = {
    present: () => true,
    '=': () => isAmong,
    in: () => isAmong,
    '!=': () => !isAmong,
    'not in': () => !isAmong,
    '<': () => Number(own) < Number(first),
    '<=': () => Number(own) <= Number(first),
    '>': () => Number(own) > Number(first),
    '>=': () => Number(own) >= Number(first),
    between: () => Number(first) <= Number(own) && Number(own) <= Number(second),
    contains: () => String(own).includes(String(first)),
  }
  return answers[op]?.() ?? false
}

function order(one: Cell | undefined, other: Cell | undefined, direction: string): number {
  if (one === other) return 0
  if (one === null || one === undefined) return 1
  if (other === null || other === undefined) return -1
  return (one < other ? -1 : 1) * (direction === 'descending' ? -1 : 1)
}

function figures(measure: Measure, members: readonly PlainWard[], used: readonly PlainWard[]): Cell[] {
  const { measure: kind, column = '', weight = '', with: other = '', q = 0 } = measure
  if (kind === 'count' && measure.column === undefined) return [members.length]
  const values = numbersIn(members, column)
  const pairs = (name: string): [number, number][] =>
    members.flatMap((ward) =>
      ward[column] === null || ward[name] === null ? [] : [[Number(ward[column]), Number(ward[name])]],
    )
  if (kind === 'count') return [values.length]
  if (kind === 'correlation') {
    const both = pairs(other)
    return [pearson(both), both.length]
  }
  if (kind === 'weightedMean') {
    const both = pairs(weight)
    const weights = total(both.map(([, each]) => each))
    return [weights === 0 ? null : total(both.map(([value, each]) => value * each)) / weights]
  }
  if (kind === 'share') {
    const whole = total(numbersIn(used, column))
    return [whole === 0 ? null : total(values) / whole]
  }
  if (values.length === 0) return [null]
  const sorted = [...values].sort((one, two) => one - two)
  const mean = total(values) / values.length
  const answers: Record<string, () => Cell> = {
    sum: () => total(values),
    mean: () => mean,
    median: () => quantile(sorted, 0.5),
    min: () => Math.min(...values),
    max: () => Math.max(...values),
    sd: () =>
      values.length < 2
        ? null
        : Math.sqrt(total(values.map((value) => (value - mean) * (value - mean))) / (values.length - 1)),
    quantile: () => quantile(sorted, q),
  }
  return [answers[kind]?.() ?? null]
}

function numbersIn(wards: readonly PlainWard[], column: string): number[] {
  return wards.flatMap((ward) => (ward[column] === null ? [] : [Number(ward[column])]))
}

function total(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0)
}

/** Linear between the sorted values that lie around (n − 1) · q. */
function quantile(sorted: readonly number[], q: number): number {
  const place = q * (sorted.length - 1)
  const low = Math.trunc(place)
  const high = Math.min(low + 1, sorted.length - 1)
  return Number(sorted[low]) * (1 - (place - low)) + Number(sorted[high]) * (place - low)
}

function pearson(pairs: readonly (readonly [number, number])[]): number | null {
  const n = pairs.length
  const sums = pairs.reduce(
    ({ x, y, xx, yy, xy }, [a, b]) => ({ x: x + a, y: y + b, xx: xx + a * a, yy: yy + b * b, xy: xy + a * b }),
    { x: 0, y: 0, xx: 0, yy: 0, xy: 0 },
  )
  const below = (n * sums.xx - sums.x ** 2) * (n * sums.yy - sums.y ** 2)
  return n < 2 || below <= 0 ? null : (n * sums.xy - sums.x * sums.y) / Math.sqrt(below)
}
