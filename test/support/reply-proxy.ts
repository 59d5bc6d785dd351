import { connect, createServer, type Socket } from 'node:net'
import type { Test } from 'tap'
import { freePort } from '../../local/free-port.ts'

/** A relay in front of a Redis without TLS that knows where each reply ends, and can lose one or send one twice. */
export interface ReplyProxy {
  readonly port: number
  /** Loses the next reply that has another one behind it, on any connection: all later ones come one place early. */
  swallowOne(): void
  /** Sends the next reply twice: all later ones come one place late. */
  repeatOne(): void
  /** How many replies were lost or sent twice so far. */
  readonly tampered: () => number
}

/** Keeps the order of all bytes. It makes only the two faults that it is asked for. */
export async function replyProxy(t: Pick<Test, 'teardown'>, target: number): Promise<ReplyProxy> {
  const sockets = new Set<Socket>()
  let armed: 'swallow' | 'repeat' | null = null
  let tampered = 0

  const server = createServer((client) => {
    const upstream = connect(target, '127.0.0.1')
    let rest = Buffer.alloc(0)
    let waiting = 0
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
      socket.on('error', () => undefined)
      socket.on('close', () => {
        sockets.delete(socket)
        client.destroy()
        upstream.destroy()
      })
    }
    client.on('data', (chunk) => {
      waiting += chunk.toString('latin1').split(/\*\d+\r\n\$7\r\n(?:EVALSHA|evalsha)/).length - 1
      upstream.write(chunk)
    })
    upstream.on('data', (chunk) => {
      rest = Buffer.concat([rest, chunk])
      for (let end = replyEnd(rest, 0); end !== -1; end = replyEnd(rest, 0)) {
        const reply = rest.subarray(0, end)
        rest = rest.subarray(end)
        const isScript = reply[0] === 42
        if (isScript) waiting -= 1
        if (armed === 'swallow' && isScript && waiting > 0) {
          armed = null
          tampered += 1
          continue
        }
        client.write(reply)
        if (armed === 'repeat' && isScript) {
          armed = null
          tampered += 1
          client.write(reply)
        }
      }
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
    swallowOne: () => {
      armed = 'swallow'
    },
    repeatOne: () => {
      armed = 'repeat'
    },
    tampered: () => tampered,
  }
}

/** The end of the RESP2 reply that starts at `from`; -1 while it is not whole. */
function replyEnd(bytes: Buffer, from: number): number {
  const lineEnd = bytes.indexOf('\r\n', from)
  if (lineEnd === -1) return -1
  const kind = String.fromCharCode(bytes[from] ?? 0)
  const count = Number(bytes.toString('latin1', from + 1, lineEnd))
  if (kind === '$') {
    const end = count === -1 ? lineEnd + 2 : lineEnd + 2 + count + 2
    return end <= bytes.length ? end : -1
  }
  let end = lineEnd + 2
  if (kind === '*') for (let item = 0; item < count && end !== -1; item++) end = replyEnd(bytes, end)
  return end
}
