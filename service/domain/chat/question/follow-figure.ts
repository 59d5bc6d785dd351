import type { Measure, WardQuery } from '../../query/ward-query.ts'
import type { Outline } from '../outline.ts'
import type { ToolCall } from '../tools.ts'
import { namesLost } from './list-query.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern, wordSet } from './words.ts'

/** Words around the name of another column, as in `and what about the rainfall?` */
const AROUND: ReadonlySet<string> = wordSet('and what how about for of the same now is ok then also please but with')
const GROUPED = pattern(
  String.raw`^ (?:(?:and|now|same|what about|how about|show|ok|then|also|please|it|but) )*(?:by|per|for each|`,
  String.raw`in each|for every|each) (?:the )?(lga|lgas|local governments?|districts?|tier|tiers)(?: please)? $`,
)
const FIGURED = pattern(
  String.raw`^ (?:(?:and|now|same|what about|how about|ok|then|also|please|but|what is|for|the|with) )*`,
  String.raw`(mean|average|median|minimum|maximum|total|sum|standard deviation)(?: please)? $`,
)
const FIGURES: Readonly<Record<string, Measure['measure']>> = {
  mean: 'mean',
  average: 'mean',
  median: 'median',
  minimum: 'min',
  maximum: 'max',
  total: 'sum',
  sum: 'sum',
  'standard deviation': 'sd',
} as const
const DRAWN = pattern(
  String.raw`^ (?:(?:and|now|then|ok|please|can you|could you) )*(?:plot|chart|graph|draw|visualise|visualize)`,
  String.raw` (?:it|that|this|them|these|those)(?: (?:as|in|on|on a|as a|in a) (?:bar )?(?:bars?|chart|graph))?`,
  String.raw`(?: please)? $`,
)

/**
 * `Now by LGA`, `and the median?`, `what about flood?`, `plot it`: the figure before in groups, another figure of its
 * column, the same of another column, or its bars.
 */
export function figureAgain(
  { plain, words, mentions }: Reading,
  last: ToolCall,
  dataset: Outline['dataset'],
): Meaning | null {
  const figured =
    last.tool === 'describe_variable'
      ? { measures: [{ measure: 'mean' as const, column: last.input.variable }] }
      : last.tool === 'query_wards'
        ? last.input
        : null
  const measures = figured?.measures ?? []
  const [measure] = measures
  if (figured === null || measure === undefined || dataset === null) return null
  // Several figures of one column, such as its mean and its range, are gone on with together.
  if (measures.some(({ column }) => column !== measure.column)) return null
  if (namesLost({ tool: 'query_wards', input: figured }, dataset)) return null
  const { limit: _, offset: _offset, orderBy: _order, ...kept }: WardQuery = figured
  const [, group] = GROUPED.exec(plain) ?? []
  if (group !== undefined) {
    const name = group.startsWith('tier') ? 'tier' : 'lga'
    if (name === 'lga' && dataset.lgas.length === 0) return null
    const own = dataset.columns.some((column) => column.name === name) ? `@${name}` : name
    return call({ tool: 'query_wards', input: { ...kept, groupBy: [own] } })
  }
  const [, word] = FIGURED.exec(plain) ?? []
  const other = word === undefined ? undefined : FIGURES[word]
  if (other !== undefined && 'column' in measure)
    return call({ tool: 'query_wards', input: { ...kept, measures: [{ measure: other, column: measure.column }] } })
  const [mention, more] = mentions
  const [column, unclear] = mention?.columns ?? []
  const isOfColumn = words.every(
    ({ text }, at) => (mention !== undefined && at >= mention.from && at <= mention.to) || AROUND.has(text),
  )
  const isNamed = column !== undefined && unclear === undefined && more === undefined && isOfColumn
  if (isNamed && last.tool === 'query_wards' && 'column' in measure && measure.with === undefined)
    return call({ tool: 'query_wards', input: { ...kept, measures: measures.map((each) => ({ ...each, column })) } })
  const [groupBy, second] = kept.groupBy ?? []
  if (!DRAWN.test(plain) || groupBy === undefined || second !== undefined) return null
  const { where } = kept
  return call({ tool: 'draw_chart', input: { kind: 'bar', ...(where && { where }), groupBy, measure } })
}
