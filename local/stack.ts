import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { balancerVersion, startBalancer } from './balancer.ts'
import { type Child, endingText, run } from './child.ts'
import { isFree } from './free-port.ts'
import { installParts } from './install-parts.ts'
import type { S3Address } from './prepare-bucket.ts'
import { provideRedis, provideS3 } from './provide-parts.ts'
import type { StackRecord } from './run-record.ts'
import { type LocalService, type RedisAccess, serviceEnv, startService } from './service.ts'
import { startProvider } from './sign-in/start-provider.ts'
import { settingsOf } from './service-settings.ts'
import type { StackFloor } from './stack-floor.ts'
import type { StackOptions } from './stack-options.ts'

/** Where a stack keeps its state and its logs, and how it reports. */
export interface StackPlace {
  readonly stateFolder: string
  readonly logFolder: string
  /** Prints one line for people. */
  readonly say: (line: string) => void
  /** Called when what runs is no longer what `start()` returned. */
  readonly onChange: (record: StackRecord) => void
}

/** A whole stack that starts once and stops once. */
export interface Stack {
  /** Starts the parts in order and prints one line for each. Rejects at the first failure; then call `stop()`. */
  start(): Promise<StackRecord>
  /** Stops what runs, the services first so that they can finish their requests. May be called at any time. */
  stop(): Promise<void>
}

export function createStack(options: StackOptions, place: StackPlace, env: NodeJS.ProcessEnv): Stack {
  const { say, stateFolder, logFolder, onChange } = place
  const url = `http://127.0.0.1:${String(options.port)}`
  const stopServices: (() => Promise<unknown>)[] = []
  const stopParts: (() => Promise<unknown>)[] = []
  const tasks: LocalService[] = []
  let stopping = false
  let running: StackRecord | undefined

  const announce = (name: string, version: string, where: string, pid: number | null): void => {
    say(`${name.padEnd(10)} ${version.padEnd(9)} ${where.padEnd(27)} ${pid === null ? 'given' : `pid ${String(pid)}`}`)
  }
  const watch = (child: Child, effect: () => string): void => {
    void child.ended.then((ending) => {
      if (!stopping)
        say(
          `${child.name} (pid ${String(child.pid)}) ${endingText(ending)}: ${effect()}. It is not started again; ` +
            `Ctrl-C, then npm start. Log: ${child.logFile}`,
        )
    })
  }
  const log = (name: string): string => {
    const file = join(logFolder, `${name}.log`)
    rmSync(file, { force: true })
    return file
  }

  const onRedisChange = (redis: StackRecord['redis']): void => {
    if (running === undefined || stopping) return
    running = { ...running, redis }
    onChange(running)
  }

  /** The settings of a sign-in provider that is started here; none where it is not wanted. */
  async function signInSettings(): Promise<Readonly<Record<string, string>>> {
    if (!options.signIn) return {}
    const provider = await startProvider({ publicUrl: url, logFile: log('sign-in') })
    stopParts.push(async () => await provider.process.stop(2_000))
    watch(provider.process, () => 'nobody can sign in now')
    announce('sign-in', '', provider.issuer, provider.process.pid)
    return provider.env
  }

  async function services(access: RedisAccess, address: S3Address): Promise<void> {
    const signIn = await signInSettings()
    const version = packageVersion()
    const shared = {
      ...serviceEnv(access, address, {
        cookieSecrets: env.COOKIE_SECRETS ?? randomBytes(32).toString('hex'),
        sealSecrets: env.SEAL_SECRETS ?? `local:${randomBytes(32).toString('hex')}`,
        projectSecrets: env.PROJECT_SECRETS ?? randomBytes(32).toString('hex'),
      }),
      ...settingsOf(env),
      ...signIn,
      VERSION: version,
      COMMIT: await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname }).then(
        (text) => text.trim(),
        () => 'unknown',
      ),
    }
    const alone = options.tasks === 1
    const names = Array.from({ length: options.tasks }, (_, index) =>
      alone ? 'service' : `service-${String(index + 1)}`,
    )
    const outcomes = await Promise.allSettled(
      names.map(async (name) => {
        const service = await startService({
          name,
          logFile: log(name),
          env: shared,
          ...(alone ? { port: options.port } : {}),
        })
        stopServices.push(async () => await service.process.stop(27_000))
        return service
      }),
    )
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status === 'rejected') throw outcome.reason as Error
      const service = outcome.value
      tasks.push(service)
      watch(service.process, () => {
        const left = tasks.filter((task) => task.process.alive()).length
        return left === 0
          ? `nothing serves ${url} now`
          : `its requests go to the ${left === 1 ? 'one task' : `${String(left)} tasks`} left`
      })
      announce(names[index] ?? '', version, service.url, service.process.pid)
    }
  }

  async function balance(): Promise<StackRecord['balancer']> {
    const balancer = await startBalancer({
      port: options.port,
      targets: tasks.map((task) => task.url),
      folder: join(stateFolder, 'balancer'),
      logFile: log('balancer'),
    })
    stopServices.push(async () => {
      await balancer.close()
    })
    watch(balancer.process, () => `nothing serves ${url} now`)
    announce('balancer', await balancerVersion(), balancer.url, balancer.process.pid)
    return { pid: balancer.process.pid }
  }

  return {
    async start() {
      await installParts(
        [
          ...(options.redis === undefined ? (['Redis'] as const) : []),
          ...(options.s3 === undefined ? (['S3 gateway'] as const) : []),
          ...(options.tasks === 1 ? [] : (['balancer'] as const)),
        ],
        say,
      )
      if (!(await isFree(options.port))) {
        throw new Error(
          `Cannot start: port ${String(options.port)} is taken by another program. Give a free one: ` +
            `PORT=${String(options.port + 1)} npm start`,
        )
      }
      mkdirSync(logFolder, { recursive: true, mode: 0o700 })
      const floor: StackFloor = {
        url,
        stateFolder,
        say,
        announce,
        watch,
        log,
        onStop: (stop) => {
          stopParts.push(stop)
        },
        isStopping: () => stopping,
        onRedisChange,
      }
      const { access, record: redisRecord } = await provideRedis(floor, options)
      const { address, record: s3Record } = await provideS3(floor, options.s3)
      await services(access, address)
      const balancer = options.tasks === 1 ? undefined : await balance()
      running = {
        url,
        ...(balancer === undefined ? {} : { balancer }),
        tasks: tasks.map((task) => ({ url: task.url, pid: task.process.pid })),
        redis: redisRecord,
        s3: s3Record,
      }
      return running
    },
    async stop() {
      stopping = true
      await Promise.all(stopServices.map(async (stop) => await stop()))
      await Promise.all(stopParts.map(async (stop) => await stop()))
      rmSync(stateFolder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }).version
}
