import type { OpenQuestion } from '../remembered.ts'
import type { Reading } from './reading.ts'
import { ask, say } from './replies.ts'
import type { Meaning } from './replies.ts'
import { wordSet, pattern } from './words.ts'

const YES = pattern(
  String.raw`^ (?:yes|yeah|yep|yea|yah|ya|y|ok|okay|sure|correct|right|exactly|please do|go ahead|do it|`,
  String.raw`do that|do so|proceed|continue|fine|alright|all right|of course|please|absolutely|that one|`,
  String.raw`the same)(?: (?:please|sir|ma|now|do|go ahead|it|that|is|fine|run it|thanks|thank you|`,
  String.raw`o))* $`,
)
const NO = pattern(
  String.raw`^ (?:no|nope|nah|none|neither|not really|no thanks|no thank you|cancel|never mind|nevermind|`,
  String.raw`stop|leave it|none of (?:them|these|those))(?: (?:please|thanks|thank you|sir|ma|of|them|`,
  String.raw`these|those))* $`,
)
/** A question that "yes" answers: the first of its options is what it offers. */
const YES_OR_NO = /\b(?:shall i|should i|did you mean|do you mean|do you want|would you like me|use the)\b[^?]*\?\s*$/i
const ORDINALS: readonly (readonly string[])[] = [
  ['first', '1', 'one', '1st', 'a'],
  ['second', '2', 'two', '2nd', 'b'],
  ['third', '3', 'three', '3rd', 'c'],
  ['fourth', '4', 'four', '4th', 'd'],
  ['fifth', '5', 'five', '5th', 'e'],
  ['sixth', '6', 'six', '6th', 'f'],
]
const AROUND: ReadonlySet<string> = wordSet(
  'the one option number no choice please i mean want would like it is that this take choose pick use ' +
    'answer of them ward lga column in for st nd rd th',
)
const SHORTEST_NAME = 2

/**
 * What a short message says to a question that is open: "yes", "the first", "2", or the words in which one option
 * differs from the others. Null if it says nothing to it.
 * @returns the option, to be read as the message, or what to reply
 */
export function answerTo(reading: Reading, open: OpenQuestion): string | Meaning | null {
  const { spoken, words } = reading
  const { options, text } = open
  const [first] = options
  if (first === undefined || words.length > 8) return null
  // What was said with these options may have asked nothing.
  const isAsked = text.includes('?')
  if (NO.test(spoken) && isAsked) return say('All right. What would you like instead?', options)
  if (YES.test(spoken) && !isAsked) return null
  if (YES.test(spoken))
    return options.length === 1 || YES_OR_NO.test(text) ? first : ask('Which of these do you mean?', options)
  const telling = words.map(({ text: word }) => word).filter((word) => !AROUND.has(word))
  const [only] = telling.length === 0 ? words.slice(-1).map(({ text: word }) => word) : telling
  const place = only === 'last' ? options.length - 1 : ORDINALS.findIndex((names) => names.includes(only ?? ''))
  if (telling.length <= 1 && place >= 0 && isPlaced(reading))
    return options[place] ?? ask('There are fewer. Which of these?', options)
  return byName(telling, options)
}

/** Whether a message is only the place of an option, as `2`, `option 2` or `the second one`. */
function isPlaced({ words }: Reading): boolean {
  const known = new Set([...AROUND, ...ORDINALS.flat(), 'last'])
  return words.every(({ text }) => known.has(text))
}

/** The one option that has all these words, where not all options have them. */
function byName(telling: readonly string[], options: readonly string[]): string | null {
  const written = telling.join(' ')
  if (written.replaceAll(' ', '').length < SHORTEST_NAME) return null
  const fitting = options.filter((option) => {
    const own = wordsIn(option)
    return telling.every((word) => own.has(word))
  })
  const [only] = fitting
  return fitting.length === 1 && options.length > 1 ? (only ?? null) : null
}

function wordsIn(option: string): ReadonlySet<string> {
  const lower = option.toLowerCase()
  return new Set([...lower.split(/[^\p{L}\p{M}]+/u), ...lower.split(/[^\d]+/), ...lower.split(/[^\p{L}\p{M}\d]+/u)])
}
