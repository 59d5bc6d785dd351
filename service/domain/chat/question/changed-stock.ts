import { isTaken, PLAN_NUMBERS } from '../../plan/plan-limits.ts'
import { isYear, writtenNumbers } from './figures.ts'
import type { Figure } from './figures.ts'
import { withoutLosers } from './losing-wards.ts'
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
const LEAST_BARE_CHANGE = 100
/** Without the word "nets", only a number of at least this size is a stock. */
const SURE_STOCK = 1_000

/** Whether a message speaks of nets that come or go, and not of the whole stock. */
export function isRelative(plain: string): boolean {
  return GOES.test(plain) || COMES.test(plain)
}

/** The last plan with another stock: more or fewer nets, twice as many, or a new number. Null for anything else. */
export function changedStock(reading: Reading, stock: number, isAfterPlan: boolean): Meaning | null {
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
  if (amount === null || figure === undefined || isYear(reading.words, figure)) return null
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
