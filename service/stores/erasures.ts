import { luaScript, type RedisConnection } from './redis.ts'

/** What is queued: the data id of an ended session, or the place of a deleted project, `{personId}/{projectId}`. */
export const ERASURES = { sessions: 'erasures', projects: 'erasures:projects' } as const
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
 * An entry is `now:` or `late:` and what is to be erased. An entry of another form comes from another release: it is
 * put off for that release to take, and does not block the others. An entry that is due, `late:` or not, moves to the
 * entries that wait now. Entries that are not yet due are not a backlog.
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
  await redis.run(ENQUEUE, [ERASURES.sessions], [dataId, LATE_SWEEP_MS])
}

/**
 * Queues the deletion of all objects of a project: now, and once more when no write to it can still be under way.
 * @param place `{personId}/{projectId}`
 */
export async function enqueueProjectErasure(redis: RedisConnection, place: string): Promise<void> {
  await redis.run(ENQUEUE, [ERASURES.projects], [place, LATE_SWEEP_MS])
}

/**
 * Takes due deletions one by one until none is due or one fails, and carries each out. A deletion that fails stays
 * queued. It is due again after its lease, on any task.
 * @param erase deletes everything of what is queued
 * @param onFailure called with the reason when one fails
 * @returns how many deletions are overdue, up to 1,000
 */
export async function sweepErasures(
  redis: RedisConnection,
  queue: (typeof ERASURES)[keyof typeof ERASURES],
  erase: (what: string) => Promise<void>,
  onFailure: (error: unknown) => void,
): Promise<number> {
  for (;;) {
    const [due, waiting] = await redis.run(CLAIM, [queue], [LEASE_MS])
    const entry = due?.toString() ?? ''
    if (entry === '') return Number(waiting)
    try {
      await erase(entry.slice(entry.indexOf(':') + 1))
    } catch (error) {
      onFailure(error)
      return Number(waiting)
    }
    await redis.run(FINISH, [queue], [entry])
  }
}
