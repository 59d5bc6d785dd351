import { QUERY_LIMITS } from '../../query/ward-query.ts'
import type { Condition, WardQuery } from '../../query/ward-query.ts'
import type { Outline } from '../outline.ts'
import type { ListCall, Remembered } from '../remembered.ts'
import { TOOLS } from '../tools.ts'
import type { InputOf } from '../tools.ts'
import {
  conditionsOf,
  conditionsWithout,
  namesLost,
  plainFields,
  queryOf,
  setOf,
  USUAL_COUNT,
  withPlaces,
} from './list-query.ts'
import { writtenNumbers } from './figures.ts'
import { isAsking, placesIn, tierIn } from './places-in.ts'
import { unclearColumn } from './column-request.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { wordSet, pattern } from './words.ts'

const MOST_WORDS = 14
const AROUND: ReadonlySet<string> = wordSet(
  'and what how about in for of now same the lga lgas local government do it with also only just please ' +
    'then show me us there to ok but too again give list see that this wards ward ones one instead a from here at',
)
const NEXT = pattern(
  String.raw`^ (?:(?:and|now|then|ok|okay|please|show|give|list|me|us|what|about|of|how|the|see|are) `,
  String.raw`)*(next|following|more|rest|remaining|others|previous)(?: (?:\d[\d,]*|·|[a-z]+teen|one|two|`,
  String.raw`three|four|five|six|seven|eight|nine|ten|twenty|thirty|fifty))?(?: (?:of them|wards|ward|`,
  String.raw`ones|rows|please|places|areas|page))* $`,
)
const LEAVES_OUT = pattern(
  String.raw`^ (?:(?:and|now|but|please|then|ok|the same|same|what about|show me|show|them|it|list) `,
  String.raw`)*(?:remove|exclude|excluding|without|drop|except|not|minus|skip|leave out|take out|leave|`,
  String.raw`ignore|but not|those not in|not in)\b`,
)
const SORTS =
  /\b(?:sort|sorted|order|ordered|arrange|arranged|rank|ranked)\b.*\b(?:by|on|from|alphabetically)\b|\balphabetically\b/
const ASCENDING = pattern(
  String.raw`\b(?:ascending|increasing|lowest first|smallest first|least first|from low|from the lowest|`,
  String.raw`from lowest|from smallest|alphabetically)\b`,
)
const DESCENDING = pattern(
  String.raw`\b(?:descending|decreasing|highest first|largest first|most first|greatest first|from high|`,
  String.raw`from the highest|from highest|from largest)\b`,
)
const COUNTS_THEM = pattern(
  String.raw`^ (?:and |so |ok )*how many (?:are they|are there|is that|are those|of them|are these|wards `,
  String.raw`are they)(?: in all| in total| altogether)? $`,
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
const MOST_PLACES = 20
const OF_THEM = pattern(
  String.raw`\b(?:them|their|these|those|they|of which|which ones?|that list|this list|the list|of these|`,
  String.raw`(?:live|lives|living|dey) there)\b`,
)
const SHOWS_WARDS =
  /\b(?:show|list|see|which) (?:me |us )?(?:the |all |all the )?(?:· |high |medium |low |risk )*wards\b/
const ONLY = /^ (?:(?:and|now|but|please) )*(?:only|just) /
const HAVING = pattern(
  String.raw`^ (?:(?:and|now|but|only|just|please|ok|the ones|ones) )*(?:with|where|whose|having|that have|which have|`,
  String.raw`wey get) (?!(?:is|are|do|does|can|could|should|was|were) )`,
)
const ADDS =
  /^ (?:(?:and|now|please|also|then|ok) )*(?:add|with|show|include|give|list|what (?:is|are|about)|how about)\b/
/** Fields that a list can be sorted by, by their words. */
const FIELD_WORDS: readonly (readonly [string, RegExp])[] = [
  ['@rank', /\b(?:rank|ranking)\b(?! by)|\bby (?:the )?(?:risk|rank)\b/],
  ['@score', /\bscores?\b/],
  ['@ward', /\b(?:names?|alphabetically|alphabetical)\b/],
  ['@lga', /\bby (?:the )?lga\b/],
  ['@nets', /\bby (?:the )?nets\b/],
]
const FLIPS = /\b(?:lowest|least|safest|bottom|highest|worst|riskiest|most at risk|top)\b/

/**
 * A message that goes on with the list shown last: its next rows, another LGA or tier, without a place, in another
 * order, with another column, or anything asked of "them". All conditions of the list are kept and said.
 * @param understand what a message means by itself
 */
export function followedList(
  reading: Reading,
  remembered: Remembered,
  outline: Outline,
  understand: (message: string) => Meaning,
): Meaning | null {
  const meaning = goneOn(reading, remembered, outline, understand)
  if (meaning?.kind !== 'call' || meaning.call.tool !== 'query_wards') return meaning
  return call({ tool: 'query_wards', input: plainFields(meaning.call.input, outline) })
}

function goneOn(
  reading: Reading,
  remembered: Remembered,
  { dataset }: Outline,
  understand: (message: string) => Meaning,
): Meaning | null {
  const { figure } = remembered
  const list = remembered.list ?? figure
  const { plain, words } = reading
  if (list === null || dataset === null || words.length > MOST_WORDS || words.length === 0) return null
  if (speaksOf(reading, 'export', 'analyse') || namesLost(list, dataset)) return null
  if (NEXT.test(plain)) return paged(reading, list)
  const isOfThem = OF_THEM.test(plain)
  if (COUNTS_THEM.test(plain)) return query({ where: conditionsOf(list), measures: [{ measure: 'count' }] })
  const recompared = comparedAnew(reading, list)
  if (recompared !== null) return recompared
  if (SORTS.test(plain) && (isOfThem || words.length <= 8)) {
    const sorted = sortedBy(reading, remembered, list)
    if (sorted !== null) return sorted
  }
  if (LEAVES_OUT.test(plain) && !speaksOf(reading, 'nets', 'plan')) {
    const left = leftOut(reading, figure ?? list)
    if (left !== null) return left
  }
  // After a figure, wards that are to be shown are another question.
  if (figure !== null && SHOWS_WARDS.test(plain)) return null
  const narrowed = narrowedTo(reading, figure ?? list) ?? conditioned(reading, figure ?? list, remembered, understand)
  if (narrowed !== null) return narrowed
  if (isOfThem) return askedOfThem(reading, remembered, list, understand)
  return ADDS.test(plain) ? withColumn(reading, remembered, list) : null
}

function query(input: WardQuery): Meaning {
  if ((input.where?.length ?? 0) > QUERY_LIMITS.conditions)
    return ask(`That would be more than ${String(QUERY_LIMITS.conditions)} conditions. Please ask anew.`)
  return call({ tool: 'query_wards', input })
}

/** The rows after the shown ones, or before them. */
function paged(reading: Reading, list: ListCall): Meaning | null {
  const own = queryOf(list)
  if (own.measures !== undefined && own.groupBy === undefined) return null
  const [figure, another] = reading.figures
  if (another !== undefined) return null
  const limit = own.limit ?? USUAL_COUNT
  const count = figure?.value ?? limit
  if (!Number.isInteger(count) || count < 1 || count > QUERY_LIMITS.rows) return null
  const isRest = /\b(?:rest|remaining|others)\b/.test(reading.plain)
  const from = own.offset ?? 0
  const offset = /\bprevious\b/.test(reading.plain) ? Math.max(0, from - count) : from + limit
  return query({ ...own, offset, limit: isRest ? QUERY_LIMITS.rows : count })
}

/** Another LGA or another tier in the place of that of the list, or beside its other conditions. */
function narrowedTo(reading: Reading, list: ListCall): Meaning | null {
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
function conditioned(
  reading: Reading,
  list: ListCall,
  remembered: Remembered,
  understand: (message: string) => Meaning,
): Meaning | null {
  const isMore = HAVING.test(reading.plain) && reading.figures.length > 0
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
    : within(meaning.call, setOf(list, remembered), remembered)
}

/** `And above 30?`: the list with another bound in the place of its only one. */
function comparedAnew(reading: Reading, list: ListCall): Meaning | null {
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
function leftOut(reading: Reading, list: ListCall): Meaning | null {
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

function sortedBy(reading: Reading, remembered: Remembered, list: ListCall): Meaning | null {
  const own = queryOf(list)
  if (own.measures !== undefined) return null
  const columns = reading.mentions.filter((mention) => mention.columns.length > 0)
  const unclear = unclearColumn(reading, columns)
  if (unclear !== null) return unclear
  const field = FIELD_WORDS.find(([, words]) => words.test(reading.plain))?.[0]
  const by = columns[0]?.columns[0] ?? field
  if (by === undefined) return null
  const isUp =
    ASCENDING.test(reading.plain) || (['@rank', '@ward', '@lga'].includes(by) && !DESCENDING.test(reading.plain))
  const { offset: _, ...kept } = own
  return query({
    ...kept,
    where: setOf(list, remembered),
    select: [...new Set([...(own.select ?? ['@ward', '@lga']), by])],
    orderBy: [{ by, direction: isUp ? 'ascending' : 'descending' }],
  })
}

/** The same wards with a column more: `what is their population?`, `add the elevation`. */
function withColumn(reading: Reading, remembered: Remembered, list: ListCall): Meaning | null {
  const columns = reading.mentions.filter((mention) => mention.columns.length > 0)
  if (columns.length === 0 || columns.length < reading.mentions.length || reading.figures.length > 0) return null
  if (speaksOf(reading, 'highest', 'lowest', 'why', 'method') && !OF_THEM.test(reading.plain)) return null
  const unclear = unclearColumn(reading, columns)
  if (unclear !== null) return unclear
  const own = queryOf(list)
  if (own.measures !== undefined) return null
  const { offset: _, ...kept } = own
  return query({
    ...kept,
    where: setOf(list, remembered),
    select: [...new Set([...(own.select ?? ['@ward', '@lga']), ...columns.flatMap((mention) => mention.columns)])],
  })
}

const FIGURED = pattern(
  String.raw`\b(?:average|mean|median|total|sum|altogether|how many|which|highest|lowest|most|least|`,
  String.raw`biggest|largest|greatest|smallest|fewest|who|maximum|minimum|standard|share|percent|`,
  String.raw`percentage|over|above|below|under|less|more|fewer|correlation|count|top|together)\b`,
)

/** What is asked of "them": read without that word, and of the wards of the list alone. */
function askedOfThem(
  reading: Reading,
  remembered: Remembered,
  list: ListCall,
  understand: (message: string) => Meaning,
): Meaning | null {
  if (!FIGURED.test(reading.plain)) {
    const shown = withColumn(reading, remembered, list)
    if (shown !== null) return shown
  }
  const where = setOf(list, remembered)
  const meaning = understand(withoutThem(reading.message))
  if (meaning.kind !== 'call') return meaning.kind === 'clarify' ? meaning : null
  const narrowed = within(meaning.call, where, remembered)
  if (narrowed !== null || isOfTexts(meaning.call.tool)) return narrowed
  return ask('I can do that for all wards, and not for those alone. For all of them?', [
    meaning.call.tool === 'show_map' ? TOOLS.show_map.example : withoutThem(reading.message),
  ])
}

function withoutThem(message: string): string {
  return message
    .replace(/\b(?:of|among|amongst|in|from|for) (?:them|these|those)(?: wards)?\b/gi, 'wards')
    .replace(/\b(?:these|those) wards\b/gi, 'wards')
    .replace(/\bwhich one(s?)\b/gi, 'which ward$1')
    .replace(/\b(live|lives|living|dey) there\b/gi, '$1 in wards')
    .replace(/\btheir\b/gi, 'the')
    .replace(/\b(?:do|are) they\b/gi, (words) => words.replace(/they/i, 'wards'))
    .replace(/\b(?:them|they|these|those)\b/gi, 'wards')
    .replace(/\bwards wards\b/gi, 'wards')
}

type Asked = Extract<Meaning, { kind: 'call' }>['call']

/** Whether a tool says nothing of single wards. */
function isOfTexts(tool: Asked['tool']): boolean {
  return ['explain_method', 'answer_knowledge', 'describe_data', 'check_quality'].includes(tool)
}

/** A call about all wards as the same about the wards that satisfy these conditions. */
function within(asked: Asked, where: readonly Condition[], { shown }: Remembered): Meaning | null {
  if (asked.tool === 'query_wards') return query({ ...asked.input, where: [...where, ...(asked.input.where ?? [])] })
  if (asked.tool === 'draw_chart')
    return call({ tool: 'draw_chart', input: { ...asked.input, where: [...where, ...(asked.input.where ?? [])] } })
  if (asked.tool === 'rank_wards') {
    const own = queryOf({ tool: 'rank_wards', input: asked.input })
    return query({ ...own, where: [...where, ...(own.where ?? [])] })
  }
  if (asked.tool === 'describe_variable') return query(described(asked.input, where))
  if (asked.tool === 'count_nets_needed' || asked.tool === 'plan_facts') {
    const wards = [...shown]
    if (wards.length === 0 || wards.length > MOST_PLACES) return null
    return asked.tool === 'plan_facts'
      ? call({ tool: 'plan_facts', input: { about: 'places', wards } })
      : call({ tool: 'count_nets_needed', input: { ...asked.input, wards } })
  }
  return null
}

function described({ variable }: InputOf<'describe_variable'>, where: readonly Condition[]): WardQuery {
  return {
    where: [...where],
    measures: (['mean', 'median', 'min', 'max', 'count'] as const).map((measure) => ({ measure, column: variable })),
  }
}
