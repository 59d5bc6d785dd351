import { hash } from 'node:crypto'
import { luaScript, type RedisConnection } from './redis.ts'

/** What may be used once: the state of a sign-in, the id of a logout token. */
export interface SpentMarks {
  /**
   * Uses it up.
   * @returns whether this was the first use, for every task
   * @throws Fault `session-store-unavailable` when that is not known
   */
  spend(kind: SpentKind, value: string): Promise<boolean>
  /** Lets it be used again, after its use has failed. */
  restore(kind: SpentKind, value: string): Promise<void>
}

type SpentKind = 'state' | 'logout-token'

/** Longer than an attempt and a logout token are valid, with their skew. */
const SPENT_MS = 600_000

const SPEND = luaScript(
  `
if redis.call('EXISTS', KEYS[1]) == 1 then return {tag, 'spent'} end
redis.call('SET', KEYS[1], '1', 'PX', ARGV[1])
return {tag, 'ok'}`,
  'write',
)

const RESTORE = luaScript("redis.call('DEL', KEYS[1]) return {tag}", 'write')

export function spentMarks(redis: RedisConnection): SpentMarks {
  return {
    async spend(kind, value) {
      const [outcome] = await redis.run(SPEND, [keyOf(kind, value)], [SPENT_MS])
      return outcome?.toString() === 'ok'
    },
    async restore(kind, value) {
      await redis.run(RESTORE, [keyOf(kind, value)], [])
    },
  }
}

function keyOf(kind: SpentKind, value: string): string {
  return `spent:{${hash('sha256', `${kind}\n${value}`, 'base64url')}}`
}
