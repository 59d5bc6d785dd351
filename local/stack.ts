import { randomBytes } from 'node:crypto'
import { mkdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { startBalancer } from './balancer.ts'
import { type Child, endingText, run } from './child.ts'
import { isFree } from './free-port.ts'
import { installParts } from './install-parts.ts'
import { pingRedis } from './ping-redis.ts'
import { prepareBucket, type S3Address } from './prepare-bucket.ts'
import { startRedis } from './redis.ts'
import type { StackRecord } from './run-record.ts'
import { startS3 } from './s3-gateway.ts'
import { type LocalService, type RedisAccess, serviceEnv, startService } from './service.ts'
import type { GivenRedis, StackOptions } from './stack-options.ts'

/** Where a stack keeps its state and its logs, and how it speaks. */
export interface StackPlace {
  readonly stateFolder: string
  readonly logFolder: string
  /** One line for people. */
  readonly say: (line: string) => void
}

/** A whole stack that starts once and stops once. */
export interface Stack {
  /** Starts the parts in order, saying one line for each. Rejects at the first that fails; then call `stop()`. */
  start(): Promise<StackRecord>
  /** Stops what runs, the services first so that they can finish their requests. May be called at any time. */
  stop(): Promise<void>
}

interface RunningRedis { readonly access: RedisAccess, readonly record: StackRecord['redis'] }
interface RunningS3 { readonly address: S3Address, readonly record: StackRecord['s3'] }

export function createStack(options: StackOptions, place: StackPlace, env: NodeJS.ProcessEnv): Stack {
  const { say, stateFolder, logFolder } = place
  const url = `http://127.0.0.1:${String(options.port)}`
  const stopServices: (() => Promise<unknown>)[] = []
  const stopParts: (() => Promise<unknown>)[] = []
  const tasks: LocalService[] = []
  let stopping = false

  const announce = (name: string, version: string, where: string, pid: number | null): void => {
    say(`${name.padEnd(10)} ${version.padEnd(9)} ${where.padEnd(27)} ${pid === null ? 'given' : `pid ${String(pid)}`}`)
  }
  const watch = (child: Child, effect: () => string): void => {
    void child.ended.then((ending) => {
      if (!stopping) say(`${child.name} (pid ${String(child.pid)}) ${endingText(ending)}: ${effect()}. It is not started again; Ctrl-C, then npm start. Log: ${child.logFile}`)
    })
  }
  const log = (name: string): string => {
    const file = join(logFolder, `${name}.log`)
    rmSync(file, { force: true })
    return file
  }

  async function redis(): Promise<RunningRedis> {
    if (options.redis !== undefined) {
      await checkRedis(options.redis)
      const { host, port, tls, ca, username, password } = options.redis
      announce('redis', '', options.redis.url, null)
      return { access: options.redis, record: { host, port, pid: null, tls, ...(ca === undefined ? {} : { ca }), username, password } }
    }
    const server = await startRedis({ folder: join(stateFolder, 'redis'), logFile: log('redis') })
    stopParts.push(async () => { await server.stop() })
    watch(server.process, () => 'every route that needs a session answers 503; all sessions are lost')
    announce('redis', await versionOf('redis-server', ['--version'], /v=([\d.]+)/), server.url, server.process.pid)
    const { host, port, tls, certificates } = server
    return {
      access: { url: server.url, ...server.service, caFile: certificates?.caFile },
      record: { host, port, pid: server.process.pid, tls, ...(certificates === undefined ? {} : { ca: certificates.ca }), ...server.operator },
    }
  }

  async function s3(): Promise<RunningS3> {
    const origins = [url, `http://localhost:${String(options.port)}`]
    if (options.s3 !== undefined) {
      const { endpoint, bucket, accessKeyId, secretAccessKey } = options.s3
      const lacking = await prepareBucket(options.s3, origins).catch((cause: unknown) => {
        throw new Error(`Cannot use bucket ${bucket} at ${endpoint} (S3_ENDPOINT): ${textOf(cause)}`, { cause })
      })
      announce('s3', '', endpoint, null)
      if (lacking.length > 0) say(`           ${endpoint} has no ${lacking.join(', ')} for a bucket: uploads from the page work only if it allows ${url} by itself`)
      return { address: options.s3, record: { endpoint, pid: null, bucket, accessKeyId, secretAccessKey } }
    }
    const server = await startS3({ folder: join(stateFolder, 's3'), logFile: log('s3'), origins })
    stopParts.push(async () => { await server.stop() })
    for (const child of server.processes) watch(child, () => 'routes that need files answer 503; sessions and logout go on')
    announce('s3', await versionOf('radosgw', ['--version'], /version ([\d.]+)/), server.endpoint, server.gateway.pid)
    const { endpoint, bucket, accessKeyId, secretAccessKey } = server
    return { address: server, record: { endpoint, pid: server.gateway.pid, bucket, accessKeyId, secretAccessKey } }
  }

  async function services(access: RedisAccess, address: S3Address): Promise<void> {
    const version = packageVersion()
    const shared = {
      ...settingsOf(env),
      ...serviceEnv(access, address, {
        cookieSecrets: env.COOKIE_SECRETS ?? randomBytes(32).toString('hex'),
        sealSecrets: env.SEAL_SECRETS ?? `local:${randomBytes(32).toString('hex')}`,
      }),
      VERSION: version,
      COMMIT: await run('git', ['rev-parse', '--short', 'HEAD'], { cwd: import.meta.dirname }).then((text) => text.trim(), () => 'unknown'),
    }
    const alone = options.tasks === 1
    const names = Array.from({ length: options.tasks }, (_, index) => alone ? 'service' : `service-${String(index + 1)}`)
    const outcomes = await Promise.allSettled(names.map(async (name) => {
      const service = await startService({
        name,
        logFile: log(name),
        env: { ...shared, ...(alone ? {} : { TRUSTED_PROXIES: '127.0.0.1/32' }) },
        ...(alone ? { port: options.port } : {}),
      })
      stopServices.push(async () => await service.process.stop(27_000))
      return service
    }))
    for (const [index, outcome] of outcomes.entries()) {
      if (outcome.status === 'rejected') throw outcome.reason as Error
      const service = outcome.value
      tasks.push(service)
      watch(service.process, () => {
        const left = tasks.filter((task) => task.process.alive()).length
        return left === 0 ? `nothing serves ${url} now` : `its requests go to the ${left === 1 ? 'one task' : `${String(left)} tasks`} left`
      })
      announce(names[index] ?? '', version, service.url, service.process.pid)
    }
    if (alone) return
    const balancer = await startBalancer({ port: options.port, targets: tasks.map((task) => task.url) })
    stopServices.push(async () => { await balancer.close() })
    announce('balancer', version, balancer.url, process.pid)
  }

  return {
    async start() {
      await installParts([...(options.redis === undefined ? ['Redis'] as const : []), ...(options.s3 === undefined ? ['S3 gateway'] as const : [])], say)
      if (!await isFree(options.port)) {
        throw new Error(`Cannot start: port ${String(options.port)} is taken by another program. Give a free one: PORT=${String(options.port + 1)} npm start`)
      }
      mkdirSync(logFolder, { recursive: true, mode: 0o700 })
      const { access, record: redisRecord } = await redis()
      const { address, record: s3Record } = await s3()
      await services(access, address)
      return { url, tasks: tasks.map((task) => ({ url: task.url, pid: task.process.pid })), redis: redisRecord, s3: s3Record }
    },
    async stop() {
      stopping = true
      await Promise.all(stopServices.map(async (stop) => await stop()))
      await Promise.all(stopParts.map(async (stop) => await stop()))
      rmSync(stateFolder, { recursive: true, force: true, maxRetries: 3 })
    },
  }
}

async function checkRedis(given: GivenRedis): Promise<void> {
  try {
    await pingRedis({ ...given, ca: given.tls ? given.ca ?? true : undefined })
  } catch (cause) {
    throw new Error(`Cannot use ${given.url} (REDIS_URL): ${textOf(cause)}. Start that server, correct REDIS_USERNAME, REDIS_PASSWORD or REDIS_CA_FILE, or unset REDIS_URL to have one started here`, { cause })
  }
}

/** What of the caller's environment is a setting of the service; the rest stays out. */
function settingsOf(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['SESSION_IDLE_SECONDS', 'SESSION_ABSOLUTE_SECONDS', 'WORKERS', 'LOG_LEVEL']
  return Object.fromEntries(names.flatMap((name) => env[name] === undefined ? [] : [[name, env[name]]]))
}

async function versionOf(program: string, args: readonly string[], pattern: RegExp): Promise<string> {
  return pattern.exec(await run(program, args))?.[1] ?? 'unknown'
}

function packageVersion(): string {
  return (JSON.parse(readFileSync(join(import.meta.dirname, '../package.json'), 'utf8')) as { version: string }).version
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return textOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
