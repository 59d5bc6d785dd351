import type { Clients } from './context.ts'
import { eraseObjects } from './stores/objects.ts'
import { sweepErasures } from './stores/erasures.ts'

const FLUSH_MS = 5_000
const HEALTH_MS = 10_000
const HEARTBEAT_MS = 60_000
const ERASE_MS = 3_000

export interface Rounds {
  /** Erases what is due now, without waiting for the next round. */
  readonly eraseNow: () => void
  stop(): void
}

/**
 * What a task does by itself: it reports that it is alive and how Redis is, and erases the objects of ended sessions.
 * Its only memory is whether it is already erasing.
 */
export function startRounds({ redis, bucket, metrics }: Clients, onError: (error: unknown) => void): Rounds {
  let isErasing = false
  const erase = async (): Promise<void> => {
    if (isErasing) return
    isErasing = true
    try {
      metrics.erasureBacklog(await sweepErasures(redis, (dataId) => eraseObjects(bucket, dataId), onError))
    } catch (error) {
      onError(error)
    } finally {
      isErasing = false
    }
  }
  const lookAtRedis = async (): Promise<void> => {
    try {
      metrics.redisHealth(true, await redis.ping())
    } catch {
      metrics.redisHealth(false, null)
    }
  }
  metrics.heartbeat()
  const timers = [
    setInterval(() => {
      metrics.flush()
    }, FLUSH_MS),
    setInterval(() => {
      void lookAtRedis()
    }, HEALTH_MS),
    setInterval(() => {
      metrics.heartbeat()
    }, HEARTBEAT_MS),
    setInterval(() => {
      void erase()
    }, ERASE_MS),
  ]
  return {
    eraseNow: () => {
      void erase()
    },
    stop: () => {
      for (const timer of timers) clearInterval(timer)
      metrics.flush()
    },
  }
}
