import type { Clients } from './context.ts'
import { eraseObjects } from './stores/objects.ts'
import { ERASURES, sweepErasures } from './stores/erasures.ts'
import { eraseProject, sweepProjects } from './stores/project-sweep.ts'

const FLUSH_MS = 5_000
const HEALTH_MS = 10_000
const HEARTBEAT_MS = 60_000
const ERASE_MS = 3_000
/** How often a task asks whether today's sweep of the projects is still to be made. */
const SWEEP_MS = 600_000
const DAY_MS = 86_400_000

export interface Rounds {
  /** Erases what is due now, without waiting for the next round. */
  readonly eraseNow: () => void
  stop(): void
}

/**
 * What a task does by itself: it reports that it is alive and how Redis is, erases the objects of ended sessions
 * and deleted projects, and once a day ends the projects that were not used for so long.
 * Its only memory is whether it is already erasing.
 * @param keepDays null where nobody signs in, and so nobody keeps a project
 */
export function startRounds(
  { redis, bucket, metrics }: Clients,
  keepDays: number | null,
  onError: (error: unknown) => void,
): Rounds {
  let isErasing = false
  const erase = async (): Promise<void> => {
    if (isErasing) return
    isErasing = true
    try {
      const { sessions, projects } = ERASURES
      const waiting = await sweepErasures(redis, sessions, (dataId) => eraseObjects(bucket, dataId), onError)
      const deleted = await sweepErasures(redis, projects, (place) => eraseProject(bucket, place), onError)
      metrics.erasureBacklog(waiting + deleted)
    } catch (error) {
      onError(error)
    } finally {
      isErasing = false
    }
  }
  const sweep = async (): Promise<void> => {
    if (keepDays === null) return
    try {
      const ended = await sweepProjects({ redis, bucket, keepMs: keepDays * DAY_MS, now: Date.now })
      if (ended !== null) metrics.savedProject('expired', ended)
    } catch (error) {
      onError(error)
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
    setInterval(() => {
      void sweep()
    }, SWEEP_MS),
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
