import type { Settled } from '../../features/replies/dataset.ts'
import { cell, type Cell } from '../cell.ts'
import type { Attempt } from '../shell/attempt.ts'

export type Verdict = 'accept' | 'refuse'

/** Decisions about names, sent one request after the other: however fast they come, none is lost. */
export interface DecisionQueue {
  /** Resolves when the decision was taken, with false when the service refused it. */
  readonly push: (choices: readonly Settled[], what: Verdict) => Promise<boolean>
  /** How many decisions wait or are being sent. */
  readonly waiting: Cell<number>
}

interface Decision {
  readonly choices: readonly Settled[]
  readonly what: Verdict
  readonly done: (isTaken: boolean) => void
}

/** The most that one request may settle. */
const MOST_AT_ONCE = 500

/**
 * @param send settles one kind of choices
 * @param attempt shows a failure, and tries again after a temporary one
 */
export function decisionQueue(
  send: (choices: readonly Settled[], what: Verdict, signal: AbortSignal) => Promise<void>,
  attempt: Attempt,
): DecisionQueue {
  const waiting = cell(0)
  const queue: Decision[] = []
  let isSending = false

  const count = (sending: readonly Decision[]): void => {
    waiting.set([...sending, ...queue].reduce((sum, { choices }) => sum + choices.length, 0))
  }
  /** The decisions at the front that are of one kind and fit into one request. */
  const takeBatch = (): readonly Decision[] => {
    const [first] = queue
    if (first === undefined) return []
    let size = 0
    const end = queue.findIndex(({ choices, what }, at) => {
      size += choices.length
      return what !== first.what || (at > 0 && size > MOST_AT_ONCE)
    })
    return queue.splice(0, end < 0 ? queue.length : end)
  }
  const run = async (): Promise<void> => {
    isSending = true
    for (let batch = takeBatch(); batch.length > 0; batch = takeBatch()) {
      count(batch)
      const [{ what } = { what: 'accept' as const }] = batch
      const choices = batch.flatMap((decision) => decision.choices)
      const isTaken = await attempt((signal) => send(choices, what, signal))
      for (const { done } of batch) done(isTaken)
    }
    isSending = false
    count([])
  }
  return {
    waiting,
    push: (choices, what) =>
      new Promise((done) => {
        for (let at = 0; at < choices.length; at += MOST_AT_ONCE)
          queue.push({
            choices: choices.slice(at, at + MOST_AT_ONCE),
            what,
            done: at + MOST_AT_ONCE >= choices.length ? done : () => undefined,
          })
        if (!isSending) void run()
      }),
  }
}
