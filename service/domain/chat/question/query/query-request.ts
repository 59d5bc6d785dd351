import type { Outline } from '../../outline.ts'
import type { ToolCall } from '../../tools.ts'
import type { Reading } from '../reading.ts'
import { answerParts } from './answer-parts.ts'
import { askAboutRest } from './ask-back.ts'
import type { Meaning } from '../replies.ts'
import { isTag } from './draft.ts'
import type { Asking } from './draft.ts'
import { completeCalls } from './complete-calls.ts'
import { LEXICON, OTHERS_WORDS } from './lexicon.ts'
import { isComparative, isSizeCompared } from './read-comparatives.ts'
import { readDraft } from './read-draft.ts'
import type { Read } from './read-draft.ts'

const PRIORITY = /\b(?:give|giving|gives) (?:more |first |higher |top )?priority to\b|^(?:please )?prioriti[sz]e\b/

/** What a message was read as by the rules for figures, rows and charts. */
export interface Queried {
  /** The meaning, if every word was understood; null if other rules must say. */
  readonly complete: Meaning | null
  /** What to ask if no other rule understands the words that are left. */
  readonly open: (understand: (message: string) => Meaning) => Meaning | null
  readonly read: Read | null
}

/** Reads a message as a question about figures, rows or charts of the wards. */
export function queried(reading: Reading, outline: Outline): Queried {
  const nothing: Queried = { complete: null, open: () => null, read: null }
  const read = readDraft(reading, outline)
  if (read === null) return nothing
  if (isOthers(reading)) return { ...nothing, read }
  const parts = answerParts(reading, outline)
  if (parts !== null) return { ...nothing, complete: parts, read }
  const found = completeCalls(read)
  if (found !== null) return { ...nothing, complete: meant(found), read }
  return {
    complete: null,
    open: (understand) =>
      read.unused.length > 0 && (isTelling(read.asking) || namesPlace(read) || asksNearest(read))
        ? (read.asking.draft.question ?? askAboutRest(reading, outline, read, understand))
        : null,
    read,
  }
}

function meant(found: readonly ToolCall[] | Meaning): Meaning {
  if (!Array.isArray(found)) return found as Meaning
  const [call, another] = found as readonly ToolCall[]
  return call !== undefined && another === undefined
    ? { kind: 'call', call }
    : { kind: 'calls', calls: found as readonly ToolCall[] }
}

/** Whether another rule reads the message: for maps, plans, files, reasons and the method. */
function isOthers({ words, mentions }: Reading): boolean {
  const isNamed = (place: number): boolean => mentions.some(({ from, to }) => place >= from && place <= to)
  const texts = words.map(({ text }) => text)
  // "What does it mean?" asks for no average.
  // "Give priority to rural wards" is an order, and no list of them.
  if (PRIORITY.test(texts.join(' '))) return true
  if (texts.at(-1) === 'mean' && /^(?:what|wetin) (?!is|be)/.test(texts.join(' '))) return true
  // "In the plan" says which nets are meant, and asks for no plan.
  const isInPlan = (place: number): boolean => LEXICON.get(texts.slice(place - 2, place + 1).join(' ')) === 'inPlan'
  const isOther = (text: string, place: number): boolean =>
    (OTHERS_WORDS.has(text) && !(text === 'plan' && place >= 2 && isInPlan(place))) ||
    (text === 'if' && ['what', 'and', undefined].includes(words[place - 1]?.text))
  return words.some(({ text }, place) => isOther(text, place) && !isNamed(place))
}

/** Whether the wards of a place are asked for that the data do not have: `list wards in Ikeja LGA`. */
function namesPlace({ asking, unused }: Read): boolean {
  return (
    asking.draft.subjects.has('wards') &&
    asking.tokens.some(
      (token, at) => token.kind === 'unknown' && unused.includes(token) && isTag(asking, at + 1, 'lgas', 'states'),
    )
  )
}

/** Whether the nearest of something is asked for: an answer about something else would not name it. */
function asksNearest({ unused }: Read): boolean {
  return unused.some((token) => token.kind === 'tag' && (token.tag === 'nearest' || token.tag === 'farthest'))
}

/** Whether so much was understood that the rest must be asked for, and not left to another rule. */
function isTelling(asking: Asking): boolean {
  const { draft } = asking
  return (
    draft.where.length + draft.relative.length + draft.groups.length + draft.charts.length > 0 ||
    draft.limit !== null ||
    draft.isCount ||
    draft.isShare ||
    draft.isCorrelation ||
    draft.question !== null ||
    asking.tokens.some((_, at) => isComparative(asking, at) || isSizeCompared(asking, at)) ||
    (draft.wanted.length > 0 && draft.wards.length === 0)
  )
}
