import type { Outline } from '../outline.ts'
import { COMMON } from './account/words-of-tools.ts'
import type { Reading } from './reading.ts'
import type { Meaning } from './replies.ts'
import { pattern, wordSet } from './words.ts'

const BOUNDARIES =
  /\b(?:boundary|boundaries|shape|shapes|shapefile|shapefiles|polygon|polygons|outline|outlines|map file)\b/
const EVERY = pattern(
  String.raw`\b(?:every|each|all|any|both|which|how many|do|does|is|are|did) (?:[a-z]+ ){0,6}(?:have|has|had|get|gets|`,
  String.raw`got|in|on|match|matches|matched|joined|`,
  String.raw`fit|fits|found|missing|without|lack|lacks|with|no)\b`,
)
const COUNTED = /\b(?:how many|number of|count of|count the) (?:[a-z]+ )?wards?\b/
const WORDS = wordSet(
  `ward wards every each all any one ones shape shapes boundary boundaries shapefile shapefiles polygon
    polygons outline outlines map file files table tables sheet data dataset match matches matched matching join
    joined fit fits found missing without lack lacks many number count own its their row rows record records no
    not other side either uploaded upload excel csv geojson of both them and correctly properly really`,
)

/**
 * Whether every ward has its boundary: what checks the data counts those that have none, on either side. With how many
 * wards there are, where that is asked too. Null where anything else is asked.
 */
export function askedOfBoundaries(
  { plain, words, mentions, figures, names }: Reading,
  { dataset }: Outline,
): Meaning | null {
  if (dataset === null || mentions.length > 0) return null
  // "Every one of them" is no number.
  if (figures.some(({ from, to }) => from !== to || words[from]?.text !== 'one')) return null
  const isAsked = BOUNDARIES.test(plain) && EVERY.test(plain) && / wards? /.test(plain)
  const isOnly = words.every(({ text }) => COMMON.has(text) || WORDS.has(text) || names.ofState.has(text))
  if (!isAsked || !isOnly) return null
  return {
    kind: 'calls',
    calls: [
      ...(COUNTED.test(plain) ? [{ tool: 'describe_data' as const, input: {} }] : []),
      { tool: 'check_quality', input: {} },
    ],
  }
}
