import { setTimeout as pause } from 'node:timers/promises'
import type { Test } from 'tap'
import { announce, canary, person, repeated, type Person } from './client.ts'

/** One request of somebody who goes on through an outage, and its answer. */
export interface Asked {
  readonly kind: 'read' | 'write' | 'dead cookie'
  readonly begin: number
  readonly end: number
  readonly status: number
  /** The file that a write announced. */
  readonly filename: string
}

/** Somebody who goes on reading and writing through all faults, and who tries a dead cookie. */
export interface Watch {
  readonly who: Person
  readonly deadCookie: string
  readonly asked: readonly Asked[]
  stop(): Promise<void>
}

const EVERY_MS = 15

/** Starts to watch. The session holds a file that every read must show. */
export async function watch(t: Pick<Test, 'teardown'>, url: string): Promise<Watch> {
  const [who, leaver] = [person(t, url), person(t, url)]
  await Promise.all([who.start(), leaver.start()])
  await announce(who, 'wards', `${canary()}.csv`, 1)
  const deadCookie = leaver.cookie ?? ''
  // A replica confirms from its first heartbeat on; until then a logout has to be repeated.
  const ended = await repeated(() => leaver.delete('/api/session', { cookie: deadCookie }))
  if (ended.status !== 204) throw new Error(`Not logged out: ${String(ended.status)} ${ended.text}`)

  const asked: Asked[] = []
  let isOver = false
  const goOn = async (kind: Asked['kind']): Promise<void> => {
    while (!isOver) {
      const filename = `${canary()}.csv`
      const begin = performance.now()
      const reply =
        kind === 'write'
          ? await who.post('/api/files', { role: 'wards', filename, bytes: 1 })
          : await who.get('/api/files', kind === 'read' ? {} : { cookie: deadCookie })
      asked.push({ kind, begin, end: performance.now(), status: reply.status, filename })
      await pause(EVERY_MS)
    }
  }
  const going = Promise.all((['read', 'write', 'dead cookie'] as const).map(goOn))
  return {
    who,
    deadCookie,
    asked,
    async stop() {
      isOver = true
      await going
    },
  }
}
