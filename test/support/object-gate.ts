import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import { pipeline } from 'node:stream'
import type { Test } from 'tap'
import type { S3Address } from '../../local/prepare-bucket.ts'
import { barrier, type Barrier, type Held } from './interleave.ts'

/**
 * Which request to stop, and on which side of the store: before it arrives there, or when only its reply is on its way.
 */
export interface ObjectPoint {
  readonly method: 'GET' | 'PUT'
  /** A part of the object's name. */
  readonly name: string
  readonly when: 'before' | 'after'
}

/** A relay between one task and the object store that can hold a request back. */
export interface ObjectGate extends S3Address {
  hold(point: ObjectPoint): Held
}

export async function objectGate(t: Pick<Test, 'teardown'>, store: S3Address): Promise<ObjectGate> {
  let armed: { readonly point: ObjectPoint; readonly gate: Barrier } | null = null
  const target = new URL(store.endpoint)
  const pass = async (when: ObjectPoint['when'], method: string, path: string): Promise<void> => {
    if (armed?.point.when !== when || armed.point.method !== method || !path.includes(armed.point.name)) return
    const { gate } = armed
    armed = null
    gate.arrive()
    await gate.opened
  }
  const server = createServer((incoming, outgoing) => {
    const { method = 'GET', url = '/', headers } = incoming
    const path = decodeURIComponent(url.split('?')[0] ?? '')
    const relay = async (): Promise<void> => {
      await pass('before', method, path)
      const upstream = request({ host: target.hostname, port: target.port, method, path: url, headers, agent: false })
      // Nobody waits for it: if it fails, the answer fails.
      pipeline(incoming, upstream, () => undefined)
      const [answer] = (await once(upstream, 'response')) as [typeof incoming]
      await pass('after', method, path)
      outgoing.writeHead(answer.statusCode ?? 500, answer.rawHeaders)
      answer.pipe(outgoing)
    }
    relay().catch(() => {
      outgoing.destroy()
    })
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  t.teardown(() => {
    server.close()
    server.closeAllConnections()
  })
  return {
    ...store,
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    hold(point) {
      const gate = barrier()
      armed = { point, gate }
      return gate
    },
  }
}
