import type { ToolCall, ToolName } from '../../tools.ts'
import type { Mention } from '../mention.ts'
import type { Reading } from '../reading.ts'
import { wordsOf } from '../words.ts'
import { isOfSubject, topicOf } from './subject.ts'
import { numbersIn, textsIn } from '../values-in.ts'

/**
 * The positions of the words of a message that none of these calls uses: they are no common words, do not belong to
 * the subject of a call, and stand in no call's input.
 */
export function unusedWords(reading: Reading, calls: readonly ToolCall[]): readonly number[] {
  const { words, mentions, figures, names } = reading
  const mentionAt = new Map(mentions.flatMap((mention) => placesOf(mention).map((place) => [place, mention] as const)))
  const said = new Set(calls.flatMap(({ input }) => textsIn(input).flatMap((text) => wordsIn(text))))
  const numbers = new Set(calls.flatMap(({ input }) => numbersIn(input)))
  // The rules of plans have taken every number, or asked about it.
  const areOfPlan = calls.some(
    ({ tool, input }) =>
      tool === 'plan_nets' || tool === 'change_plan' || (tool === 'plan_facts' && input.about === 'remaining'),
  )
  const counted = new Set(
    figures.flatMap((figure) =>
      areOfPlan || (figure.value !== null && numbers.has(figure.value)) ? placesOf(figure) : [],
    ),
  )
  const named = namedTopics(reading, calls)
  return words.flatMap(({ text }, place) => {
    const mention = mentionAt.get(place)
    if (named.has(place) || counted.has(place)) return []
    const word = reading.corrected.get(place) ?? text
    // "Population" may be a column, and is a word of every plan.
    const isPlace = mention !== undefined && mention.wards.length + mention.lgas.length > 0
    if (mention !== undefined && isUsed(mention, reading, calls)) return []
    if (isPlace) return [place]
    if (word === '%') return counted.has(place - 1) ? [] : [place]
    if (names.ofState.has(text) || said.has(word) || said.has(text) || numbers.has(Number(text))) return []
    return calls.some((call) => isOfSubject(word, call, reading)) ? [] : [place]
  })
}

/** Whether a call holds what a name stands for. What a call leaves out of its input is named by no value of it. */
function isUsed({ wards, lgas, columns }: Mention, { plain }: Reading, calls: readonly ToolCall[]): boolean {
  const names = new Set([...wards, ...lgas, ...columns])
  return calls.some(
    ({ tool, input }) =>
      textsIn(input).some((text) => names.has(text)) ||
      (tool === 'run_analysis' && columns.length > 0) ||
      (tool === 'change_plan' && / (?:back|include|including|again) /.test(plain)) ||
      (tool === 'change_plan' && input.where !== undefined && INSTEAD.test(plain)),
  )
}

/** A place that another takes the place of stands in no input. */
const INSTEAD = / (?:instead of|in place of|rather than) /

/** Phrases that say nothing more, by the tools that answer. */
const PHRASES: Readonly<Partial<Record<ToolName, RegExp>>> = {
  answer_knowledge: / (?:not (?:the )?same|same thing|before (?:we|you|it is|they are) replaced?)(?= )/,
  explain_method: / not (?:the )?same(?= )/,
  explain_ward: / (?:top|first) (?:\d+|three|five|ten|twenty)(?= )/,
  show_map: / (?:at (?:the )?(?:lowest|highest) risk|other than|apart from|all but|everything but)(?= )/,
  summarise_lgas: / (?:other (?:lgas?|local governments?|districts?)|the others|among others)(?= )/,
  plan_nets: / (?:other than|apart from|all but|everything but)(?= )/,
  change_plan: / (?:other than|apart from|all but|everything but)(?= )/,
}

/** The positions of the words by which the message calls the topics that are explained, and of phrases. */
function namedTopics({ words, plain }: Reading, calls: readonly ToolCall[]): ReadonlySet<number> {
  const named = new Set<number>()
  for (const call of calls) {
    // "All but X" is said only where the plan leaves its places out.
    const isOfOthers =
      call.tool === 'plan_nets' || call.tool === 'change_plan'
        ? (call.input.where ?? []).some(({ op }) => op === 'not in') &&
          (call.input.where ?? []).every(({ op }) => op !== 'in')
        : true
    const found = isOfOthers ? PHRASES[call.tool]?.exec(plain) : null
    if (found) {
      const from = plain.slice(1, found.index + 1).split(' ').length - 1
      found[0]
        .trim()
        .split(' ')
        .forEach((_, step) => named.add(from + step))
    }
    const topic = topicOf(call)
    if (topic === undefined) continue
    for (const name of topic.names) {
      const parts = name.split(' ')
      for (let at = 0; at + parts.length <= words.length; at += 1)
        if (parts.every((part, step) => words[at + step]?.text === part))
          for (let step = 0; step < parts.length; step += 1) named.add(at + step)
    }
  }
  return named
}

function placesOf({ from, to }: { readonly from: number; readonly to: number }): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, step) => from + step)
}

function wordsIn(text: string): readonly string[] {
  return wordsOf(text).map((word) => word.text)
}
