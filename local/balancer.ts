import { randomUUID } from 'node:crypto'
import { Agent, createServer, type IncomingMessage, request, type RequestOptions, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { unreadRequests } from '../service/http/unread-requests.ts'

/** A running balancer. */
export interface Balancer {
  readonly url: string
  readonly port: number
  /** Takes no more connections, gives the open ones `graceMs` to finish, then cuts them. */
  close(graceMs?: number): Promise<void>
}

/**
 * An HTTP balancer in the place of the load balancer in the cloud: request after request goes to the next task in
 * turn, also on one kept-alive connection. Bodies and event streams pass as they come. A task that cannot be connected
 * to is passed over; a request that a task may have seen is never sent twice, except a GET or HEAD that met a
 * connection just closed. No task left: 502.
 */
export async function startBalancer(options: { port: number; targets: readonly string[] }): Promise<Balancer> {
  const agent = new Agent({ keepAlive: true })
  const targets = options.targets.map((target) => new URL(target))
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const tried = new Set<URL>()
    const next = (): URL | undefined => {
      if (tried.size === targets.length) return undefined
      for (;;) {
        const target = targets[turn % targets.length] as URL
        turn += 1
        if (tried.has(target)) continue
        tried.add(target)
        return target
      }
    }
    forward(incoming, outgoing, next, agent)
  })
  server.on(
    'clientError',
    unreadRequests({ 'cache-control': 'no-store', 'x-content-type-options': 'nosniff' }, randomUUID).onClientError,
  )
  // Longer than the cloud's 60 s of idling, and no limit to a slow upload.
  server.keepAliveTimeout = 65_000
  server.requestTimeout = 0
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, '127.0.0.1', resolve)
  })
  const { port } = server.address() as { port: number }
  return {
    url: `http://127.0.0.1:${String(port)}`,
    port,
    async close(graceMs = 5_000) {
      const timer = setTimeout(() => {
        server.closeAllConnections()
      }, graceMs)
      await new Promise<void>((resolve) => {
        server.close(() => {
          resolve()
        })
        server.closeIdleConnections()
      })
      clearTimeout(timer)
      agent.destroy()
    },
  }
}

function forward(incoming: IncomingMessage, outgoing: ServerResponse, next: () => URL | undefined, agent: Agent): void {
  const target = next()
  if (target === undefined) {
    // Without a request id, as a load balancer's: that is a task's word, by which its log is found.
    outgoing.writeHead(502, { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' })
    outgoing.end('No task answers.\n')
    return
  }
  const hasBody =
    incoming.headers['content-length'] !== undefined || incoming.headers['transfer-encoding'] !== undefined
  const options: RequestOptions = {
    agent,
    host: target.hostname,
    port: target.port,
    method: incoming.method,
    path: incoming.url,
    headers: requestHeaders(incoming),
    setHost: false,
  }
  const upstream = request(options)
  let sent = false
  let answered = false

  upstream.once('socket', (socket) => {
    const send = (): void => {
      sent = true
      if (hasBody) incoming.pipe(upstream)
      else upstream.end()
    }
    if (socket.connecting) socket.once('connect', send)
    else send()
  })
  upstream.once('response', (response) => {
    answered = true
    outgoing.writeHead(response.statusCode ?? 502, response.statusMessage, endToEnd(response.rawHeaders))
    outgoing.flushHeaders()
    // On a task that dies half-way the client's connection is cut too, so that the loss can be seen.
    pipeline(response, outgoing, (error) => {
      if (error) outgoing.destroy()
    })
  })
  upstream.on('error', () => {
    if (answered || outgoing.destroyed) return
    const untouched =
      !sent || (upstream.reusedSocket && !hasBody && (incoming.method === 'GET' || incoming.method === 'HEAD'))
    incoming.unpipe(upstream)
    forward(incoming, outgoing, untouched ? next : () => undefined, agent)
  })
  outgoing.once('close', () => {
    if (!outgoing.writableFinished) upstream.destroy()
  })
}

const hopByHop: ReadonlySet<string> = new Set([
  'connection',
  'keep-alive',
  'proxy-connection',
  'proxy-authenticate',
  'proxy-authorization',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Raw headers (name, value, name, value) without those that concern one connection only. */
function endToEnd(raw: readonly string[], drop: readonly string[] = []): string[] {
  const pairs = raw.flatMap((name, index) => (index % 2 === 0 ? [[name, raw[index + 1] ?? ''] as const] : []))
  const named = pairs
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.toLowerCase().split(/\s*,\s*/))
  return pairs
    .filter(([name]) => {
      const lower = name.toLowerCase()
      return !hopByHop.has(lower) && !named.includes(lower) && !drop.includes(lower)
    })
    .flat()
}

function requestHeaders(incoming: IncomingMessage): string[] {
  const before = incoming.headers['x-forwarded-for']
  const peer = incoming.socket.remoteAddress ?? ''
  return [
    ...endToEnd(incoming.rawHeaders, ['expect', 'x-forwarded-for', 'x-forwarded-proto', 'x-forwarded-port']),
    'X-Forwarded-For',
    before === undefined ? peer : `${String(before)}, ${peer}`,
    'X-Forwarded-Proto',
    'http',
    'X-Forwarded-Port',
    String(incoming.socket.localPort ?? ''),
    ...(incoming.headers['transfer-encoding'] === undefined ? [] : ['Transfer-Encoding', 'chunked']),
  ]
}
