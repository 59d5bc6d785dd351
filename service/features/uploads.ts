import { Type } from 'typebox'
import type { RequestContext } from '../context.ts'
import { Fault } from '../domain/fault.ts'
import { say, type Said } from '../domain/said.ts'
import type { StoredObject } from '../stores/workspace.ts'
import { sha256 } from '../work/sha256.ts'

/** A slot that waits for its upload, as far as the upload is concerned. */
export interface UploadSlot {
  readonly id: string
  readonly filename: string
  readonly bytes: number
  /** In how many pieces it comes; absent when it comes in one post. */
  readonly pieces?: number
  /** What its owner says its SHA-256 is, as hexadecimal digits. */
  readonly announced?: string
}

export interface Piece {
  /** From 1. */
  readonly number: number
  readonly bytes: number
}

type PresignedUpload = Awaited<ReturnType<RequestContext['objects']['presignUpload']>>
export type PresignedPiece = Piece & PresignedUpload

/** The largest files are sent in 512 pieces of 256 KiB. */
export const MOST_PIECES = 512

/** What the announcement of any file may say about how it is sent. */
export const SENDING = {
  pieces: Type.Optional(
    Type.Integer({
      minimum: 1,
      maximum: MOST_PIECES,
      description:
        'Send it in so many pieces of about the same size, each with a presigned post of its own, so that an upload ' +
        'that breaks off goes on where it stopped',
    }),
  ),
  sha256: Type.Optional(
    Type.String({ pattern: '^[0-9a-f]{64}$', description: 'Of the whole file; compared once all of it has arrived' }),
  ),
} as const

export type Sending = Partial<{ pieces: number; sha256: string }>

/** @throws Fault `invalid-input` when a piece would be empty */
export function sendingOf({ pieces, sha256 }: Sending, bytes: number): Pick<UploadSlot, 'pieces' | 'announced'> {
  if (pieces !== undefined && pieces > bytes)
    throw new Fault('invalid-input', say('pieces-empty', { bytes, pieces }), {
      errors: [{ said: say('fewer-pieces', { most: Math.max(1, bytes) }), pointer: '/pieces' }],
    })
  return { ...(pieces !== undefined && { pieces }), ...(sha256 !== undefined && { announced: sha256 }) }
}

/** The pieces of a slot, as even as whole bytes allow; one piece when it comes in one post. */
export function piecesOf({ bytes, pieces = 1 }: UploadSlot): readonly Piece[] {
  const endOf = (number: number): number => Math.floor((number * bytes) / pieces)
  return Array.from({ length: pieces }, (_, at) => ({ number: at + 1, bytes: endOf(at + 1) - endOf(at) }))
}

/** The presigned post of a slot, or one for each of its pieces. */
export async function presignSlot(
  ctx: RequestContext,
  slot: UploadSlot,
): Promise<PresignedUpload | readonly PresignedPiece[]> {
  return slot.pieces === undefined
    ? ctx.objects.presignUpload(nameOf(slot), { least: 0, most: slot.bytes })
    : presignPieces(ctx, slot, piecesOf(slot))
}

/**
 * Which pieces of a slot have arrived whole, and new presigned posts for the others, since those given out at first end
 * after 15 minutes.
 * @throws Fault `conflict` when the slot does not take pieces
 */
export async function showPieces(
  ctx: RequestContext,
  slot: UploadSlot,
): Promise<{ arrived: number[]; missing: readonly PresignedPiece[] }> {
  if (slot.pieces === undefined) throw new Fault('conflict', say('not-in-pieces', { filename: slot.filename }))
  const sizes = await ctx.objects.uploadSizes(nameOf(slot))
  const pieces = piecesOf(slot)
  const hasArrived = (piece: Piece): boolean => sizes.get(pieceName(slot, piece)) === piece.bytes
  return {
    arrived: pieces.filter(hasArrived).map(({ number }) => number),
    missing: await presignPieces(
      ctx,
      slot,
      pieces.filter((piece) => !hasArrived(piece)),
    ),
  }
}

/**
 * What was uploaded to the slot, and the objects in which it came.
 * @throws Fault `no-data` when it or a piece is missing, `unreadable-file` when it is not what was announced
 */
export async function uploadOf(
  ctx: RequestContext,
  slot: UploadSlot,
): Promise<{ readonly bytes: Uint8Array; readonly objects: readonly Pick<StoredObject, 'name' | 'versionId'>[] }> {
  const { bytes, objects } = slot.pieces === undefined ? await wholeOf(ctx, slot) : await joinPieces(ctx, slot)
  if (bytes.length !== slot.bytes)
    throw notAsAnnounced(slot, say('other-size-arrived', { bytes: bytes.length, announced: slot.bytes }))
  if (slot.announced !== undefined && slot.announced !== (await sha256(bytes)).toString('hex'))
    throw notAsAnnounced(slot, say('other-hash-arrived', {}))
  return { bytes, objects }
}

async function wholeOf(ctx: RequestContext, slot: UploadSlot): ReturnType<typeof uploadOf> {
  const name = nameOf(slot)
  const { bytes, versionId } = await ctx.objects.readUpload(name, slot.bytes).catch((error: unknown) => {
    if (error instanceof Fault && error.kind === 'not-found')
      throw new Fault('no-data', say('not-uploaded', { filename: slot.filename }))
    throw error
  })
  return { bytes, objects: [{ name, versionId }] }
}

async function joinPieces(ctx: RequestContext, slot: UploadSlot): ReturnType<typeof uploadOf> {
  const pieces = piecesOf(slot).map((piece) => ({ ...piece, name: pieceName(slot, piece) }))
  const { bytes, versions, missing } = await ctx.objects.readPieces(pieces)
  if (missing.length > 0) {
    const most = 10
    const more = missing.length > most ? say('and-more', { count: missing.length - most }) : ''
    throw new Fault(
      'no-data',
      say('pieces-missing', {
        missing: missing.length,
        pieces: pieces.length,
        filename: slot.filename,
        numbers: missing.slice(0, most).map((at) => String(at + 1)),
        more,
      }),
    )
  }
  return { bytes, objects: pieces.map(({ name }, at) => ({ name, versionId: versions[at] ?? '' })) }
}

async function presignPieces(
  ctx: RequestContext,
  slot: UploadSlot,
  pieces: readonly Piece[],
): Promise<readonly PresignedPiece[]> {
  const signed: PresignedPiece[] = []
  for (const piece of pieces) {
    const upload = await ctx.objects.presignUpload(pieceName(slot, piece), { least: piece.bytes, most: piece.bytes })
    signed.push({ ...piece, ...upload })
  }
  return signed
}

function notAsAnnounced({ filename }: UploadSlot, said: Said): Fault {
  return new Fault('unreadable-file', say('cannot-use-file', { filename, found: said }), { errors: [{ said }] })
}

function nameOf({ id }: UploadSlot): string {
  return `uploads/${id}`
}

function pieceName(slot: UploadSlot, { number }: Piece): string {
  return `${nameOf(slot)}/${String(number)}`
}
