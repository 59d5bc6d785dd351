import { globSync, readFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { join } from 'node:path'
import { livePage } from './live-page.ts'
import { liveView } from './live-view.ts'

/** Lines of every task's log that carry metrics. A line that is still being written is read the next time. */
export function readMetricLines(logFolder: string): Record<string, unknown>[] {
  return globSync('service*.log', { cwd: logFolder })
    .flatMap((file) => readFileSync(join(logFolder, file), 'utf8').split('\n'))
    .filter((line) => line.startsWith('{"_aws"') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** Serves the page of a local stack on loopback; resolves when it listens. Port 0 takes a free one. */
export async function serveDashboard(logFolder: string, port: number, now: () => number = Date.now): Promise<Server> {
  const server = createServer((request, reply) => {
    if (request.method !== 'GET' || request.url !== '/') {
      reply.writeHead(404, { 'content-type': 'text/plain' }).end('There is one page: /\n')
      return
    }
    reply
      .writeHead(200, {
        'content-type': 'text/html; charset=utf-8',
        'cache-control': 'no-store',
        'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'`,
      })
      .end(livePage(liveView(readMetricLines(logFolder), now() / 1_000)))
  })
  return await new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', () => {
      resolve(server)
    })
  })
}
