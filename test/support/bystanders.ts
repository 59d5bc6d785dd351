import type { Test } from 'tap'
import { canary, person, type Person } from './client.ts'

/** Somebody at work, and what only they may ever see. */
interface Bystander {
  readonly who: Person
  readonly session: string
  readonly cookie: string
  /** The signed token alone. */
  readonly token: string
  readonly mark: string
}

/** What bystanders saw while something went on beside them. */
export interface Seen {
  readonly asked: number
  /** People whose session was gone though they had not ended it. */
  readonly ended: number
  /** Replies that held another's mark, token or session id. */
  readonly foreign: number
  /** Replies that were not what was asked for, or none at all. */
  readonly wrong: number
  /** Whose own session and chat stand at the end as they were. */
  readonly whole: number
}

export interface Bystanders {
  /** Lets all of them read their session and their chat, again and again, until `work` is done. */
  during(work: Promise<unknown>): Promise<Seen>
  /** How many of them are to be seen in some bytes. */
  seenIn(bytes: Buffer): number
}

/** `count` people at `url`, each with a session and a mark in the chat. */
export async function bystandersAt(t: Pick<Test, 'teardown'>, url: string, count: number): Promise<Bystanders> {
  const all: Bystander[] = await Promise.all(
    Array.from({ length: count }, async () => {
      const who = person(t, url)
      const { id } = await who.start()
      const mark = canary()
      const reply = await who.post('/api/chat', { message: `What is ${mark}?` })
      if (reply.status !== 200) throw new Error(`Cannot put a mark into a chat: ${String(reply.status)} ${reply.text}`)
      const cookie = who.cookie ?? ''
      return {
        who,
        session: id,
        cookie,
        token: decodeURIComponent(cookie.split('=')[1] ?? '').split('.')[0] ?? '',
        mark,
      }
    }),
  )
  const holds = (text: string, { session, token, mark }: Bystander): boolean =>
    [session, token, mark].some((own) => text.includes(own))

  return {
    async during(work) {
      const seen = { asked: 0, ended: new Set<Bystander>(), foreign: 0, wrong: 0 }
      const look = async (own: Bystander, path: string, expected: string): Promise<boolean> => {
        seen.asked += 1
        const reply = await own.who.get(path, { cookie: own.cookie }).catch(() => undefined)
        const text = reply === undefined ? '' : reply.text + JSON.stringify(reply.headers)
        if (all.some((other) => other !== own && holds(text, other))) seen.foreign += 1
        if (reply?.status === 401) seen.ended.add(own)
        const isRight = reply?.status === 200 && reply.text.includes(expected)
        if (!isRight && reply?.status !== 401) seen.wrong += 1
        return isRight
      }
      const looks = async (own: Bystander): Promise<boolean> =>
        (await look(own, '/api/session', own.session)) && (await look(own, '/api/chat', own.mark))
      const progress = { isOver: false }
      const living = all.map(async (own) => {
        while (!progress.isOver) await looks(own)
      })
      try {
        await work
      } finally {
        progress.isOver = true
        await Promise.all(living)
      }
      const whole = (await Promise.all(all.map(looks))).filter(Boolean).length
      return { ...seen, ended: seen.ended.size, whole }
    },
    seenIn: (bytes) => all.filter((own) => holds(bytes.toString('latin1'), own)).length,
  }
}
