import { createHash, randomBytes } from 'node:crypto'
import { isIP } from 'node:net'
import type { Duplex } from 'node:stream'
import { Command, Redis } from 'ioredis'
import type { Config } from '../config/config.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { openDeadlines } from './deadlines.ts'

/** A reply's fields after its tag. */
export type ScriptReply = readonly (Buffer | number | null)[]

/**
 * One connection that fails closed: every failure, whatever its cause, becomes the same fault, at once or within the
 * deadline.
 */
export interface RedisConnection {
  /**
   * Runs a script made by `luaScript`. The reply carries back a tag that only this call knows, so that a reply to
   * another call is never taken for its own.
   * @throws Fault `session-store-unavailable` when Redis fails or does not answer in time
   */
  run(script: Script, keys: readonly string[], args: readonly (string | number | Buffer)[]): Promise<ScriptReply>
  /**
   * Waits until `acks` replicas hold what this connection wrote.
   * @throws Fault `session-store-unavailable` when they do not within `timeoutMs`
   */
  waitForReplicas(acks: number, timeoutMs: number): Promise<void>
  /**
   * The server's report on its replication: the text of `INFO replication`.
   * @throws Fault `session-store-unavailable` as `run` does
   */
  replication(): Promise<string>
  /**
   * The round trip in milliseconds.
   * @throws Fault `session-store-unavailable` as `run` does
   */
  ping(): Promise<number>
  close(): void
}

export interface RedisOptions extends Pick<Config, 'redis'> {
  readonly password: string
  readonly metrics: Metrics
  /** Whether to refuse writes before they are made because a failover would lose them. Default: never. */
  readonly isReplicaBehind?: () => boolean
  /** Called for each connection failure, for the log; never with a key or a value. */
  readonly onError: (error: Error) => void
}

const DEADLINE_MS = 180
/**
 * Redis carries out a write only within this time after it was sent, so that no write answered with 503 appears later.
 */
const WRITE_WINDOW_MS = 170

/** How fast two clocks can drift apart, generously: 500 parts in a million. */
const DRIFT = 0.0005

/** Each reply carries Redis's time. Reading it more often than this would not add anything. */
const SAMPLE_EVERY_MS = 100

const PRELUDE = `
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local tag = ARGV[#ARGV] .. string.format('%d', now)
`

/**
 * A script for `run`: may use `now` (milliseconds, Redis's own clock) and `tag`, and must return a table that begins
 * with `tag`, which says whose reply it is and when it was made. The shebang makes a demoted primary answer READONLY
 * even to reads. `whenFull` lets it run on a full server; `write` makes it refuse with `{tag, 'late'}` once the caller
 * has been answered 503.
 */
export function luaScript(body: string, kind: 'write' | 'whenFull'): Script {
  const source =
    kind === 'write'
      ? `#!lua${PRELUDE}if now > tonumber(ARGV[#ARGV - 1]) then return {tag, 'late'} end\n${body}`
      : `#!lua flags=allow-oom${PRELUDE}${body}`
  return { source, digest: createHash('sha1').update(source).digest('hex'), isWrite: kind === 'write' }
}

export interface Script {
  readonly source: string
  /** The name under which Redis caches it. */
  readonly digest: string
  readonly isWrite: boolean
}

export function connectRedis({
  redis: server,
  password,
  metrics,
  isReplicaBehind = () => false,
  onError,
}: RedisOptions): RedisConnection {
  const client = new Redis({
    host: server.host,
    port: server.port,
    ...(password !== '' && { username: server.username, password }),
    ...(server.tls && {
      tls: {
        ...(isIP(server.host) === 0 && { servername: server.host }),
        ...(server.ca !== undefined && { ca: server.ca }),
      },
    }),
    protocol: 2,
    disableClientInfo: true,
    // Fail at once rather than wait: nothing is kept here to be written later.
    enableOfflineQueue: false,
    maxRetriesPerRequest: 0,
    autoResendUnfulfilledCommands: false,
    enableAutoPipelining: false,
    connectTimeout: 500,
    keepAlive: 5_000,
    // Otherwise a Redis that has loaded its data is not used until the time that it had estimated for loading is over.
    maxLoadingRetryTime: 200,
    retryStrategy: (times) => Math.min(50 * times, 300) * (0.5 + Math.random() / 2),
    reconnectOnError: (error) => (/^(READONLY|LOADING|MASTERDOWN)/.test(error.message) ? 1 : false),
  })
  client.on('error', onError)

  const tagPrefix = randomBytes(6).toString('base64url')
  let calls = 0
  let clock: ClockSample = { offsetMs: performance.timeOrigin, roundTripMs: Infinity, takenAt: 0 }
  const sampleClock = (sentAt: number, redisMs: number): number => {
    const takenAt = performance.now()
    const roundTripMs = takenAt - sentAt
    // A sample is behind by at most its round trip, so that a write is refused rather than late. It is also wrong by
    // the drift of the clocks since then. The sample that is least wrong now is kept.
    if (roundTripMs <= clock.roundTripMs + (takenAt - clock.takenAt) * DRIFT)
      clock = { offsetMs: redisMs - takenAt, roundTripMs, takenAt }
    return roundTripMs
  }

  const unavailable = (cause: unknown): Fault =>
    new Fault('session-store-unavailable', say('session-store-silent', {}), { cause })
  const drop = (): void => {
    client.disconnect(true)
  }
  const deadlines = openDeadlines(drop)
  const foreignReply = (): Fault => {
    metrics.isolationViolation('reply')
    drop()
    return unavailable(new Error('A reply that belongs to another call was refused and its connection dropped'))
  }

  let isGathering = false
  /** Commands of one turn of the event loop go out together, in one TLS record, once its sockets have been read. */
  const gather = (): void => {
    const stream = client.stream as Duplex | undefined
    if (isGathering || stream === undefined) return
    isGathering = true
    stream.cork()
    setImmediate(() => {
      isGathering = false
      stream.uncork()
    })
  }

  /** Sends a command, whose reply comes as bytes. The promise is the command's own: a session read costs no further. */
  const send = (name: string, args: (string | number | Buffer)[], deadlineMs = DEADLINE_MS): Promise<unknown> => {
    const command = new Command(name, args, { replyEncoding: null })
    deadlines.watch(command, deadlineMs)
    return client.sendCommand(command) as Promise<unknown>
  }
  const call = async (...command: Parameters<typeof send>): Promise<unknown> => {
    try {
      return await send(...command)
    } catch (error) {
      throw unavailable(error)
    }
  }

  const ping = async (): Promise<number> => {
    const sentAt = performance.now()
    const reply = await call('time', [])
    const [seconds, microseconds] = Array.isArray(reply) ? reply.map(Number) : []
    // Without this check, a reply to another call could make the clock invalid, and then no write would count as late.
    if (seconds === undefined || microseconds === undefined || !Number.isSafeInteger(seconds + microseconds))
      throw foreignReply()
    return sampleClock(sentAt, seconds * 1000 + Math.floor(microseconds / 1000))
  }
  client.on('ready', () => {
    clock = { ...clock, roundTripMs: Infinity }
    ping().catch(onError)
  })

  return {
    async run(script, keys, args) {
      if (script.isWrite && isReplicaBehind())
        throw unavailable(new Error('The replica is behind: a failover would lose the write, so it was not made'))
      calls += 1
      const tag = `${tagPrefix}${String(calls)}:`
      const sentAt = performance.now()
      const rest = [keys.length, ...keys, ...args]
      if (script.isWrite) rest.push(Math.floor(sentAt + clock.offsetMs + WRITE_WINDOW_MS))
      rest.push(tag)
      gather()
      let reply: unknown
      try {
        reply = await send('evalsha', [script.digest, ...rest])
      } catch (error) {
        if (!(error instanceof Error && error.message.startsWith('NOSCRIPT'))) throw unavailable(error)
        reply = await call('eval', [script.source, ...rest])
      }
      if (!Array.isArray(reply) || !(reply[0] instanceof Buffer)) throw foreignReply()
      const mark = reply[0].toString('latin1')
      if (!mark.startsWith(tag)) throw foreignReply()
      if (sentAt - clock.takenAt > SAMPLE_EVERY_MS) sampleClock(sentAt, Number(mark.slice(tag.length)))
      if (script.isWrite && reply[1] instanceof Buffer && reply[1].toString() === 'late')
        throw unavailable(new Error('The write came too late and was refused'))
      return reply.slice(1) as ScriptReply
    },

    async waitForReplicas(acks, timeoutMs) {
      if (acks === 0) return
      const confirmed = await call('wait', [acks, timeoutMs], timeoutMs + DEADLINE_MS)
      if (typeof confirmed !== 'number' || confirmed < acks)
        throw unavailable(new Error(`Only ${String(confirmed)} of ${String(acks)} replicas confirmed`))
    },

    replication: async () => String(await call('info', ['replication'])),

    ping,

    close: () => {
      client.disconnect()
    },
  }
}

/**
 * Redis's clock relative to this process's monotonic clock. A task's wall clock may jump; the monotonic one does not.
 */
interface ClockSample {
  readonly offsetMs: number
  readonly roundTripMs: number
  readonly takenAt: number
}
