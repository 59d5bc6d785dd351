import type { SignInReply } from '../../features/replies/session.ts'
import type { Bench } from '../bench.ts'
import { byId, fill, h } from '../dom.ts'
import { call } from '../http.ts'
import { words } from '../words/en.ts'
import { sessionsView } from './sessions-view.ts'

/** Signing in and out, the person's name, and their own sessions. Shows nothing where nobody can sign in. */
export function accountPart(bench: Bench): void {
  const text = words.account
  const place = byId('account', HTMLElement)
  const dialog = byId('account-dialog', HTMLDialogElement)
  const openSessions = sessionsView(bench, dialog)
  let isOffered = false

  function show(): void {
    const name = bench.state.session.value?.personName ?? null
    fill(
      place,
      !isOffered
        ? null
        : name === null
          ? h('a', { href: '/auth/login', click: leave }, text.signIn)
          : h('button', { type: 'button', class: 'secondary', 'aria-label': text.open(name), click: open }, name),
    )
  }
  function leave(event: Event): void {
    event.preventDefault()
    void bench.confirm(text.leaveTitle, text.leaveText, text.goOn, text.stay).then((isLeaving) => {
      if (isLeaving) location.assign('/auth/login')
    })
  }
  function open(): void {
    dialog.showModal()
    openSessions()
  }

  bench.state.session.watch((session) => {
    if (session === null) dialog.close()
    show()
  })
  void bench.noticesAt('account-offer').attempt(async (signal) => {
    isOffered = ((await call('GET', '/sign-in', { signal })) as SignInReply).isOffered
    show()
  })
}
