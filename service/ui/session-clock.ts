import type { SessionTimes } from './http.ts'

const WARNING_MS = 2 * 60_000
const LOOK_EVERY_MS = 5_000

/**
 * Knows when the session ends because it is unused, so that nobody loses work without a warning and no figures stay on
 * an unattended screen. Every answer of the service counts as use, including answers to other tabs of this browser.
 * This does not call the service: a call would count as use and keep an unused session alive.
 */
export function sessionClock({
  onSoon,
  onUsed,
  onEnded,
}: {
  onSoon: (minutes: number) => void
  onUsed: () => void
  onEnded: () => void
}) {
  const tabs = new BroadcastChannel('chatmrpt-session')
  let times: SessionTimes | null = null
  let usedAt = 0
  let isTold = false

  const use = () => {
    usedAt = Date.now()
    if (isTold) onUsed()
    isTold = false
  }
  const end = () => {
    times = null
    isTold = false
    onEnded()
  }
  document.addEventListener('answered', () => {
    use()
    tabs.postMessage('used')
  })
  tabs.addEventListener('message', ({ data }) => {
    if (times === null) return
    if (data === 'ended') end()
    else use()
  })
  const look = () => {
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
    begin: (begun: SessionTimes) => {
      times = begun
      use()
    },
    /** The session ended in this tab, so the other tabs stop showing it too. */
    end: () => {
      times = null
      tabs.postMessage('ended')
    },
  }
}
