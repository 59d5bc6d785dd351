import type { Tier } from '../../ranking/analysis-result.ts'
import { QUERY_LIMITS } from '../../query/query-limits.ts'
import type { Condition, WardQuery } from '../../query/ward-query.ts'
import type { Outline } from '../outline.ts'
import type { ListCall, Remembered } from '../remembered.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'

/** How many wards a ranking lists if nobody says. */
export const USUAL_COUNT = 10

/**
 * Fields without the sign that tells them from a column, where the data have no column of the same name, and without
 * LGAs where there are none.
 */
export function plainFields(input: WardQuery, { dataset }: Outline): WardQuery {
  const columns = new Set(dataset?.columns.map(({ name }) => name))
  const hasLgas = dataset !== null && dataset.lgas.length > 0
  const plain = (name: string): string => (name.startsWith('@') && !columns.has(name.slice(1)) ? name.slice(1) : name)
  return {
    ...input,
    ...(input.where && { where: input.where.map((condition) => ({ ...condition, column: plain(condition.column) })) }),
    ...(input.select && { select: [...new Set(input.select.filter((name) => name !== '@lga' || hasLgas).map(plain))] }),
    ...(input.orderBy && { orderBy: input.orderBy.map((order) => ({ ...order, by: plain(order.by) })) }),
  }
}

/** The list as a query, with everything that it says. */
export function queryOf(list: ListCall): WardQuery {
  if (list.tool === 'query_wards') return list.input
  const { order, count, lga, tier, ranking } = list.input
  return {
    ...(lga !== undefined || tier !== undefined ? { where: conditionsOf(list) } : {}),
    select: ['@ward', '@lga', '@rank', '@score', '@tier', ...(ranking === 'pca' ? ['@pcaRank'] : [])],
    orderBy: [
      { by: ranking === 'pca' ? '@pcaRank' : '@rank', direction: order === 'lowest' ? 'descending' : 'ascending' },
    ],
    limit: Math.min(count ?? (tier === undefined ? USUAL_COUNT : QUERY_LIMITS.rows), QUERY_LIMITS.rows),
  }
}

/** The conditions of a list. */
export function conditionsOf(list: ListCall): Condition[] {
  if (list.tool === 'query_wards') return [...(list.input.where ?? [])]
  const { lga, tier } = list.input
  return [
    ...(lga === undefined ? [] : [{ column: '@lga', op: '=' as const, value: lga }]),
    ...(tier === undefined ? [] : [{ column: '@tier', op: '=' as const, value: tier }]),
  ]
}

/** A query of these LGAs and this tier in the place of its own; its other conditions stay. */
export function withPlaces(own: WardQuery, lgas: readonly string[], tier: Tier | null): WardQuery {
  const isOn = (condition: Condition, field: string): boolean =>
    [field, `@${field}`].includes(condition.column) && condition.op !== 'not in' && condition.op !== '!='
  const kept = (own.where ?? []).filter(
    (condition) => !(lgas.length > 0 && isOn(condition, 'lga')) && !(tier !== null && isOn(condition, 'tier')),
  )
  return {
    ...own,
    where: [
      ...kept,
      ...(lgas.length > 0 ? [{ column: '@lga', op: 'in' as const, value: [...lgas] }] : []),
      ...(tier === null ? [] : [{ column: '@tier', op: '=' as const, value: tier }]),
    ],
  }
}

/** The conditions with one that leaves out these names as well. What is left out of one column is one condition. */
export function conditionsWithout(
  where: readonly Condition[],
  column: string,
  names: readonly string[],
): readonly Condition[] {
  if (names.length === 0) return where
  const isSame = (condition: Condition): boolean =>
    [column, column.slice(1)].includes(condition.column) && condition.op === 'not in'
  const before = where.filter(isSame).flatMap(({ value }) => (Array.isArray(value) ? value : []))
  return [
    ...where.filter((condition) => !isSame(condition)),
    { column, op: 'not in', value: [...new Set([...before, ...names])] },
  ]
}

/**
 * The wards of a list: the shown ones where the list was cut, and all that satisfy its conditions where not. Null if it
 * was cut and had more rows than are remembered, unless it has the first ranks of all wards.
 */
export function setOf(list: ListCall, { shown, isCut }: Remembered): Condition[] | null {
  const where = conditionsOf(list)
  if (!isCut) return where
  if (shown.length === 0) return firstRanks(list)
  const isOfWards = ({ column, op }: Condition): boolean => ['ward', '@ward'].includes(column) && op === 'in'
  return [...where.filter((condition) => !isOfWards(condition)), { column: '@ward', op: 'in', value: [...shown] }]
}

/** `Top 100 wards` as a condition; null if a list has other wards than the first of the composite ranking. */
function firstRanks(list: ListCall): Condition[] | null {
  if (list.tool !== 'rank_wards') return null
  const { order, count, lga, tier, ranking = 'composite' } = list.input
  const areFirst = order === 'highest' && lga === undefined && tier === undefined && ranking === 'composite'
  return areFirst && count !== undefined ? [{ column: '@rank', op: '<=', value: count }] : null
}

/** Whether the data no longer have the places that a list names. */
export function namesLost(list: ListCall, dataset: NonNullable<Outline['dataset']>): boolean {
  const lgas = conditionsOf(list).flatMap(({ column, op, value }) =>
    (column === '@lga' || column === 'lga') && (op === '=' || op === 'in') ? [value ?? []].flat() : [],
  )
  return lgas.some((lga) => typeof lga === 'string' && !dataset.lgas.includes(lga))
}

/** A query as the meaning of a message; asks for a new question where it would have too many conditions. */
export function query(input: WardQuery): Meaning {
  if ((input.where?.length ?? 0) > QUERY_LIMITS.conditions)
    return ask(`That would be more than ${String(QUERY_LIMITS.conditions)} conditions. Please ask anew.`)
  return call({ tool: 'query_wards', input })
}

/** Asks for a new question, where the wards of a list are too many to be remembered. */
export function askAnew(): Meaning {
  return ask('That list has more wards than I remember. Please ask with its conditions, in one question.')
}
