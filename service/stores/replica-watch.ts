import type { Metrics } from '../metrics/metrics.ts'
import type { RedisConnection } from './redis.ts'

/** Watches how far the replicas of Redis are behind. */
export interface ReplicaWatch {
  /**
   * Whether a failover now would lose what was acknowledged two seconds ago: replicas confirm once a second, and this
   * is checked once a second.
   * False when there is no replica: then no write would be safe, and the metric reports it. False when it is not known:
   * then Redis itself does not answer writes.
   */
  readonly isBehind: () => boolean
  stop(): void
}

/** What a primary reports about its replicas at one moment. */
export interface Replication {
  /** Bytes that the primary has written to its stream. */
  readonly offset: number
  /** Bytes of it that each replica has confirmed. */
  readonly confirmed: readonly number[]
}

const EVERY_MS = 1_000
const LOOKS_BACK = 2
const TOLD_EVERY_LOOKS = 10

/** @param connection a separate one: this check must not wait behind requests */
export function watchReplicas(
  connection: RedisConnection,
  metrics: Metrics,
  onError: (error: unknown) => void,
): ReplicaWatch {
  let [isBehind, isOpen, looks, told] = [false, true, 0, -1]
  let earlier: readonly Replication[] = []
  const look = async (): Promise<void> => {
    try {
      const now = readReplication(await connection.replication())
      const inStep = replicasInStep(now, earlier[LOOKS_BACK - 1])
      isBehind = now.confirmed.length > 0 && inStep === 0
      earlier = [now, ...earlier].slice(0, LOOKS_BACK)
      if (inStep !== told || looks % TOLD_EVERY_LOOKS === 0) metrics.replicasInStep(inStep)
      told = inStep
      looks += 1
    } catch (error) {
      isBehind = false
      earlier = []
      onError(error)
    }
  }
  const goOn = (): void => {
    void look().then(() => {
      if (isOpen) setTimeout(goOn, EVERY_MS).unref()
    })
  }
  goOn()
  return {
    isBehind: () => isBehind,
    stop: () => {
      isOpen = false
      connection.close()
    },
  }
}

/** Reads `INFO replication`. A replica that is still loading does not count. */
export function readReplication(info: string): Replication {
  const offset = Number(/^master_repl_offset:(\d+)/m.exec(info)?.[1] ?? 0)
  return {
    offset,
    confirmed: [...info.matchAll(/^slave\d+:.*state=online,offset=(\d+)/gm)].map(([, at]) => Number(at)),
  }
}

/**
 * How many replicas have what the primary had written before. With several, a failover takes the one that has the most.
 */
export function replicasInStep({ confirmed }: Replication, before: Replication | undefined): number {
  return confirmed.filter((offset) => offset >= (before?.offset ?? 0)).length
}
