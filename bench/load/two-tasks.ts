import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startBalancer } from '../../local/balancer.ts'
import { installParts } from '../../local/install-parts.ts'
import { followProcessorTime, type ProcessorSeconds } from '../../prove/processor-time.ts'
import type { Part } from '../../prove/served-stack.ts'
import { SERVICE, startParts, startTask } from '../parts.ts'

/** A service of several tasks, each held to half a core and 1 GiB, behind the balancer. */
export interface Served {
  readonly url: string
  /** Follows the processor time of all parts and of this process, which plays the people. */
  readonly followProcessors: () => () => ProcessorSeconds
  /** The most that a task's process held in memory. */
  readonly peakRssMiB: () => number
  stop(): Promise<void>
}

/** Starts Redis, the S3 gateway, the tasks and the balancer. Needs root, for cgroups. */
export async function serveTasks(count: number): Promise<Served> {
  await installParts(['Redis', 'S3 gateway', 'balancer'], (line) => {
    console.log(line)
  })
  const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-load-'))
  const parts = await startParts({ withS3: true })
  const tasks: Awaited<ReturnType<typeof startTask>>[] = []
  for (let at = 1; at <= count; at += 1) tasks.push(await startTask(`load-${at}`, SERVICE, parts))
  const balancer = await startBalancer({
    targets: tasks.map(({ url }) => url),
    folder: join(folder, 'balancer'),
    logFile: join(folder, 'balancer.log'),
  })
  const processes: readonly (readonly [Part, number])[] = [
    ...tasks.map(({ task }) => ['tasks', task.process.pid ?? 0] as const),
    ['redis', parts.redis.process.pid],
    ...(parts.s3?.processes ?? []).map(({ pid }) => ['s3', pid] as const),
    ['balancer', balancer.process.pid],
  ]
  return {
    url: balancer.url,
    followProcessors: () => followProcessorTime({ processes: () => processes, isRestarted: () => false }),
    peakRssMiB: () => Math.max(...tasks.map(({ task }) => task.peakRssMiB())),
    async stop() {
      await balancer.close(1_000)
      for (const { task } of tasks) await task.stop()
      await parts.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}
