import { h } from './dom.ts'
import { Problem, type ProblemDetail } from './http.ts'

const AUTOMATIC_TRIES = 5

/** A place on the page that shows what went wrong there and what can be done about it. */
export function noticesIn(area: HTMLElement, hooks: { onSessionEnded: () => void; onStale?: () => void }) {
  let running = new AbortController()

  /** Clears the notice and stops the attempt that is still running. */
  const clear = () => {
    running.abort()
    area.replaceChildren()
  }

  /**
   * Runs an action and shows its failure. A temporary failure is tried again, after the time the service asks for or
   * when the person says so. A new attempt in the same place ends the one before.
   * @returns true when it succeeded, false when it failed for good or was given up
   */
  const attempt = async (action: (signal: AbortSignal) => Promise<void>): Promise<boolean> => {
    clear()
    running = new AbortController()
    const { signal } = running
    const isGivenUp = () => signal.aborted
    for (let tries = 1; ; tries++) {
      try {
        await action(signal)
        if (isGivenUp()) return false
        area.replaceChildren()
        return true
      } catch (error) {
        if (isGivenUp()) return false
        const problem =
          error instanceof Problem ? error : new Problem('page-fault', `The page failed: ${String(error)}`)
        if (problem.kind === 'no-session') {
          hooks.onSessionEnded()
          return false
        }
        if (problem.kind === 'stale') hooks.onStale?.()
        area.replaceChildren(noticeOf(problem))
        if (problem.retryAfterSeconds === undefined) return false
        await nextTry(area, problem.retryAfterSeconds, tries, signal)
        if (isGivenUp()) return false
      }
    }
  }
  return { attempt, clear }
}

function noticeOf(problem: Problem) {
  return h(
    'div',
    { class: 'notice', role: 'alert' },
    h('p', { class: 'notice-title' }, titleOf(problem)),
    h('p', {}, problem.message),
    problem.errors.length === 0
      ? null
      : h('ul', {}, ...problem.errors.map((error) => h('li', {}, placeOf(error) + error.detail))),
    problem.requestId === undefined
      ? null
      : h(
          'p',
          { class: 'quiet' },
          `If it happens again, tell the operator of this service: request ${problem.requestId}.`,
        ),
  )
}

function titleOf(problem: Problem) {
  switch (problem.kind) {
    case 'unreachable':
      return 'No answer'
    case 'internal-error':
      return 'The service failed'
    case 'session-store-unavailable':
      return 'Sessions cannot be reached just now'
    case 'object-store-unavailable':
      return 'Files cannot be reached just now'
    case 'busy':
      return 'The service is busy'
    case 'stale':
      return 'The data have changed'
    case 'unreadable-file':
      return 'The file could not be read'
    case 'too-large':
      return 'That is too large'
    default:
      return 'That did not work'
  }
}

function placeOf({ line, column, pointer }: ProblemDetail) {
  const place = [
    line === undefined ? '' : `line ${String(line)}`,
    column === undefined ? '' : `column ${String(column)}`,
    pointer === undefined || pointer === '' ? '' : `at ${pointer}`,
  ].filter((part) => part !== '')
  return place.length === 0 ? '' : `${place.join(', ')}: `
}

/**
 * Shows when the next try comes, and a button to try now. Resolves at either, or when the attempt is given up.
 * @param tries how many have failed
 */
function nextTry(area: HTMLElement, seconds: number, tries: number, signal: AbortSignal): Promise<void> {
  const isAutomatic = tries < AUTOMATIC_TRIES
  const waits = h(
    'span',
    { class: 'quiet' },
    isAutomatic ? `Trying again in ${String(seconds)} s.` : 'Nothing was lost. Try again when the service is back.',
  )
  return new Promise((resolve) => {
    const timer = isAutomatic
      ? setTimeout(() => {
          resolve()
        }, seconds * 1000)
      : undefined
    const button = h(
      'button',
      {
        type: 'button',
        class: 'secondary',
        click: () => {
          clearTimeout(timer)
          resolve()
        },
      },
      'Try again now',
    )
    area.querySelector('.notice')?.append(h('p', { class: 'row' }, button, waits))
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer)
        resolve()
      },
      { once: true },
    )
  })
}
