import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { JsonText } from '../route.ts'
import { chooseEncoding, type Encoding } from './choose-encoding.ts'
import type { ReplyRoom } from './reply-room.ts'

const asGzip = promisify(gzip)
const asBrotli = promisify(brotliCompress)
/** The size from which Brotli is worth its CPU: below, what it saves takes no time to send. */
const LEAST_BROTLI = 256 * 1024
/** The size from which its CPU would keep others waiting. */
const MOST_BROTLI = 8 * 1024 * 1024
/** A plan is asked for at each step of a slider, and everything else once. */
const EACH_STEP = /^\/api\/itn-plans(?:\/|$)/
/** Compressing less saves no packet. */
const LEAST_COMPRESSED = 1024
/** After each chunk of so many bytes, compression waits until the event loop has taken it. Node's default is 16 KiB. */
const MOST_CHUNK = 128 * 1024
const LEAST_CHUNK = 16 * 1024
/** Smaller replies fit the buffers of a connection. */
const LEAST_PACED = 256 * 1024
/**
 * The replies that may be compressed: figures of a session's own data. Where text that a stranger can choose could
 * stand beside a secret (a presigned URL, a conversation, a session), the length of a compressed reply would tell of
 * it.
 */
const COMPRESSED = /^\/api\/(?:dataset|analyses|itn-plans)(?:\/|$)/

/**
 * Sends what a handler made as JSON: compressed where the client takes it and the route allows it, and as fast as the
 * client reads where it is large.
 * @param session whose reply it is
 * @throws Fault `too-many`, `busy` as `ReplyRoom` says
 */
export async function sendJson(
  request: FastifyRequest,
  reply: FastifyReply,
  room: ReplyRoom,
  session: string,
  output: unknown,
): Promise<FastifyReply> {
  const text =
    output instanceof JsonText
      ? Buffer.concat(output.parts.map((part) => (typeof part === 'string' ? Buffer.from(part) : part)))
      : Buffer.from(JSON.stringify(output))
  void reply.type('application/json; charset=utf-8')
  const { url = '' } = request.routeOptions
  const isCompressed = COMPRESSED.test(url) && text.length >= LEAST_COMPRESSED
  if (isCompressed) void reply.header('Vary', 'Accept-Encoding')
  const encoding = isCompressed ? chooseEncoding(request.headers['accept-encoding'], encodingsOf(url, text)) : null
  if (encoding !== null) void reply.header('Content-Encoding', encoding)
  const bytes = encoding === null ? text : await COMPRESS[encoding](text)
  if (bytes.length < LEAST_PACED) return reply.serializer((payload: unknown) => payload as string).send(bytes)
  return reply.header('Content-Length', bytes.length).send(room.stream(session, bytes))
}

function encodingsOf(url: string, { length }: Buffer): readonly Encoding[] {
  const isWorthBrotli = length >= LEAST_BROTLI && length <= MOST_BROTLI && !EACH_STEP.test(url)
  return isWorthBrotli ? ['br', 'gzip'] : ['gzip']
}

/** At the least effort, and at that from which Brotli is clearly smaller. */
const COMPRESS: Readonly<Record<Encoding, (text: Buffer) => Promise<Buffer>>> = {
  gzip: (text) => asGzip(text, { level: constants.Z_BEST_SPEED, chunkSize: chunkSizeOf(text) }),
  br: (text) =>
    asBrotli(text, {
      chunkSize: chunkSizeOf(text),
      params: { [constants.BROTLI_PARAM_QUALITY]: 4, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
    }),
} as const

/** No more than the whole text, since the bytes are allocated before it is known how many come. */
function chunkSizeOf({ length }: Buffer): number {
  return Math.min(MOST_CHUNK, Math.max(LEAST_CHUNK, length))
}
