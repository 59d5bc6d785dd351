import { join } from 'node:path'
import { run } from './child.ts'
import { pingRedis } from './tell-redis.ts'
import { prepareBucket, type S3Address } from './prepare-bucket.ts'
import { startRedis } from './redis.ts'
import { startRedisPair } from './redis-pair.ts'
import type { StackRecord } from './run-record.ts'
import { startS3 } from './s3-gateway.ts'
import type { RedisAccess } from './service.ts'
import type { StackFloor } from './stack-floor.ts'
import type { GivenRedis, StackOptions } from './stack-options.ts'

/** The given Redis, or one started here when none is given. A given Redis that fails is never replaced. */
export async function provideRedis(
  floor: StackFloor,
  { redis: given, replica }: Pick<StackOptions, 'redis' | 'replica'>,
): Promise<{ access: RedisAccess; record: StackRecord['redis'] }> {
  if (given !== undefined) {
    await checkRedis(given)
    const { host, port, tls, ca, username, password } = given
    floor.announce('redis', '', given.url, null)
    return {
      access: given,
      record: { host, port, pid: null, tls, ...(ca === undefined ? {} : { ca }), username, password },
    }
  }
  const version = await versionOf('redis-server', /v=([\d.]+)/)
  if (replica) return await startRedisPair(floor, version)
  const server = await startRedis({ folder: join(floor.stateFolder, 'redis'), logFile: floor.log('redis') })
  floor.onStop(async () => {
    await server.stop()
  })
  const { host, port, tls, certificates, url, operator, process: child } = server
  floor.watch(child, () => 'every route that needs a session answers 503; all sessions are lost')
  floor.announce('redis', version, url, child.pid)
  return {
    access: { url, ...server.service, caFile: certificates?.caFile },
    record: {
      host,
      port,
      pid: child.pid,
      tls,
      ...(certificates === undefined ? {} : { ca: certificates.ca }),
      ...operator,
    },
  }
}

/**
 * The given S3 endpoint with its bucket prepared, or a gateway started here when none is given. A given endpoint that
 * fails is never replaced.
 */
export async function provideS3(
  floor: StackFloor,
  given: S3Address | undefined,
): Promise<{ address: S3Address; record: StackRecord['s3'] }> {
  const origins = [floor.url, floor.url.replace('127.0.0.1', 'localhost')]
  if (given !== undefined) {
    const { endpoint, bucket, accessKeyId, secretAccessKey } = given
    const lacking = await prepareBucket(given, origins).catch((cause: unknown) => {
      throw new Error(
        `Cannot use bucket ${bucket} at ${endpoint} (S3_ENDPOINT): ${textOf(cause)}. Start that server, correct ` +
          'S3_BUCKET or the AWS credentials, or unset S3_ENDPOINT to have one started here',
        { cause },
      )
    })
    floor.announce('s3', '', endpoint, null)
    if (lacking.length > 0)
      floor.say(
        `           ${endpoint} has no ${lacking.join(', ')} for a bucket: uploads from the page work only if it ` +
          `allows ${floor.url} by itself`,
      )
    return { address: given, record: { endpoint, pid: null, bucket, accessKeyId, secretAccessKey } }
  }
  const server = await startS3({ folder: join(floor.stateFolder, 's3'), logFile: floor.log('s3'), origins })
  floor.onStop(async () => {
    await server.stop()
  })
  const { endpoint, bucket, accessKeyId, secretAccessKey, gateway } = server
  for (const child of server.processes)
    floor.watch(child, () => 'routes that need files answer 503; sessions and logout go on')
  floor.announce('s3', await versionOf('radosgw', /version ([\d.]+)/), endpoint, gateway.pid)
  return { address: server, record: { endpoint, pid: gateway.pid, bucket, accessKeyId, secretAccessKey } }
}

async function checkRedis(given: GivenRedis): Promise<void> {
  try {
    await pingRedis({ ...given, ca: given.tls ? (given.ca ?? true) : undefined })
  } catch (cause) {
    throw new Error(
      `Cannot use ${given.url} (REDIS_URL): ${textOf(cause)}. Start that server, correct REDIS_USERNAME, ` +
        'REDIS_PASSWORD or REDIS_CA_FILE, or unset REDIS_URL to have one started here',
      { cause },
    )
  }
}

async function versionOf(program: string, pattern: RegExp): Promise<string> {
  return pattern.exec(await run(program, ['--version']))?.[1] ?? 'unknown'
}

function textOf(error: unknown): string {
  if (error instanceof AggregateError && error.errors.length > 0) return textOf(error.errors[0])
  return error instanceof Error ? error.message : String(error)
}
