/**
 * Answers a query of the wards from files alone, ward by ward, with none of the service's code. `docs/recompute.ts`
 * runs it. Texts are compared as they are written.
 */
export type PlainWard = Readonly<Record<string, Cell>>
type Cell = number | string | null
type Row = Readonly<Record<string, string>>

interface Comparison {
  readonly of?: { readonly figure: 'mean' | 'median' | 'sum' | 'min' | 'max'; readonly by: string }
  readonly op: string
  readonly value?:
    string | number | readonly (string | number)[] | { readonly figure: 'mean' | 'median'; readonly by?: string }
}
type Condition = Comparison & {
  readonly column: string
  readonly or?: readonly (Comparison & { readonly column?: string })[]
}
interface Measure {
  readonly measure: string
  readonly column?: string
  readonly weight?: string
  readonly with?: string
  readonly q?: number
  readonly part?: readonly Condition[]
}
/** A query, as `POST /api/query` takes it. */
export interface Query {
  readonly where?: readonly Condition[]
  readonly groupBy?: readonly string[]
  readonly measures?: readonly Measure[]
  readonly select?: readonly string[]
  readonly orderBy?: readonly { readonly by: string; readonly direction: string }[]
  readonly each?: { readonly column: string; readonly rows: number }
  readonly having?: readonly { readonly by: string; readonly op: string; readonly value: number }[]
  readonly percent?: number
  readonly limit?: number
  readonly offset?: number
}

/** The fields of the ranking and of the plan, by their columns in the downloads. */
const OF_RANKING = {
  ward: 'ward_name',
  wardCode: 'ward_code',
  lga: 'lga',
  rank: 'rank',
  score: 'score',
  tier: 'tier',
  topThirdShare: 'top_third_share',
  medianRank: 'median_model_rank',
  pcaRank: 'pca_rank',
  pcaScore: 'pca_score',
} as const
const OF_PLAN = {
  people: 'population',
  need: 'nets_needed',
  nets: 'nets_allocated',
  covered: 'people_covered',
  coveragePercent: 'coverage_percent',
  allocationTier: 'allocation_tier',
  reason: 'left_out_because',
} as const
const MISSING = new Set(['', 'na', 'n/a', 'nan', 'null', 'none', '#n/a'])
const NAMES = { name: ['wardname', 'ward'], code: ['wardcode'] } as const

/** The wards of an uploaded table, with what the ranking and the plan say of each, by code or else by name. */
export function plainWards(table: readonly Row[], rankings: readonly Row[], plan: readonly Row[]): PlainWard[] {
  const headers = Object.keys(table[0] ?? {})
  const header = (names: readonly string[]): string | undefined =>
    headers.find((each) => names.includes(each.toLowerCase().replace(/[^a-z]/g, '')))
  const [nameHeader = '', codeHeader] = [header(NAMES.name), header(NAMES.code)]
  const areNumbers = new Map(headers.map((each) => [each, table.every((row) => isNumber(row[each]))]))
  return table.map((row) => {
    const isOwn = (other: Row): boolean =>
      codeHeader !== undefined && other['ward_code'] !== ''
        ? other['ward_code'] === row[codeHeader]
        : other['ward_name'] === row[nameHeader]
    const [ranked, planned] = [rankings.find(isOwn), plan.find(isOwn)]
    const nets = cellsOf(planned, OF_PLAN)
    const fields = { ...cellsOf(ranked, OF_RANKING), ...nets, ...servedOf(nets) }
    const own = headers.map((each) => [each, cellOf(row[each], areNumbers.get(each) === true)])
    return {
      ...Object.fromEntries(
        Object.entries(fields).flatMap(([name, cell]) => [
          [name, cell],
          [`@${name}`, cell],
        ]),
      ),
      ...Object.fromEntries(own),
      [nameHeader]: ranked?.['ward_name'] ?? row[nameHeader] ?? null,
    } as PlainWard
  })
}

/** How far the need of a ward is met, and what is lacking. */
function servedOf({ need = null, nets = null, reason = null }: Readonly<Record<string, Cell>>): Record<string, Cell> {
  if (reason !== null) return { served: 'left out', lacking: null }
  if (need === null || nets === null) return { served: null, lacking: null }
  return { served: nets >= need ? 'full' : Number(nets) > 0 ? 'partial' : 'none', lacking: Number(need) - Number(nets) }
}

function cellsOf(row: Row | undefined, fields: Readonly<Record<string, string>>): Record<string, Cell> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, column]) => [name, cellOf(row?.[column], isNumber(row?.[column]))]),
  )
}

function cellOf(text: string | undefined, isOfNumbers: boolean): Cell {
  if (text === undefined || MISSING.has(text.trim().toLowerCase())) return null
  return isOfNumbers ? Number(text) : text
}

/** True of a missing value, too: it does not make a column one of texts. */
function isNumber(text: string | undefined): boolean {
  return text === undefined || MISSING.has(text.trim().toLowerCase()) || Number.isFinite(Number(text))
}

/**
 * The differences between a reply to a query and what follows from the wards, in sentences.
 * @param reply as `POST /api/query` gave it; its columns say how a list without `select` was shown
 */
export function recomputeQuery(
  query: Query,
  reply: { readonly columns: readonly { readonly name: string }[]; readonly rows: readonly (readonly unknown[])[] },
  wards: readonly PlainWard[],
): string[] {
  const isList = query.groupBy === undefined && query.measures === undefined
  const worked = answerOf(wards, isList ? { select: reply.columns.map(({ name }) => name), ...query } : query)
  if (worked.length !== reply.rows.length)
    return [`the reply has ${String(reply.rows.length)} rows, worked out there are ${String(worked.length)}`]
  return worked.flatMap((row, at) =>
    row.flatMap((cell, column) => {
      const found = reply.rows[at]?.[column]
      const isSame =
        typeof cell === 'number' && typeof found === 'number'
          ? Math.abs(cell - found) <= 1e-9 * Math.max(1, Math.abs(cell))
          : cell === found
      const name = reply.columns[column]?.name ?? ''
      return isSame
        ? []
        : [`row ${String(at + 1)}, ${name}: the reply says ${String(found)}, worked out it is ${String(cell)}`]
    }),
  )
}

/** The rows of an answer. */
export function answerOf(wards: readonly PlainWard[], query: Query): Cell[][] {
  const used = wards.filter((ward) => (query.where ?? []).every((condition) => holds(ward, condition, wards)))
  const { groupBy, measures, select, orderBy = [], limit, offset = 0 } = query
  const from = (all: Cell[][], most: number): Cell[][] => {
    const rows = all.slice(0, Math.ceil(Math.round(all.length * (query.percent ?? 100) * 1e6) / 1e8))
    return rows.slice(offset, offset + (limit ?? most))
  }
  if (groupBy === undefined && measures === undefined) {
    // By rank and name where nothing else decides; the rank counts where the query uses the ranking or the plan.
    const names = [
      ...(query.where ?? []).flatMap(({ or = [], ...first }) =>
        [first, ...or].flatMap(({ column = first.column, value, of }) => [
          column,
          ...(typeof value === 'object' && 'figure' in value && value.by !== undefined ? [value.by] : []),
          ...(of === undefined ? [] : [of.by]),
        ]),
      ),
      ...(query.each === undefined ? [] : [query.each.column]),
      ...(select ?? []),
      ...orderBy.map(({ by }) => by),
    ]
    const isRanked = names.some((name) => isOfResult(name, wards))
    const last = [...(isRanked ? ['@rank'] : []), '@ward', 'ward'].map((by) => ({ by, direction: 'ascending' }))
    const ordered = [...used].sort(
      (one, other) =>
        [...orderBy, ...last]
          .map(({ by, direction }) => order(one[by], other[by], direction))
          .find((sign) => sign !== 0) ?? 0,
    )
    return from(
      firstOfEach(ordered, query.each).map((ward) => (select ?? []).map((name) => ward[name] ?? null)),
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
    ...(measures ?? [{ measure: 'count' }]).flatMap((measure) => figures(measure, members, used, wards)),
  ])
  const heads = [...(groupBy ?? []), ...(measures ?? [{ measure: 'count' }]).flatMap(namesOf)]
  const first = orderBy.map(({ by, direction }) => ({ at: placeOf(by, heads), direction }))
  const last = (groupBy ?? []).map((_, at) => ({ at, direction: 'ascending' }))
  rows.sort(
    (one, other) =>
      [...first, ...last].map(({ at, direction }) => order(one[at], other[at], direction)).find((sign) => sign !== 0) ??
      0,
  )
  const kept = rows.filter((row) =>
    (query.having ?? []).every(({ by, op, value }) => compares(row[placeOf(by, heads)] ?? null, op, value)),
  )
  return from(kept, 500)
}

/** The place of a measure by its name, or by its kind where that is enough. */
function placeOf(by: string, heads: readonly string[]): number {
  const place = heads.indexOf(by)
  return place >= 0 ? place : heads.findIndex((head) => head.startsWith(`${by} of `))
}

/** The first wards of each value of a column, the values in their order. */
function firstOfEach(ordered: readonly PlainWard[], each: Query['each']): readonly PlainWard[] {
  if (each === undefined) return ordered
  const own = (ward: PlainWard): Cell => ward[each.column] ?? null
  const kinds = [...new Set(ordered.map(own))].sort((one, other) => order(one, other, 'ascending'))
  return kinds.flatMap((kind) => ordered.filter((ward) => own(ward) === kind).slice(0, each.rows))
}

/** Words that have an order of their own. */
const ORDERS = [
  ['High', 'Medium', 'Low'],
  ['full', 'partial', 'none', 'left out'],
] as const

/** Whether a name is a field of the ranking or the plan, and not a column of the table. */
function isOfResult(name: string, wards: readonly PlainWard[]): boolean {
  const bare = name.replace('@', '')
  if (['ward', 'wardCode', 'lga'].includes(bare) || !(bare in { ...OF_RANKING, ...OF_PLAN, served: '', lacking: '' }))
    return false
  return name.startsWith('@') || wards.every((ward) => ward[name] === ward[`@${name}`])
}

/** The names of a measure's columns. */
function namesOf({ measure, column = '', weight = '', with: other = '', q = 0, part }: Measure): string[] {
  if (measure === 'count') return [column === '' ? 'count' : `count of ${column}`]
  if (measure === 'weightedMean') return [`mean of ${column} weighted by ${weight}`]
  if (measure === 'quantile') return [`${String(q)} quantile of ${column}`]
  if (measure === 'share')
    return [`share of ${column === '' ? 'wards' : column}${part === undefined ? '' : ' of a part'}`]
  const pair = `correlation of ${column} and ${other}`
  return measure === 'correlation' ? [pair, `n of ${pair}`] : [`${measure} of ${column}`]
}

function holds(ward: PlainWard, { column, or = [], ...first }: Condition, all: readonly PlainWard[]): boolean {
  return [{ column, ...first }, ...or].some(({ column: other = column, op, value, of }) =>
    compares(
      of === undefined ? (ward[other] ?? null) : ofGroup(ward, other, of, all),
      op,
      settled(ward, other, value, all),
    ),
  )
}

/** A figure of the wards that have the same value of a column as this one; null if there is none. */
function ofGroup(
  ward: PlainWard,
  column: string,
  { figure, by }: NonNullable<Comparison['of']>,
  all: readonly PlainWard[],
): Cell {
  const values = numbersIn(
    all.filter((other) => other[by] === ward[by] && ward[by] !== null),
    column,
  ).sort((one, two) => one - two)
  if (values.length === 0) return null
  const figures = {
    mean: total(values) / values.length,
    median: quantile(values, 0.5),
    sum: total(values),
    min: values[0] ?? NaN,
    max: values.at(-1) ?? NaN,
  }
  return figures[figure]
}

type Settled = string | number | readonly (string | number)[] | undefined

/** The mean or the median of the column over all wards, or over those of its group, to compare wards with it. */
function settled(ward: PlainWard, column: string, value: Comparison['value'], all: readonly PlainWard[]): Settled {
  if (typeof value !== 'object' || !('figure' in value)) return value
  const { by } = value
  const group = by === undefined ? all : all.filter((other) => other[by] === ward[by] && ward[by] !== null)
  const values = numbersIn(group, column).sort((one, two) => one - two)
  return value.figure === 'mean' ? total(values) / values.length : quantile(values, 0.5)
}

function compares(own: Cell, op: string, value: Settled): boolean {
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
  const sign = direction === 'descending' ? -1 : 1
  const own = ORDERS.map((words: readonly Cell[]) => [words.indexOf(one), words.indexOf(other)] as const)
  const places = own.find(([first, second]) => first !== -1 && second !== -1)
  if (places !== undefined) return sign * (places[0] - places[1])
  return sign * (one < other ? -1 : 1)
}

function figures(
  measure: Measure,
  members: readonly PlainWard[],
  used: readonly PlainWard[],
  all: readonly PlainWard[],
): Cell[] {
  const { measure: kind, column = '', weight = '', with: other = '', q = 0 } = measure
  if (kind === 'count' && measure.column === undefined) return [members.length]
  if (kind === 'share') {
    const { part } = measure
    const some = part && members.filter((ward) => part.every((condition) => holds(ward, condition, all)))
    const size = (of: readonly PlainWard[]): number =>
      measure.column === undefined ? of.length : total(numbersIn(of, column))
    const whole = size(some === undefined ? used : members)
    return [whole === 0 ? null : size(some ?? members) / whole]
  }
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
