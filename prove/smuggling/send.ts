import { connect, type Socket } from 'node:net'
import { connect as connectTls } from 'node:tls'

/** The result of sending raw bytes. */
export interface Sent {
  /** Whether there was a connection at all. */
  readonly isConnected: boolean
  /** Everything that came back. */
  readonly replies: Buffer
}

/** How long it waits for replies; a prefix that is taken for the beginning of a request gets none. */
const LISTEN_MS = 1_000

/**
 * Sends bytes on a connection of their own. Once a reply comes, an ordinary request follows: if the replies of the
 * connection behind the balancer have been shifted, it gets somebody else's. Ends when the other side closes, and after
 * a second.
 */
export async function sendBytes(target: string, bytes: Buffer): Promise<Sent> {
  const { host } = new URL(target)
  return await new Promise((resolve) => {
    const chunks: Buffer[] = []
    let isConnected = false
    const socket = dial(target, () => {
      isConnected = true
      socket.write(bytes)
    })
    const timer = setTimeout(() => {
      socket.destroy()
    }, LISTEN_MS)
    socket
      .once('data', () => {
        socket.write(`GET /livez HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`)
      })
      .on('data', (chunk: Buffer) => {
        chunks.push(chunk)
      })
      // A refusal closes the connection while bytes are still being sent.
      .on('error', () => undefined)
      .once('close', () => {
        clearTimeout(timer)
        resolve({ isConnected, replies: Buffer.concat(chunks) })
      })
  })
}

/** A connection of its own to the target, over TLS where its address says so. */
export function dial(target: string, onOpen: () => void): Socket {
  const { protocol, hostname, port } = new URL(target)
  return protocol === 'https:'
    ? connectTls({ host: hostname, port: Number(port || 443), servername: hostname }, onOpen)
    : connect({ host: hostname, port: Number(port || 80) }, onOpen)
}

/** The status of the first of several replies; 0 where there is none. */
export function firstStatus(replies: Buffer): number {
  return Number(/^HTTP\/1\.\d (\d{3}) /.exec(replies.toString('latin1', 0, 20))?.[1] ?? 0)
}
