import { h } from '../dom.ts'
import type { Problem } from '../http.ts'
import { words } from '../words/en.ts'
import { textOf, titleOf } from './notice.ts'

const LONGEST_WAIT = 30
const GROWTH = 1.6

/** One banner for everything that waits for the service or the connection. */
export interface Outage {
  /**
   * Resolves when the next try is due: after a time that grows with each try, at once when the connection is back or
   * when the person says so, or when the attempt is given up.
   */
  readonly wait: (problem: Problem, tries: number, signal: AbortSignal) => Promise<void>
}

export function outageBanner(area: HTMLElement): Outage {
  const waiting = new Set<() => void>()
  const release = (): void => {
    for (const go of [...waiting]) go()
  }
  const show = (title: string, text: string, hasButton: boolean): void => {
    const button = h('button', { type: 'button', class: 'secondary', click: release }, words.shell.tryNow)
    area.replaceChildren(
      h(
        'div',
        { class: 'notice banner', role: 'alert' },
        h('p', { class: 'notice-title' }, title),
        h('p', {}, text),
        hasButton ? h('p', { class: 'row' }, button) : null,
      ),
    )
  }
  addEventListener('offline', () => {
    show(words.shell.offline, words.shell.offlineText, false)
  })
  addEventListener('online', () => {
    area.replaceChildren()
    release()
  })
  return {
    wait: (problem, tries, signal) =>
      new Promise((resolve) => {
        const seconds = Math.min(LONGEST_WAIT, Math.ceil((problem.retryAfterSeconds ?? 1) * GROWTH ** (tries - 1)))
        const go = (): void => {
          clearTimeout(timer)
          signal.removeEventListener('abort', go)
          waiting.delete(go)
          if (waiting.size === 0) area.replaceChildren()
          resolve()
        }
        const timer = setTimeout(go, seconds * 1000)
        signal.addEventListener('abort', go)
        waiting.add(go)
        const { text } = textOf(problem)
        if (navigator.onLine) show(titleOf(problem), `${text} ${words.shell.tryingAgain(seconds)}`, true)
      }),
  }
}
