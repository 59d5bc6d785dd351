const CHUNK_CHARACTERS = 256 * 1024

/** Pieces of text as UTF-8 bytes, in chunks of about a quarter of a mebibyte; each chunk has a buffer of its own. */
export function* textChunks(pieces: Iterable<string>): Generator<Uint8Array> {
  let parts: string[] = []
  let characters = 0
  for (const piece of pieces) {
    parts.push(piece)
    characters += piece.length
    if (characters < CHUNK_CHARACTERS) continue
    yield new TextEncoder().encode(parts.join(''))
    parts = []
    characters = 0
  }
  if (characters > 0) yield new TextEncoder().encode(parts.join(''))
}
