import { promisify } from 'node:util'
import { constants, gzip } from 'node:zlib'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { JsonText } from '../route.ts'
import type { ReplyRoom } from './reply-room.ts'

const compress = promisify(gzip)
/** Compressing less saves no packet. */
const LEAST_COMPRESSED = 1024
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
      ? Buffer.concat(output.parts.map((part) => Buffer.from(part as string)))
      : Buffer.from(JSON.stringify(output))
  void reply.type('application/json; charset=utf-8')
  const isCompressed = COMPRESSED.test(request.routeOptions.url ?? '') && text.length >= LEAST_COMPRESSED
  if (isCompressed) void reply.header('Vary', 'Accept-Encoding')
  const isGzip = isCompressed && takesGzip(request)
  if (isGzip) void reply.header('Content-Encoding', 'gzip')
  const bytes = isGzip ? await compress(text, { level: constants.Z_BEST_SPEED }) : text
  if (bytes.length < LEAST_PACED) return reply.serializer((payload: unknown) => payload as string).send(bytes)
  return reply.header('Content-Length', bytes.length).send(room.stream(session, bytes))
}

/** Whether `Accept-Encoding` names gzip, and not with a quality of zero. */
function takesGzip({ headers: { 'accept-encoding': accepted = '' } }: FastifyRequest): boolean {
  return /(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(accepted)
}
