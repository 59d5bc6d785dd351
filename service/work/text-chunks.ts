const CHUNK_CHARACTERS = 256 * 1024

/**
 * Pieces of text as UTF-8 bytes, in chunks of about a quarter of a mebibyte; each chunk has a buffer of its own. A piece
 * of bytes is a chunk by itself.
 */
export function* textChunks(pieces: Iterable<string | Uint8Array>): Generator<Uint8Array> {
  let parts: string[] = []
  let characters = 0
  const encoded = function* (): Generator<Uint8Array> {
    if (characters > 0) yield new TextEncoder().encode(parts.join(''))
    parts = []
    characters = 0
  }
  for (const piece of pieces) {
    if (typeof piece !== 'string') {
      yield* encoded()
      // A chunk moves to another thread with its buffer, which the next pass still needs.
      yield Uint8Array.from(piece)
      continue
    }
    parts.push(piece)
    characters += piece.length
    if (characters >= CHUNK_CHARACTERS) yield* encoded()
  }
  yield* encoded()
}
