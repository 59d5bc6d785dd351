const CHUNK_CHARACTERS = 256 * 1024

/**
 * Pieces of text as UTF-8, and pieces of bytes as they are, in chunks of about a quarter of a mebibyte. Each chunk has
 * a buffer of its own.
 */
export function* textChunks(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let parts: string[] = []
  let characters = 0
  for (const piece of pieces) {
    if (typeof piece === 'string') {
      parts.push(piece)
      characters += piece.length
      if (characters < CHUNK_CHARACTERS) continue
    }
    if (characters > 0) yield new TextEncoder().encode(parts.join(''))
    parts = []
    characters = 0
    if (typeof piece === 'string') continue
    for (let at = 0; at < piece.length; at += CHUNK_CHARACTERS)
      yield Uint8Array.from(piece.subarray(at, at + CHUNK_CHARACTERS))
  }
  if (characters > 0) yield new TextEncoder().encode(parts.join(''))
}
