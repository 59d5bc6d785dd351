/** Deadlines for the calls on one connection. */
export interface Deadlines {
  /** Settles with the reply, or rejects when none comes within `deadlineMs`. */
  within<T>(reply: Promise<T>, deadlineMs: number): Promise<T>
}

interface Waiting {
  readonly dueAt: number
  giveUp(): void
}

const STEP_MS = 10

/**
 * Watches all calls of a connection with one timer, which runs only while something waits.
 * A task's CPU quota can stall the event loop past a deadline while the reply is already in the socket. So everything
 * readable is read once more before a reply counts as missing.
 * @param late called once for each sweep that found a reply missing
 */
export function openDeadlines(late: () => void): Deadlines {
  const waiting = new Set<Waiting>()
  let timer: NodeJS.Timeout | null = null

  const sweep = (): void => {
    timer = null
    const now = performance.now()
    const due = [...waiting].filter(({ dueAt }) => dueAt <= now)
    if (due.length > 0) {
      setImmediate(() => {
        setImmediate(() => {
          const missing = due.filter((one) => waiting.has(one))
          if (missing.length > 0) late()
          for (const one of missing) one.giveUp()
        })
      })
    }
    watch()
  }
  const watch = (): void => {
    if (timer === null && waiting.size > 0) timer = setTimeout(sweep, STEP_MS)
  }

  return {
    within: (reply, deadlineMs) =>
      new Promise((resolve, reject) => {
        const one: Waiting = {
          dueAt: performance.now() + deadlineMs,
          giveUp: () => {
            waiting.delete(one)
            reject(new Error(`No reply within ${String(deadlineMs)} ms`))
          },
        }
        waiting.add(one)
        watch()
        reply.then(
          (value) => {
            waiting.delete(one)
            resolve(value)
          },
          (error: unknown) => {
            waiting.delete(one)
            reject(error)
          },
        )
      }),
  }
}
