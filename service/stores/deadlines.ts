/** A call on its way, such as a command of the Redis client. */
export interface Call {
  readonly isSettled: boolean
  readonly reject: (error: Error) => void
}

/** Deadlines for the calls on one connection. */
export interface Deadlines {
  /** Rejects the call when it is not settled within `deadlineMs`. */
  watch(call: Call, deadlineMs: number): void
}

interface Watched {
  readonly call: Call
  readonly dueAt: number
  readonly deadlineMs: number
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
  let watched: Watched[] = []
  let timer: NodeJS.Timeout | null = null

  const sweep = (): void => {
    timer = null
    const now = performance.now()
    watched = watched.filter(({ call }) => !call.isSettled)
    const due = watched.filter(({ dueAt }) => dueAt <= now)
    if (due.length > 0) {
      setImmediate(() => {
        setImmediate(() => {
          const missing = due.filter(({ call }) => !call.isSettled)
          if (missing.length > 0) late()
          for (const { call, deadlineMs } of missing) call.reject(new Error(`No reply within ${String(deadlineMs)} ms`))
        })
      })
    }
    startTimer()
  }
  const startTimer = (): void => {
    if (timer === null && watched.length > 0) timer = setTimeout(sweep, STEP_MS)
  }

  return {
    watch(call, deadlineMs) {
      watched.push({ call, dueAt: performance.now() + deadlineMs, deadlineMs })
      startTimer()
    },
  }
}
