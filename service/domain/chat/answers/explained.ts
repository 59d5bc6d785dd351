import type { Answer } from '../answer.ts'
import { TOPICS, topicOf } from '../knowledge.ts'
import { named } from './wording.ts'

const OVERVIEW =
  'Each indicator is scaled to 0 to 1, where 1 is the riskiest in your area; missing values are filled from ' +
  'neighbouring wards. Every subset of two or more indicators is a model, whose value is their mean. The score of a ' +
  'ward is the median over all models. Wards are ranked by score and divided into thirds: High, Medium, Low. ' +
  'Principal components give a second opinion where the data are suitable. Nets go to wards by rank, wards below the ' +
  'urban threshold first. Each ward gets its full need until the stock runs out. A rank is relative to the uploaded ' +
  'area; a score is not an absolute risk.'

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
    return { text: `The built-in texts say nothing about "${named(name)}". They cover: ${titles(kind)}.`, basis: [] }
  return { text: `${topic.title}. ${topic.text}`, basis: [`Source: ${topic.source}.`] }
}

function titles(kind: 'method' | 'malaria'): string {
  return TOPICS.filter(({ about: own }) => own === kind)
    .map(({ title }) => title)
    .join('; ')
}
