import { byId, button, h } from '../dom.ts'
import { clockTime } from '../formats.ts'
import { call } from '../http.ts'
import type { State } from '../state.ts'
import { words } from '../words/en.ts'
import type { Attempt } from './attempt.ts'
import { sessionClock } from './session-clock.ts'
import type { Tabs } from './tabs.ts'

export interface SessionBar {
  /** The service says that there is no session any more. */
  readonly ended: () => void
}

/** Until when the session lasts, the warning before it ends, and its end. */
export function sessionBar(
  state: State,
  tabs: Tabs,
  hooks: {
    readonly attempt: Attempt
    readonly announce: (text: string) => void
    readonly onSave: (signal: AbortSignal) => Promise<void>
    readonly onLeave: () => void
  },
): SessionBar {
  const text = words.session
  const notices = byId('page-notices', HTMLElement)
  const dialog = byId('end-dialog', HTMLDialogElement)
  const endButton = byId('end-session', HTMLButtonElement)
  const ended = (): void => {
    leave(text.hasEnded, text.hasEndedText)
  }
  const clock = sessionClock(tabs, {
    onSoon: warn,
    onUsed: () => {
      notices.replaceChildren()
    },
    onEnded: ended,
  })

  state.session.watch((times) => {
    endButton.hidden = times === null
    byId('session-state', HTMLElement).textContent =
      times === null ? text.none : text.until(Math.round(times.idleMs / 60_000), clockTime(times.endsAt))
    if (times === null) return
    clock.begin(times)
    notices.replaceChildren()
  })
  endButton.addEventListener('click', () => {
    dialog.showModal()
  })
  byId('end-cancel', HTMLButtonElement).addEventListener('click', () => {
    dialog.close()
  })
  byId('end-confirm', HTMLButtonElement).addEventListener('click', () => {
    void end()
  })

  /** Says that the session is about to end; any use of it removes the notice. */
  function warn(minutes: number): void {
    const goOn = button(text.goOn, () => {
      void hooks.attempt(async (signal) => {
        await call('GET', '/api/session', { signal })
      })
    })
    const save = button(words.project.save, () => {
      void hooks.attempt(hooks.onSave)
    })
    notices.replaceChildren(
      h(
        'div',
        { class: 'notice', role: 'alert' },
        h('p', { class: 'notice-title' }, text.endsIn(minutes)),
        h('p', {}, text.endsText),
        h('p', { class: 'row' }, goOn, save),
      ),
    )
  }
  async function end(): Promise<void> {
    const isDone = await hooks.attempt(async (signal) => {
      await call('DELETE', '/api/session', { signal })
    })
    if (!isDone) return
    leave(text.wasEnded, text.wasEndedText)
    clock.end()
  }
  /** Resets the page to its first state, with nothing of the session in it. */
  function leave(title: string, detail: string): void {
    hooks.onLeave()
    dialog.close()
    notices.replaceChildren(
      h('div', { class: 'notice calm', role: 'status' }, h('p', { class: 'notice-title' }, title), h('p', {}, detail)),
    )
    byId('title', HTMLElement).focus({ preventScroll: true })
    hooks.announce(`${title} ${detail}`)
  }
  return { ended }
}
