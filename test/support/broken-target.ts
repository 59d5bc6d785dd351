import { once } from 'node:events'
import { createServer, request as send, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Test } from 'tap'

/** The answer to a request. */
export interface Answer {
  readonly status: number
  readonly headers: string[]
  readonly body: Buffer
}
/** Decides the answer to a request; `ask` asks the real target. */
export type Broken = (request: IncomingMessage, ask: () => Promise<Answer>) => Promise<Answer>

/** A relay in front of a target, or of one of its tasks, that is broken on purpose. Gives its address. */
export async function brokenTarget(t: Pick<Test, 'teardown'>, target: string, broken: Broken): Promise<string> {
  const server: Server = createServer((incoming: IncomingMessage, outgoing: ServerResponse) => {
    const ask = async (): Promise<Answer> =>
      await new Promise((resolve, reject) => {
        const upstream = send(
          new URL(incoming.url ?? '/', target),
          { method: incoming.method, headers: incoming.headers },
          (reply) => {
            const chunks: Buffer[] = []
            reply.on('data', (chunk: Buffer) => {
              chunks.push(chunk)
            })
            reply.once('end', () => {
              resolve({ status: reply.statusCode ?? 0, headers: reply.rawHeaders, body: Buffer.concat(chunks) })
            })
          },
        )
        upstream.once('error', reject)
        incoming.pipe(upstream)
      })
    broken(incoming, ask).then(
      ({ status, headers, body }) => {
        outgoing.writeHead(
          status,
          headers.flatMap((name, at) =>
            at % 2 === 0 && !/^(connection|keep-alive|transfer-encoding)$/i.test(name)
              ? [name, headers[at + 1] ?? '']
              : [],
          ),
        )
        outgoing.end(body)
      },
      () => {
        outgoing.destroy()
      },
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${String((server.address() as { port: number }).port)}`
}

/** Answers a GET as the first one with this key was answered, even after changes. */
export function keeping(paths: RegExp, key: (request: IncomingMessage) => string): Broken {
  const kept = new Map<string, Answer>()
  return async (request, ask) => {
    if (request.method !== 'GET' || !paths.test(request.url ?? '')) return await ask()
    const known = kept.get(key(request))
    if (known !== undefined) return known
    const answer = await ask()
    if (answer.status === 200) kept.set(key(request), answer)
    return answer
  }
}
