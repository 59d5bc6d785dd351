import type { Measure } from '../../../query/ward-query.ts'
import type { ToolCall } from '../../tools.ts'
import type { Bound } from './bind.ts'
import { conditionsOf } from './common.ts'
import { field } from './draft.ts'
import type { Asking } from './draft.ts'
import { numbersIn, textsIn } from '../values-in.ts'

/** What describes one column by itself holds these figures of it. */
const OF_DESCRIPTION: ReadonlySet<string> = new Set(['mean', 'median', 'min', 'max'])
const COUNTING: ReadonlySet<string> = new Set(['describe_data', 'summarise_lgas', 'draw_chart'])

/**
 * The first thing that was read in a question and that none of its calls holds: a figure, a column, a condition, an
 * order, a number of rows, a group, a chart. Null if the calls hold all of it.
 */
export function leftBehind(asking: Asking, bound: Bound, calls: readonly ToolCall[]): string | null {
  const { draft } = asking
  const texts = new Set(calls.flatMap(({ input }) => textsIn(input)))
  const numbers = new Set(calls.flatMap(({ input }) => numbersIn(input)))
  const measures = calls.flatMap(measuresOf)
  const tools = new Set<string>(calls.map(({ tool }) => tool))
  const hasMeasure = (name: string): boolean => measures.some(({ measure }) => measure === name)
  const isChart = tools.has('draw_chart')
  const isDescribed = tools.has('describe_variable')
  const isOfWards = tools.has('ward_values')
  const lost = (isLost: boolean, what: string): readonly string[] => (isLost ? [what] : [])
  const figures = bound.measures.flatMap(({ measure, column }) =>
    lost(
      !measures.some((own) => own.measure === measure && own.column === column) &&
        !(isDescribed && OF_DESCRIPTION.has(measure) && texts.has(column ?? '')) &&
        !(draft.isEachWard && measure === 'sum' && texts.has(column ?? '')) &&
        !(draft.isShare && measure === 'sum' && hasMeasure('share') && (column === undefined || texts.has(column))) &&
        !((isChart || isOfWards || draft.isCorrelation) && texts.has(column ?? '')) &&
        // A summary of LGAs has their mean scores, and is in the order of the risk.
        !(tools.has('summarise_lgas') && measure === 'mean' && column === field(asking, 'score')),
      `${measure} ${column ?? ''}`,
    ),
  )
  const open = bound.open !== null && !draft.isShare && !hasMeasure(bound.open) && !isChart ? [bound.open] : []
  const columns = [
    ...bound.columns.map(({ column }) => column),
    ...draft.relative.map(({ column }) => column),
    ...draft.groups,
    ...draft.texts,
  ]
  const isOrdered = (by: string | null): boolean =>
    by !== null && by !== 'risk'
      ? texts.has(by) || (tools.has('summarise_lgas') && by === field(asking, 'score'))
      : tools.has('rank_wards') ||
        tools.has('summarise_lgas') ||
        calls.some(({ input }) => 'orderBy' in input || 'order' in input) ||
        hasRank(texts)
  const isHeld = (value: unknown): boolean =>
    typeof value === 'number' ? numbers.has(value) : typeof value !== 'string' || texts.has(value)
  const conditions = conditionsOf(asking).flatMap(({ column, value, or = [] }) => [
    ...lost(!texts.has(column) && !isPlace(column, tools), column),
    ...lost(
      [value, ...or.map((each) => each.value)].flat().some((each) => !isHeld(each)),
      column,
    ),
  ])
  const [first = null] = [
    ...figures,
    ...open,
    ...columns.flatMap((column) => lost(!texts.has(column) && !isPlace(column, tools), column)),
    ...bound.orders.flatMap(({ by }) => lost(!isOrdered(by), by ?? 'order')),
    ...conditions,
    ...lost(draft.limit !== null && !numbers.has(draft.limit) && !hasRank(texts), String(draft.limit)),
    ...lost(draft.charts.length > 0 && !isChart, 'chart'),
    ...lost(
      draft.isCount && !hasMeasure('count') && !hasMeasure('share') && ![...COUNTING].some((tool) => tools.has(tool)),
      'how many',
    ),
    ...lost(draft.isShare && !hasMeasure('share'), 'share'),
    ...lost(draft.isCorrelation && !hasMeasure('correlation') && !isChart, 'correlation'),
    ...lost(draft.isWeighted && !hasMeasure('weightedMean'), 'weight'),
    ...lost(draft.isRange && !(hasMeasure('min') && hasMeasure('max')) && !isDescribed && !isChart, 'range'),
  ]
  return first
}

function hasRank(texts: ReadonlySet<string>): boolean {
  return texts.has('rank') || texts.has('@rank')
}

/** A ranking and a summary hold a place by its name alone, without a column. */
function isPlace(column: string, tools: ReadonlySet<string>): boolean {
  return /^@?(?:lga|tier|ward)$/.test(column) && (tools.has('rank_wards') || tools.has('summarise_lgas'))
}

function measuresOf({ tool, input }: ToolCall): readonly Measure[] {
  if (tool === 'query_wards') return input.measures ?? []
  return tool === 'draw_chart' && input.measure !== undefined ? [input.measure] : []
}
