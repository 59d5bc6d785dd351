import type { FastifyReply } from 'fastify'
import type { FileStream } from '../route.ts'
import type { ReplyRoom } from './reply-room.ts'

/**
 * Sends a file while it is made, as a download. A failure after its first byte breaks the reply off, and its length
 * tells the client that the file is not whole.
 * @param session whose reply it is
 * @throws Fault `too-many`, `busy` as `ReplyRoom` says
 */
export function sendFile(
  reply: FastifyReply,
  room: ReplyRoom,
  session: string,
  { filename, mediaType, bytes, held, body }: FileStream,
): FastifyReply {
  return reply
    .type(mediaType)
    .header('Content-Disposition', `attachment; filename="${filename}"`)
    .header('Content-Length', bytes)
    .send(room.pass(session, held, body))
}
