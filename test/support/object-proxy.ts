import { createServer, request, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Test } from 'tap'
import type { S3Address } from '../../local/prepare-bucket.ts'

/** The parts of an object store's reply. */
export interface StoreReply {
  readonly headers: IncomingHttpHeaders
  readonly body: Buffer
}

export interface ObjectProxy extends S3Address {
  /** The answer to the last GET of a path that holds `part`. */
  replyTo(part: string): StoreReply
  /**
   * The next GET of a path that holds `part` gets this reply instead of its own. An empty content length sends none.
   */
  answerNext(part: string, change: (own: StoreReply) => StoreReply): void
  /** Breaks off this many PUTs to paths that hold `part`, after their first bytes; gives the number so far. */
  breakPuts(part: string, times: number): () => number
}

/** A relay in front of the object store that can swap replies, as a faulty connection pool would. */
export async function objectProxy(t: Pick<Test, 'teardown'>, store: S3Address): Promise<ObjectProxy> {
  const seen = new Map<string, StoreReply>()
  let armed: { part: string; change: (own: StoreReply) => StoreReply } | null = null
  let breaking = { part: '', left: 0 }
  let broken = 0
  const target = new URL(store.endpoint)
  const server = createServer((incoming, outgoing) => {
    const upstream = request(
      {
        host: target.hostname,
        port: target.port,
        method: incoming.method,
        path: incoming.url,
        headers: incoming.headers,
        agent: false,
      },
      (answer) => {
        const chunks: Buffer[] = []
        answer.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
        })
        answer.on('end', () => {
          let reply: StoreReply = { headers: answer.headers, body: Buffer.concat(chunks) }
          if (incoming.method === 'GET') {
            seen.set(incoming.url ?? '', reply)
            if (armed !== null && incoming.url?.includes(armed.part) === true) {
              reply = armed.change(reply)
              armed = null
            }
          }
          const { 'transfer-encoding': _encoding, connection: _connection, ...headers } = reply.headers
          const isUnmeasured = reply.headers['content-length'] === ''
          if (isUnmeasured) delete headers['content-length']
          const length =
            incoming.method === 'HEAD' || isUnmeasured ? {} : { 'content-length': String(reply.body.length) }
          outgoing.writeHead(answer.statusCode ?? 500, { ...headers, ...(answer.statusCode === 204 ? {} : length) })
          outgoing.end(reply.body)
        })
      },
    )
    upstream.on('error', () => {
      outgoing.destroy()
    })
    if (incoming.method === 'PUT' && breaking.left > 0 && incoming.url?.includes(breaking.part) === true) {
      breaking.left -= 1
      incoming.once('data', (chunk) => {
        broken += 1
        upstream.write(chunk, () => {
          upstream.destroy()
          incoming.destroy()
        })
      })
      return
    }
    incoming.pipe(upstream)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    ...store,
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    replyTo: (part) => {
      const found = [...seen].filter(([url]) => url.includes(part)).at(-1)
      if (found === undefined) throw new Error(`Nothing was read from ${part}`)
      return found[1]
    },
    answerNext: (part, change) => {
      armed = { part, change }
    },
    breakPuts: (part, times) => {
      breaking = { part, left: times }
      return () => broken
    },
  }
}
