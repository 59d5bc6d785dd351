import { interpret } from '../service/domain/chat/interpret.ts'
import type { Outline } from '../service/domain/chat/outline.ts'
import { hostileNames, likeNames, LONG_MESSAGES } from '../test/support/long-messages.ts'
import { report } from './figure.ts'

/**
 * How long the dearest message holds the event loop, in CPU of the thread once it is warm: the median of some rounds of
 * the worst of the messages, for wards with names that are alike and for names that make comparing dear.
 * Usage: node bench/interpret.ts [rounds]
 */
const rounds = Number(process.argv[2] ?? 9)

function medianMs(message: string, outline: Outline): number {
  const took = Array.from({ length: rounds }, () => {
    const start = process.threadCpuUsage()
    interpret(message, outline)
    const { user, system } = process.threadCpuUsage(start)
    return (user + system) / 1_000
  })
  return took.sort((one, other) => one - other)[Math.floor(rounds / 2)]!
}

function dearest(messages: readonly string[], outline: Outline): number {
  return Math.max(...messages.map((message) => medianMs(message, outline)))
}

for (const [wards, most] of [
  [300, 20],
  [9_500, 60],
] as const) {
  const { outline, messages } = likeNames(wards)
  report({ name: `Dearest message, ${String(wards)} wards`, value: dearest(messages, outline), unit: 'ms', most })
}
const hostile = Object.values(hostileNames()).map((outline) => dearest(LONG_MESSAGES, outline))
report({ name: 'Dearest message, 256 KiB of hostile names', value: Math.max(...hostile), unit: 'ms', most: 60 })
