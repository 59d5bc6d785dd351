import { randomBytes } from 'node:crypto'
import { luaScript, type RedisConnection } from './redis.ts'

/** Longer than the few calls to the object store that are made during a turn may take together. */
const TURN_MS = 30_000

const TAKE = luaScript(
  `
if not redis.call('SET', KEYS[1], ARGV[1], 'NX', 'PX', ARGV[2]) then return {tag, 'taken'} end
return {tag, 'ok'}`,
  'write',
)
const GIVE_BACK = luaScript(
  `
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return {tag}`,
  'whenFull',
)

/**
 * Runs `use` while nobody else writes this project, on any task.
 *
 * S3 itself refuses the second of two writers of one name; some gateways ignore that condition in buckets that keep
 * versions. Should Redis lose a turn in a failover, the condition is what holds.
 * @returns null when somebody else is writing it now
 * @throws Fault `session-store-unavailable` when Redis does not answer; errors of `use` are passed on
 */
export async function takeTurn<T>(redis: RedisConnection, projectId: string, use: () => Promise<T>): Promise<T | null> {
  const [key, turn] = [`saving:{${projectId}}`, randomBytes(16).toString('base64url')]
  const [outcome] = await redis.run(TAKE, [key], [turn, TURN_MS])
  if (outcome?.toString() !== 'ok') return null
  try {
    return await use()
  } finally {
    // A turn that is not given back ends by itself.
    await redis.run(GIVE_BACK, [key], [turn]).catch(() => undefined)
  }
}
