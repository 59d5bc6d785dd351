import { measureName } from '../../../query/measure-name.ts'
import type { Measure } from '../../../query/ward-query.ts'
import type { ToolCall } from '../../tools.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Bound, Order } from './bind.ts'
import { askDirection, askForLgas, askOneOrder, conditionsOf, distinct, query, usualMeasure } from './common.ts'
import { worseEnd } from './worse-end.ts'
import { field, isTag, outlineColumn, skip, textAt } from './draft.ts'
import type { Asking } from './draft.ts'

const SHOWN_GROUPS = 5

/** Whether the LGAs are what is counted or ordered, and not the wards in them. */
export function isAboutLgas(asking: Asking, { orders }: Bound): boolean {
  const { draft } = asking
  return (
    draft.areLgasFirst ||
    orders.length > 0 ||
    draft.isCount ||
    draft.limit !== null ||
    draft.speaksOfRisk ||
    draft.wanted.length > 0
  )
}

/** Figures for each LGA, tier or value of a column. */
export function groupsOf(asking: Asking, bound: Bound): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  if (asking.dataset.lgas.length === 0 && (draft.groups.includes(field(asking, 'lga')) || draft.groups.length === 0))
    return askForLgas()
  const isNegated = draft.where.some(
    ({ column, op }) => column === field(asking, 'tier') && (op === '!=' || op === 'not in'),
  )
  const without = asking.tokens.some((_, at) => isTag(asking, at, 'neg', 'except') && isOfKind(asking, at))
  if (draft.areLgasFirst && without && !isNegated) return askAboutNone(asking)
  if (draft.areLgasFirst && isNegated)
    return ask('I can count the wards of each LGA by tier, but not pick LGAs by that count. Which would you like?', [
      'Summarise by LGA',
      'Number of High wards by LGA',
    ])
  if (draft.limit !== null && draft.subjects.has('wards') && !draft.areLgasFirst && draft.groups.length > 0)
    return ask('Which wards of each group: those at highest risk, or by a column?', [
      'Summarise by LGA',
      `Show the ${String(draft.limit)} riskiest wards of each LGA`,
    ])
  const isOneLga = draft.where.some(
    ({ column, op, or }) => column === field(asking, 'lga') && op === '=' && or === undefined,
  )
  if (isOneLga && draft.groups.length === 0) return [{ tool: 'summarise_lgas', input: {} }]
  if (isOneLga && draft.groups.includes(field(asking, 'lga')))
    return ask('Figures of one LGA, or of each? Please ask for one of them at a time.', ['Summarise by LGA'])
  const groupBy = draft.groups.length > 0 ? draft.groups : [field(asking, 'lga')]
  const isBare = bound.measures.length + bound.columns.length + bound.orders.length === 0
  if (
    isBare &&
    draft.having === null &&
    !draft.isCount &&
    !bound.isSumOfNothing &&
    draft.where.length === 0 &&
    !draft.speaksOfRisk
  ) {
    const areListed = draft.areLgasFirst && !draft.subjects.has('wards') && asking.outline.analysis !== null
    return areListed ? [{ tool: 'summarise_lgas', input: {} }] : null
  }
  const score: Measure = { measure: 'mean', column: field(asking, 'score') }
  // "By LGA, sorted by name": the names are those of the groups, which stand in their order anyway.
  const [order, another] = bound.orders.filter(({ by }) => by !== field(asking, 'ward'))
  if (another !== undefined) return askOneOrder(bound)
  const named = [...bound.measures, ...bound.columns.map((column) => usualMeasure(column))]
  const ends = order === undefined ? null : endsOf(asking, order)
  if (ends !== null) return [query({ where: conditionsOf(asking), groupBy, measures: distinct([ends, ...named]) })]
  const countsWards = draft.isCount || draft.where.length > 0 || draft.subjects.has('wards')
  const isOfScore = order?.by === null && named.length === 0 && !countsWards
  const ordered = isOfScore
    ? score
    : order === undefined || order.by === null
      ? undefined
      : order.by === 'risk'
        ? score
        : measureFor(asking, order.by, named)
  const isCounted =
    draft.isCount || bound.isSumOfNothing || (named.length === 0 && ordered === undefined && !draft.speaksOfRisk)
  const measures = distinct([
    ...(ordered === undefined ? [] : [ordered]),
    ...named,
    ...(isCounted ? [{ measure: 'count' as const }] : []),
    ...(named.length === 0 && ordered === undefined && !isCounted ? [score] : []),
  ])
  const [first] = measures
  if (first === undefined) return null
  if (order?.direction === 'unclear' && order.by !== 'risk' && order.by !== null) return askDirection(asking, order.by)
  const isOnlyRisk = measures.length === 1 && measureName(first) === measureName(score)
  if (
    isOnlyRisk &&
    draft.where.length + draft.relative.length === 0 &&
    groupBy.length === 1 &&
    groupBy[0] === field(asking, 'lga') &&
    order?.direction !== 'ascending' &&
    draft.limit === null
  )
    return [{ tool: 'summarise_lgas', input: {} }]
  const by = ordered ?? (order === undefined && draft.limit === null ? undefined : first)
  const isUnclear = order?.direction === 'unclear'
  const ownColumn = by?.column !== undefined && outlineColumn(asking, by.column) !== undefined ? by.column : null
  const worst = isUnclear && ownColumn !== null ? worseEnd(ownColumn) : null
  if (isUnclear && ownColumn !== null && worst === null) return askDirection(asking, ownColumn)
  // The riskiest groups are those of the highest score.
  const isAscending = isUnclear ? draft.isWorst === (worst === 'ascending') : order?.direction === 'ascending'
  const limit =
    draft.limit ?? (order === undefined || order.isSort || draft.groups.length > 0 ? undefined : SHOWN_GROUPS)
  return [
    query({
      where: conditionsOf(asking),
      groupBy,
      measures,
      ...(draft.having !== null && { having: [{ by: 'count', ...draft.having }] }),
      ...(by !== undefined && {
        orderBy: [{ by: measureName(by), direction: isAscending ? 'ascending' : 'descending' }],
      }),
      ...(limit !== undefined && { limit }),
      ...(draft.offset > 0 && { offset: draft.offset }),
    }),
  ]
}

/** Whether a word such as "no" stands before a kind of wards: `which LGA has no urban ward`. */
function isOfKind(asking: Asking, at: number): boolean {
  const next = skip(asking, at + 1, 'filler')
  return asking.tokens[next]?.kind === 'value' || isTag(asking, next, 'urban', 'rural')
}

/** A query counts the wards of each LGA, and has no row for an LGA that has none. */
function askAboutNone(asking: Asking): Meaning {
  const at = asking.tokens.findIndex((_, place) => isTag(asking, place, 'neg', 'except') && isOfKind(asking, place))
  const kind = textAt(asking, skip(asking, at + 1, 'filler'))
  return ask(`I can count the ${kind} wards of each LGA; an LGA that is not in that list has none. Shall I?`, [
    `Number of ${kind} wards by LGA`,
  ])
}

/** `highest TPR in each LGA` asks for the greatest value in each group, and not for an order of the groups. */
function endsOf({ draft }: Asking, { by, direction, isSort }: Order): Measure | null {
  const isEnd = draft.groups.length > 0 && draft.limit === null && !isSort && by !== null && by !== 'risk'
  if (
    !isEnd ||
    draft.texts.length > 0 ||
    draft.subjects.has('lgas') ||
    draft.subjects.has('tiers') ||
    direction === 'unclear'
  )
    return null
  return { measure: direction === 'descending' ? 'max' : 'min', column: by }
}

function measureFor(asking: Asking, column: string, named: readonly Measure[]): Measure {
  return (
    named.find((measure) => measure.column === column) ??
    usualMeasure({ kind: 'column', column, isPeople: outlineColumn(asking, column)?.kind === 'population' })
  )
}
