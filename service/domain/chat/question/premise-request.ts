import type { Tier } from '../../ranking/analysis-result.ts'
import type { Outline } from '../outline.ts'
import type { InputOf } from '../tools.ts'
import { spacedForm } from './known-names.ts'
import { isArea, unknownName } from './named-places.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { askWhich, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { explained } from './topic-request.ts'
import { ORDINALS, wordSet, pattern } from './words.ts'

type Explained = InputOf<'explain_ward'>
type Claim = Pick<Explained, 'claimedRank' | 'claimedTier'>

/** Words that point to something said before, and are no misspelt names. */
const NO_NAMES: ReadonlySet<string> = wordSet(
  'second third fourth fifth sixth seventh eighth ninth tenth former latter',
)
const RANKED = /\b(?:number|rank|ranked|ranks|position|no|place) (?:is )?(\d+)\b|\b(\d+) (?:st|nd|rd|th)\b/
const TOPMOST =
  /\b(?:the (?:most|worst|riskiest|highest)(?! (?:five|ten|\d))|riskiest|worst|topmost|number one|at the top)\b/
const OF_TIER =
  /\b(high|medium|moderate|low)(?: risk)? (?:tier|category|class|band|group)\b|\b(high|medium|moderate|low) risk\b/
const LEAVING = /\b(?:out of|leave|exit|drop (?:out|from)|get (?:it )?(?:out|off)|no longer|stop being)\b/
const MOVES =
  /\b(?:move|moves|bring|push|take|drop|get|lower|shift|fall)\b.* (?:to|into|in) (?:the )?(?:medium|low|high)\b/
const CONTRIBUTES = pattern(
  String.raw`\b(?:which|what|main|biggest|strongest|most important|key) (?:\w+ )?(?:variable|variables|`,
  String.raw`indicator|indicators|factor|factors|driver|drivers|column|columns|cause|contributor)\b|`,
  String.raw`\b(?:contributes?|contributing|drives|pushes|raises|affects|matters)\b.* most\b|\bmost `,
  String.raw`(?:contributes|to the risk)\b`,
)
const SAFE = /\b(?:safe|safest|dangerous|risk free|malaria free)\b/
const EXPLAINS = pattern(
  String.raw`\b(?:why|explain|how come|reason|reasons|tell me about|what about|about|describe|what makes|`,
  String.raw`what number|which number|is|does)\b`,
)
/** `TBSDUT02` or `KN-07`: letters and digits in one word. */
const CODE = /(?<![\p{L}\d])(?=[A-Z\d-]{0,19}[A-Z])(?=[A-Z\d-]{0,19}\d)[A-Z][A-Z\d-]{3,19}(?![\p{L}\d-])/iu

/**
 * A question about one ward that takes something to be true of it, or that wants to know one thing: what counts most,
 * what would take it out of its tier, whether it is safe. A name that the data do not have is answered with the true
 * places of the nearest names.
 */
export function premised(reading: Reading, outline: Outline): Meaning | null {
  const { plain } = reading
  if (outline.dataset === null || speaksOf(reading, 'compare', 'nets', 'export', 'map', 'analyse')) return null
  if (reading.mentions.some(({ columns, wards }) => columns.length > 0 && wards.length === 0)) return null
  const named = reading.mentions.filter((mention) => mention.wards.length > 0 && !isArea(reading, mention))
  if (reading.mentions.some(({ wards, lgas }) => wards.length === 0 && lgas.length > 0) || named.length > 1) return null
  const focus = focusOf(reading)
  const claim = claimIn(reading, focus)
  const [mention] = named
  if (mention !== undefined) {
    if (focus === undefined && Object.keys(claim).length === 0) return null
    const [ward, another] = mention.wards
    if (ward === undefined || another !== undefined)
      return askWhich(reading, mention.from, mention.to, 'ward', mention.wards)
    return call({ tool: 'explain_ward', input: { ward, ...(focus !== undefined && { focus }), ...claim } })
  }
  if (!EXPLAINS.test(plain) && focus === undefined) return null
  const code = codeIn(reading)
  if (code !== null)
    return call({ tool: 'explain_ward', input: { ward: code, ...(focus !== undefined && { focus }), ...claim } })
  return nearest(reading, outline, claim, focus)
}

/** The nearest names of a ward that the data do not have, if the message asks to explain it. */
function nearest(reading: Reading, { analysis }: Outline, claim: Claim, focus: Explained['focus']): Meaning | null {
  const guess = unknownName(reading)
  const asksWhy = / (?:why|explain|how come|what makes|tell me about) /.test(reading.plain) || focus !== undefined
  if (guess?.text.split(' ').every((word) => NO_NAMES.has(word)) === true) return null
  if (guess === null || analysis === null || !asksWhy || explained(reading) !== null) return null
  const near = reading.names.wardsLike(guess.text)
  const holding = near.filter((name) => ` ${spacedForm(name)} `.includes(` ${spacedForm(guess.text)} `))
  const alike = holding.length > 0 ? holding : near
  if (alike.length === 0) return null
  const written = reading.message.slice(reading.words[guess.from]?.start, reading.words[guess.to]?.end)
  return call({ tool: 'near_wards', input: { written, wards: [...alike], ...claim } })
}

function focusOf({ plain }: Reading): Explained['focus'] {
  if (MOVES.test(plain)) return 'leaving-tier'
  if (LEAVING.test(plain) && /\b(?:high|medium|low|tier)\b/.test(plain)) return 'leaving-tier'
  if (CONTRIBUTES.test(plain)) return 'contributions'
  return SAFE.test(plain) && / (?:is|how|are|be) /.test(plain) ? 'safety' : undefined
}

function claimIn(reading: Reading, focus: Explained['focus']): Claim {
  const { plain } = reading
  const asksWhy =
    / (?:why|how come|explain|reason|what makes) /.test(plain) ||
    /^ (?:so |and |but )*(?:is|was|are|isn t) /.test(plain)
  if (!asksWhy && focus !== 'leaving-tier') return {}
  const rank = asksWhy ? rankIn(plain) : null
  const tier = MOVES.test(plain) ? null : tierOf(plain)
  return { ...(rank !== null && { claimedRank: rank }), ...(tier !== null && { claimedTier: tier }) }
}

function rankIn(plain: string): number | null {
  const [, number, ordinal] = RANKED.exec(plain) ?? []
  const written = Number(number ?? ordinal)
  if (Number.isInteger(written) && written > 0) return written
  if (TOPMOST.test(plain)) return 1
  const at = ORDINALS.findIndex((word) => plain.includes(` ${word} `))
  return at < 0 ? null : at + 1
}

function tierOf(plain: string): Tier | null {
  const [, one, other] = OF_TIER.exec(plain) ?? []
  const word = one ?? other
  if (word === undefined) return null
  return word === 'high' ? 'High' : word === 'low' ? 'Low' : 'Medium'
}

/** A ward's code in the message, if the rules know none of its words. */
function codeIn(reading: Reading): string | null {
  const found = CODE.exec(reading.message)
  if (found === null) return null
  const place = reading.words.findIndex(({ start }) => start === found.index)
  return reading.unknown.includes(place) ? found[0] : null
}
