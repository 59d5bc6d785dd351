import type { FilesReply, PiecesReply, UploadReply } from '../../features/replies/files.ts'
import { call, send } from '../http.ts'
import type { Role } from './guess-role.ts'
import { keepTrying } from './keep-trying.ts'
import { sendPieces } from './send-pieces.ts'
import type { UploadProgress } from './upload-progress.ts'

/** A file of this size or less is sent in one post; a larger one in pieces of at most this size. */
const PIECE_BYTES = 256 * 1024
const MOST_PIECES = 512

interface Uploading {
  readonly signal: AbortSignal
  /** Gives up the upload alone. */
  readonly cancel: AbortSignal
  readonly progress: UploadProgress
}

/**
 * Uploads a file and has it read.
 * @returns the service's reply to the completed file
 * @throws Problem when the service refuses it, or does not answer
 */
export async function uploadFile(role: Role | 'project', file: File, uploading: Uploading): Promise<unknown> {
  const { signal, progress } = uploading
  const fileId =
    file.size <= PIECE_BYTES ? await sendWhole(role, file, uploading) : await sendParts(role, file, uploading)
  progress.check()
  return await call('POST', `/api/files/${fileId}/complete`, { signal })
}

async function sendWhole(role: string, file: File, { signal, cancel, progress }: Uploading): Promise<string> {
  const { file: made, upload } = (await call('POST', '/api/files', {
    body: { role, filename: file.name, bytes: file.size },
    signal,
  })) as UploadReply
  if (!('url' in upload)) throw new Error('The service gave pieces for a file that comes in one post')
  await send(upload, file, {
    filename: file.name,
    signal: AbortSignal.any([signal, cancel]),
    onProgress: progress.show,
  })
  return made.id
}

/** Goes on where it stopped: when the link breaks off, and when the same file is chosen again after a reload. */
async function sendParts(role: string, file: File, { signal, cancel, progress }: Uploading): Promise<string> {
  const stop = AbortSignal.any([signal, cancel])
  const retry = { signal: stop, onWait: progress.wait }
  const sha256 = await hashOf(file)
  const fileId = await keepTrying(async () => slotOf(role, file, sha256, stop), retry)
  const askPieces = async (): Promise<PiecesReply> =>
    keepTrying(async () => (await call('GET', `/api/files/${fileId}/pieces`, { signal: stop })) as PiecesReply, retry)
  await sendPieces(file, askPieces, retry, progress.show)
  return fileId
}

/** The slot in which the same file was begun, or a new one. */
async function slotOf(role: string, file: File, sha256: string, signal: AbortSignal): Promise<string> {
  const { files } = (await call('GET', '/api/files', { signal })) as FilesReply
  const begun = files.find(
    (slot) => slot.state === 'awaiting-upload' && slot.role === role && slot.announced === sha256,
  )
  if (begun !== undefined) return begun.id
  const pieces = Math.min(Math.ceil(file.size / PIECE_BYTES), MOST_PIECES)
  const body = { role, filename: file.name, bytes: file.size, pieces, sha256 }
  return ((await call('POST', '/api/files', { body, signal })) as UploadReply).file.id
}

/** The SHA-256 of a file as hexadecimal digits. */
async function hashOf(file: File): Promise<string> {
  const hash = await crypto.subtle.digest('SHA-256', await file.arrayBuffer())
  return [...new Uint8Array(hash)].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}
