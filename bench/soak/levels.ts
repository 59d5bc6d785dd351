import { readFileSync, readdirSync } from 'node:fs'
import type { LocalService } from '../../local/service.ts'

/** What a task holds at one moment, after a collection of garbage. */
export type Levels = Readonly<Record<Measure, number>>

/** What is measured: bytes, and numbers. */
export const MEASURES = ['heap', 'outside the heap', 'resident memory', 'descriptors', 'threads'] as const
export type Measure = (typeof MEASURES)[number]

const ANSWER_MS = 60_000
const LOOK_EVERY_MS = 20

/** @throws Error when the task does not report its memory; it must run with `test/support/tell-memory.ts` loaded */
export async function levelsOf({ process: task }: LocalService): Promise<Levels> {
  const { pid, logFile } = task
  const before = readFileSync(logFile).length
  const giveUpAt = performance.now() + ANSWER_MS
  task.signal('SIGHUP')
  for (;;) {
    const memory = memoryIn(readFileSync(logFile).subarray(before).toString())
    if (memory !== undefined)
      return {
        heap: memory.heapUsed,
        'outside the heap': memory.external,
        'resident memory': memory.rss,
        descriptors: readdirSync(`/proc/${String(pid)}/fd`).length,
        threads: readdirSync(`/proc/${String(pid)}/task`).length,
      }
    if (performance.now() > giveUpAt) throw new Error(`Task ${String(pid)} did not report its memory`)
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

/** The memory that the last whole line of a report tells of. */
function memoryIn(log: string): NodeJS.MemoryUsage | undefined {
  const line = log
    .split('\n')
    .slice(0, -1)
    .findLast((text) => text.startsWith('{"memory":'))
  return line === undefined ? undefined : (JSON.parse(line) as { memory: NodeJS.MemoryUsage }).memory
}
