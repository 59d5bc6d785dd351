import type { Outline } from '../outline.ts'
import type { InputOf } from '../tools.ts'
import { readQuestion } from './reading.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

type Changes = InputOf<'change_plan'>

/** What begins an order that changes a plan. */
const ORDER = pattern(
  String.raw`(?:please |then |also )?(?:take|leave|put|bring|drop|remove|exclude|skip|add|include|without|halve|`,
  String.raw`double|triple|raise|increase|reduce|cut|lower|use|set|make|only for)\b`,
).source
const TWO_ORDERS = pattern(
  String.raw`^((?:and |now |please |ok )*${ORDER}.{2,120}?)(?:, and |, then |; | and then |, | and | (?=without `,
  String.raw`))(${ORDER}.{2,120})$`,
)

/**
 * Two changes of a plan in one message, as in `halve it, and leave Edekomo out` or `put Gwamari back in and take out
 * Felunde instead`: the second is understood of the plan as the first leaves it. Null unless each of the two is an
 * order by itself and nothing of either is left over.
 * @param understand what one order means, by the plan of this outline
 */
export function joinedChanges(
  { message, names }: Reading,
  outline: Outline,
  understand: (order: Reading, outline: Outline) => Meaning | null,
): Meaning | null {
  const { plan } = outline
  const [, one = '', other = ''] = new RegExp(TWO_ORDERS.source, 'i').exec(message.trim()) ?? []
  if (plan === null || one === '') return null
  const first = changesOf(understand(readQuestion(one, names), outline))
  if (first === null) return null
  const changed: Outline = { ...outline, plan: { ...plan, options: { ...plan.options, ...first } } }
  const second = changesOf(understand(readQuestion(other, names), changed))
  return second === null ? null : call({ tool: 'change_plan', input: { ...first, ...second } })
}

function changesOf(meaning: Meaning | null): Changes | null {
  return meaning?.kind === 'call' && meaning.call.tool === 'change_plan' ? meaning.call.input : null
}
