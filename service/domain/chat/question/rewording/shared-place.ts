import { pattern } from '../words.ts'

const SHARED = pattern(
  String.raw`^(?:please |and |now |ok )*(?:for|in|of|about|within) ((?:[^\s,;:.?!]{1,40} ){0,2}[^\s,;:.?!]{1,40}) `,
  String.raw`?: ?(\S.*)$`,
)
const ASKING = /^(?:how many|how much|which|what|who)\b/i
const ITS = /\b(?:of|in|among) (?:its|their|the) wards\b/
const THERE = /\b(?:there|in it|of it|inside it|of its)\b(?! (?:is|are|was|were)\b)/
const MOST_PARTS = 4

/**
 * `For Nasowa: how many people, and which ward there is worst?`: a place that several questions share is said in each
 * of them. Each part has to ask something by itself; else the message stays as it is.
 */
export function withSharedPlace(message: string): string {
  const [, place = '', rest = ''] = new RegExp(SHARED.source, 'is').exec(message) ?? []
  const parts = rest
    .replace(/[?.! ]{1,9}$/, '')
    .split(/[,;?] (?:and |also )?| and (?=how many\b|which\b|what\b|who\b)/i)
    .map((part) => part.trim())
  if (place === '' || parts.length < 2 || parts.length > MOST_PARTS) return message
  if (!parts.every((part) => ASKING.test(part))) return message
  return `${parts.map((part) => inPlace(part, place)).join('? ')}?`
}

function inPlace(part: string, place: string): string {
  const said = part
    .replace(new RegExp(ITS.source, 'gi'), `wards in ${place}`)
    .replace(new RegExp(THERE.source, 'gi'), `in ${place}`)
  return said === part ? `${part} in ${place}` : said
}
