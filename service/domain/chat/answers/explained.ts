import type { Answer } from '../answer.ts'
import { TOPICS, topicOf } from '../knowledge.ts'
import { named } from './wording.ts'

const OVERVIEW =
  'Each indicator is brought into 0 to 1, 1 being riskiest in your area; missing values are filled from ' +
  "neighbouring wards. Every subset of two or more indicators is averaged to a model, and a ward's score is the " +
  'median over all models. Wards are ranked by score and cut in thirds: High, Medium, Low. Principal components ' +
  'give a second opinion where the data bear it. Nets go by rank, wards below the urban threshold first, each its ' +
  'full need until the stock runs out. A rank is relative to the uploaded area; a score is no absolute risk.'

/** Explains a part of the method in plain words, with its formula. Without a topic, it summarises the whole method. */
export function answerMethod({ topic }: { readonly topic?: string }): Answer {
  if (topic === undefined)
    return { text: `${OVERVIEW} Ask for more on: ${titles('method')}.`, basis: ['Source: the method of this service.'] }
  return about(topic, 'method')
}

/**
 * Gives general knowledge from the bundled text, with its source. If there is no text on the topic, it lists the
 * topics.
 */
export function answerKnowledge({ topic }: { readonly topic: string }): Answer {
  return about(topic, 'malaria')
}

/** Finds a topic of either kind, because people do not know the line that we draw between the two. */
function about(name: string, kind: 'method' | 'malaria'): Answer {
  const topic = topicOf(name)
  if (topic === null)
    return { text: `The bundled text says nothing on "${named(name)}". It has: ${titles(kind)}.`, basis: [] }
  return { text: `${topic.title}. ${topic.text}`, basis: [`Source: ${topic.source}.`] }
}

function titles(kind: 'method' | 'malaria'): string {
  return TOPICS.filter(({ about: own }) => own === kind)
    .map(({ title }) => title)
    .join('; ')
}
