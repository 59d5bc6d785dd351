import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdtempSync, openSync, readFileSync, readlinkSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { freePort } from '../local/free-port.ts'
import type { StackRecord } from '../local/run-record.ts'

export type Part = 'tasks' | 'redis' | 's3' | 'balancer'

/** A local stack, as described by its record in `stack.json`. */
export interface ServedStack {
  readonly url: string
  readonly tasks: number
  /** Started for one run, which may fail it over without being asked to. */
  readonly isOfRun: boolean
  readonly redis: StackRecord['redis']
  readonly s3: StackRecord['s3']
  /** The folder of the tasks' logs. */
  readonly logs: string
  /** The processes that serve at present. */
  processes(): readonly (readonly [Part, number])[]
  isRestarted(pid: number): boolean
  signal(part: 'tasks' | 'redis' | 's3', signal: 'SIGSTOP' | 'SIGCONT'): void
  /**
   * Kills one process of a part (of Redis also its replica), waits for `whileDead`, and starts it again with the same
   * command, directory and environment. Resolves when it serves.
   */
  restart(part: 'tasks' | 'redis' | 's3', whileDead: () => Promise<void>): Promise<void>
  /** Kills the primary Redis. Resolves when its replica serves in its place and has its own replica. */
  failOver(): Promise<void>
  stop(): Promise<void>
}

const root = join(import.meta.dirname, '..')
const READY_MS = 120_000

/** The stack of a record, if it runs. */
export function stackIn(file: string): ServedStack | undefined {
  if (!existsSync(file)) return undefined
  const record = JSON.parse(readFileSync(file, 'utf8')) as StackRecord
  return served(record, dirname(file), false, async () => undefined)
}

/**
 * Starts a new stack with `tasks` tasks, a second Redis for a failover and a sign-in provider, in its own folder and on
 * its own port.
 */
export async function startStack(tasks: number): Promise<ServedStack> {
  const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-prove-'))
  const port = await freePort()
  const child = spawn(
    process.execPath,
    [join(root, 'local/start.ts'), '--tasks', String(tasks), '--replica', '--sign-in'],
    {
      cwd: root,
      env: { ...process.env, PORT: String(port), LOCAL_FOLDER: folder, LOG_LEVEL: 'warn' },
      stdio: ['ignore', 'pipe', 'inherit'],
      detached: true,
    },
  )
  const stop = async (): Promise<void> => {
    if (child.exitCode === null && child.signalCode === null) {
      const ended = new Promise((resolve) => {
        child.once('exit', resolve)
      })
      child.kill('SIGTERM')
      await ended
    }
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 })
  }
  await ready(child, READY_MS).catch(async (error: unknown) => {
    await stop()
    throw error
  })
  const record = JSON.parse(readFileSync(join(folder, 'stack.json'), 'utf8')) as StackRecord
  return served(record, folder, true, stop)
}

function served(record: StackRecord, folder: string, isOfRun: boolean, stop: () => Promise<void>): ServedStack {
  const tasks = record.tasks.map(({ url, pid }) => ({ url, pid }))
  const parts = { redis: record.redis.pid, replica: record.redis.replica?.pid ?? null, s3: record.s3.pid }
  const restarted: ChildProcess[] = []
  const pidOf = (part: 'tasks' | keyof typeof parts): number => {
    const pid = part === 'tasks' ? tasks[0]?.pid : parts[part]
    if (pid === undefined || pid === null) throw new Error(`Cannot disturb ${part}: this stack did not start it`)
    return pid
  }
  return {
    url: record.url,
    tasks: tasks.length,
    isOfRun,
    redis: record.redis,
    s3: record.s3,
    logs: join(folder, 'logs'),
    processes: () => [
      ...tasks.map(({ pid }) => ['tasks', pid] as const),
      ...[parts.redis, parts.replica].flatMap((pid) => (pid === null ? [] : [['redis', pid] as const])),
      ...(parts.s3 === null ? [] : [['s3', parts.s3] as const]),
      ...(record.balancer === undefined ? [] : [['balancer', record.balancer.pid] as const]),
    ],
    isRestarted: (pid) => restarted.some((child) => child.pid === pid),
    signal(part, signal) {
      process.kill(pidOf(part), signal)
    },
    async restart(part, whileDead) {
      const names = part === 'redis' && parts.replica !== null ? (['redis', 'replica'] as const) : [part]
      const starts = names.map((name) => ({ name, pid: pidOf(name), ...howStarted(part, pidOf(name)) }))
      await kill(
        part,
        starts.map(({ pid }) => pid),
      )
      await whileDead()
      for (const { name, command, args, cwd, env, logFile } of starts) {
        const log = openSync(logFile, 'a', 0o600)
        const child = spawn(command, args, { cwd, env, stdio: ['ignore', log, log] })
        closeSync(log)
        restarted.push(child)
        if (child.pid === undefined) throw new Error(`Cannot start ${part} again: ${command} does not run`)
        if (name === 'tasks') tasks.splice(0, 1, { url: tasks[0]?.url ?? '', pid: child.pid })
        else parts[name] = child.pid
      }
      const address = part === 'tasks' ? `${tasks[0]?.url ?? ''}/livez` : part === 's3' ? record.s3.endpoint : null
      // Redis answers only with TLS and a password, so the service's readiness asks it.
      await until(
        async () =>
          address !== null ? (await fetch(address)).status > 0 : (await fetch(`${record.url}/readyz`)).status === 200,
        `${part} to serve again`,
      )
    },
    async failOver() {
      if (parts.replica === null)
        throw new Error('This stack has no replica to fail over to: start it by npm start -- --replica')
      const [dead, next] = [pidOf('redis'), parts.replica]
      await kill('redis', [dead])
      const now = (): StackRecord['redis'] =>
        (JSON.parse(readFileSync(join(folder, 'stack.json'), 'utf8')) as StackRecord).redis
      await until(
        async () => now().pid === next && (await fetch(`${record.url}/readyz`)).status === 200,
        'the replica to take over',
      )
      parts.redis = next
      parts.replica = now().replica?.pid ?? null
    },
    async stop() {
      await Promise.all(
        restarted.map(async (child) => {
          if (child.exitCode !== null || child.signalCode !== null) return
          const ended = new Promise((resolve) => {
            child.once('exit', resolve)
          })
          child.kill('SIGKILL')
          await ended
        }),
      )
      await stop()
    },
  }
}

async function kill(part: string, pids: readonly number[]): Promise<void> {
  for (const pid of pids) process.kill(pid, 'SIGKILL')
  for (const pid of pids)
    await until(
      async () => !existsSync(`/proc/${pid}`) || /^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8')),
      `${part} to end`,
    )
}

interface Start {
  readonly command: string
  readonly args: readonly string[]
  readonly cwd: string
  readonly env: NodeJS.ProcessEnv
  /** The file for its output. */
  readonly logFile: string
}

/**
 * How a process was started, from the kernel. Redis writes over its command line; its settings are in its directory.
 */
function howStarted(part: 'tasks' | 'redis' | 's3', pid: number): Start {
  const cwd = readlinkSync(`/proc/${pid}/cwd`)
  const lines = (name: string): string[] =>
    readFileSync(`/proc/${pid}/${name}`, 'utf8')
      .split('\0')
      .filter((line) => line !== '')
  const [command = '', ...args] = part === 'redis' ? ['redis-server', join(cwd, 'redis.conf')] : lines('cmdline')
  const env = Object.fromEntries(
    lines('environ').map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
  )
  return { command, args, cwd, env, logFile: readlinkSync(`/proc/${pid}/fd/1`) }
}

async function until(check: () => Promise<boolean>, what: string): Promise<void> {
  const deadline = performance.now() + 60_000
  while (!(await check().catch(() => false))) {
    if (performance.now() > deadline) throw new Error(`Waited 60 s for ${what}, which did not come`)
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

async function ready(child: ChildProcess, withinMs: number): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    let output = ''
    const timer = setTimeout(() => {
      reject(new Error(`The stack was not ready within ${withinMs / 1000} s:\n${output}`))
    }, withinMs)
    child.stdout?.on('data', (chunk: Buffer) => {
      output += chunk.toString()
      if (/^ready /m.test(output)) {
        clearTimeout(timer)
        resolve()
      }
    })
    child.once('exit', (code) => {
      clearTimeout(timer)
      reject(new Error(`The stack ended with code ${String(code)}:\n${output}`))
    })
  })
}
