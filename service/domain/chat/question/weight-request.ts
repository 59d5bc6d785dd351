import type { Outline } from '../outline.ts'
import type { Reading } from './reading.ts'
import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'
import { explained } from './topic-request.ts'
import { pattern } from './words.ts'

const WEIGHS = pattern(
  String.raw`\b(?:which|what) (?:is the )?(?:most important )?(?:variables?|indicators?|columns?|factors?)\b.*`,
  String.raw`\b(?:matters?|important|influential|influences?|weighs?|weight|drives?|contributes?|affects?)\b|`,
  String.raw`\bmost important (?:variables?|indicators?|columns?|factors?)\b`,
)

/**
 * `Which variable matters most?` of no ward: in the score all indicators weigh the same, so that this can only be said
 * of one ward. Null for anything else, where a place or a column is named, and where a text of the method answers.
 */
export function weighed(reading: Reading, { dataset, analysis }: Outline): Meaning | null {
  const isOther = reading.mentions.length > 0 || explained(reading) !== null
  // The earlier system took more models of some indicators than of others.
  if (analysis?.mode === 'legacy') return null
  if (dataset === null || isOther || !WEIGHS.test(reading.spoken)) return null
  const [ward] = dataset.wards
  return ask(
    'In the score every indicator weighs the same: each model is the plain mean of its indicators. Which of them ' +
      'contributes most I can say of one ward. Of which one?',
    [
      ...(ward === undefined ? [] : [`Which variable contributes most to the risk of ${ward}?`]),
      'How is the score calculated?',
    ],
  )
}
