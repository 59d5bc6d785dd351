import { spawn } from 'node:child_process'
import { closeSync, existsSync, openSync, readFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'

/** How a process ended. */
export interface Ending {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
}

/** A running process that was started here. `pid` is that of the process itself, never of a shell or a wrapper. */
export interface Child {
  readonly name: string
  readonly pid: number
  readonly logFile: string
  /** Settles when the process has ended, for any reason; never rejects. */
  readonly ended: Promise<Ending>
  /** Whether it still runs. */
  alive(): boolean
  signal(signal: NodeJS.Signals): void
  /**
   * Asks it to end (SIGTERM), waits, then kills it. A stopped process is continued first, because otherwise it could
   * not end.
   */
  stop(graceMs?: number): Promise<Ending>
}

export interface ChildOptions {
  readonly name: string
  readonly command: string
  readonly args: readonly string[]
  /** Standard output and error are appended here. */
  readonly logFile: string
  readonly env?: NodeJS.ProcessEnv
  readonly cwd?: string
}

/**
 * Starts a process whose output goes to a file. It gets its own process group, so that Ctrl-C in a terminal reaches
 * only the parent, which stops its parts in order. The kernel kills it if the parent dies without doing so.
 */
export async function startChild(options: ChildOptions): Promise<Child> {
  const output = openSync(options.logFile, 'a', 0o600)
  // setpriv replaces itself with the command: the pid stays the same.
  const wrapped = existsSync('/usr/bin/setpriv')
    ? ['/usr/bin/setpriv', '--pdeathsig', 'KILL', options.command]
    : [options.command]
  const [command, ...before] = wrapped as [string, ...string[]]
  const child = spawn(command, [...before, ...options.args], {
    stdio: ['ignore', output, output],
    detached: true,
    env: options.env ?? process.env,
    cwd: options.cwd,
  })
  closeSync(output)
  let alive = true
  const ended = new Promise<Ending>((resolve) => {
    child.once('exit', (code, signal) => {
      alive = false
      resolve({ code, signal })
    })
  })
  await new Promise<void>((resolve, reject) => {
    child.once('spawn', resolve)
    child.once('error', (cause) => {
      reject(new Error(`Cannot start ${options.name}: ${cause.message}`, { cause }))
    })
  })
  const signal = (name: NodeJS.Signals): void => {
    if (alive) child.kill(name)
  }
  return {
    name: options.name,
    pid: child.pid ?? 0,
    logFile: options.logFile,
    ended,
    alive: () => alive,
    signal,
    async stop(graceMs = 10_000) {
      signal('SIGCONT')
      signal('SIGTERM')
      const timer = setTimeout(() => {
        signal('SIGKILL')
      }, graceMs)
      try {
        return await ended
      } finally {
        clearTimeout(timer)
      }
    },
  }
}

/** `exited with code 1` or `was killed by SIGKILL`. */
export function endingText(ending: Ending): string {
  return ending.signal === null ? `exited with code ${String(ending.code)}` : `was killed by ${ending.signal}`
}

/**
 * Waits until `check` gives true; a check that throws counts as not yet.
 * Rejects as soon as the process has ended, or after `timeoutMs`, with the last lines of its log.
 */
export async function untilReady(child: Child, check: () => Promise<boolean>, timeoutMs: number): Promise<void> {
  const deadline = Date.now() + timeoutMs
  for (;;) {
    if (!child.alive())
      throw new Error(`Cannot start ${child.name}: it ${endingText(await child.ended)}\n${lastLines(child.logFile)}`)
    if (await check().catch(() => false)) return
    if (Date.now() > deadline)
      throw new Error(
        `Cannot start ${child.name}: not ready after ${String(timeoutMs / 1000)} s\n${lastLines(child.logFile)}`,
      )
    await pause(25)
  }
}

/** Runs a command to its end and returns its standard output. Rejects with its output when it fails. */
export async function run(
  command: string,
  args: readonly string[],
  options: { timeoutMs?: number; cwd?: string; env?: NodeJS.ProcessEnv } = {},
): Promise<string> {
  return await new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs,
      killSignal: 'SIGKILL',
      cwd: options.cwd,
      env: options.env ?? process.env,
    })
    const out: Buffer[] = []
    const all: Buffer[] = []
    child.stdout.on('data', (chunk: Buffer) => {
      out.push(chunk)
      all.push(chunk)
    })
    child.stderr.on('data', (chunk: Buffer) => {
      all.push(chunk)
    })
    child.once('error', (cause) => {
      reject(new Error(`Cannot run ${command}: ${cause.message}`, { cause }))
    })
    child.once('close', (code, signal) => {
      if (code === 0) resolve(Buffer.concat(out).toString())
      else
        reject(
          new Error(
            `Cannot run ${[command, ...args].join(' ')}: it ` +
              `${endingText({ code, signal })}\n${Buffer.concat(all).toString().trim()}`,
          ),
        )
    })
  })
}

function lastLines(file: string): string {
  return readFileSync(file, 'utf8').trimEnd().split('\n').slice(-15).join('\n')
}
