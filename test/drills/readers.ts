import type { Test } from 'tap'
import { announce, canary, person, type Person } from '../support/client.ts'

/** People who read what is theirs alone, and what they were answered. */
export interface Readers {
  readonly people: readonly Person[]
  /** Replies by status and kind of problem: `200 `, `503 session-store-unavailable`. */
  readonly statuses: ReadonlyMap<string, number>
  /** Replies that showed another person's data, or success without the reader's own. */
  readonly wrong: readonly string[]
  /** Lets everybody read once; gives whether all were served. */
  readAll(): Promise<boolean>
}

/** Starts sessions with one announced file each, whose name nobody else has. */
export async function startReaders(t: Pick<Test, 'teardown'>, url: string, count: number): Promise<Readers> {
  const readers = await Promise.all(
    Array.from({ length: count }, async () => {
      const [who, mark] = [person(t, url), canary()]
      await who.start()
      await announce(who, 'wards', `${mark}.csv`, 1)
      return { who, mark }
    }),
  )
  const statuses = new Map<string, number>()
  const wrong: string[] = []
  return {
    people: readers.map(({ who }) => who),
    statuses,
    wrong,
    async readAll() {
      const served = await Promise.all(
        readers.map(async ({ who, mark }) => {
          const { status, problem = '', text } = await who.get('/api/files')
          const key = `${String(status)} ${problem}`
          statuses.set(key, (statuses.get(key) ?? 0) + 1)
          const shown = new Set([...text.matchAll(/Zq[0-9a-f]{18}/g)].map(([found]) => found))
          const isRight = status === 200 ? shown.size === 1 && shown.has(mark) : shown.size === 0
          if (!isRight) wrong.push(`${mark} was shown ${text}`)
          return status === 200
        }),
      )
      return served.every(Boolean)
    },
  }
}
