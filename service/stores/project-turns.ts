import { randomBytes } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { luaScript, type RedisConnection } from './redis.ts'

/** Longer than the few calls to the object store that are made during a turn may take together. */
const TURN_MS = 30_000
/** How often a turn is asked for, and how long to wait in between: another one takes a few calls to the store. */
const ATTEMPTS = 50
const PAUSE_MS = 100

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
 * Runs `use` while nobody else has the turn of this name, on any task: of a project, while it is written, or of a
 * person, while what they keep is counted and added to.
 *
 * S3 itself refuses the second of two writers of one name; some gateways ignore that condition in buckets that keep
 * versions. Should Redis lose the turn of a project in a failover, the condition is what holds. Should it lose that of
 * a person, two devices may go past the quota by one project.
 * @returns null when somebody else has it now
 * @throws Fault `session-store-unavailable` when Redis does not answer; errors of `use` are passed on
 */
export async function takeTurn<T>(redis: RedisConnection, name: string, use: () => Promise<T>): Promise<T | null> {
  const [key, turn] = [`saving:{${name}}`, randomBytes(16).toString('base64url')]
  const [outcome] = await redis.run(TAKE, [key], [turn, TURN_MS])
  if (outcome?.toString() !== 'ok') return null
  try {
    return await use()
  } finally {
    // A turn that is not given back ends by itself.
    await redis.run(GIVE_BACK, [key], [turn]).catch(() => undefined)
  }
}

/**
 * The same, but waits for the turn.
 * @throws Fault `conflict` when others keep it for some seconds
 */
export async function waitForTurn<T>(redis: RedisConnection, name: string, use: () => Promise<T>): Promise<T> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const outcome = await takeTurn(redis, name, async () => ({ value: await use() }))
    if (outcome !== null) return outcome.value
    await pause(PAUSE_MS)
  }
  throw new Fault('conflict', say('projects-being-saved', {}))
}
