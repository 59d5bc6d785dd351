import { Agent } from 'undici'
import { ownAddress } from '../local/own-address.ts'

/** One request as the prover sends it. */
export interface Call {
  readonly user: number
  /** The session of the request; null without one. */
  readonly era: number | null
  readonly operation: string
  /**
   * As in the service's own description, such as `GET /api/analyses/{analysisId}`; `object store` for presigned URLs,
   * `raw bytes` for bytes that are sent unchanged.
   */
  readonly route: string
  readonly method: string
  /** A path at the target, or a whole presigned URL. */
  readonly address: string
  readonly cookie?: string | null
  readonly headers?: Readonly<Record<string, string>>
  /** Sent as JSON; texts and bytes go out as they are. */
  readonly body?: unknown
  /** On a connection of its own. */
  readonly fresh?: boolean
  /** Makes the service compute: only a few of these run at a time. */
  readonly heavy?: boolean
  /** Goes out at once, since it would come too late behind the requests of everybody. */
  readonly urgent?: boolean
}

/** A request and its whole reply. A status of 0 means that nothing came back. */
export interface Exchange extends Omit<Call, 'body'> {
  readonly begin: number
  readonly end: number
  readonly status: number
  readonly replyHeaders: Readonly<Record<string, string | string[] | undefined>>
  readonly bytes: Buffer
  readonly requestId: string | undefined
  /** The random part of the request id that names the task. */
  readonly task: string | undefined
  readonly error: string | undefined
}

export interface Client {
  send(call: Call): Promise<Exchange>
  close(): Promise<void>
}

export interface ClientOptions {
  readonly target: string
  readonly atOnce: number
  readonly heavyAtOnce: number
  /** Gets every exchange before its sender does. */
  readonly onExchange: (exchange: Exchange) => void
}

const HEADERS_MS = 30_000

/** Sends requests of many people over shared connections, as behind a balancer, a limited number at a time. */
export function createClient({ target, atOnce, heavyAtOnce, onExchange }: ClientOptions): Client {
  const kept = new Agent({
    connections: atOnce,
    pipelining: 1,
    headersTimeout: HEADERS_MS,
    bodyTimeout: HEADERS_MS,
    connect: { timeout: 5_000 },
  })
  const fresh = new Agent({
    pipelining: 0,
    headersTimeout: HEADERS_MS,
    bodyTimeout: HEADERS_MS,
    connect: { timeout: 5_000 },
  })
  const places = turnstile(atOnce)
  const heavyPlaces = turnstile(heavyAtOnce)

  const exchange = async (call: Call): Promise<Exchange> => {
    const url = URL.parse(call.address)
    const isRaw = typeof call.body === 'string' || call.body instanceof Uint8Array
    const { body: _, ...rest } = call
    const begin = performance.now()
    try {
      const reply = await (call.fresh === true ? fresh : kept).request({
        origin: url === null ? target : url.origin,
        path: url === null ? call.address : url.pathname + url.search,
        method: call.method,
        headers: {
          'user-agent': 'isolation-prover',
          // 127.0.0.1 itself is the balancer's address.
          ...(url === null && { 'x-forwarded-for': ownAddress(call.user + 256) }),
          ...(call.cookie === undefined || call.cookie === null ? {} : { cookie: call.cookie }),
          ...(call.body === undefined || isRaw ? {} : { 'content-type': 'application/json' }),
          ...call.headers,
        },
        body: call.body === undefined ? null : isRaw ? (call.body as string) : JSON.stringify(call.body),
      })
      const bytes = Buffer.from(await reply.body.arrayBuffer())
      const requestId = url === null ? [reply.headers['x-request-id']].flat()[0] : undefined
      return {
        ...rest,
        begin,
        end: performance.now(),
        status: reply.statusCode,
        replyHeaders: reply.headers,
        bytes,
        requestId,
        task: requestId?.slice(0, requestId.lastIndexOf('-')),
        error: undefined,
      }
    } catch (error) {
      return {
        ...rest,
        begin,
        end: performance.now(),
        status: 0,
        replyHeaders: {},
        bytes: Buffer.alloc(0),
        requestId: undefined,
        task: undefined,
        error: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
      }
    }
  }

  return {
    async send(call) {
      const leaveHeavy = call.heavy === true ? await heavyPlaces() : undefined
      // A presigned URL is valid for a minute.
      const leave = call.route === 'object store' || call.urgent === true ? undefined : await places()
      try {
        const result = await exchange(call)
        onExchange(result)
        return result
      } finally {
        leave?.()
        leaveHeavy?.()
      }
    },
    async close() {
      await Promise.all([kept.destroy(), fresh.destroy()])
    },
  }
}

/** Lets `places` in at a time, in order of arrival; gives the function that lets the next one in. */
function turnstile(places: number): () => Promise<() => void> {
  const waiting: (() => void)[] = []
  let free = places
  const leave = (): void => {
    const next = waiting.shift()
    if (next === undefined) free += 1
    else next()
  }
  return async () => {
    if (free > 0) free -= 1
    else
      await new Promise<void>((resolve) => {
        waiting.push(resolve)
      })
    return leave
  }
}

/** The body as JSON; an empty object if it is not JSON. */
export function jsonOf<T = Record<string, unknown>>(exchange: Exchange): Partial<T> {
  try {
    const value: unknown = JSON.parse(exchange.bytes.toString())
    return typeof value === 'object' && value !== null ? value : {}
  } catch {
    return {}
  }
}

/** The last part of a problem's type. */
export function problemOf(exchange: Exchange): string | undefined {
  return exchange.status < 400 ? undefined : jsonOf<{ type: string }>(exchange).type?.split(':').pop()
}
