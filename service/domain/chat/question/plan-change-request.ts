import { isPlaceCondition } from '../../plan/is-place-condition.ts'
import type { PlaceCondition, PlanCondition } from '../../plan/plan-conditions.ts'
import type { Outline } from '../outline.ts'
import type { PlanCall } from '../remembered.ts'
import { swappedPlaces, withPlaces } from './changed-places.ts'
import { changedStock, isRelative } from './changed-stock.ts'
import { askForPlan, asksForLosers, isOnlyAsking } from './losing-wards.ts'
import { askForNetsEach } from './nets-each.ts'
import { isAsking, placesIn, tiersIn } from './places-in.ts'
import type { Places } from './places-in.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const LEAVES_OUT = pattern(
  String.raw`\b(?:without|except|exclude|excluding|leave out|leaving out|drop|dropping|remove|removing|`,
  String.raw`skip|minus|not|ignore|take out|but not)\b`,
)
/** `Leave Gwamari out`. */
const OUT = / (?:leave|leaving|take|taking|keep|keeping) .{1,60} out /
const ALL_BUT = / (?:all|everything|everyone|everybody) (?:but|except|other than|apart from) /
/** What is left out of what is left out. */
const TWICE_OUT = pattern(
  String.raw` (?:leave|leaving|take|taking|drop|exclude|remove|skip|ignore|without|not) (?:[a-z\d·]+ ){0,6}?(?:but|`,
  String.raw`except|other than|apart from) (?!not )`,
)
/** A place before the word that leaves one out, and a place after it: some are in the plan and others are not. */
const OF_BOTH_SIDES = pattern(
  String.raw` (?:·|high|medium|moderate|low) (?:[a-z\d]+ ){0,4}?(?:not|no|except|excluding|exclude|without|leave|drop|`,
  String.raw`skip|remove|ignore|minus) (?:[a-z\d]+ ){0,5}?(?:·|high|medium|moderate|low) `,
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
const EVERYBODY =
  /\b(?:(?:all|every) (?:the |of the )?(?:wards?|lgas?)|everybody|everyone|whole (?:state|area)|the rest back)\b/
const GROWS = pattern(
  String.raw`\b(?:if|suppose|assume|assuming|with)\b.*\b(?:population|populations|people)\b.*\b(?:grow|`,
  String.raw`grows|grew|growth|bigger|larger|higher|smaller|lower|increase|increases|increased|rise|rises|rose|`,
  String.raw`shrink|shrinks|falls?)\b`,
)
const GROWS_BY = pattern(
  String.raw`\b\d[\d.,]{0,15} ?(?:%|percent|per cent) (?:more|fewer|less|extra|additional) (?:people|persons|`,
  String.raw`population|residents|inhabitants)\b`,
)
const GROWTH =
  'A plan takes the populations of the file as they are; they cannot be scaled here. Upload a file with the new ' +
  'populations, and I plan by it.'

/**
 * A change of the last plan that is told relative to it: more or fewer nets, twice as many, other wards, another
 * population column. Null for anything else.
 */
export function changedPlan(reading: Reading, outline: Outline, last: PlanCall | null): Meaning | null {
  const { dataset, plan } = outline
  const { plain, figures } = reading
  const isAfterPlan = last !== null
  const netsEach = dataset === null ? null : askForNetsEach(reading)
  if (netsEach !== null) return netsEach
  if (dataset !== null && (GROWS.test(reading.spoken) || GROWS_BY.test(reading.spoken)) && figures.length > 0)
    return { kind: 'decline', reason: GROWTH }
  if (plan === null && dataset !== null && asksForLosers(plain)) return askForPlan(reading)
  if (plan === null || dataset === null || isOnlyAsking(reading)) return null
  const swapped = isAfterPlan ? swappedPlaces(reading, outline) : null
  if (swapped !== null) return swapped
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
  if (OF_BOTH_SIDES.test(reading.plain) || TWICE_OUT.test(reading.plain))
    return ask(
      'A plan can be for some places or leave some out. Which of these places are in, and which are out? Say one ' +
        'after the other, for example "only for Dutsela", and then "without Edekomo".',
      [],
    )
  const isLeft = leavesPlacesOut(reading.plain)
  const named = conditionsOf(places, tiersIn(reading), isLeft)
  if (named.length === 0) return null
  return merged(isLeft ? before : before.filter(({ column, op }) => op === 'not in' && !isOf(named, column)), named)
}

function leavesPlacesOut(plain: string): boolean {
  return LEAVES_OUT.test(plain) || OUT.test(plain) || ALL_BUT.test(plain)
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
  const isLeft = leavesPlacesOut(plain)
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
  return isAsking(places) ? places : places.wards.length + places.lgas.length === 0 ? null : withPlaces(before, places)
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

/** The column that a message takes for the population: `with total as the population`. */
export function populationIn({ message }: Reading, { dataset }: Pick<Outline, 'dataset'>): string | null {
  const written = AS_POPULATION.exec(message)?.[1]?.trim().toLowerCase()
  const bare = written?.replace(/^(?:the )?(?:column )?["']?|["']$/g, '')
  return dataset?.columns.find(({ name, hasNumbers }) => hasNumbers && name.toLowerCase() === bare)?.name ?? null
}
