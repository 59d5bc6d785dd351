import { randomBytes } from 'node:crypto'
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { redisAclRules } from '../service/stores/redis-acl.ts'
import { type Certificates, makeCertificates } from './certificates.ts'
import { type Child, startChild, untilReady } from './child.ts'
import { freePort } from './free-port.ts'
import { pingRedis } from './tell-redis.ts'

/** A Redis user's name and password. */
export interface RedisUser {
  readonly username: string
  readonly password: string
}

/** A private Redis server on the loopback address, with the same restrictions as in production. */
export interface LocalRedis {
  readonly host: '127.0.0.1'
  readonly port: number
  readonly tls: boolean
  /** `rediss://127.0.0.1:PORT` (or `redis://`), without credentials. */
  readonly url: string
  /** Set with TLS: the authority that signed the server's certificate. */
  readonly certificates: Certificates | undefined
  /** The service's own user, limited to its prefixes and its commands (service/stores/redis-acl.ts). */
  readonly service: RedisUser
  /** A user with all rights, for people and tests. The default user without a name is off. */
  readonly operator: RedisUser
  /** The running process; after `start()` a new one. */
  readonly process: Child
  /** Starts it again after it ended: empty, with the same port, certificates and users. */
  start(): Promise<void>
  stop(): Promise<void>
  /** Sends SIGKILL and waits until the process is gone. */
  kill(): Promise<void>
}

export interface RedisOptions {
  /** The folder for its configuration, certificates and log. */
  readonly folder: string
  readonly logFile?: string
  /** Default: a free one. */
  readonly port?: number
  /** Default true. False opens a plaintext port instead. */
  readonly tls?: boolean
  /** Follow this server: same certificates, same users. */
  readonly replicaOf?: LocalRedis
  /** Further configuration lines, such as `maxmemory 8mb`. */
  readonly config?: readonly string[]
}

/** Starts a redis-server that keeps nothing on disk and refuses writes when full, and waits until it answers. */
export async function startRedis(options: RedisOptions): Promise<LocalRedis> {
  const { folder, replicaOf } = options
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const port = options.port ?? (await freePort())
  const tls = replicaOf?.tls ?? options.tls ?? true
  const certificates = tls ? (replicaOf?.certificates ?? (await makeCertificates(join(folder, 'tls')))) : undefined
  const service = replicaOf?.service ?? { username: 'chatmrpt', password: randomBytes(24).toString('hex') }
  const operator = replicaOf?.operator ?? { username: 'operator', password: randomBytes(24).toString('hex') }

  const lines = [
    'bind 127.0.0.1',
    ...(certificates === undefined
      ? [`port ${String(port)}`]
      : [
          'port 0',
          `tls-port ${String(port)}`,
          `tls-cert-file ${certificates.certFile}`,
          `tls-key-file ${certificates.keyFile}`,
          `tls-ca-cert-file ${certificates.caFile}`,
          'tls-auth-clients no',
          'tls-replication yes',
        ]),
    `dir "${folder}"`,
    'save ""',
    'appendonly no',
    'maxmemory-policy noeviction',
    'enable-debug-command local',
    'repl-diskless-sync-delay 0',
    'user default off',
    `user ${operator.username} on >${operator.password} ~* &* +@all`,
    `user ${service.username} on >${service.password} ${redisAclRules()}`,
    // Until it follows the primary, it does not answer, and so does not count as started.
    ...(replicaOf === undefined
      ? []
      : [
          'replica-serve-stale-data no',
          `replicaof 127.0.0.1 ${String(replicaOf.port)}`,
          `masteruser ${operator.username}`,
          `masterauth ${operator.password}`,
        ]),
    ...(options.config ?? []),
  ]
  const configFile = join(folder, 'redis.conf')
  writeFileSync(configFile, `${lines.join('\n')}\n`, { mode: 0o600 })

  const launch = async (): Promise<Child> => {
    const child = await startChild({
      name: 'redis-server',
      command: 'redis-server',
      args: [configFile],
      logFile: options.logFile ?? join(folder, 'redis.log'),
    })
    await untilReady(
      child,
      async () => {
        await pingRedis({ host: '127.0.0.1', port, ca: certificates?.ca, ...operator })
        return true
      },
      10_000,
    )
    return child
  }
  let child = await launch()
  return {
    host: '127.0.0.1',
    port,
    tls,
    url: `${tls ? 'rediss' : 'redis'}://127.0.0.1:${String(port)}`,
    certificates,
    service,
    operator,
    get process() {
      return child
    },
    async start() {
      if (!child.alive()) child = await launch()
    },
    async stop() {
      await child.stop(3_000)
    },
    async kill() {
      child.signal('SIGKILL')
      await child.ended
    },
  }
}
