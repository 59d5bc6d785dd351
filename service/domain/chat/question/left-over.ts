import { quoted } from '../../quoted.ts'
import type { Figure } from './figures.ts'
import type { Reading } from './reading.ts'
import { ask, written } from './replies.ts'
import type { Meaning } from './replies.ts'

/**
 * Asks about a number that no rule used, because a condition that was not understood must not be ignored. A lone "one"
 * is a pronoun.
 */
export function leftOver(reading: Reading, used: ReadonlySet<Figure>): Meaning | null {
  const open = reading.figures.find(
    (figure) => !used.has(figure) && !(figure.from === figure.to && reading.words[figure.from]?.text === 'one'),
  )
  if (open === undefined) return null
  return ask(
    `I am not sure what ${quoted(written(reading, open.from, open.to))} stands for, and I do not use a number that I am ` +
      'not sure of. Could you say it in another way?',
  )
}
