import { TIERS } from '../../map/shown-wards.ts'
import type { Outline } from '../outline.ts'
import { unclearColumn, unknownColumn } from './column-request.ts'
import { isAsking, placesIn, tiersIn } from './places-in.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const LEAVES_OUT = pattern(
  String.raw`\b(?:without|except|excluding|exclude|not|no|non|outside|other than|apart from|but not|leave out|leaving out|`,
  String.raw`hide|remove|minus|all but|besides|everything but|but the)\b`,
)

/** Words of a condition or an order, which no map shows. */
const BY_CONDITION = pattern(
  String.raw`\b(?:urban|rural|nets?|itns?|llins?|missing|blank|gaps?|top|most people|most populous|largest|smallest|biggest|`,
  String.raw`fewest)\b`,
)

/** A map of the risk, of all wards or of some tiers and LGAs, or of the one named column. */
export function mapped(reading: Reading, { dataset }: Outline): Meaning | null {
  if (dataset === null || !speaksOf(reading, 'map')) return null
  const columns = reading.mentions.filter((mention) => mention.columns.length > 0)
  const unclear = unclearColumn(reading, columns) ?? unknownColumn(reading, reading.unknown, dataset)
  if (unclear !== null) return unclear
  const names = [...new Set(columns.flatMap((mention) => mention.columns))]
  const [variable] = names
  if (names.length > 1)
    return ask(
      'One map at a time: which one?',
      names.map((name) => `Show a map of ${name}`),
    )
  const places = placesIn(reading, true)
  if (isAsking(places)) return places
  const named = tiersIn(reading)
  const negation = LEAVES_OUT.exec(reading.plain)
  const isLeftOut = negation !== null
  const before = negation === null ? '' : reading.plain.slice(0, negation.index)
  // "High without Low" names one tier to show and one to leave out.
  const isMixed = negation !== null && TIERS.some((tier) => new RegExp(`\\b${tier}\\b`, 'i').test(before))
  const tiers = isLeftOut && named.length > 0 ? TIERS.filter((tier) => !named.includes(tier)) : named
  const isOther = places.wards.length > 0 || reading.figures.length > 0 || (isLeftOut && named.length === 0)
  const isPart = isOther || tiers.length > 0 || places.lgas.length > 0
  if (
    isOther ||
    isMixed ||
    BY_CONDITION.test(besideColumns(reading)) ||
    (isPart && variable !== undefined) ||
    (isLeftOut && places.lgas.length > 0)
  )
    return askAboutPart(variable)
  return call({
    tool: 'show_map',
    input: {
      ...(variable !== undefined && { variable }),
      ...(tiers.length > 0 && { tiers: [...tiers] }),
      ...(places.lgas.length > 0 && { lgas: [...places.lgas] }),
    },
  })
}

/** The words of a message that name no column. */
function besideColumns({ words, mentions }: Reading): string {
  const isOfColumn = (at: number): boolean =>
    mentions.some(({ columns, from, to }) => columns.length > 0 && at >= from && at < to)
  return words.flatMap(({ text }, at) => (isOfColumn(at) ? [] : [text])).join(' ')
}

/** What no map of the chat shows: some wards of a column, or wards by a condition. */
function askAboutPart(variable: string | undefined): Meaning {
  return ask(
    'A map shows a column for all wards, or the risk of all wards, of some tiers or of some LGAs. Which wards satisfy a ' +
      'condition, I can list. Which map would you like?',
    [variable === undefined ? 'Show the risk map' : `Show a map of ${variable}`, 'Show the map of the High wards only'],
  )
}
