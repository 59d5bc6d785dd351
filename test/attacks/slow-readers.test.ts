import { once } from 'node:events'
import { connect, type AddressInfo, type Socket } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import Fastify from 'fastify'
import t from 'tap'
import type { Test } from 'tap'
import { errorHandler } from '../../service/http/errors.ts'
import { openReplyRoom, type ReplyRoomOptions } from '../../service/http/reply-room.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'

const MIB = 1024 * 1024

/** A server whose only route sends `mib` mebibytes to the session that the query names. */
async function serve(
  t: Test,
  options: ReplyRoomOptions,
): Promise<{ ask: (session: string, mib: number) => Socket; firstReplyOver: Promise<unknown> }> {
  const firstReplyOver = Promise.withResolvers<unknown>()
  const room = openReplyRoom(options)
  const server = Fastify()
  server.setErrorHandler(
    errorHandler(
      createMetrics({ service: 'test', stage: 'local' }, () => undefined),
      { record: () => undefined },
    ),
  )
  server.get<{ Querystring: { session: string; mib: string } }>('/', (request, reply) => {
    reply.raw.once('close', firstReplyOver.resolve)
    const bytes = Buffer.alloc(Number(request.query.mib) * MIB, request.query.session)
    return reply.header('content-length', bytes.length).send(room.stream(request.query.session, bytes))
  })
  await server.listen({ host: '127.0.0.1', port: 0 })
  t.teardown(() => server.close())
  const { port } = server.server.address() as AddressInfo
  return {
    firstReplyOver: firstReplyOver.promise,
    ask(session, mib) {
      const socket = connect(port, '127.0.0.1').on('error', () => undefined)
      socket.write(`GET /?session=${session}&mib=${String(mib)} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n`)
      t.teardown(() => socket.destroy())
      return socket
    },
  }
}

/** Everything that comes until the connection ends; `perPause` bytes at a time where the reader is slow. */
async function readAll(socket: Socket, perPause = Infinity): Promise<{ head: string; body: number }> {
  let [head, bytes, sincePause] = ['', 0, 0]
  for await (const chunk of socket as AsyncIterable<Buffer>) {
    if (bytes === 0) head = chunk.toString('latin1').split('\r\n\r\n')[0] ?? ''
    bytes += chunk.length
    sincePause += chunk.length
    if (sincePause < perPause) continue
    sincePause = 0
    await pause(200)
  }
  return { head, body: bytes - head.length - 4 }
}

t.test('a reply whose client stops reading is cut', async (t) => {
  const { ask, firstReplyOver } = await serve(t, { stallSeconds: 0.5 })
  const socket = ask('s', 32)
  await once(socket, 'readable')
  // It reads nothing more until the server has given up. Then it finds less than was promised.
  const isOver = await Promise.race([firstReplyOver.then(() => true), pause(10_000, false, { ref: false })])
  if (!t.ok(isOver, 'its reply is over')) return
  const { head, body } = await readAll(socket)
  t.match(head, /200 OK/)
  t.match(head, new RegExp(`content-length: ${String(32 * MIB)}`, 'i'))
  t.ok(body < 32 * MIB, `${String(body)} bytes came`)
})

t.test('a reply whose client reads slowly arrives whole', async (t) => {
  const { ask } = await serve(t, { stallSeconds: 1 })
  const { body } = await readAll(ask('s', 24), 2 * MIB)
  t.equal(body, 24 * MIB)
})

t.test('when there is no more room, the slowest reader is cut to make some', async (t) => {
  const { ask } = await serve(t, { bytes: 70 * MIB, bytesOfSession: 40 * MIB, graceSeconds: 0.3 })
  const stalled = ['a', 'b'].map((session) => ask(session, 32))
  await Promise.all(stalled.map((socket) => once(socket, 'readable')))
  t.match((await readAll(ask('c', 32))).head, /503/, 'nobody is cut before their time')
  await pause(400)
  t.equal((await readAll(ask('c', 32))).body, 32 * MIB, 'then somebody else is served')
  const left = await Promise.all(stalled.map((socket) => readAll(socket)))
  t.equal(left.filter(({ body }) => body < 32 * MIB).length, 1, 'and one reply was cut for it')
})

t.test('one session cannot take all the room', async (t) => {
  const { ask } = await serve(t, { bytes: 100 * MIB, bytesOfSession: 40 * MIB, graceSeconds: 100 })
  const stalled = ask('many', 32)
  await once(stalled, 'readable')
  t.match((await readAll(ask('many', 32))).head, /429[^]*retry-after/i)
  t.equal((await readAll(ask('another', 32))).body, 32 * MIB)
  t.equal((await readAll(stalled)).body, 32 * MIB, 'its first reply goes on')
  t.equal((await readAll(ask('many', 32))).body, 32 * MIB, 'and once it is read, there is room again')
})
