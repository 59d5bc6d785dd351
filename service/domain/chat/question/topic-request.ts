import { TOPICS } from '../knowledge.ts'
import type { Topic } from '../knowledge.ts'
import { hasPhrase, speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'

const ASKING = [
  'what',
  'how',
  'why',
  'explain',
  'define',
  'meaning',
  'means',
  'definition',
  'difference',
  'tell',
  'describe',
  'does',
  'do',
  'about',
  'should',
] as const
const FIGURES_WANTED = [
  'average',
  'median',
  'range',
  'minimum',
  'maximum',
  'summarise',
  'summarize',
  'statistics',
  'values',
  'show',
  'shows',
  'data',
  'the mean',
  'mean of',
  'lowest',
  'highest',
  'top',
  'bottom',
] as const

/**
 * What a thing is or how it is computed. The answer comes from the method or the bundled knowledge, never from the
 * data.
 */
export function explained(reading: Reading): Meaning | null {
  const places = reading.mentions.filter(({ wards, lgas }) => wards.length > 0 || lgas.length > 0)
  const asksIfSame =
    hasPhrase(reading, 'same as', 'same thing as', 'different from', 'equal to') && /^ (?:is|are) /.test(reading.plain)
  if (places.length > 0 || !(hasPhrase(reading, ...ASKING) || asksIfSame)) return null
  const isHow = /^ (?:please |so |and )?how (?:is|are|do|does|did|was|were|would|can|much|long) /.test(reading.plain)
  const topic = topicIn(reading)
  if (topic === null)
    return speaksOf(reading, 'methodology') ||
      hasPhrase(reading, 'how does it work', 'how does this work', 'how do you work')
      ? call({ tool: 'explain_method', input: {} })
      : null
  const hasColumn = reading.mentions.some(({ columns }) => columns.length > 0)
  if (hasColumn && (hasPhrase(reading, ...FIGURES_WANTED) || speaksOf(reading, 'map'))) return null
  if (
    !isHow &&
    speaksOf(reading, 'ward') &&
    speaksOf(reading, 'highest', 'lowest', 'risk', 'rank') &&
    !topic.names.some((name) => name.includes('ward') && isIn(reading, name))
  )
    return null
  if (hasPhrase(reading, 'which', 'my data', 'our data') && !isHow && !hasPhrase(reading, 'difference')) return null
  return call(
    topic.about === 'method'
      ? { tool: 'explain_method', input: { topic: topic.id } }
      : { tool: 'answer_knowledge', input: { topic: topic.id } },
  )
}

/** The topic with the longest name in the message. Names of columns count here, because TPR is both. */
function topicIn(reading: Reading): Topic | null {
  let best: { topic: Topic; length: number } | null = null
  for (const topic of TOPICS) {
    for (const name of topic.names) {
      if (name.length > (best?.length ?? 0) && isIn(reading, name)) best = { topic, length: name.length }
    }
  }
  return best?.topic ?? null
}

function isIn({ spoken }: Reading, name: string): boolean {
  return spoken.includes(` ${name} `)
}
