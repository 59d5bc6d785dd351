import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'
import type { Test } from 'tap'
import type { Sample } from '../../infra/alarm-state.ts'
import type { LocalService } from '../../local/service.ts'
import { statusOf } from '../../local/service.ts'

/** What the meters measure; tasks may come and go. */
export interface Measured {
  readonly tasks: LocalService[]
  /** Nodes of the session store by the id that CloudWatch would give them, primary first. */
  readonly nodes: Readonly<Record<string, Redis>>
  /** The size that a task and a node of the store count as: processors, and bytes for a task. */
  readonly size: { taskBytes: number; taskProcessors: number; nodeProcessors: number }
}

export interface Meters {
  /** All values of a metric so far; those of the store for one node. */
  samplesOf(metric: string, node?: string): readonly Sample[]
  record(metric: string, value: number): void
}

const EVERY_MS = 200
const TICKS_PER_SECOND = 100

/** Processor seconds of a process so far, with its threads. */
function processorSeconds(pid: number): number {
  const fields = readFileSync(`/proc/${String(pid)}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
}

const residentBytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${String(pid)}/status`, 'utf8'))?.[1]) * 1_024

/**
 * Measures a local stack under the names that AWS gives the same things: ECS for its tasks, the load balancer for its
 * health checks, ElastiCache for its Redis servers. The values come from /proc, /livez, INFO and ACL LOG.
 */
export function startMeters(t: Pick<Test, 'teardown'>, measured: Measured): Meters {
  const samples = new Map<string, Sample[]>()
  const before = new Map<string, { at: number; value: number }>()
  const add = (key: string, value: number): void => {
    const list = samples.get(key) ?? []
    samples.set(key, list)
    list.push({ atSeconds: Date.now() / 1_000, value })
  }
  /** Growth since the last look, and the seconds since then; undefined at the first look. */
  const growth = (key: string, value: number): { by: number; seconds: number } | undefined => {
    const now = performance.now() / 1_000
    const last = before.get(key)
    before.set(key, { at: now, value })
    return last === undefined ? undefined : { by: Math.max(0, value - last.value), seconds: now - last.at }
  }
  const used = (metric: string, key: string, processors: number, seconds: number): void => {
    const grown = growth(key, seconds)
    if (grown !== undefined) add(metric, (100 * grown.by) / grown.seconds / processors)
  }

  const lookAtTasks = (): void => {
    const { tasks, size } = measured
    const running = tasks.filter(({ process }) => process.alive())
    add('RunningTaskCount', running.length)
    for (const { process } of running) {
      try {
        used('CPUUtilization', `task ${String(process.pid)}`, size.taskProcessors, processorSeconds(process.pid))
        add('MemoryUtilization', (100 * residentBytes(process.pid)) / size.taskBytes)
      } catch {
        // It ended between the two looks and is not counted the next time.
      }
    }
  }

  const lookAtHealth = async (): Promise<void> => {
    const { tasks } = measured
    const healthy = await Promise.all(tasks.map(async ({ url }) => await statusOf(`${url}/livez`).catch(() => 0)))
    add('HealthyHostCount', healthy.filter((status) => status === 200).length)
  }

  const lookAtNode = async (node: string, client: Redis): Promise<void> => {
    const said = await client.info()
    const field = (name: string): number => Number(new RegExp(`^${name}:([\\d.]+)`, 'm').exec(said)?.[1] ?? 0)
    const refusals = (await client.call('ACL', 'LOG', '128')) as unknown[][]
    const refused = (reason: string): number =>
      refusals.reduce((sum, entry) => sum + (entry[3] === reason ? Number(entry[1]) : 0), 0)
    add(
      `DatabaseMemoryUsagePercentage ${node}`,
      field('maxmemory') === 0 ? 0 : (100 * field('used_memory')) / field('maxmemory'),
    )
    used(`CPUUtilization ${node}`, node, measured.size.nodeProcessors, field('used_cpu_user') + field('used_cpu_sys'))
    const counted = {
      Evictions: field('evicted_keys'),
      AuthenticationFailures: refused('auth'),
      KeyAuthorizationFailures: refused('key'),
      CommandAuthorizationFailures: refused('command'),
    }
    for (const [metric, value] of Object.entries(counted))
      add(`${metric} ${node}`, growth(`${metric} ${node}`, value)?.by ?? 0)
    // The primary tells how long ago each replica answered; CloudWatch shows that for the replica.
    const lag = /^slave0:.*lag=(\d+)/m.exec(said)?.[1]
    if (lag !== undefined) add(`ReplicationLag ${Object.keys(measured.nodes)[1] ?? ''}`, Number(lag))
  }

  const busy = new Set<string>()
  const look = (what: string, at: () => Promise<void>): void => {
    if (busy.has(what)) return
    busy.add(what)
    void at()
      .catch(() => undefined)
      .finally(() => {
        busy.delete(what)
      })
  }
  const timer = setInterval(() => {
    lookAtTasks()
    look('health', lookAtHealth)
    for (const [node, client] of Object.entries(measured.nodes))
      look(node, async () => {
        await lookAtNode(node, client)
      })
  }, EVERY_MS)
  t.teardown(() => {
    clearInterval(timer)
  })
  return {
    samplesOf: (metric, node) => samples.get(node === undefined ? metric : `${metric} ${node}`) ?? [],
    record: add,
  }
}
