import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const FAIR = /\b(?:fair|unfair|fairness|just|unjust|right|wrong|equitable|ethical|acceptable)\b/
/** A question of what should be is one of judgement without a word of fairness. */
const SHOULD = /^ (?:so |but |and |please |abeg )*(?:why )?(?:should|must|ought)\b/
const SKIPS = pattern(
  String.raw`\b(?:leave|leaving|left|skip|skipping|skipped|ignore|ignoring|ignored|exclude|excluding|excluded|deny|`,
  String.raw`denied|`,
  String.raw`forget|without|last|behind)\b`,
)
const ASKS = /^ (?:so |but |and |please |abeg )*(?:is|are|should|why|would|do|does|can|how|e)\b/
/** `Skip them. Is that right?` */
const ASKS_IF_RIGHT =
  /\b(?:is|be|was|na) (?:that|this|it) (?:right|wrong|fair|unfair|just|acceptable|ethical|true|correct|ok|okay)\b/
const BEFORE = pattern(
  String.raw`\b(?:rural|urban|village|town|city)\b.{0,60}\b(?:before|after|first|last|priority|ahead)\b.{0,60}`,
  String.raw`\b(?:rural|urban|village|town|city|plan|nets?|served?)\b`,
)
const CHOOSES = pattern(
  String.raw`\b(?:which|what|good|best|right|correct|recommended|ideal|suitable|proper|advise|choose|should)\b.*`,
  String.raw`\b(?:threshold|cut ?off)\b|\b(?:threshold|cut ?off)\b.*\b(?:should|recommend|advise|best|good|right)\b`,
)

/**
 * A question of judgement about urban wards: which threshold is right, whether it is fair to serve them last. The
 * answer says what the plan does, and that the programme decides.
 */
export function judged(reading: Reading): Meaning | null {
  const { spoken, figures, mentions } = reading
  if (figures.length > 0 || mentions.some(({ wards, lgas }) => wards.length + lgas.length > 0)) return null
  const isOfThreshold = CHOOSES.test(spoken) && !/\b(?:current|this|last) plan\b/.test(spoken)
  const isOfFairness =
    ((ASKS.test(spoken) && (FAIR.test(spoken) || SHOULD.test(spoken))) || ASKS_IF_RIGHT.test(spoken)) &&
    SKIPS.test(spoken) &&
    / (?:urban|city|town) /.test(spoken)
  const isOfOrder =
    ASKS.test(spoken) && BEFORE.test(spoken) && / (?:plan|nets?|served?|serving|allocation) /.test(spoken)
  return isOfOrder || (isOfThreshold && !speaksOf(reading, 'export')) || isOfFairness
    ? call({ tool: 'explain_method', input: { topic: 'urban-threshold' } })
    : null
}
