import type { ToolCall } from '../tools.ts'
import type { Reading } from './reading.ts'
import { call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const AMOUNT = '(?:amount|number|stock|total|figure|quantity|one|plan|nets)'
const BACK = pattern(
  String.raw`^ (?:(?:no|ok|okay|please|pls|abeg|and|now|sorry|actually|wait|let us|let s|can you|could we|i want to|`,
  String.raw`we) )*`,
  String.raw`(?:go back|going back|return|revert|switch back|come back|change (?:it|that) back|put (?:it|that) back|`,
  String.raw`set (?:it|that) back|back|use|restore|bring back)`,
  String.raw`(?: to)?(?: (?:the|our|my|di))? (first|original|initial|starting|previous|earlier|old|former|last)(?: `,
  String.raw`(?:plan s|net|nets))? ${AMOUNT}`,
  String.raw`(?: (?:of nets|again|please|instead|we had|of the plan))* $`,
)
const UNDO = pattern(
  String.raw`^ (?:(?:no|ok|okay|please|pls|abeg|and|now|sorry|actually|wait) )*(?:undo (?:that|it|this|the last `,
  String.raw`change)|take that back|cancel (?:that|the last change))(?: please)? $`,
)

/**
 * `Go back to the first amount`: the last plan with the stock of the first plan, or of the plan before it. Null if the
 * message asks for neither or there was no such plan.
 * @param calls the calls of the conversation, oldest first
 */
export function returned({ plain, mentions, figures }: Reading, calls: readonly (ToolCall | null)[]): Meaning | null {
  const first = BACK.exec(plain)?.[1]
  if ((first === undefined && !UNDO.test(plain)) || mentions.length > 0 || figures.some(({ value }) => value !== 1))
    return null
  const stocks = calls.flatMap((made) =>
    (made?.tool === 'plan_nets' || made?.tool === 'change_plan') && made.input.totalNets !== undefined
      ? made.input.totalNets
      : [],
  )
  const isFirst = first !== undefined && /^(?:first|original|initial|starting)$/.test(first)
  const stock = isFirst ? stocks[0] : stocks.at(-2)
  // Undone is the last message, which must have changed the stock.
  const last = calls.at(-1)
  const isOfStock = last?.tool === 'change_plan' && Object.keys(last.input).join() === 'totalNets'
  if (stock === undefined || stocks.length < 2 || (!isFirst && !isOfStock)) return null
  return call({ tool: 'change_plan', input: { totalNets: stock } })
}
