import { mkdirSync, writeFileSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { TIMINGS } from '../infra/timings.ts'
import { balancerConfig, balancerFiles, type BalancerPace, checksOf, refusedReply } from './balancer-config.ts'
import { type Child, run, startChild, untilReady } from './child.ts'
import { freePort } from './free-port.ts'
import { findProgram } from './install-parts.ts'
import { statusOf } from './service.ts'
import { tellBalancer } from './tell-balancer.ts'

/**
 * A running haproxy in place of the load balancer in the cloud. `balancerConfig` says how it resembles that balancer.
 */
export interface Balancer {
  readonly url: string
  readonly port: number
  readonly process: Child
  /** Adds a task once its `/livez` answers 200. */
  register(target: string): Promise<void>
  /**
   * Stops sending requests to a task, gives those under way `delaySeconds` to finish (default: as in the cloud), cuts
   * the rest and removes the task. Resolves when the task may end.
   */
  deregister(target: string, delaySeconds?: number): Promise<void>
  /** Stops accepting connections, gives the requests under way `graceMs` to finish, then cuts them. */
  close(graceMs?: number): Promise<void>
}

export interface BalancerOptions {
  /** Default: a free one. */
  readonly port?: number
  /** Where the tasks listen: `http://127.0.0.1:PORT`. */
  readonly targets: readonly string[]
  /** The folder for its configuration and sockets. */
  readonly folder: string
  readonly logFile: string
  /** Settings that differ from those of the cloud. */
  readonly pace?: Partial<BalancerPace>
}

const CLOUD: BalancerPace = {
  idleSeconds: TIMINGS.idleTimeout,
  checkSeconds: TIMINGS.healthCheckInterval,
  checkTimeoutSeconds: TIMINGS.healthCheckTimeout,
}
/**
 * The backend with the health checks comes last: without a healthy task, requests it no longer takes would go to the
 * other.
 */
const BACKENDS = ['any', 'tasks'] as const

/** Starts haproxy with its configuration in a private folder, and waits until it serves. */
export async function startBalancer(options: BalancerOptions): Promise<Balancer> {
  const { folder, logFile } = options
  const port = options.port ?? (await freePort())
  const pace = { ...CLOUD, ...options.pace }
  const names = new Map<string, string>()
  let named = 0
  const nameFor = (target: string): string => {
    named += 1
    const name = `task-${String(named)}`
    names.set(target, name)
    return name
  }
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const files = balancerFiles(folder)
  const servers = options.targets.map((target) => [nameFor(target), addressOf(target)] as const)
  writeFileSync(files.refused, refusedReply(), { mode: 0o600 })
  writeFileSync(files.config, balancerConfig({ port, servers, files, pace }), { mode: 0o600 })
  const child = await startChild({
    name: 'haproxy',
    command: findProgram('haproxy') ?? 'haproxy',
    // Without daemon mode, the started process is the one that serves.
    args: ['-db', '-f', files.config],
    logFile,
  })
  const tell = async (command: string): Promise<string> => await tellBalancer(files.admin, command)
  // It binds its ports before it reads from any socket.
  await untilReady(child, async () => (await tell('show info')).includes(`Pid: ${String(child.pid)}\n`), 10_000)

  return {
    url: `http://127.0.0.1:${String(port)}`,
    port,
    process: child,
    async register(target) {
      await untilReady(child, async () => (await statusOf(`${target}/livez`)) === 200, 20_000)
      const name = nameFor(target)
      for (const backend of BACKENDS) {
        const checks = backend === 'tasks' ? ` ${checksOf(pace)}` : ''
        const said = await tell(`add server ${backend}/${name} ${addressOf(target)}${checks}`)
        if (said !== 'New server registered.') throw new Error(`Cannot register ${target}: ${said}`)
        if (backend === 'tasks') await tell(`enable health ${backend}/${name}`)
        await tell(`set server ${backend}/${name} state ready`)
      }
    },
    async deregister(target, delaySeconds = TIMINGS.deregistrationDelay) {
      const name = names.get(target)
      if (name === undefined) throw new Error(`Cannot deregister ${target}: it is not registered`)
      names.delete(target)
      for (const backend of BACKENDS) await tell(`set server ${backend}/${name} state drain`)
      const until = performance.now() + delaySeconds * 1_000
      const isBusy = async (): Promise<boolean> =>
        (await Promise.all(BACKENDS.map(async (backend) => await usedConnections(tell, backend, name)))).some(Boolean)
      while ((await isBusy()) && performance.now() < until) await pause(20)
      for (const backend of BACKENDS) {
        await tell(`set server ${backend}/${name} state maint`)
        await tell(`shutdown sessions server ${backend}/${name}`)
        await deleted(tell, `${backend}/${name}`)
      }
    },
    async close(graceMs = 5_000) {
      child.signal('SIGUSR1')
      await Promise.race([child.ended, pause(graceMs, undefined, { ref: false })])
      await child.stop(1_000)
    },
  }
}

/** The version as haproxy prints it: `2.6.12`. */
export async function balancerVersion(): Promise<string> {
  return /version ([\d.]+)/.exec(await run(findProgram('haproxy') ?? 'haproxy', ['-v']))?.[1] ?? ''
}

function addressOf(target: string): string {
  return new URL(target).host
}

/** Connections to a server that carry a request at the moment. */
async function usedConnections(
  tell: (command: string) => Promise<string>,
  backend: string,
  name: string,
): Promise<number> {
  const table = (await tell(`show servers conn ${backend}`)).split('\n').map((line) => line.split(' '))
  // The first line begins with an extra `#`.
  const column = (table[0]?.indexOf('used_cur') ?? 0) - 1
  const row = table.find(([server]) => server === `${backend}/${name}`)
  if (row === undefined || column < 0) throw new Error(`Cannot see what ${backend}/${name} is at`)
  return Number(row[column])
}

/** It takes a moment until cut connections are gone. */
async function deleted(tell: (command: string) => Promise<string>, server: string): Promise<void> {
  const until = performance.now() + 5_000
  for (;;) {
    const said = await tell(`del server ${server}`)
    if (said === 'Server deleted.') return
    if (performance.now() > until) throw new Error(`Cannot forget ${server}: ${said}`)
    await pause(20)
  }
}
