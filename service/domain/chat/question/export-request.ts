import { EXPORT_KINDS, EXPORTS, type ExportKind, type NamingWords, type SpokenWords } from '../../exports/kinds.ts'
import { hasPhrase, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import type { Concept } from './vocabulary.ts'
import { isDigits, pattern } from './words.ts'

const WORDS: Readonly<Record<ExportKind, { readonly words: readonly NamingWords<Concept>[] }>> = EXPORTS

const ADDS_TO_REPORT = pattern(
  String.raw`\b(?:add|put|include|append|attach|insert|save|copy)\b.{1,80}\b(?:to|in|into|on) (?:the |my |our )?`,
  String.raw`(?:annex of the |annexe? |annex to the )?(?:report|annex)\b`,
)

/** `Email me the report`, `share the plan on WhatsApp`. */
const SENDS = pattern(
  String.raw`\b(?:e ?mail|mail|gmail|whats ?app|sms|telegram|fax)\b|\bsend (?:it|this|that|them|the [a-z ]{1,40}) to\b`,
)

/** A file to download. Asks which one if the message does not name it. */
export function exported(reading: Reading): Meaning | null {
  if (ADDS_TO_REPORT.test(reading.plain))
    return ask(
      'The report has a form of its own, and nothing of the chat is put into it. A chart can be downloaded below its ' +
        'answer. Shall I make the report as it is?',
      [EXPORTS['report.html'].request],
    )
  if (SENDS.test(reading.plain)) return askToSend(reading)
  const makes = speaksOf(reading, 'report') && hasPhrase(reading, 'report', 'reports', 'printable', 'pdf')
  if (!asksForFile(reading) && !makes) return null
  const kind = kindOf(reading)
  return kind === null
    ? ask(
        'Which file would you like?',
        EXPORT_KINDS.map((kind) => EXPORTS[kind].request),
        EXPORT_KINDS.length,
      )
    : call({ tool: 'export_result', input: { kind } })
}

/** Nothing is sent from here; what can be made is a file. */
function askToSend(reading: Reading): Meaning {
  const kind = kindOf(reading) ?? (speaksOf(reading, 'report') ? 'report.html' : null)
  return ask(
    'I cannot send mail or messages: nothing leaves the service but what you download. I can make the file, and you ' +
      'send it yourself. Which file?',
    kind === null ? EXPORT_KINDS.map((each) => EXPORTS[each].request) : [EXPORTS[kind].request],
    EXPORT_KINDS.length,
  )
}

/** Whether a word asks for a file. One that touches a number, as in `run-2csv`, is part of another thing. */
function asksForFile({ concepts, words }: Reading): boolean {
  return (concepts.get('export') ?? []).some((place) => {
    const before = words[place - 1]
    return before === undefined || words[place]?.gap !== '' || !isDigits(before)
  })
}

/** The named file. The most specific words decide. */
function kindOf(reading: Reading): ExportKind | null {
  let named: { readonly kind: ExportKind | null; readonly tells: number } = { kind: null, tells: 0 }
  for (const kind of EXPORT_KINDS)
    for (const words of WORDS[kind].words)
      if (words.tells > named.tells && isSaid(reading, words) && (!words.beside || isSaid(reading, words.beside)))
        named = { kind, tells: words.tells }
  return named.kind
}

function isSaid(reading: Reading, { concepts = [], phrases = [] }: SpokenWords<Concept>): boolean {
  return speaksOf(reading, ...concepts) || hasPhrase(reading, ...phrases)
}
