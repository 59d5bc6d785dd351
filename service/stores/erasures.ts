import type { SessionScope } from '../session/scope.ts'
import { luaScript, type RedisConnection } from './redis.ts'

const QUEUE = 'erasures'
const LEASE_MS = 30_000
/** Upload policies live 15 minutes: what comes in under one after a logout is swept a little later. */
const LATE_SWEEP_MS = 16 * 60_000

const ENQUEUE = luaScript(
  `
redis.call('ZADD', KEYS[1], now, 'now:' .. ARGV[1], now + tonumber(ARGV[2]), 'late:' .. ARGV[1])
return {tag}`,
  'whenFull',
)

/**
 * An entry is `now:` or `late:` and a data id. One of another form was put there by another release: it is put off for
 * that one to take, and stops no other. What is due is from then on one of those that wait now, the late ones too:
 * those whose time has not come are no backlog.
 */
const CLAIM = luaScript(
  `
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)[1]
local entry = ''
while due and not (string.match(due, '^now:') or string.match(due, '^late:')) do
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), due)
  due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)[1]
end
if due then
  entry = 'now:' .. string.match(due, ':(.*)')
  redis.call('ZREM', KEYS[1], due)
  redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), entry)
end
local waiting = 0
for _, each in ipairs(redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now + tonumber(ARGV[1]), 'LIMIT', 0, 1000)) do
  if string.sub(each, 1, 4) == 'now:' then waiting = waiting + 1 end
end
return {tag, entry, waiting}`,
  'whenFull',
)

const FINISH = luaScript("redis.call('ZREM', KEYS[1], ARGV[1]) return {tag}", 'whenFull')

/** Queues the deletion of all objects of an ended session: now, and once more when no upload can be under way. */
export async function enqueueErasure(redis: RedisConnection, scope: SessionScope): Promise<void> {
  await redis.run(ENQUEUE, [QUEUE], [scope.dataId, LATE_SWEEP_MS])
}

/**
 * Takes due deletions one by one until none is due or one fails, and carries each out.
 * One that fails stays queued and is due again after its lease, on whichever task comes first.
 * @param erase deletes everything under `sessions/{dataId}/`
 * @param onFailure told why one failed
 * @returns how many deletions should have been carried out and are not, up to 1,000
 */
export async function sweepErasures(
  redis: RedisConnection,
  erase: (dataId: string) => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<number> {
  for (;;) {
    const [due, waiting] = await redis.run(CLAIM, [QUEUE], [LEASE_MS])
    const entry = due?.toString() ?? ''
    if (entry === '') return Number(waiting)
    try {
      await erase(entry.slice(entry.indexOf(':') + 1))
    } catch (error) {
      onFailure(error)
      return Number(waiting)
    }
    await redis.run(FINISH, [QUEUE], [entry])
  }
}
