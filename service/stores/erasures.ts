import { luaScript, type RedisConnection } from './redis.ts'

const QUEUE = 'erasures'
const LEASE_MS = 30_000
/** Upload policies are valid for 15 minutes. What is uploaded after a logout is deleted a little later than that. */
const LATE_SWEEP_MS = 16 * 60_000

const ENQUEUE = luaScript(
  `
redis.call('ZADD', KEYS[1], now, 'now:' .. ARGV[1], now + tonumber(ARGV[2]), 'late:' .. ARGV[1])
return {tag}`,
  'whenFull',
)

/**
 * An entry is `now:` or `late:` and a data id. An entry of another form comes from another release: it is put off for
 * that release to take, and does not block the others. An entry that is due, `late:` or not, moves to the entries that
 * wait now. Entries that are not yet due are not a backlog.
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

/** Queues the deletion of all objects of an ended session: now, and once more when no upload can still be under way. */
export async function enqueueErasure(redis: RedisConnection, dataId: string): Promise<void> {
  await redis.run(ENQUEUE, [QUEUE], [dataId, LATE_SWEEP_MS])
}

/**
 * Takes due deletions one by one until none is due or one fails, and carries each out. A deletion that fails stays
 * queued. It is due again after its lease, on any task.
 * @param erase deletes everything under `sessions/{dataId}/`
 * @param onFailure called with the reason when one fails
 * @returns how many deletions are overdue, up to 1,000
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
