import type { Outline } from '../outline.ts'
import { isArea } from './named-places.ts'
import { askWhich, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import type { Reading } from './reading.ts'
import { COMMON } from './account/words-of-tools.ts'
import { pattern, wordSet } from './words.ts'

const CERTAIN = pattern(
  String.raw`\b(?:how|is|are|can|be) (?:[a-z]+ |· ){0,5}(?:sure|certain|confident|robust|stable|solid|firm|reliable|`,
  String.raw`dependable|trustworthy)\b|`,
  String.raw`\b(?:certainty|confidence|robustness|stability) (?:of|in|for)\b|\bhow (?:many|often)\b.* models?\b|`,
  String.raw`\b(?:share|percentage|percent|proportion|fraction|part|%) of (?:the |all |all the )?(?:\d+ )?models?\b`,
)
const CERTAIN_WORDS = wordSet(
  `sure certain confident robust stable solid firm reliable dependable trustworthy certainty confidence
    robustness stability rank ranks ranked ranking position place placed tier tiers class score risk result
    model models median share percentage percent % proportion fraction part many often upper top highest high
    third thirds fall falls fell come comes came into among across all each every different runs run than not
    only between ward much stand stands standing land lands`,
)
const FILLED = pattern(
  String.raw`\b(?:what|which) (?:[a-z]+ )?(?:value|values|number|figure|figures|numbers)\b.*\b(?:use|used|uses|put|`,
  String.raw`take|taken|took|fill|filled|give|given|gave|`,
  String.raw`assume|assumed|insert|inserted|impute|imputed|stand|stands|replace|replaced|get|got)\b|\b(?:how|what|`,
  String.raw`with what) (?:[a-z]+ )*(?:was|were|did|is|are) (?:[a-z]+ |· )*`,
  String.raw`(?:fill|filled|impute|imputed|replaced)\b`,
)
const GAP = /\b(?:blank|empty|missing|gap|gaps|no value|without a value|filled|fill|imputed|impute|left out)\b/
const FILLED_WORDS = wordSet(
  `value values number figure figures use used uses put take taken took fill filled give given gave assume
    assumed insert inserted impute imputed stand stands instead replace replaced analysis ranking run model
    blank empty missing gap gaps no without left leave on purpose purposely deliberately intentionally because
    come comes came coming from where how did calculate calculated calculation place cell cells entry ward in
    for its it that source origin derived get got work worked out`,
)

/**
 * How certain the rank of a ward is, by the models that agree: what explains the ward says in how many models it is in
 * the upper third. And which value stood for one that a ward does not have: that explanation lists each value, and how
 * it was filled in. Null where anything else is asked.
 */
export function askedOfOneWard(reading: Reading, { dataset, analysis }: Outline): Meaning | null {
  if (dataset === null || analysis === null) return null
  const { mentions, plain } = reading
  const [mention, another] = mentions.filter(({ wards }) => wards.length > 0)
  if (mention === undefined || another !== undefined || isArea(reading, mention)) return null
  const columns = mentions.filter((each) => each.columns.length > 0)
  const isLga = mentions.some(({ wards, lgas }) => wards.length === 0 && lgas.length > 0)
  const isCertainty = columns.length === 0 && CERTAIN.test(plain) && hasOnly(reading, CERTAIN_WORDS)
  const isFilled =
    FILLED.test(plain) && GAP.test(plain) && hasOnly(reading, FILLED_WORDS) && areUsed(columns, analysis.indicators)
  if (isLga || !(isCertainty || isFilled)) return null
  const [ward, other] = mention.wards
  if (ward === undefined || other !== undefined)
    return askWhich(reading, mention.from, mention.to, 'ward', mention.wards)
  return call({ tool: 'explain_ward', input: { ward } })
}

/** Whether each column that is named is an indicator of the analysis: an explanation has no other. */
function areUsed(columns: Reading['mentions'], indicators: readonly string[]): boolean {
  return columns.every((mention) => mention.columns.length === 1 && indicators.includes(mention.columns[0] ?? ''))
}

/** Whether a message has no word but names, common words and these. */
function hasOnly({ words, mentions, names }: Reading, own: ReadonlySet<string>): boolean {
  return words.every(
    ({ text }, place) =>
      COMMON.has(text) ||
      own.has(text) ||
      names.ofState.has(text) ||
      mentions.some(({ from, to }) => place >= from && place <= to),
  )
}
