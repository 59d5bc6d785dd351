import { readFileSync } from 'node:fs'
import type { ServedStack } from './served-stack.ts'

/** Seconds of processor time, by part. */
export type ProcessorSeconds = Readonly<Record<'prover' | 'tasks' | 'redis' | 's3' | 'balancer', number>>

const TICKS_PER_SECOND = 100
const EVERY_MS = 250

/** Follows the use by the parts of a local stack and by the prover; parts that die and come back are added up. */
export function followProcessorTime(
  stack: Pick<ServedStack, 'processes' | 'isRestarted'> | undefined,
): () => ProcessorSeconds {
  const own = process.cpuUsage()
  const first = new Map<number, number>()
  const used = new Map<number, { part: keyof ProcessorSeconds; seconds: number }>()
  const look = (): void => {
    for (const [part, pid] of stack?.processes() ?? []) {
      const seconds = secondsOf(pid)
      if (seconds === null) continue
      if (!first.has(pid)) first.set(pid, stack?.isRestarted(pid) === true ? 0 : seconds)
      used.set(pid, { part, seconds: seconds - (first.get(pid) ?? 0) })
    }
  }
  look()
  const timer = setInterval(look, EVERY_MS)
  timer.unref()
  return () => {
    look()
    clearInterval(timer)
    const sum = (part: keyof ProcessorSeconds): number =>
      [...used.values()].filter((entry) => entry.part === part).reduce((total, { seconds }) => total + seconds, 0)
    const { user, system } = process.cpuUsage(own)
    return {
      prover: (user + system) / 1e6,
      tasks: sum('tasks'),
      redis: sum('redis'),
      s3: sum('s3'),
      balancer: sum('balancer'),
    }
  }
}

function secondsOf(pid: number): number | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    return (Number(fields[11]) + Number(fields[12])) / TICKS_PER_SECOND
  } catch {
    return null
  }
}
