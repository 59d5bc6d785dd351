import { connect, createServer, type Socket } from 'node:net'
import { freePort } from './free-port.ts'

/** One stable loopback port in front of a server that may be replaced, like the name of a primary in the cloud. */
export interface Relay {
  readonly port: number
  /** Cuts every connection. New connections go to the server on this port. */
  pointTo(port: number): void
  /** Delays every byte by this much for a round trip, half in each direction. */
  delay(roundTripMs: number): void
  /** Until `release`, nothing passes and nothing is closed, as in a network partition. Replies may still pass. */
  hold(what?: 'everything' | 'requests'): void
  release(): void
  /** The connections of now carry nothing any more and are not closed, as behind a lost router. New ones work. */
  strand(): void
  close(): void
}

/**
 * Relays TCP on the loopback address. Bytes keep their order and none is lost, even when the sender has closed the
 * connection.
 */
export async function startRelay(target: number): Promise<Relay> {
  const sockets = new Set<Socket>()
  const pumps = new Set<() => void>()
  const held = new Set<'requests' | 'replies'>()
  let [to, oneWayMs, generation] = [target, 0, 0]

  /** One direction of one connection: first in, first out. Its end waits behind the bytes. */
  const forward = (direction: 'requests' | 'replies', from: Socket, onward: Socket): void => {
    const own = generation
    const isHeld = (): boolean => held.has(direction) || own < generation
    const waiting: { readonly bytes: Buffer | null; readonly since: number }[] = []
    let timer: NodeJS.Timeout | undefined
    const pump = (): void => {
      clearTimeout(timer)
      for (let first = waiting[0]; first !== undefined && !isHeld(); first = waiting[0]) {
        const leftMs = first.since + oneWayMs - performance.now()
        if (leftMs > 0) {
          timer = setTimeout(pump, Math.ceil(leftMs))
          return
        }
        waiting.shift()
        if (first.bytes !== null) onward.write(first.bytes)
        else {
          onward.destroySoon()
          pumps.delete(pump)
        }
      }
    }
    const take = (bytes: Buffer | null): void => {
      waiting.push({ bytes, since: performance.now() })
      pump()
    }
    pumps.add(pump)
    from.on('data', take)
    from.on('error', () => undefined)
    from.once('close', () => {
      sockets.delete(from)
      take(null)
    })
  }

  const server = createServer((client) => {
    const upstream = connect(to, '127.0.0.1')
    for (const socket of [client, upstream]) {
      sockets.add(socket)
      socket.setNoDelay(true)
    }
    forward('requests', client, upstream)
    forward('replies', upstream, client)
  })
  const port = await freePort()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, '127.0.0.1', resolve)
  })
  const cut = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  const pumpAll = (): void => {
    for (const pump of pumps) pump()
  }
  return {
    port,
    pointTo(next) {
      to = next
      cut()
    },
    delay(roundTripMs) {
      oneWayMs = roundTripMs / 2
      pumpAll()
    },
    hold(what = 'everything') {
      held.add('requests')
      if (what === 'everything') held.add('replies')
    },
    release() {
      held.clear()
      pumpAll()
    },
    strand() {
      generation += 1
    },
    close() {
      server.close()
      cut()
    },
  }
}
