import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { luaScript, type RedisConnection } from './redis.ts'
import { recordKeyOf, tombstoneKeyOf } from './end-session.ts'
import { SealBroken, type SealSecrets } from '../session/seal.ts'
import { openIdentity, sealIdentity, STATE_NAMES, type SessionIdentity } from '../session/scope.ts'

/**
 * Extends the session and its state with it: the record names its data in plain text. A record of a person who has
 * signed in names that person too, and is ended when it is not later than the person's epoch. Any record is ended when
 * it did not begin after the epoch of all; one of the release before has only the time in its plain text.
 */
const READ = luaScript(
  `
local record = redis.call('HMGET', KEYS[1], 'sealed', 'version', 'absolute', 'since', 'began')
if not record[1] then return {tag} end
local absolute = tonumber(record[3])
if now >= absolute then redis.call('DEL', KEYS[1]) return {tag} end
local since = tonumber(record[4] or '0')
local began = record[4] or record[5] or string.match(record[1], '^%d %S+ %S+ %S+ (%d+) ')
if tonumber(began) <= tonumber(redis.call('GET', 'epoch:{all}') or '0') then redis.call('DEL', KEYS[1]) return {tag} end
local person = string.match(record[1], '^2 %S+ %S+ %S+ %S+ (%S+) ')
if person and since <= tonumber(redis.call('GET', 'epoch:{' .. person .. '}') or '0') then
  redis.call('DEL', KEYS[1])
  return {tag}
end
local idle = math.min(now + tonumber(ARGV[1]), absolute)
redis.call('PEXPIREAT', KEYS[1], idle)
local data = string.match(record[1], '^[12] %S+ %S+ (%S+) ')
if data then
  for _, name in ipairs({${STATE_NAMES.map((name) => `'${name}'`).join()}}) do
    redis.call('PEXPIREAT', 'data:{' .. data .. '}:' .. name, idle)
  end
end
return {tag, string.format('%s %d %d %d ', record[2], absolute, idle, since) .. record[1]}`,
  'whenFull',
)
/** `version absolute idle since `, before the sealed record. */
const TIMES = /^(\d{1,15}) (\d{13,15}) (\d{13,15}) (\d{1,15}) /

const WRITE = luaScript(
  `
local expected = tonumber(ARGV[1])
local record = redis.call('HMGET', KEYS[1], 'version', 'absolute')
local absolute
if expected == 0 then
  if record[1] or redis.call('EXISTS', KEYS[2]) == 1 then return {tag, 'taken'} end
  absolute = now + tonumber(ARGV[4])
  redis.call('HSET', KEYS[1], 'began', now)
else
  if not record[1] then return {tag, 'ended'} end
  if tonumber(record[1]) ~= expected then return {tag, 'changed'} end
  absolute = tonumber(record[2])
end
local idle = math.min(now + tonumber(ARGV[3]), absolute)
redis.call('HSET', KEYS[1], 'sealed', ARGV[2], 'version', expected + 1, 'absolute', absolute)
redis.call('PEXPIREAT', KEYS[1], idle)
return {tag, 'ok', absolute, idle}`,
  'write',
)

export interface SessionRecordsOptions {
  readonly redis: RedisConnection
  readonly sealSecrets: SealSecrets
  readonly idleSeconds: number
  readonly absoluteSeconds: number
  readonly metrics: Metrics
}

/** The records of sessions, each by the token that its cookie holds. */
export interface SessionRecords {
  /**
   * Reads a record, and extends its idle deadline and that of the session's state.
   * @returns null when there is no such session or it has ended
   * @throws Fault `session-store-unavailable` when Redis does not answer or the record does not open
   */
  read(token: string): Promise<SessionIdentity | null>
  /**
   * Writes a new record, or the next version of one that was read.
   * @throws Fault `no-session` when the session has ended, `conflict` when another request changed it
   */
  write(token: string, identity: SessionIdentity): Promise<void>
}

/**
 * Records in Redis: versioned, sealed and keyed by the token's hash.
 * A write never revives a session that a logout ended and never overwrites what another request changed.
 */
export function sessionRecords(options: SessionRecordsOptions): SessionRecords {
  const { redis, sealSecrets, metrics } = options
  const idleMs = options.idleSeconds * 1000

  const read = async (token: string): Promise<SessionIdentity | null> => {
    const key = recordKeyOf(token)
    const [record] = await redis.run(READ, [key], [idleMs])
    if (record === undefined) return null
    const text = String(record)
    const times = TIMES.exec(text)
    if (times === null) throw broken(metrics, new SealBroken())
    try {
      const identity = openIdentity(text.slice(times[0].length), sealSecrets, token)
      identity.record = {
        version: Number(times[1]),
        absoluteExpiresAt: Number(times[2]),
        idleExpiresAt: Number(times[3]),
        epoch: Number(times[4]),
      }
      return identity
    } catch (error) {
      if (error instanceof SealBroken) throw broken(metrics, error)
      throw error
    }
  }

  const write = async (token: string, identity: SessionIdentity): Promise<void> => {
    const key = recordKeyOf(token)
    const expected = identity.record?.version ?? 0
    const sealed = sealIdentity(identity, sealSecrets, token)
    const [outcome, absoluteExpiresAt, idleExpiresAt] = await redis.run(
      WRITE,
      [key, tombstoneKeyOf(token)],
      [expected, sealed, idleMs, options.absoluteSeconds * 1000],
    )
    switch (outcome?.toString()) {
      case 'ok':
        identity.record = {
          version: expected + 1,
          absoluteExpiresAt: Number(absoluteExpiresAt),
          idleExpiresAt: Number(idleExpiresAt),
          epoch: identity.record?.epoch ?? 0,
        }
        return
      case 'ended':
        throw new Fault('no-session', say('session-ended-elsewhere', {}))
      default:
        throw new Fault('conflict', say('session-changed-elsewhere', {}))
    }
  }

  return { read, write }
}

function broken(metrics: Metrics, cause: SealBroken): Fault {
  metrics.isolationViolation('seal')
  return new Fault('session-store-unavailable', say('session-not-opened', {}), { cause })
}
