import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'
import type { Reading } from './reading.ts'
import { pattern } from './words.ts'

const GAP = pattern(
  String.raw`[,;.?]?\s(?:and |then |also |plus )*(?:what is |what's |tell me |give me |show )?(?:the |their )?(?:gap|`,
  String.raw`difference|distance)(?: in value)?`,
  String.raw`(?: between (?:the two|them|these two|these|those two|those|both))?[?.!]*$`,
)
const MOST = '(?:highest|most|largest|greatest|biggest|top|maximum)'
const LEAST = '(?:lowest|least|smallest|fewest|bottom|minimum)'
const ENDS = pattern(String.raw`\b${MOST}\b.*\b${LEAST}\b|\b${LEAST}\b.*\b${MOST}\b`)

/** `Highest TPR ward, lowest TPR ward, and the gap between the two`: both are given, neither is taken from the other. */
export function askAboutGap({ message, plain }: Reading): Meaning | null {
  const at = message.search(new RegExp(GAP.source, 'i'))
  if (at < 0 || !ENDS.test(plain)) return null
  const rest = message.slice(0, at)
  return ask('I give both figures, and do not subtract one from the other. Shall I give them?', [`${rest}?`])
}
