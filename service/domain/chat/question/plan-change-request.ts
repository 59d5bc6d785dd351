import { isPlaceCondition } from '../../plan/is-place-condition.ts'
import type { PlaceCondition, PlanCondition } from '../../plan/plan-conditions.ts'
import { isTaken, PLAN_NUMBERS } from '../../plan/plan-limits.ts'
import type { Outline } from '../outline.ts'
import type { PlanCall } from '../remembered.ts'
import { writtenNumbers } from './figures.ts'
import type { Figure } from './figures.ts'
import { askForPlan, asksForLosers, isOnlyAsking, withoutLosers } from './losing-wards.ts'
import { askForNetsEach } from './nets-each.ts'
import { isAsking, placesIn, tiersIn } from './places-in.ts'
import type { Places } from './places-in.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const LESS = pattern(
  String.raw`\b(?:less|fewer|minus|cut|reduce|reduced|decrease|lower|lose|lost|loses|spoil|spoilt|`,
  String.raw`spoiled|spoils|damaged|stolen|expire|expired|missing|subtract|take away|taken|took|remove|`,
  String.raw`drop|down|shortfall|burnt|torn|bad)\b`,
)
const MORE = pattern(
  String.raw`\b(?:add|adds|added|adding|more|extra|additional|another|plus|increase|increased|raise|`,
  String.raw`raised|top up|up|receive|received|arrive|arrived|gain|grow)\b`,
)
const GOES = pattern(
  String.raw`\b(?:less|fewer|lose|loses|lost|losing|spoil|spoils|spoilt|spoiled|damaged|stolen|expire|expired|burnt|torn|`,
  String.raw`subtract|reduce|reduced|decrease|shortfall|away)\b`,
)
const COMES = /\b(?:add|adds|adding|more|extra|additional|another|increase|increased|top up)\b/
const TIMES: readonly (readonly [RegExp, number])[] = [
  [/\b(?:double|doubled|twice)\b/, 2],
  [/\b(?:triple|tripled|three times|thrice)\b/, 3],
  [/\b(?:halve|halved|half)\b/, 0.5],
]
const LEAVES_OUT = pattern(
  String.raw`\b(?:without|except|exclude|excluding|leave out|leaving out|drop|dropping|remove|removing|`,
  String.raw`skip|minus|not|ignore|take out|but not)\b`,
)
const ONLY = /\b(?:only|just|solely|alone|restrict|limit|limited)\b/
const BACK = /\b(?:back|again|include|including|re include|return)\b/
// No alternative is made of others: "do it" beside "do" and "it" would be tried both ways at every repetition.
const FOR_OTHERS = pattern(
  String.raw`^ (?:(?:and|now|what about|how about|what if|same|the same|plan|make|do|it|please|then|ok|a plan) )*`,
  String.raw`for `,
)
const AS_POPULATION =
  /\b(?:with|use|using|take|taking|by|from)\s+([^,;.?!]{1,200}?)\s+(?:as|for)\s+(?:the\s+)?(?:population|people)\b/i
const LEAST_BARE_CHANGE = 100
/** Without the word "nets", only a number of at least this size is a stock. */
const SURE_STOCK = 1_000
const EVERYBODY =
  /\b(?:(?:all|every) (?:the |of the )?(?:wards?|lgas?)|everybody|everyone|whole (?:state|area)|the rest back)\b/
const GROWS = pattern(
  String.raw`\b(?:if|suppose|assume|assuming|with)\b.*\b(?:population|populations|people)\b.*\b(?:grow|`,
  String.raw`grows|grew|growth|increase|increases|increased|rise|rises|rose|shrink|shrinks|falls?)\b`,
)
const GROWTH =
  'A plan takes the populations of the file as they are; they cannot be scaled here. Upload a file with the new ' +
  'populations, and I plan by it.'

/**
 * A change of the last plan that is told relative to it: more or fewer nets, twice as many, other wards, another
 * population column. Null for anything else.
 */
export function changedPlan(reading: Reading, { dataset, plan }: Outline, last: PlanCall | null): Meaning | null {
  const { plain, figures } = reading
  const isAfterPlan = last !== null
  const netsEach = dataset === null ? null : askForNetsEach(reading)
  if (netsEach !== null) return netsEach
  if (dataset !== null && GROWS.test(reading.spoken) && figures.length > 0) return { kind: 'decline', reason: GROWTH }
  if (plan === null && dataset !== null && asksForLosers(plain)) return askForPlan(reading)
  if (plan === null || dataset === null || isOnlyAsking(reading)) return null
  if (!isAfterPlan && !speaksOf(reading, 'nets') && !plain.includes(' plan ')) return null
  if (speaksOf(reading, 'why', 'export', 'map', 'compare')) return null
  if (reading.unknown.length > 1 && !isRelative(plain)) return null
  const stock = plan.options.totalNets
  const scope = changedScope(reading, plan.options.where ?? [], isAfterPlan)
  if (scope !== null && 'kind' in scope) return scope
  if (scope !== null && figures.length === 0) return call({ tool: 'change_plan', input: { where: [...scope] } })
  return figures.length <= 1 && !/\b(?:threshold|cutoff|cut off|urban|households?|families|family)\b/.test(plain)
    ? changedStock(reading, stock, isAfterPlan)
    : null
}

/** Whether a message speaks of nets that come or go, and not of the whole stock. */
export function isRelative(plain: string): boolean {
  return GOES.test(plain) || COMES.test(plain)
}

function changedStock(reading: Reading, stock: number, isAfterPlan: boolean): Meaning | null {
  const { figures } = reading
  const plain = withoutLosers(reading.plain)
  const [figure] = figures
  const isLess = LESS.test(plain)
  const isMore = MORE.test(plain)
  const factor = TIMES.find(([words]) => words.test(plain))?.[1]
  const amount = figure === undefined ? null : amountOf(reading, figure)
  const isVague = amount === null
  const isOfPlaces = reading.mentions.some(({ wards, lgas }) => wards.length + lgas.length > 0)
  const changes = (factor !== undefined && isVague) || (amount !== null && isLess !== isMore)
  if (isAfterPlan && isOfPlaces && changes && !asks(plain)) return askAboutOwnNets()
  if (factor !== undefined && isVague && reading.mentions.length === 0 && !asks(plain))
    return stocked(isLess && factor === 0.5 ? stock * 0.5 : stock * factor)
  if (amount === null || figure === undefined) return null
  if (!isLess && !isMore && isAfterPlan && !figure.isPercent && isWhole(reading, figure)) return stocked(amount)
  if (isMore && !isLess && !figure.isPercent && isAllThatComes(reading, figure)) return stocked(amount)
  if (isLess === isMore) return null
  if (reading.mentions.length > 0) return null
  if (reading.words[figure.from - 1]?.text === 'to') return figure.isPercent ? null : stocked(amount)
  const sign = isLess ? -1 : 1
  if (figure.isPercent) return stocked(stock * (1 + (sign * amount) / 100))
  if (!isAfterPlan && !speaksOf(reading, 'nets')) return null
  if (amount < LEAST_BARE_CHANGE && !speaksOf(reading, 'nets')) return null
  return stocked(stock + sign * amount)
}

/** `Give Edekomo double`, `add 500 nets to Suleja`: no rule of a plan gives one place another number. */
function askAboutOwnNets(): Meaning {
  return ask(
    'A plan gives each ward its whole need in the order of the ranking, and no place a number of its own. I can change ' +
      'the stock, leave places out, plan for some alone, or keep a ward in whatever the rules say. Which would you like?',
    ['How many nets remain?', 'Which wards get no nets?'],
  )
}

/** `What if only 150,000 arrive`: then these are the stock, and not beside it. */
function isAllThatComes({ plain, words, mentions }: Reading, { from }: Figure): boolean {
  const isBeside = /\b(?:add|adds|added|adding|more|extra|additional|another|plus|increase|increased|top up)\b/.test(
    plain,
  )
  const before = words.slice(Math.max(0, from - 3), from).map(({ text }) => text)
  return !isBeside && mentions.length === 0 && before.some((text) => text === 'only' || text === 'just')
}

/** `Actually we only have 420,000`: a whole stock, said without the word for nets. */
function isWhole({ plain, mentions, unknown }: Reading, { value }: Figure): boolean {
  const isNew = /\b(?:only|just|actually|instead|have|got|has|say|assume|now|make it|what about|how about)\b/.test(
    plain,
  )
  const isYear = value !== null && value >= 1_900 && value <= 2_100
  return isNew && value !== null && value >= SURE_STOCK && !isYear && mentions.length === 0 && unknown.length <= 1
}

/** The number as it is written, also where it is a difference, as in `100,000 more`. */
function amountOf({ words }: Reading, { from }: Figure): number | null {
  return writtenNumbers(words).find((number) => number.from === from)?.value ?? null
}

/** Whether a doubled or halved stock is only asked about, as in `how many wards get half of their need`. */
function asks(plain: string): boolean {
  return /\b(?:which|how many|who|does|do|did)\b/.test(plain) && !/\bif\b/.test(plain)
}

function stocked(nets: number): Meaning {
  const totalNets = Math.round(nets)
  return isTaken('totalNets', totalNets)
    ? call({ tool: 'change_plan', input: { totalNets } })
    : ask(
        `That would be ${totalNets.toLocaleString('en')} nets. How many nets are there: ` +
          `${PLAN_NUMBERS.totalNets.title}?`,
      )
}

/**
 * The wards that a plan is for by the message: `for Dutsela and Shirwano`, `without Suleja`, `for the high risk wards`.
 * What is left out is added to the conditions before. Null if the message names no place.
 */
export function scopeFor(
  reading: Reading,
  before: readonly PlanCondition[],
): readonly PlanCondition[] | Meaning | null {
  const places = placesIn(
    reading,
    before.some(({ column }) => column === 'lga'),
  )
  if (isAsking(places)) return places
  const isLeft = LEAVES_OUT.test(reading.plain)
  const named = conditionsOf(places, tiersIn(reading), isLeft)
  if (named.length === 0) return null
  return merged(isLeft ? before : before.filter(({ column, op }) => op === 'not in' && !isOf(named, column)), named)
}

function isOf(conditions: readonly PlanCondition[], column: string): boolean {
  return conditions.some((condition) => condition.column === column)
}

/** The conditions of the changed plan; null if the message changes none. */
function changedScope(
  reading: Reading,
  before: readonly PlanCondition[],
  isAfterPlan: boolean,
): readonly PlanCondition[] | Meaning | null {
  const { plain } = reading
  const isLeft = LEAVES_OUT.test(plain)
  const isOnly = ONLY.test(plain)
  if (isAfterPlan && before.length > 0 && !isLeft && EVERYBODY.test(plain)) return []
  if (!isLeft && !isOnly && !(isAfterPlan && (BACK.test(plain) || FOR_OTHERS.test(plain)))) return null
  if (/\b(?:how many|which|who)\b/.test(plain)) return null
  if (isLeft || !BACK.test(plain) || isOnly) return scopeFor(reading, before)
  if (/\b(?:all|every|everybody|everyone|whole)\b/.test(plain)) return []
  const places = placesIn(
    reading,
    before.some(({ column }) => column === 'lga'),
  )
  return isAsking(places)
    ? places
    : places.wards.length + places.lgas.length === 0
      ? null
      : withoutNames(before, places)
}

/** The wards of these places and tiers as conditions; with `isLeft`, all others. */
export function conditionsOf(
  { wards, lgas }: Places,
  tiers: readonly string[],
  isLeft: boolean,
): readonly PlaceCondition[] {
  const op = isLeft ? ('not in' as const) : ('in' as const)
  return [
    ...(lgas.length > 0 ? [{ column: 'lga' as const, op, value: [...lgas] }] : []),
    ...(wards.length > 0 ? [{ column: 'ward' as const, op, value: [...wards] }] : []),
    ...(tiers.length > 0 ? [{ column: 'tier' as const, op, value: [...tiers] }] : []),
  ]
}

/** Conditions added to others. What is left out of one column is one condition. */
function merged(before: readonly PlanCondition[], added: readonly PlaceCondition[]): readonly PlanCondition[] {
  return added.reduce<readonly PlanCondition[]>((all, condition) => {
    const same = all
      .filter(isPlaceCondition)
      .find(({ column, op }) => column === condition.column && op === condition.op && op === 'not in')
    if (same === undefined) return [...all, condition]
    const joined = { ...same, value: [...new Set([...same.value, ...condition.value])] }
    return all.map((each) => (each === same ? joined : each))
  }, before)
}

function withoutNames(before: readonly PlanCondition[], { wards, lgas }: Places): readonly PlanCondition[] {
  const back = new Set([...wards, ...lgas])
  return before.flatMap((condition) => {
    if (!isPlaceCondition(condition)) return condition
    const value = condition.value.filter((name) => !back.has(name))
    return value.length === 0 ? [] : { ...condition, value }
  })
}

/** The column that a message takes for the population: `with total as the population`. */
export function populationIn({ message }: Reading, { dataset }: Pick<Outline, 'dataset'>): string | null {
  const written = AS_POPULATION.exec(message)?.[1]?.trim().toLowerCase()
  const bare = written?.replace(/^(?:the )?(?:column )?["']?|["']$/g, '')
  return dataset?.columns.find(({ name, hasNumbers }) => hasNumbers && name.toLowerCase() === bare)?.name ?? null
}
