import type { SessionScope } from '../session/scope.ts'
import { luaScript, type RedisConnection } from './redis.ts'

const QUEUE = 'erasures'
const LEASE_MS = 30_000
/** Upload policies live 15 minutes: what comes in under one after a logout is swept a little later. */
const LATE_SWEEP_MS = 16 * 60_000

const ENQUEUE = luaScript(`
redis.call('ZADD', KEYS[1], now, 'now:' .. ARGV[1], now + tonumber(ARGV[2]), 'late:' .. ARGV[1])
return {tag}`, 'whenFull')

const CLAIM = luaScript(`
local due = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', now, 'LIMIT', 0, 1)
if due[1] then redis.call('ZADD', KEYS[1], now + tonumber(ARGV[1]), due[1]) end
return {tag, due[1] or '', redis.call('ZCARD', KEYS[1])}`, 'whenFull')

const FINISH = luaScript("redis.call('ZREM', KEYS[1], ARGV[1]) return {tag}", 'whenFull')

/** Queues the deletion of all objects of an ended session: now, and once more when no upload can be under way. */
export async function enqueueErasure(redis: RedisConnection, scope: SessionScope): Promise<void> {
  await redis.run(ENQUEUE, [QUEUE], [scope.dataId, LATE_SWEEP_MS])
}

/**
 * Takes due deletions one by one until none is due, and carries each out.
 * One that fails stays queued and is due again after its lease, on whichever task comes first.
 * @param erase deletes everything under `sessions/{dataId}/`
 * @returns how many deletions are still queued
 */
export async function sweepErasures(redis: RedisConnection, erase: (dataId: string) => Promise<void>): Promise<number> {
  for (;;) {
    const [due, queued] = await redis.run(CLAIM, [QUEUE], [LEASE_MS])
    const entry = due?.toString() ?? ''
    if (entry === '') return Number(queued)
    await erase(entry.slice(entry.indexOf(':') + 1))
    await redis.run(FINISH, [QUEUE], [entry])
  }
}
