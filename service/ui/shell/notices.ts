import type { Attempt } from './attempt.ts'
import { noticeOf, problemOf } from './notice.ts'
import type { Outage } from './outage.ts'

/** A place of the page that shows what went wrong there. */
export interface Notices {
  readonly attempt: Attempt
  /** Clears the notice and stops the attempt that is still running. */
  readonly clear: () => void
}

export interface NoticeHooks {
  readonly onSessionEnded: () => void
  readonly onStale: () => void
}

export function noticesIn(area: HTMLElement, outage: Outage, hooks: NoticeHooks): Notices {
  let running = new AbortController()
  const clear = (): void => {
    running.abort()
    area.replaceChildren()
  }
  const attempt: Attempt = async (action) => {
    clear()
    running = new AbortController()
    const { signal } = running
    const isGivenUp = (): boolean => signal.aborted
    for (let tries = 1; ; tries += 1) {
      try {
        await action(signal)
        return !isGivenUp()
      } catch (error) {
        if (isGivenUp()) return false
        const problem = problemOf(error)
        if (problem.kind === 'no-session') {
          hooks.onSessionEnded()
          return false
        }
        if (problem.retryAfterSeconds === undefined) {
          area.replaceChildren(noticeOf(problem))
          if (problem.kind === 'stale') hooks.onStale()
          return false
        }
        await outage.wait(problem, tries, signal)
        if (isGivenUp()) return false
      }
    }
  }
  return { attempt, clear }
}
