import { get } from 'node:http'
import { join } from 'node:path'
import { DIST } from '../build/dist-folders.ts'
import { makeDist } from '../build/make-dist.ts'
import { type Child, startChild, untilReady } from './child.ts'
import { freePort } from './free-port.ts'
import type { S3Address } from './prepare-bucket.ts'

/** One running service process. */
export interface LocalService {
  /** `http://127.0.0.1:PORT` */
  readonly url: string
  readonly port: number
  readonly process: Child
}

/** Where the service finds Redis, and which user it is. */
export interface RedisAccess {
  /** `rediss://HOST:PORT` or `redis://HOST:PORT`. */
  readonly url: string
  readonly username?: string | undefined
  readonly password?: string | undefined
  readonly caFile?: string | undefined
  /** Replicas that must confirm a logout. Default 0. */
  readonly logoutAcks?: number
}

/**
 * Secrets that sign cookies, seal data and mark project files; the service's own format (see service/config/config.ts).
 */
export interface ServiceSecrets {
  readonly cookieSecrets: string
  readonly sealSecrets: string
  readonly projectSecrets: string
}

/** The service's environment for these parts; everything else keeps its default. */
export function serviceEnv(redis: RedisAccess, s3: S3Address, secrets: ServiceSecrets): Record<string, string> {
  return {
    STAGE: 'local',
    // Harnesses give each of their people an address in 127/8, as a balancer on this machine would report it.
    TRUSTED_PROXIES: '127.0.0.1/32',
    REDIS_URL: redis.url,
    ...(redis.username === undefined ? {} : { REDIS_USERNAME: redis.username }),
    ...(redis.password === undefined ? {} : { REDIS_PASSWORD: redis.password }),
    ...(redis.caFile === undefined ? {} : { REDIS_CA_FILE: redis.caFile }),
    REDIS_LOGOUT_ACKS: String(redis.logoutAcks ?? 0),
    S3_ENDPOINT: s3.endpoint,
    S3_BUCKET: s3.bucket,
    AWS_REGION: s3.region,
    AWS_ACCESS_KEY_ID: s3.accessKeyId,
    AWS_SECRET_ACCESS_KEY: s3.secretAccessKey,
    COOKIE_SECRETS: secrets.cookieSecrets,
    SEAL_SECRETS: secrets.sealSecrets,
    PROJECT_SECRETS: secrets.projectSecrets,
  }
}

/** What a service process takes from the machine it runs on; nothing else from the caller's environment reaches it. */
export function machineEnv(env: NodeJS.ProcessEnv): Record<string, string> {
  const names = ['PATH', 'HOME', 'TMPDIR', 'TZ', 'LANG', 'NODE_OPTIONS', 'NODE_EXTRA_CA_CERTS']
  return Object.fromEntries(names.flatMap((name) => (env[name] === undefined ? [] : [[name, env[name]]])))
}

export interface ServiceOptions {
  readonly env: Readonly<Record<string, string>>
  readonly logFile: string
  /** Default: a free one. */
  readonly port?: number
  /** The name to show when it cannot start. Default: `service`. */
  readonly name?: string
  /** Default true: wait for `/readyz` too. False for a test that starts the service while its parts are down. */
  readonly untilReadyz?: boolean
}

/**
 * Starts a service process on the loopback address, as the build makes it, and waits until `/livez` and `/readyz`
 * answer 200. Builds first when the sources have changed.
 */
export async function startService(options: ServiceOptions): Promise<LocalService> {
  const port = options.port ?? (await freePort())
  const url = `http://127.0.0.1:${String(port)}`
  const root = join(import.meta.dirname, '..')
  await makeDist(root)
  const child = await startChild({
    name: options.name ?? 'service',
    command: process.execPath,
    args: [join(root, DIST, 'main.js')],
    logFile: options.logFile,
    cwd: root,
    env: {
      ...machineEnv(process.env),
      HOST: '127.0.0.1',
      // The first process that ends fills it for all later ones, and the next build removes it.
      NODE_COMPILE_CACHE: join(root, DIST, 'compile-cache'),
      ...options.env,
      PORT: String(port),
    },
  })
  const paths = options.untilReadyz === false ? ['/livez'] : ['/livez', '/readyz']
  try {
    for (const path of paths) await untilReady(child, async () => (await statusOf(url + path)) === 200, 20_000)
  } catch (error) {
    await child.stop(1_000)
    throw error
  }
  return { url, port, process: child }
}

/** The status of one GET on a separate connection. */
export async function statusOf(url: string): Promise<number> {
  return await new Promise((resolve, reject) => {
    const request = get(url, { agent: false, timeout: 5_000 }, (response) => {
      response.resume()
      resolve(response.statusCode ?? 0)
    })
    request.once('timeout', () => {
      request.destroy(new Error(`no answer from ${url}`))
    })
    request.once('error', reject)
  })
}
