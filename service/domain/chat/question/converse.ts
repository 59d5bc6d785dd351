import type { Outline } from '../outline.ts'
import { NOTHING } from '../remembered.ts'
import type { Remembered } from '../remembered.ts'
import { followedList } from './follow-list.ts'
import { acknowledged, ENGLISH_BEST, helped } from './help.ts'
import { translated } from './language/translate.ts'
import type { Language, Translation } from './language/translate.ts'
import { withNarrowedGroups } from './narrowed-groups.ts'
import { withCountedRows } from './numbered-rows.ts'
import { answerTo } from './open-question.ts'
import { namesFor, readQuestion } from './reading.ts'
import type { Reading } from './reading.ts'
import { withNames } from './references.ts'
import { answeredForSafety } from './safety.ts'
import type { Meaning } from './replies.ts'

const TWO_QUESTIONS = /^(.{3,200}?)[,;]? and ((?:how|what|which|who|why|where|is|does) .{3,200})$/is

/**
 * The meaning of a message within its conversation. Safety comes first, then greetings, then an answer to an open
 * question, then what refers to the last answer. Everything else is understood by itself.
 * @param understand what a message means by itself
 */
export function converse(
  message: string,
  outline: Outline,
  remembered: Remembered | undefined,
  understand: (message: string) => Meaning,
): Meaning {
  const own = readQuestion(message, namesFor([message], outline))
  const foreign = translated(message, own.mentions)
  const reading = foreign === null ? own : readQuestion(foreign.message, namesFor([foreign.message], outline))
  const meaning =
    answeredForSafety(reading) ??
    helped(reading, outline, foreign?.language ?? null) ??
    inConversation(reading, outline, remembered ?? NOTHING, understand) ??
    acknowledged(reading, outline) ??
    inParts(reading, understand) ??
    alone(message, foreign, understand)
  return foreign === null ? meaning : inLanguage(meaning, foreign.language)
}

/** `Why is Gwale high, and how many nets does it get?`: two questions about one ward, each answered. */
function inParts(reading: Reading, understand: (message: string) => Meaning): Meaning | null {
  const { message, mentions } = reading
  const [mention, another] = mentions.filter(({ wards }) => wards.length > 0)
  const [ward, other] = mention?.wards ?? []
  const parts = TWO_QUESTIONS.exec(message)
  const [, first = '', second = ''] = parts ?? []
  if (parts === null || another !== undefined || ward === undefined || other !== undefined) return null
  const named = readQuestion(second, reading.names)
  if (!first.toLowerCase().includes(ward.toLowerCase()) || named.mentions.some(({ wards }) => wards.length > 0))
    return null
  const said = withNames(named, { ...NOTHING, wards: [ward] })
  if (said === null) return null
  const meanings = [understand(first), understand(said)]
  const calls = meanings.flatMap((meaning) => (meaning.kind === 'call' ? meaning.call : []))
  return calls.length === meanings.length ? { kind: 'calls', calls } : null
}

/**
 * What a message means by itself. The rules know much of Pidgin as it is; what they do not know is put into English.
 */
function alone(message: string, foreign: Translation | null, understand: (message: string) => Meaning): Meaning {
  if (foreign === null) return understand(message)
  if (foreign.language !== 'Pidgin') return understand(foreign.message)
  const meaning = understand(message)
  if (meaning.kind === 'call' || meaning.kind === 'calls') return meaning
  const english = understand(foreign.message)
  return english.kind === 'call' || english.kind === 'calls' ? english : meaning
}

function inConversation(
  reading: Reading,
  outline: Outline,
  remembered: Remembered,
  understand: (message: string) => Meaning,
): Meaning | null {
  const { open } = remembered
  const answer = open === null ? null : answerTo(reading, open)
  if (answer !== null) return typeof answer === 'string' ? understand(answer) : answer
  const counted = withCountedRows(reading.message, remembered) ?? withNarrowedGroups(reading.message, remembered)
  if (counted !== null) return understand(counted)
  const named = withNames(reading, remembered)
  if (named !== null) return understand(named)
  return followedList(reading, remembered, outline, understand)
}

/** A question back to a person who writes in another language says, in that language, that English is read best. */
function inLanguage(meaning: Meaning, language: Language): Meaning {
  const best = ENGLISH_BEST[language]
  return best === undefined || meaning.kind !== 'clarify'
    ? meaning
    : { ...meaning, question: `${best} ${meaning.question}` }
}
