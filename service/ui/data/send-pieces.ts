import type { PiecesReply } from '../../features/replies/files.ts'
import { Problem, send } from '../http.ts'
import { keepTrying } from './keep-trying.ts'

/**
 * Posts live for 15 minutes. One that is refused after this time has run out; an earlier refusal has another reason.
 */
const OLD_MS = 60_000

/**
 * Sends what is missing of a file, one piece after another, as often as it takes. Only a piece whose sending was cut is
 * sent again.
 * @param askPieces tells what has arrived, and signs posts for the rest
 * @param onProgress is told the share that has arrived, from 0 to 1
 */
export async function sendPieces(
  file: File,
  askPieces: () => Promise<PiecesReply>,
  retry: { readonly signal: AbortSignal; readonly onWait: () => void },
  onProgress: (share: number) => void,
): Promise<void> {
  for (let { arrived, missing } = await askPieces(); missing.length > 0; { arrived, missing } = await askPieces()) {
    const signedAt = performance.now()
    const starts = startsOf(file, arrived.length + missing.length)
    let left = missing.reduce((sum, { bytes }) => sum + bytes, 0)
    for (const piece of missing) {
      const start = starts(piece.number)
      const bytes = file.slice(start, start + piece.bytes)
      const onPiece = (share: number): void => {
        onProgress((file.size - left + share * piece.bytes) / file.size)
      }
      const options = { filename: file.name, signal: retry.signal, onProgress: onPiece }
      const isSent = await keepTrying(async () => sendPiece(async () => send(piece, bytes, options), signedAt), retry)
      if (!isSent) break
      left -= piece.bytes
    }
  }
}

/** Sends a piece; false when its post was signed long ago and is refused now. */
async function sendPiece(send: () => Promise<void>, signedAt: number): Promise<boolean> {
  try {
    await send()
    return true
  } catch (error) {
    const isOld = performance.now() - signedAt > OLD_MS
    if (error instanceof Problem && error.kind === 'upload-refused' && isOld) return false
    throw error
  }
}

/** Where a piece starts in a file of so many pieces, which are as even as whole bytes allow. */
function startsOf(file: File, pieces: number): (number: number) => number {
  return (number) => Math.floor(((number - 1) * file.size) / pieces)
}
