import type { Outline } from '../../outline.ts'
import { namesFor, readQuestion } from '../reading.ts'
import { pattern } from '../words.ts'

const NUMBERS = ['one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten'] as const
const NOT_THE_RISK = pattern(
  String.raw`^((?:please |kindly |now )*(?:map|show|draw|plot|give|make|let me see)\b.{3,100}?),? (?:and |but `,
  String.raw`)?(?:not|instead of|rather than) (?:of )?(?:the )?(?:risk|risk score|risk map|composite score|`,
  String.raw`tiers?)(?= ?[?.!]*$)`,
)
const MAPPED = /\bmap\b/i
/** `TPR is not one of our six indicators. How does it ...`: what is said first, and what is asked. */
const NOT_USED = pattern(
  String.raw`^(.{2,60}?) (?:is not|isn['’]t|was not|wasn['’]t) (?:one of|among|part of|in) (?:our |the |my |your |`,
  String.raw`these )?(?:(\d{1,2}|${NUMBERS.join('|')}) )?`,
  String.raw`(?:indicators?|variables? of the (?:ranking|analysis))(?: (?:used|chosen|of the (?:ranking|analysis|`,
  String.raw`run|score)))? ?[.;,:-] ?(?:and |so |but |now )?(\S.*)$`,
)

/** A message with what the data make plain: no map of the risk beside one of a column, and no true word about it. */
export function rewordedByData(message: string, outline: Outline): string {
  return withoutTrueClaim(withoutOtherMap(message, outline), outline)
}

/** `Map rainfall, not the risk`: a map of a column is not one of the risk. Without a column the message stays. */
function withoutOtherMap(message: string, outline: Outline): string {
  const [, rest] = new RegExp(NOT_THE_RISK.source, 'i').exec(message) ?? []
  return rest !== undefined && MAPPED.test(rest) && columnIn(rest, outline) !== null
    ? rest.replace(/ for (?:me|us)$/i, '')
    : message
}

/** A column that is said not to be an indicator, and is none: the question follows. A false word stays. */
function withoutTrueClaim(message: string, outline: Outline): string {
  const [, subject = '', count = '', asked = ''] = new RegExp(NOT_USED.source, 'is').exec(message) ?? []
  const indicators = outline.analysis?.indicators
  const column = asked === '' || indicators === undefined ? null : columnIn(subject, outline)
  if (column === null || indicators === undefined || indicators.includes(column)) return message
  const said = NUMBERS.findIndex((number) => number === count.toLowerCase()) + 1 || Number(count)
  const named = asked.replace(/\b(?:it|that)\b(?= ?[?.!]*$)/i, column)
  return (count !== '' && said !== indicators.length) || named === asked ? message : named
}

/** The only column that a part of a message names; null where it names none, several, or a place. */
function columnIn(part: string, outline: Outline): string | null {
  const { mentions } = readQuestion(part, namesFor([part], outline))
  const [mention, another] = mentions
  const [column, unclear] = mention?.columns ?? []
  return another === undefined && unclear === undefined ? (column ?? null) : null
}
