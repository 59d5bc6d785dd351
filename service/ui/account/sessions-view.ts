import type { OwnSessionsReply, SignedOutReply } from '../../features/replies/session.ts'
import type { Bench } from '../bench.ts'
import { button, byId, fill, h, table } from '../dom.ts'
import { clockTime } from '../formats.ts'
import { call } from '../http.ts'
import { words } from '../words/en.ts'
import { offerSignIn } from './sign-in-again.ts'

type OwnSession = OwnSessionsReply['sessions'][number]

/**
 * The dialog with the person's own sessions.
 * @returns the function that reads and shows them
 */
export function sessionsView(bench: Bench, dialog: HTMLDialogElement): () => void {
  const text = words.account
  const list = byId('account-sessions', HTMLElement)
  const notices = bench.noticesAt('account-notices')

  const read = async (signal: AbortSignal): Promise<void> => {
    const { sessions } = (await call('GET', '/api/sessions', { signal })) as OwnSessionsReply
    show(sessions)
  }
  const act = async (path: string, said: string): Promise<void> => {
    let refusal: unknown
    await notices.attempt(async (signal) => {
      await call('DELETE', path, { signal }).catch((error: unknown) => {
        refusal = error
        throw error
      })
      bench.announce(said)
      await read(signal)
    })
    await offerSignIn(bench, refusal, text.againTitle)
  }
  async function signOut(): Promise<void> {
    if (!(await bench.confirm(text.outTitle, text.outText, text.out, text.stay))) return
    await notices.attempt(async (signal) => {
      const { next } = (await call('POST', '/auth/logout', { signal })) as SignedOutReply
      bench.tabs.tell('ended')
      location.assign(next)
    })
  }
  function show(sessions: readonly OwnSession[]): void {
    const rows = sessions.map(({ ref, device, signedInAt, isThisOne }) => {
      const since = clockTime(Date.parse(signedInAt))
      return [
        device,
        since,
        isThisOne
          ? text.thisOne
          : button(
              text.end,
              () => {
                void act(`/api/sessions/${ref}`, text.ended)
              },
              { says: text.endSays(device, since) },
            ),
      ]
    })
    fill(
      list,
      h('p', {}, text.signedInAs(bench.state.session.value?.personName ?? '')),
      table(text.yours, [text.device, text.since, text.act], rows),
    )
    byId('account-others', HTMLButtonElement).disabled = sessions.length < 2
  }

  byId('account-close', HTMLButtonElement).addEventListener('click', () => {
    dialog.close()
  })
  byId('account-others', HTMLButtonElement).addEventListener('click', () => {
    void act('/api/session/others', text.othersEnded)
  })
  byId('account-sign-out', HTMLButtonElement).addEventListener('click', () => {
    void signOut()
  })
  return () => {
    void notices.attempt(read)
  }
}
