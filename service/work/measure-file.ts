import { createHash } from 'node:crypto'
import type { Pieces } from './export-jobs.ts'
import { textChunks } from './text-chunks.ts'

export interface FileFacts {
  readonly bytes: number
  readonly sha256: Uint8Array
  /** Null when the file is too large to be handed over whole. */
  readonly whole: Uint8Array | null
}

/** Large enough for most exports of a state. */
const WHOLE_BYTES = 1024 * 1024

/** Reads a file once for its size and hash, and keeps its bytes while it is small. */
export function measureFile(pieces: Pieces): FileFacts {
  const hash = createHash('sha256')
  const kept: Uint8Array[] = []
  let bytes = 0
  for (const chunk of textChunks(pieces())) {
    hash.update(chunk)
    bytes += chunk.length
    if (bytes <= WHOLE_BYTES) kept.push(chunk)
    else kept.length = 0
  }
  return {
    bytes,
    sha256: Uint8Array.from(hash.digest()),
    whole: bytes <= WHOLE_BYTES ? Uint8Array.from(Buffer.concat(kept)) : null,
  }
}

/** The chunks of a file, one a call and null at its end; a call for another pass starts from the beginning. */
export function chunksByPass(pieces: Pieces): (pass: number) => Uint8Array | null {
  let current = { pass: 0, chunks: textChunks([]) }
  return (pass) => {
    if (pass !== current.pass) current = { pass, chunks: textChunks(pieces()) }
    const next = current.chunks.next()
    return next.done === true ? null : next.value
  }
}
