import { randomBytes } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis, type RedisOptions as ClientOptions } from 'ioredis'
import type { Test } from 'tap'
import { type LocalRedis, type RedisOptions, startRedis } from '../../local/redis.ts'
import { prepareBucket, type S3Address } from '../../local/prepare-bucket.ts'
import { type LocalS3, localOrigins, startS3 } from '../../local/s3-gateway.ts'
import {
  type LocalService,
  type ServiceSecrets,
  serviceEnv,
  startService as spawnService,
} from '../../local/service.ts'

type Owner = Pick<Test, 'teardown'>

/** A folder of this test's own, deleted when the test ends. */
export function folder(t: Owner): string {
  const path = mkdtempSync(join(tmpdir(), 'chatmrpt-test-'))
  t.teardown(() => {
    rmSync(path, { recursive: true, force: true, maxRetries: 3 })
  })
  return path
}

/** A Redis server of this test's own (TLS, confined user), stopped when the test ends. Takes about 0.1 s. */
export async function redis(t: Owner, options: Omit<RedisOptions, 'folder'> = {}): Promise<LocalRedis> {
  const server = await startRedis({ ...options, folder: join(folder(t), 'redis') })
  t.teardown(async () => {
    await server.stop()
  })
  return server
}

/** An ioredis client on a server of `redis()`, as its operator unless told otherwise; closed when the test ends. */
export function redisClient(
  t: Owner,
  server: LocalRedis,
  options: Omit<ClientOptions, 'replyMapping'> & { as?: 'operator' | 'service' } = {},
): Redis {
  const { as = 'operator', ...rest } = options
  const client = new Redis({
    host: server.host,
    port: server.port,
    ...server[as],
    ...(server.certificates === undefined ? {} : { tls: { ca: server.certificates.ca } }),
    disableClientInfo: true,
    ...rest,
  })
  // An error event without a listener would end the test process; each command's own promise still rejects.
  client.on('error', () => undefined)
  t.teardown(() => {
    client.disconnect()
  })
  return client
}

/**
 * An empty bucket of this test's own, on the gateway of `npm test`, or on a new one when the file runs alone.
 * Tests that stop the gateway use `ownS3` instead.
 */
export async function s3(t: Owner): Promise<S3Address> {
  const shared = process.env.TEST_S3
  if (shared === undefined) return await ownS3(t)
  const address: S3Address = { ...(JSON.parse(shared) as S3Address), bucket: `test-${randomBytes(8).toString('hex')}` }
  await prepareBucket(address, localOrigins)
  return address
}

/** A gateway of this test's own that may be killed and started again. Takes 1 to 4 s. */
export async function ownS3(t: Owner): Promise<LocalS3> {
  const gateway = await startS3({ folder: join(folder(t), 's3') })
  t.teardown(async () => {
    await gateway.stop()
  })
  return gateway
}

/** Secrets of the right shape, different every time. */
export function secrets(): ServiceSecrets {
  const secret = (): string => randomBytes(32).toString('hex')
  return { cookieSecrets: secret(), sealSecrets: `t1:${secret()}`, projectSecrets: secret() }
}

export interface TestService extends LocalService {
  /** Everything the process has written so far. */
  readonly output: () => string
  /** Its whole lines that are JSON: log entries and metrics. */
  readonly lines: () => Record<string, unknown>[]
}

/** The service's environment for parts of this file, with secrets of its own unless given. */
export function envFor(
  server: LocalRedis,
  objects: S3Address,
  given: ServiceSecrets = secrets(),
): Record<string, string> {
  return serviceEnv({ url: server.url, ...server.service, caFile: server.certificates?.caFile }, objects, given)
}

/**
 * A real service process on a free port, stopped when the test ends. `env` is added to what the parts need and wins.
 * Give `secrets` to several of them to make them tasks of one service.
 */
export async function startService(
  t: Owner,
  parts: {
    redis: LocalRedis
    s3: S3Address
    secrets?: ServiceSecrets
    env?: Readonly<Record<string, string>>
    port?: number
    untilReadyz?: boolean
  },
): Promise<TestService> {
  const logFile = join(folder(t), 'service.log')
  const service = await spawnService({
    env: { ...envFor(parts.redis, parts.s3, parts.secrets), ...parts.env },
    logFile,
    ...(parts.port === undefined ? {} : { port: parts.port }),
    ...(parts.untilReadyz === undefined ? {} : { untilReadyz: parts.untilReadyz }),
  })
  t.teardown(async () => {
    await service.process.stop(5_000)
  })
  const output = (): string => readFileSync(logFile, 'utf8')
  return {
    ...service,
    output,
    lines: () =>
      output()
        .split('\n')
        .slice(0, -1)
        .filter((line) => line.startsWith('{'))
        .map((line) => JSON.parse(line) as Record<string, unknown>),
  }
}
