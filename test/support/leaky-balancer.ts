import { once } from 'node:events'
import { Agent, createServer, request } from 'node:http'
import type { Test } from 'tap'

/**
 * A round-robin balancer with one fault: it leaves out the headers that `Connection` names, the length of a body among
 * them, and sends the body all the same. What stands in such a body is the next request on a connection that all share.
 */
export async function leakyBalancer(t: Pick<Test, 'teardown'>, targets: readonly string[]): Promise<string> {
  const agent = new Agent({ keepAlive: true })
  let turn = 0
  const server = createServer((incoming, outgoing) => {
    const named = (incoming.headers.connection ?? '').toLowerCase().split(/\s*,\s*/)
    const headers = incoming.rawHeaders.flatMap((name, at) =>
      at % 2 === 0 && !['connection', 'trailer', ...named].includes(name.toLowerCase())
        ? [name, incoming.rawHeaders[at + 1] ?? '']
        : [],
    )
    const { hostname, port } = new URL(targets[(turn += 1) % targets.length] ?? '')
    const upstream = request(
      { agent, host: hostname, port, method: incoming.method, path: incoming.url, headers, setHost: false },
      (reply) => {
        outgoing.writeHead(reply.statusCode ?? 502, reply.headers)
        reply.pipe(outgoing)
      },
    )
    upstream.on('error', () => {
      outgoing.destroy()
    })
    incoming.pipe(upstream)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
    agent.destroy()
  })
  return `http://127.0.0.1:${String((server.address() as { port: number }).port)}`
}
