import type { Tier } from '../../ranking/analysis-result.ts'
import { isArea } from './named-places.ts'
import type { Mention } from './mention.ts'
import type { Reading } from './reading.ts'
import { askWhich } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

/** The places that a message names, each once. */
export interface Places {
  readonly wards: readonly string[]
  readonly lgas: readonly string[]
}

const TIERS: Readonly<Record<string, Tier>> = {
  high: 'High',
  medium: 'Medium',
  moderate: 'Medium',
  low: 'Low',
} as const
const TIER_NOUN = '(?:risk|tier|tiers|priority|category|class|ward|wards|one|ones|area|areas|place|places)'
const TIER = '(high|medium|moderate|low)'
const TIER_ALONE = pattern(
  String.raw`^ (?:and |but |only |just |same |for |what |how |about |the |show |me |keep |now )*(high|medium|`,
  String.raw`moderate|low)(?: please| too)? $`,
)

/** `For High and Medium together`: two tiers without a noun. */
const TIERS_JOINED = pattern(
  String.raw` (?:for|of|in) (?:the )?(?:both )?${TIER} (?:and|plus) (?:the )?${TIER}`,
  String.raw`(?= $| (?:together|combined|altogether|jointly|alone|only) )`,
)

/**
 * The places that a message names, or a question back where a name fits several. With `isOfLgas`, a name of a ward and
 * of an LGA is that of the LGA.
 */
export function placesIn(reading: Reading, isOfLgas = false): Places | Meaning {
  const { mentions } = reading
  const isOfArea = (mention: Mention): boolean =>
    mention.wards.length === 0 || (isOfLgas && mention.lgas.length > 0) || isArea(reading, mention)
  const areas = mentions.filter((mention) => mention.lgas.length > 0 && isOfArea(mention))
  const wards = mentions.filter((mention) => mention.wards.length > 0 && !isOfArea(mention))
  const unclear = wards.find((mention) => mention.wards.length > 1)
  if (unclear !== undefined) return askWhich(reading, unclear.from, unclear.to, 'ward', unclear.wards)
  const vague = areas.find((mention) => mention.lgas.length > 1)
  if (vague !== undefined) return askWhich(reading, vague.from, vague.to, 'LGA', vague.lgas)
  return {
    wards: [...new Set(wards.flatMap((mention) => mention.wards))],
    lgas: [...new Set(areas.flatMap((mention) => mention.lgas))],
  }
}

/** The one tier that a message names, by `high risk`, `the Medium tier` or `low wards`; null if none or several. */
export function tierIn(reading: Reading): Tier | null {
  const [only, another] = tiersIn(reading)
  return only === undefined || another !== undefined ? null : only
}

/** The tiers that a message names: `the high and medium wards` are two. */
export function tiersIn({ plain }: Reading): readonly Tier[] {
  const list = new RegExp(`\\b${TIER}(?: risk)?(?: (?:and|or|plus) (?:the )?${TIER}(?: risk)?)? ${TIER_NOUN}\\b`, 'g')
  const found = [...plain.matchAll(list)].flatMap(([, one, other]) => [one, other])
  const joined = TIERS_JOINED.exec(plain)?.slice(1) ?? []
  const alone = TIER_ALONE.exec(plain)?.[1]
  return [...new Set([...found, ...joined, alone].flatMap((word) => TIERS[word ?? ''] ?? []))]
}

/** Whether this is a question back and not places. */
export function isAsking(places: Places | Meaning): places is Meaning {
  return 'kind' in places
}
