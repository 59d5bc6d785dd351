/** Deadlines for the calls on one connection. */
export interface Deadlines {
  /** Settles with the reply, or rejects when none comes within `deadlineMs`. */
  within<T>(reply: Promise<T>, deadlineMs: number): Promise<T>
}

interface Waiting {
  readonly dueAt: number
  /** Null once the call is settled, so that nothing of it is held until the next sweep. */
  giveUp: (() => void) | null
}

const STEP_MS = 10

/**
 * Watches all calls of a connection with one timer, which runs only while something waits.
 * A task's CPU quota can stall the event loop past a deadline while the reply is already in the socket. So everything
 * readable is read once more before a reply counts as missing.
 *
 * A list that is swept, and no set: a set that takes and loses a thousand entries a second leaves a chain of old tables
 * in memory, which keeps each call's objects until the next full collection and doubled the time spent on collections.
 * @param late called once for each sweep that found a reply missing
 */
export function openDeadlines(late: () => void): Deadlines {
  let waiting: Waiting[] = []
  let timer: NodeJS.Timeout | null = null

  const sweep = (): void => {
    timer = null
    const now = performance.now()
    waiting = waiting.filter(({ giveUp }) => giveUp !== null)
    const due = waiting.filter(({ dueAt }) => dueAt <= now)
    if (due.length > 0) {
      setImmediate(() => {
        setImmediate(() => {
          const missing = due.filter(({ giveUp }) => giveUp !== null)
          if (missing.length > 0) late()
          for (const { giveUp } of missing) giveUp?.()
        })
      })
    }
    watch()
  }
  const watch = (): void => {
    if (timer === null && waiting.length > 0) timer = setTimeout(sweep, STEP_MS)
  }

  return {
    within: (reply, deadlineMs) =>
      new Promise((resolve, reject) => {
        const one: Waiting = {
          dueAt: performance.now() + deadlineMs,
          giveUp: () => {
            one.giveUp = null
            reject(new Error(`No reply within ${String(deadlineMs)} ms`))
          },
        }
        waiting.push(one)
        watch()
        reply.then(
          (value) => {
            one.giveUp = null
            resolve(value)
          },
          (error: unknown) => {
            one.giveUp = null
            reject(error)
          },
        )
      }),
  }
}
