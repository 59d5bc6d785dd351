import type { Test } from 'tap'
import { say, type ChatView } from '../support/chat.ts'
import type { Person } from '../support/client.ts'

/** What a reply must hold. Every part that is given must. */
export interface Expected {
  readonly intent?: string
  /** The wards of its table, all of them and in this order. */
  readonly rows?: readonly string[]
  /** Figures in its own words, each within a ten-thousandth. */
  readonly figures?: readonly number[]
  readonly says?: readonly (RegExp | string)[]
  readonly never?: readonly (RegExp | string)[]
  readonly options?: readonly string[]
}

export type Turn = readonly [message: string, expected: Expected]

/** How many turns were judged, over all conversations. */
export interface Count {
  turns: number
}

/** Holds one conversation and judges every reply as a whole. */
export async function hold(t: Test, who: Person, turns: readonly Turn[], count: Count): Promise<void> {
  await who.delete('/api/chat')
  for (const [message, expected] of turns) {
    const { reply } = await say(who, message)
    count.turns += 1
    const faults = faultsOf(reply, expected)
    if (faults.length > 0) t.fail(`${message}: ${faults.join('; ')}`, { intent: reply.intent, text: reply.text })
    else t.pass(message)
  }
}

function faultsOf(reply: ChatView['reply'], { intent, rows, figures, says, never, options }: Expected): string[] {
  const text = reply.text.split('\n\n')[0] ?? ''
  const place = reply.table?.columns.indexOf('ward') ?? -1
  const own = (reply.table?.rows ?? []).map((row) => String(row[place]))
  const numbers = [...text.matchAll(/-?\d[\d,]*(?:\.\d+)?/g)].map(([number]) => Number(number.replaceAll(',', '')))
  const has = (part: RegExp | string): boolean => (typeof part === 'string' ? text.includes(part) : part.test(text))
  return [
    ...(intent !== undefined && reply.intent !== intent ? [`intent ${reply.intent}, not ${intent}`] : []),
    ...(rows !== undefined && JSON.stringify(own) !== JSON.stringify(rows)
      ? [`rows ${own.join(', ')}, not ${rows.join(', ')}`]
      : []),
    ...(figures ?? [])
      .filter((figure) => !numbers.some((number) => Math.abs(number - figure) <= 1e-4))
      .map((figure) => `no figure ${String(figure)}`),
    ...(says ?? []).filter((part) => !has(part)).map((part) => `does not say ${String(part)}`),
    ...(never ?? []).filter(has).map((part) => `says ${String(part)}`),
    ...(options !== undefined && JSON.stringify(reply.options) !== JSON.stringify(options)
      ? [`options ${JSON.stringify(reply.options)}`]
      : []),
  ]
}
