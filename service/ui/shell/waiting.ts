import { button, h } from '../dom.ts'
import { words } from '../words/en.ts'

/** Work that takes at most this long is over before anybody wonders. */
const SHOWN_AFTER_MS = 500
const SECOND = 1_000
/** From here on it is said why it takes so long. */
const LONG_SECONDS = 5

export interface Waiting {
  readonly view: HTMLElement
  readonly end: () => void
}

/**
 * Says what is being waited for: a bar that moves, the seconds so far, and a button that gives it up. How long it will
 * take is not known, so nothing is said of it.
 * @param text what is being done, as a sentence
 * @param more `why` is added once it takes long; without `onCancel` there is no button
 */
export function waitingFor(
  text: string,
  { onCancel, why }: { readonly onCancel?: (() => void) | undefined; readonly why?: string } = {},
): Waiting {
  const since = Date.now()
  const seconds = h('span', { class: 'number', 'aria-hidden': 'true' })
  const reason = h('p', { class: 'quiet', role: 'status' })
  const view = h(
    'div',
    { class: 'progress', hidden: true },
    h(
      'p',
      {},
      h('span', { class: 'busy', role: 'status' }, text),
      ' ',
      seconds,
      ' ',
      onCancel === undefined ? null : button(words.shell.cancel, onCancel, { kind: 'link' }),
    ),
    h('progress', { 'aria-label': text }),
    reason,
  )
  const shown = setTimeout(() => {
    view.hidden = false
  }, SHOWN_AFTER_MS)
  const clock = setInterval(() => {
    const spent = Math.round((Date.now() - since) / SECOND)
    seconds.textContent = words.shell.seconds(spent)
    if (spent >= LONG_SECONDS && why !== undefined && reason.textContent === '') reason.textContent = why
  }, SECOND)
  return {
    view,
    end: () => {
      clearTimeout(shown)
      clearInterval(clock)
      view.remove()
    },
  }
}
