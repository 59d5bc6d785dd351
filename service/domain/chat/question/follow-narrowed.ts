import type { WardQuery } from '../../query/ward-query.ts'
import type { ListCall, Remembered } from '../remembered.ts'
import { writtenNumbers } from './figures.ts'
import { within } from './follow-them.ts'
import { askAnew, conditionsOf, conditionsWithout, query, queryOf, setOf, withPlaces } from './list-query.ts'
import { isAsking, placesIn, tierIn } from './places-in.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { wordSet, pattern } from './words.ts'

const AROUND: ReadonlySet<string> = wordSet(
  'and what how about in for of now same the lga lgas local government do it with also only just please own nko side ' +
    'then show me us there to ok but too again give list see that this wards ward ones one instead a from here at',
)
export const LEAVES_OUT = pattern(
  String.raw`^ (?:(?:and|now|but|please|then|ok|the same|same|what about|show me|show|them|it|list) `,
  String.raw`)*(?:remove|exclude|excluding|without|drop|except|not|minus|skip|leave out|take out|leave|`,
  String.raw`ignore|but not|those not in|not in)\b`,
)
const COMPARES = pattern(
  String.raw`^ (?:(?:and|now|what about|how about|what if|with|only|just|those|the ones|ones|make it|it) `,
  String.raw`)*(above|over|below|under|at least|at most) (?:\d[\d,.]*|[a-z]+)(?: (?:%|percent))?(?: `,
  String.raw`(?:please|instead))? $`,
)
const BOUNDS: Readonly<Record<string, '<' | '<=' | '>' | '>='>> = {
  above: '>',
  over: '>',
  below: '<',
  under: '<',
  'at least': '>=',
  'at most': '<=',
} as const
const ONLY = /^ (?:(?:and|now|but|please) )*(?:only|just) /
const HAVING = pattern(
  String.raw`^ (?:(?:and|now|but|only|just|please|ok|the ones|ones) )*(?:with|where|whose|having|that have|which have|`,
  String.raw`wey get) (?!(?:is|are|do|does|can|could|should|was|were) )`,
)
/** `And in rural areas?` */
const ALSO_IN = /^ (?:and|but|also) (?:in|among|for) /
/** `And rainfall below 90?` after a list keeps its conditions. */
const ALSO = /^ (?:and|but|also|plus) (?!(?:is|are|do|does|what|which|how|who|why|if|the) )/
const FLIPS = /\b(?:lowest|least|safest|bottom|highest|worst|riskiest|most at risk|top)\b/

/** Another LGA or another tier in the place of that of the list, or beside its other conditions. */
export function narrowedTo(reading: Reading, list: ListCall): Meaning | null {
  const { words, mentions, plain } = reading
  const named = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  const tier = tierIn(reading)
  const isPlain = words.every(
    ({ text }, at) =>
      named.has(at) ||
      AROUND.has(text) ||
      (tier !== null && /^(?:high|medium|moderate|low|risk|tier|tiers)$/.test(text)),
  )
  if (!isPlain) return flipped(reading, list)
  const areas = mentions.filter(({ lgas }) => lgas.length > 0)
  if (areas.length < mentions.length || (areas.length === 0 && tier === null)) return flipped(reading, list)
  const isOnly = / only | just /.test(plain)
  // A ward and an LGA can share a name: what follows a list of an LGA is an LGA.
  const lgas = [...new Set(areas.flatMap((mention) => mention.lgas))]
  if (list.tool === 'rank_wards') {
    const [lga, more] = lgas
    const count = isOnly ? list.input.count : tier === null ? list.input.count : undefined
    const { count: _, ...kept } = list.input
    if (more === undefined)
      return call({
        tool: 'rank_wards',
        input: {
          ...kept,
          ...(count !== undefined && { count }),
          ...(lga !== undefined && { lga }),
          ...(tier !== null && { tier }),
        },
      })
  }
  return query({ ...withPlaces(queryOf(list), lgas, tier), offset: 0 })
}

/**
 * `With population over 40,000`, `exclude urban`, `only the rural ones`: the list, or the figure of its wards, with
 * these conditions beside its own.
 */
export function conditioned(
  reading: Reading,
  list: ListCall,
  remembered: Remembered,
  understand: (message: string) => Meaning,
): Meaning | null {
  const isBounded = (HAVING.test(reading.plain) || ALSO.test(reading.plain)) && reading.figures.length > 0
  const isMore = isBounded || ALSO_IN.test(reading.plain)
  const isOnly = ONLY.test(reading.plain) && reading.mentions.length === 0
  if ((!isMore && !isOnly && !LEAVES_OUT.test(reading.plain)) || speaksOf(reading, 'nets', 'plan')) return null
  if (/\bwards?\b/.test(reading.plain)) return null
  const meaning = understand(reading.message)
  if (meaning.kind !== 'call' || meaning.call.tool !== 'query_wards' || meaning.call.input.measures !== undefined)
    return null
  if ((meaning.call.input.where ?? []).length === 0) return null
  const isFigure = list.tool === 'query_wards' && list.input.measures !== undefined
  return isFigure
    ? query({ ...list.input, where: [...conditionsOf(list), ...(meaning.call.input.where ?? [])] })
    : narrowed(meaning.call, list, remembered)
}

function narrowed(
  asked: Extract<Meaning, { kind: 'call' }>['call'],
  list: ListCall,
  remembered: Remembered,
): Meaning | null {
  const where = setOf(list, remembered)
  return where === null ? askAnew() : within(asked, where, remembered)
}

/** `And above 30?`: the list with another bound in the place of its only one. */
export function comparedAnew(reading: Reading, list: ListCall): Meaning | null {
  const [, word = ''] = COMPARES.exec(reading.plain) ?? []
  const [figure] = reading.figures
  const where = conditionsOf(list)
  const bounds = where.filter(({ op, or }) => or === undefined && ['<', '<=', '>', '>='].includes(op))
  const [bound] = bounds
  if (word === '' || bound === undefined || bounds.length > 1 || reading.mentions.length > 0) return null
  const value =
    figure === undefined ? null : writtenNumbers(reading.words).find(({ from }) => from === figure.from)?.value
  const op = BOUNDS[word]
  if (list.tool !== 'query_wards' || value === null || value === undefined || op === undefined) return null
  return query({
    ...list.input,
    where: where.map((each) => (each === bound ? { ...each, op, value } : each)),
    offset: 0,
  })
}

/** The same list from its other end: `and the lowest?`, `same for the highest`. */
function flipped(reading: Reading, list: ListCall): Meaning | null {
  const { plain, words, mentions, figures } = reading
  if (mentions.length > 0 || figures.length > 0 || words.length > 6) return null
  if (
    !FLIPS.test(plain) ||
    !/^ (?:and|same|now|what|the|how|then|ok|show) /.test(plain) ||
    speaksOf(reading, 'nets', 'data', 'why', 'pca')
  )
    return null
  const isLow = /\b(?:lowest|least|safest|bottom)\b/.test(plain)
  if (list.tool === 'query_wards') return turned(list.input, isLow)
  const { tier: _, ...input } = list.input
  return call({ tool: 'rank_wards', input: { ...input, order: isLow ? 'lowest' : 'highest' } })
}

/** A query's list from its other end. By rank, the highest risk has the lowest number. */
function turned(own: WardQuery, isLow: boolean): Meaning | null {
  const [first, ...others] = own.orderBy ?? []
  if (first === undefined || own.measures !== undefined) return null
  const isByRank = /^@?(?:rank|pcaRank)$/.test(first.by)
  const direction = isLow === isByRank ? 'descending' : 'ascending'
  return query({ ...own, orderBy: [{ ...first, direction }, ...others], offset: 0 })
}

/** The list without some places or without a tier. Ranks stay those of all wards. */
export function leftOut(reading: Reading, list: ListCall): Meaning | null {
  if (reading.mentions.some(({ columns }) => columns.length > 0)) return null
  const places = placesIn(reading)
  if (isAsking(places)) return places
  const tier = tierIn(reading)
  const { wards, lgas } = places
  if (wards.length + lgas.length === 0 && tier === null) return null
  const own = queryOf(list)
  const kept = conditionsWithout(own.where ?? [], '@lga', lgas)
  const where = [
    ...conditionsWithout(kept, '@ward', wards),
    ...(tier === null ? [] : [{ column: '@tier', op: '!=' as const, value: tier }]),
  ]
  return query({ ...own, where, offset: 0 })
}
