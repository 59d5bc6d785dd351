/** @import { SessionTimes } from './http.js' */

const WARNING_MS = 2 * 60_000
const LOOK_EVERY_MS = 5_000

/**
 * Knows when the session will have ended for want of use, so that nobody loses work in silence and nobody's figures
 * stay on a screen that was left. Every answer of the service is use, also one that another tab of this browser got.
 * Nothing is asked of the service here: asking would be use, and keep a session that nobody uses.
 * @param {{ onSoon: (minutes: number) => void, onUsed: () => void, onEnded: () => void }} hooks
 */
export function sessionClock({ onSoon, onUsed, onEnded }) {
  const tabs = new BroadcastChannel('chatmrpt-session')
  /** @type {SessionTimes | null} */
  let times = null
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
  // A computer that slept, or a page that came back from the history, looks before anybody reads.
  for (const event of ['visibilitychange', 'pageshow']) addEventListener(event, look, true)

  return {
    /** @param {SessionTimes} begun */
    begin: (begun) => {
      times = begun
      use()
    },
    /** The session ended here: the other tabs show it no longer either. */
    end: () => {
      times = null
      tabs.postMessage('ended')
    },
  }
}
