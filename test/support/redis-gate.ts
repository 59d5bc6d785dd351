import { connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'
import { freePort } from '../../local/free-port.ts'
import { barrier, type Barrier, type Held } from './interleave.ts'

/** Tells a script's call by its keys and its arguments, the last of which is its tag. */
export type RedisPoint = (keys: readonly string[], args: readonly string[]) => boolean

/** Where a request can be stopped on its way to Redis. */
export const REDIS_POINTS = {
  /** Before the session's record is read. */
  readSession: (keys) => keys.length === 1 && isOf('sess', keys[0]),
  /** Before a piece of the session's state is read. */
  readState: (keys, args) => isOf('data', keys[0]) && args.length === 1,
  /** Before a piece is written: all reads are done, and nobody knows of the change. */
  writeState: (keys, args) => isOf('data', keys[0]) && args.length > 1,
  /** Logout, before any of it has happened. */
  endData: (keys) => isOf('ended', keys[0]),
  /** Logout, after the data have ended and before the token dies. */
  revokeToken: (keys, args) => isOf('tomb', keys[1]) && args.length === 2,
} as const satisfies Record<string, RedisPoint>

/** A relay between one task and a Redis without TLS that knows where each command ends and can hold one back. */
export interface RedisGate {
  readonly port: number
  /** Stops the `nth` command from now on that reaches the point, and all behind it on the same connection. */
  hold(point: RedisPoint, nth?: number): Held
}

/** Keeps the order of all bytes. Held bytes are delivered even if the client has left, as a network would do. */
export async function redisGate(t: Pick<Test, 'teardown'>, target: number): Promise<RedisGate> {
  const sockets = new Set<Socket>()
  let armed: { readonly point: RedisPoint; left: number; readonly gate: Barrier } | null = null

  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let rest = Buffer.alloc(0)
    let queue: Buffer[] | null = null
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
      })
    }
    client.on('close', () => {
      if (queue === null) upstream.end()
    })
    upstream.on('close', () => {
      client.destroy()
    })
    const stopAt = (gate: Barrier): void => {
      const waiting = (queue ??= [])
      gate.arrive()
      void gate.opened.then(() => {
        queue = null
        for (const held of waiting) upstream.write(held)
        if (client.destroyed) upstream.end()
      })
    }
    client.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      for (let found = firstCommand(rest); found !== null; found = firstCommand(rest)) {
        const bytes = rest.subarray(0, found.end)
        rest = rest.subarray(found.end)
        if (armed !== null && isAt(armed.point, found.parts) && (armed.left -= 1) === 0) {
          stopAt(armed.gate)
          armed = null
        }
        if (queue === null) upstream.write(bytes)
        else queue.push(Buffer.from(bytes))
      }
    })
    upstream.on('data', (chunk) => {
      client.write(chunk)
    })
  })
  const port = await freePort()
  await new Promise<void>((resolve) => {
    server.listen(port, '127.0.0.1', resolve)
  })
  t.teardown(() => {
    server.close()
    for (const socket of sockets) socket.destroy()
  })
  return {
    port,
    hold: (point, nth = 1) => {
      const gate = barrier()
      armed = { point, left: nth, gate }
      return gate
    },
  }
}

function isOf(kind: string, key = ''): boolean {
  return key.startsWith(`${kind}:{`)
}

function isAt(point: RedisPoint, [command = '', , count = '0', ...rest]: readonly string[]): boolean {
  const keys = rest.slice(0, Number(count))
  return /^eval/i.test(command) && point(keys, rest.slice(keys.length))
}

/** The first whole command in bytes that are RESP arrays of bulk strings; null while it is not whole. */
function firstCommand(bytes: Buffer): { readonly parts: readonly string[]; readonly end: number } | null {
  const lineAt = (from: number): { readonly count: number; readonly end: number } | null => {
    const end = bytes.indexOf('\r\n', from)
    return end === -1 ? null : { count: Number(bytes.toString('latin1', from + 1, end)), end: end + 2 }
  }
  const head = lineAt(0)
  if (head === null) return null
  const parts: string[] = []
  let at = head.end
  for (let part = 0; part < head.count; part += 1) {
    const line = lineAt(at)
    if (line === null || line.end + line.count + 2 > bytes.length) return null
    parts.push(bytes.toString('latin1', line.end, line.end + line.count))
    at = line.end + line.count + 2
  }
  return { parts, end: at }
}
