import type { Remembered } from '../remembered.ts'
import { pattern } from './words.ts'

const NUMBERS: Readonly<Record<string, number>> = { two: 2, three: 3, four: 4, five: 5, six: 6 } as const
const NUMBER = String.raw`(two|three|four|five|six|[2-6])`
const FIRST = pattern(
  String.raw`\bthe (?:first|top) ${NUMBER}(?: (?:of (?:them|these|those)|ones|wards))?(?= ?(?:,|\?|need\b|get\b|`,
  String.raw`require\b|together\b|$))`,
)
const ALL = pattern(
  String.raw`\b(?:these|those|the|all) ${NUMBER}(?: (?:wards|ones|of them))?(?= ?(?:,|\?|$|and nobody|and no one|`,
  String.raw`alone|only))`,
)
const NOBODY_ELSE = /,? and (?:for )?(?:nobody|no one|no body|no other wards?|nothing) else(?= ?[.!]*$)/i
const NEXT = pattern(
  String.raw`\b(?:the )?(?:one|ward) (?:right |just |directly |immediately )?(?:after|behind|below|following|next `,
  String.raw`to) (?:that|this|it)(?: (?:one|ward))?(?: ?[-–,:]{1,2} ?| )(why)(?= ?\?*$)`,
)

/**
 * The message with the names of rows last shown that it counts: `the first two of them`, `these three and nobody else`,
 * said of nets, and `the one after that - why?`. Null if it counts none, or not as many as there are.
 */
export function withCountedRows(message: string, { shown, wards }: Remembered): string | null {
  const next = new RegExp(NEXT.source, 'i').exec(message)
  const at = wards.length === 1 ? shown.indexOf(wards[0] ?? '') : -1
  const after = at < 0 ? undefined : shown[at + 1]
  if (next !== null && after !== undefined) return `why is ${after} ranked where it is?`
  if (!/\bnets?\b/i.test(message)) return null
  const first = new RegExp(FIRST.source, 'i').exec(message)
  const all = first === null ? new RegExp(ALL.source, 'i').exec(message) : null
  const found = first ?? all
  const count = numberOf(found?.[1] ?? '')
  if (found === null || count > shown.length || (all !== null && count !== shown.length)) return null
  const rows = shown.slice(0, count)
  const named = `${rows.slice(0, -1).join(', ')} and ${rows.at(-1) ?? ''}`
  const said = `${message.slice(0, found.index)}${named}${message.slice(found.index + found[0].length)}`
  return said.replace(NOBODY_ELSE, '').replace(HOW_MANY_AFTER, 'how many nets do $1 need together?')
}

/** `A and B, how many nets altogether?` */
const HOW_MANY_AFTER =
  /^(?:and |so )*([^?!:;]{3,300}), how many nets (?:do they need )?(?:altogether|together|in all|in total)[? ]*$/i

function numberOf(word: string): number {
  return NUMBERS[word.toLowerCase()] ?? Number(word)
}
