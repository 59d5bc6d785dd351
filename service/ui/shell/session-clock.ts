import type { SessionTimes } from '../http.ts'
import type { Tabs } from './tabs.ts'

const WARNING_MS = 2 * 60_000
const LOOK_EVERY_MS = 5_000

/**
 * Knows when the session ends because it is unused, so that nobody loses work without a warning and no figures stay on
 * an unattended screen. Every answer of the service counts as use, including answers to other tabs of this browser.
 * This does not call the service: a call would count as use and keep an unused session alive.
 */
export function sessionClock(
  tabs: Tabs,
  {
    onSoon,
    onUsed,
    onEnded,
  }: { readonly onSoon: (minutes: number) => void; readonly onUsed: () => void; readonly onEnded: () => void },
) {
  let times: SessionTimes | null = null
  let usedAt = 0
  let isTold = false

  const use = (): void => {
    usedAt = Date.now()
    if (isTold) onUsed()
    isTold = false
  }
  const end = (): void => {
    if (times === null) return
    times = null
    isTold = false
    onEnded()
  }
  document.addEventListener('answered', () => {
    use()
    tabs.tell('used')
  })
  tabs.hear('used', use)
  tabs.hear('changed', use)
  tabs.hear('ended', end)
  const look = (): void => {
    if (times === null) return
    const left = Math.min(usedAt + times.idleMs, times.endsAt) - Date.now()
    if (left <= 0) end()
    else if (left <= WARNING_MS && !isTold) {
      isTold = true
      onSoon(Math.ceil(left / 60_000))
    }
  }
  setInterval(look, LOOK_EVERY_MS)
  // After the computer slept or the page came back from the history, check before anybody can read it.
  for (const event of ['visibilitychange', 'pageshow']) addEventListener(event, look, true)

  return {
    begin: (begun: SessionTimes): void => {
      times = begun
      use()
    },
    /** The session ended in this tab, so the other tabs stop showing it too. */
    end: (): void => {
      times = null
      tabs.tell('ended')
    },
  }
}
