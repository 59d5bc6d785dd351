import type { Outline } from '../outline.ts'
import type { InputOf } from '../tools.ts'
import { leftOver } from './left-over.ts'
import { isCount, MOST_COUNT, unknownName, unknownPlace } from './named-places.ts'
import { hasPhrase, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, askWhich, call } from './replies.ts'
import type { Meaning } from './replies.ts'

type Ranked = InputOf<'rank_wards'>

const STRONG_HIGH: ReadonlySet<string> = new Set([
  'highest',
  'top',
  'worst',
  'most',
  'greatest',
  'riskiest',
  'maximum',
  'biggest',
  'high',
  'priority',
])
const STRONG_LOW: ReadonlySet<string> = new Set([
  'lowest',
  'low',
  'least',
  'safest',
  'bottom',
  'fewest',
  'smallest',
  'minimum',
  'lower',
])

/** A ranking from the top or the bottom, of one LGA or tier, with a count. */
export function ranked(reading: Reading, { dataset }: Outline): Meaning | null {
  if (dataset === null) return null
  const areas = reading.mentions.filter(({ lgas }) => lgas.length > 0)
  const tier = tierOf(reading)
  const isRanking =
    speaksOf(reading, 'highest', 'lowest', 'rank', 'medium', 'tier') &&
    speaksOf(reading, 'ward', 'risk', 'lga', 'tier', 'rank')
  const isCounted = speaksOf(reading, 'highest', 'lowest') && reading.figures.some((figure) => isCount(reading, figure))
  if (
    !isRanking &&
    !isCounted &&
    tier === null &&
    areas.length === 0 &&
    !(speaksOf(reading, 'risk') && speaksOf(reading, 'ward'))
  )
    return null
  const place = unknownPlace(reading)
  if (place !== null) {
    const lgas = reading.names.lgasLike(place.text)
    const wards = lgas.length > 0 ? [] : reading.names.wardsLike(place.text)
    return askWhich(reading, place.from, place.to, wards.length > 0 ? 'ward' : 'LGA', [...lgas, ...wards])
  }
  const guess = unknownName(reading)
  const alike = guess === null ? [] : reading.names.wardsLike(guess.text)
  if (guess !== null && alike.length > 0) return askWhich(reading, guess.from, guess.to, 'ward', alike)
  const [area] = areas
  if (areas.length > 1 || (area !== undefined && area.lgas.length > 1))
    return ask(
      'One LGA at a time: which one?',
      areas.flatMap(({ lgas }) => lgas.map((lga) => `Show the wards at highest risk in ${lga} LGA`)),
    )
  const texts = new Set(
    [...(reading.concepts.get('highest') ?? []), ...(reading.concepts.get('lowest') ?? [])].map(
      (at) => reading.words[at]?.text ?? '',
    ),
  )
  const isHigh = [...texts].some((text) => STRONG_HIGH.has(text))
  const isLow = [...texts].some((text) => STRONG_LOW.has(text))
  // "Least" reverses "vulnerable". "Most" and "least" together are two questions.
  if (isHigh && isLow)
    return ask('The wards at highest risk, or those at lowest?', [
      'Show the wards at highest risk',
      'Show the wards at lowest risk',
    ])
  const counted = reading.figures.filter((figure) => isCount(reading, figure))
  const open = leftOver(reading, new Set(counted))
  if (open !== null) return open
  const count = counted[0]?.value ?? null
  if (
    counted.length > 1 ||
    (counted.length === 1 && (count === null || !Number.isInteger(count) || count < 1 || count > MOST_COUNT))
  )
    return ask(`How many wards shall I show? Say one whole number from 1 to ${MOST_COUNT.toLocaleString('en')}.`, [
      'Show the top 10 wards',
    ])
  const lga = area?.lgas[0]
  const input: Ranked = {
    order: isLow || (!isHigh && speaksOf(reading, 'lowest')) ? 'lowest' : 'highest',
    ...(count !== null && { count }),
    ...(lga !== undefined && { lga }),
    ...(tier !== null && { tier }),
    ...(speaksOf(reading, 'pca')
      ? { ranking: 'pca' as const }
      : speaksOf(reading, 'composite')
        ? { ranking: 'composite' as const }
        : {}),
  }
  return call({ tool: 'rank_wards', input })
}

/** The three words that ask for a tier. "Highest risk" is not one of them: it asks for an order. */
function tierOf(reading: Reading): 'High' | 'Medium' | 'Low' | null {
  const of = (word: string): boolean =>
    ['risk', 'tier', 'vulnerability', 'category', 'class', 'band', 'group', 'priority'].some((noun) =>
      hasPhrase(reading, `${word} ${noun}`, `${word} risk ${noun}`),
    )
  const asked = [
    of('high') ? ('High' as const) : null,
    of('medium') || of('moderate') || of('middle') ? ('Medium' as const) : null,
    of('low') ? ('Low' as const) : null,
  ].filter((tier) => tier !== null)
  return asked.length === 1 ? (asked[0] ?? null) : null
}
