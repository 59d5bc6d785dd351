import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'
import type { Reading } from './reading.ts'
import { pattern } from './words.ts'

const GAP = pattern(
  String.raw`[,;.?]?\s(?:and |then |also |plus )*(?:what is |what's |tell me |give me |show )?(?:the |their )?(?:gap|difference|distance)(?: in value)?`,
  String.raw`(?: between (?:the two|them|these two|these|those two|those|both))?[?.!]*$`,
)
const ENDS =
  /\b(?:highest|most|largest|greatest|biggest|top|maximum)\b.*\b(?:lowest|least|smallest|fewest|bottom|minimum)\b|\b(?:lowest|least|smallest|fewest|bottom|minimum)\b.*\b(?:highest|most|largest|greatest|biggest|top|maximum)\b/

/** `Highest TPR ward, lowest TPR ward, and the gap between the two`: both are given, and no figure is taken from another. */
export function askAboutGap({ message, plain }: Reading): Meaning | null {
  const at = message.search(new RegExp(GAP.source, 'i'))
  if (at < 0 || !ENDS.test(plain)) return null
  const rest = message.slice(0, at)
  return ask('I give both figures, and do not subtract one from the other. Shall I give them?', [`${rest}?`])
}
