import { Readable } from 'node:stream'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EventStream, JsonText, StreamEvent } from '../route.ts'

/** After this time without an event a comment tells the client that work goes on. */
const HEARTBEAT_MS = 1_000

/** Whether the client asks for `text/event-stream`. */
export function wantsEvents({ headers: { accept = '' } }: FastifyRequest): boolean {
  return /(?:^|,)\s*text\/event-stream\s*(?![^,]*;\s*q=0(?:\.0*)?\s*(?:[,;]|$))(?:[;,]|$)/i.test(accept)
}

/** The whole answer, for a client that asks for JSON. */
export async function lastData({ events }: EventStream): Promise<JsonText> {
  let last: JsonText | undefined
  for await (const { data } of events) last = data
  if (last === undefined) throw new Error('An event stream ended without an event')
  return last
}

/**
 * Server-sent events, as fast as the client reads them. A failure before anything is sent is thrown and answered by its
 * own status; a later one goes out as an `error` event with the problem as its data.
 * @param problemOf reports the error and words it
 */
export async function sendEvents(
  reply: FastifyReply,
  { events }: EventStream,
  problemOf: (error: unknown) => Record<string, unknown>,
): Promise<Readable> {
  const iterator = events[Symbol.asyncIterator]()
  const first = iterator.next()
  await orHeartbeat(first)
  // A proxy that buffers replies would hold back what people should see at once.
  void reply.type('text/event-stream; charset=utf-8').header('X-Accel-Buffering', 'no')
  return Readable.from(frames(iterator, first, problemOf), { objectMode: false })
}

async function* frames(
  iterator: AsyncIterator<StreamEvent>,
  first: Promise<IteratorResult<StreamEvent>>,
  problemOf: (error: unknown) => Record<string, unknown>,
): AsyncGenerator<string | Uint8Array> {
  let next = first
  try {
    for (;;) {
      const result = await orHeartbeat(next)
      if (result === null) {
        yield ': working\n\n'
        continue
      }
      if (result.done === true) return
      const { id, name, data } = result.value
      yield `id: ${id}\nevent: ${name}\ndata: `
      yield* data.parts
      yield '\n\n'
      next = iterator.next()
    }
  } catch (error) {
    yield `event: error\ndata: ${JSON.stringify(problemOf(error))}\n\n`
  } finally {
    await iterator.return?.()
  }
}

/** The next event, or null when it takes longer than a heartbeat. */
async function orHeartbeat<T>(coming: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined
  const beat = new Promise<null>((resolve) => {
    timer = setTimeout(resolve, HEARTBEAT_MS, null)
  })
  try {
    return await Promise.race([coming, beat])
  } finally {
    clearTimeout(timer)
  }
}
