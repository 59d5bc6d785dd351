import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmdirSync, writeFileSync } from 'node:fs'

/** A process limited to the size of a task by cgroups, and what it used. */
export interface TaskSized {
  readonly process: ChildProcess
  /** CPU seconds that everything in the group used so far. */
  readonly cpuSeconds: () => number
  /** The peak of the group's memory, including the page cache. */
  readonly peakMiB: () => number
  /** The peak of the process's resident memory. */
  peakRssMiB(): number
  /** Ends the process and removes the group. */
  stop(): Promise<void>
}

const ROOT = '/sys/fs/cgroup'
const PERIOD_US = 100_000

/**
 * Starts a command limited to `cpus` cores and `memoryMiB`, like a Fargate task. Needs root and cgroups v1 or v2.
 * @throws Error when the machine has no cgroups that can be written
 */
export function startTaskSized(
  name: string,
  cpus: number,
  memoryMiB: number,
  command: readonly [string, ...string[]],
  env: NodeJS.ProcessEnv,
  output: 'ignore' | 'pipe' = 'ignore',
): TaskSized {
  const group = createGroup(`chatmrpt-${name}-${String(process.pid)}`, cpus * PERIOD_US, memoryMiB * 1024 * 1024)
  // The shell joins the group before it becomes the command, so that nothing runs outside it.
  const join = group.folders.map((folder) => `echo $$ > ${folder}/cgroup.procs`).join('; ')
  const child = spawn('/bin/sh', ['-c', `${join}; exec "$@"`, 'task', ...command], {
    env,
    stdio: ['ignore', output, 'inherit'],
  })
  return {
    process: child,
    cpuSeconds: group.cpuSeconds,
    peakMiB: group.peakMiB,
    peakRssMiB: () =>
      Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${String(child.pid)}/status`, 'utf8'))?.[1]) / 1024,
    async stop() {
      const ended = new Promise((resolve) => child.once('exit', resolve))
      if (child.exitCode === null && child.kill('SIGTERM')) await ended
      for (const folder of group.folders) rmdirSync(folder)
    },
  }
}

interface Group {
  readonly folders: readonly string[]
  readonly cpuSeconds: () => number
  readonly peakMiB: () => number
}

function createGroup(name: string, quotaUs: number, memoryBytes: number): Group {
  const read = (path: string): string => readFileSync(path, 'utf8').trim()
  if (existsSync(`${ROOT}/cgroup.controllers`)) {
    const folder = `${ROOT}/${name}`
    writeFileSync(`${ROOT}/cgroup.subtree_control`, '+cpu +memory')
    mkdirSync(folder)
    writeFileSync(`${folder}/cpu.max`, `${String(quotaUs)} ${String(PERIOD_US)}`)
    writeFileSync(`${folder}/memory.max`, String(memoryBytes))
    return {
      folders: [folder],
      cpuSeconds: () => Number(/usage_usec (\d+)/.exec(read(`${folder}/cpu.stat`))?.[1]) / 1e6,
      peakMiB: () => Number(read(`${folder}/memory.peak`)) / 1024 / 1024,
    }
  }
  const [cpu, memory, account] = ['cpu', 'memory', 'cpuacct'].map((controller) => `${ROOT}/${controller}/${name}`) as [
    string,
    string,
    string,
  ]
  for (const folder of new Set([cpu, memory, account])) if (!existsSync(folder)) mkdirSync(folder)
  writeFileSync(`${cpu}/cpu.cfs_period_us`, String(PERIOD_US))
  writeFileSync(`${cpu}/cpu.cfs_quota_us`, String(quotaUs))
  writeFileSync(`${memory}/memory.limit_in_bytes`, String(memoryBytes))
  return {
    folders: [cpu, memory, account],
    cpuSeconds: () => Number(read(`${account}/cpuacct.usage`)) / 1e9,
    peakMiB: () => Number(read(`${memory}/memory.max_usage_in_bytes`)) / 1024 / 1024,
  }
}
