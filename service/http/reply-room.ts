import { Readable } from 'node:stream'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'

/** What large replies hold of a task's memory while their clients read them. */
export interface ReplyRoom {
  /**
   * A reply's bytes, handed on as its client reads them. The stream breaks off when the client stops reading, and when
   * it reads more slowly than the others while there is no room for more.
   * @param session whose reply it is
   * @throws Fault `too-many` when this session's replies hold too much, `busy` when all together do and none of them
   * can be cut
   */
  stream(session: string, bytes: Uint8Array): Readable
  /**
   * The same for a reply that is made while it is read.
   * @param held what it holds in memory at most
   * @param pieces its bytes; the stream breaks off with their error
   */
  pass(session: string, held: number, pieces: AsyncIterable<Uint8Array>): Readable
}

export interface ReplyRoomOptions {
  /** What all replies together may hold. */
  readonly bytes?: number
  /** What the replies of one session may hold. */
  readonly bytesOfSession?: number
  /** A reply of which not `leastBytes` are read within so many seconds is cut. */
  readonly stallSeconds?: number
  readonly leastBytes?: number
  /** A reply is not cut for the sake of others before it is this old. */
  readonly graceSeconds?: number
}

const MIB = 1024 * 1024
/** What is handed on at a time. */
const PIECE_BYTES = 64 * 1024

interface OpenReply {
  readonly session: string
  readonly bytes: number
  readonly begunAt: number
  handedOn: number
  readonly cut: () => void
}

/**
 * Bounds the memory of replies that are being read: by session, and altogether. Kernels take what clients read in
 * lumps, so that an honest client on a weak link may seem to stand still for half a minute; the deadline is longer.
 */
export function openReplyRoom(options: ReplyRoomOptions = {}): ReplyRoom {
  const { bytes: mostBytes = 192 * MIB, bytesOfSession = 48 * MIB, graceSeconds = 10 } = options
  const { stallSeconds = 60, leastBytes = 64 * 1024 } = options
  const open = new Set<OpenReply>()

  const heldBy = (replies: Iterable<OpenReply>): number => [...replies].reduce((sum, { bytes }) => sum + bytes, 0)
  const rateOf = ({ handedOn, begunAt }: OpenReply): number => handedOn / (performance.now() - begunAt)

  /** Cuts the slowest replies that are old enough, until so many bytes are free. */
  const makeRoom = (needed: number): void => {
    const oldEnough = [...open].filter(({ begunAt }) => performance.now() - begunAt >= graceSeconds * 1_000)
    for (const reply of oldEnough.sort((one, other) => rateOf(one) - rateOf(other))) {
      if (heldBy(open) + needed <= mostBytes) return
      reply.cut()
    }
  }

  /** @param next the next piece; null at the end */
  const openStream = (
    session: string,
    bytes: number,
    next: () => Promise<Uint8Array | null> | Uint8Array | null,
    onEnd: () => void,
  ): Readable => {
    const own = [...open].filter((reply) => reply.session === session)
    if (own.length > 0 && heldBy(own) + bytes > bytesOfSession) throw new Fault('too-many', say('replies-unread', {}))
    makeRoom(bytes)
    if (open.size > 0 && heldBy(open) + bytes > mostBytes) throw new Fault('busy', say('replies-too-large', {}))

    const push = (piece: Uint8Array | null): void => {
      reply.handedOn += piece?.length ?? 0
      stream.push(piece)
    }
    const stream = new Readable({
      highWaterMark: PIECE_BYTES,
      read() {
        const piece = next()
        if (!(piece instanceof Promise)) push(piece)
        else
          piece.then(push, (error: unknown) => {
            stream.destroy(error as Error)
          })
      },
      destroy(error, done) {
        clearInterval(timer)
        open.delete(reply)
        onEnd()
        done(error)
      },
    })
    const cut = (): void => {
      open.delete(reply)
      stream.destroy(new Error('The reply was cut: its client reads too slowly'))
    }
    const reply: OpenReply = { session, bytes, begunAt: performance.now(), handedOn: 0, cut }
    let before = 0
    const timer = setInterval(() => {
      if (reply.handedOn - before < leastBytes) cut()
      before = reply.handedOn
    }, stallSeconds * 1_000).unref()
    open.add(reply)
    return stream
  }

  return {
    stream(session, bytes) {
      let at = 0
      const next = (): Uint8Array | null => {
        const piece = bytes.subarray(at, at + PIECE_BYTES)
        at += piece.length
        return piece.length === 0 ? null : piece
      }
      return openStream(session, bytes.length, next, () => undefined)
    },

    pass(session, held, pieces) {
      const iterator = inSmallPieces(pieces)
      return openStream(
        session,
        held,
        async () => (await iterator.next()).value ?? null,
        () => {
          void iterator.return(undefined)
        },
      )
    },
  }
}

/** The same bytes, so that the kernel takes no more at a time than of other replies. */
async function* inSmallPieces(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array, undefined> {
  for await (const piece of pieces)
    for (let at = 0; at < piece.length; at += PIECE_BYTES) yield piece.subarray(at, at + PIECE_BYTES)
}
