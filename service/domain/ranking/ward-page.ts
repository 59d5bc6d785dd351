import type { AnalysisResult, RankedWard } from './analysis-result.ts'
import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { say } from '../said.ts'

/** The query for a page of ranked wards. `sort` names a key, with `-` in front for descending order. */
export interface WardQuery {
  readonly sort?: string
  readonly tier?: string
  readonly lga?: string
  readonly limit?: number
  readonly cursor?: string
}

/** A ranked ward without its indicators. */
export type WardSummary = Omit<RankedWard, 'indicators'>

/** A page, and the cursor of the next one if there is one. */
export interface WardPage {
  readonly wards: readonly WardSummary[]
  readonly nextCursor?: string
  /** Those of the whole ranking. */
  readonly caveats: readonly string[]
}

type SortKey = 'rank' | 'score' | 'wardName' | 'lga' | 'topThirdShare' | 'medianRank' | 'pcaRank'

const SORT_KEYS: readonly SortKey[] = ['rank', 'score', 'wardName', 'lga', 'topThirdShare', 'medianRank', 'pcaRank']
const TIERS: readonly string[] = ['High', 'Medium', 'Low']
const USUAL = 100
const MOST = 1_000

/**
 * One page of the ranking, by rank unless the query asks for another order. Equal wards keep the order of the ranking,
 * so pages neither repeat nor skip a ward. A cursor belongs to the query it came from.
 * @throws Fault `invalid-input` with a pointer to each part of the query that does not fit
 */
export function wardPage(result: AnalysisResult, query: WardQuery = {}): WardPage {
  const { key, descending, limit, offset } = readQuery(query)
  const chosen = result.wards.filter(
    ({ tier, lga }) =>
      (query.tier === undefined || tier === query.tier) && (query.lga === undefined || lga === query.lga),
  )
  const sign = descending ? -1 : 1
  const sorted = chosen
    .map((ward, place) => ({ ward, place, by: sortValue(ward, key) }))
    .sort((one, other) => sign * compare(one.by, other.by) || one.place - other.place)
  const wards = sorted.slice(offset, offset + limit).map(({ ward }) => summary(ward))
  const next = offset + wards.length
  const { caveats } = result
  return next < sorted.length && wards.length > 0
    ? { wards, nextCursor: cursorOf(next, query), caveats }
    : { wards, caveats }
}

function readQuery(query: WardQuery): { key: SortKey; descending: boolean; limit: number; offset: number } {
  const errors: FaultDetail[] = []
  const sort = query.sort ?? 'rank'
  const descending = sort.startsWith('-')
  const key = SORT_KEYS.find((known) => known === (descending ? sort.slice(1) : sort))
  const limit = query.limit ?? USUAL
  const offset = query.cursor === undefined ? 0 : offsetOf(query.cursor, query)
  if (key === undefined) errors.push({ said: say('sort-is-one-of', { names: SORT_KEYS }), pointer: '/sort' })
  if (query.tier !== undefined && !TIERS.includes(query.tier))
    errors.push({ said: say('tier-is-one-of', { names: TIERS }), pointer: '/tier' })
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST)
    errors.push({ said: say('limit-is-from-1', { most: MOST }), pointer: '/limit' })
  if (offset === null) errors.push({ said: say('cursor-of-other-query', {}), pointer: '/cursor' })
  if (key === undefined || offset === null || errors.length > 0)
    throw new Fault('invalid-input', say('cannot-show-wards', {}), { errors })
  return { key, descending, limit, offset }
}

function sortValue(ward: RankedWard, key: SortKey): string | number {
  if (key === 'topThirdShare' || key === 'medianRank') return ward.robustness[key]
  return ward[key] ?? ''
}

function compare(one: string | number, other: string | number): number {
  return one < other ? -1 : one > other ? 1 : 0
}

function summary({ indicators: _, ...ward }: RankedWard): WardSummary {
  return ward
}

function cursorOf(offset: number, { sort, tier, lga }: WardQuery): string {
  return Buffer.from(JSON.stringify([offset, sort ?? '', tier ?? '', lga ?? ''])).toString('base64url')
}

/** The offset that a cursor stands for; null when the cursor is not from this query. */
function offsetOf(cursor: string, query: WardQuery): number | null {
  if (cursor.length > 2_000) return null
  const offset = Number(/^\[(\d{1,9}),/.exec(Buffer.from(cursor, 'base64url').toString('utf8'))?.[1] ?? NaN)
  return cursorOf(offset, query) === cursor ? offset : null
}
