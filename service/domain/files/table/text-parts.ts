import { TextDecoder } from 'node:util'
import { decodeDos } from '../dos-text.ts'

const LF = 10
const CR = 13
const QUOTE = 34
const SLICE_BYTES = 1024 * 1024
/** A byte of Windows-1252 or code page 850 and two of UTF-16 take at most three of UTF-8. */
const MOST_OF_A_BYTE = 3

/** A code page that the Encoding Standard does not have. */
export const CP850_LABEL = 'cp850'
/** No row of a CSV is longer. */
export const LONGEST_ROW_BYTES = 2 * 1024 * 1024

/**
 * A text as UTF-8, in parts that end between rows of a CSV. A text of another encoding is decoded part by part into the
 * same memory, because the whole would take up to three times its size: a part is valid until the next one is taken.
 * @param encoding a label of the Encoding Standard, or `cp850`; a text in UTF-8 is one part, without a copy
 */
export function* textParts(body: Buffer, encoding: string): Generator<Buffer> {
  if (encoding === 'utf-8') {
    yield body
    return
  }
  const room = Buffer.allocUnsafeSlow(LONGEST_ROW_BYTES + MOST_OF_A_BYTE * (SLICE_BYTES + 4))
  let kept = 0
  for (const slice of slices(body, encoding)) {
    const text = room.subarray(0, kept + room.write(slice, kept))
    const end = endOfRows(text)
    // What is longer than a row can be is no row. The parser finds what is wrong with it.
    const taken = text.length - end > LONGEST_ROW_BYTES ? text.length : end
    if (taken > 0) yield text.subarray(0, taken)
    kept = text.length - taken
    room.copyWithin(0, taken, text.length)
  }
  if (kept > 0) yield room.subarray(0, kept)
}

function* slices(body: Buffer, encoding: string): Generator<string> {
  const decoder = encoding === CP850_LABEL ? null : new TextDecoder(encoding)
  for (let start = 0; start < body.length; start += SLICE_BYTES) {
    const slice = body.subarray(start, start + SLICE_BYTES)
    const isLast = start + SLICE_BYTES >= body.length
    yield decoder === null ? decodeDos(slice, CP850_LABEL) : decoder.decode(slice, { stream: !isLast })
  }
}

/** Where the last whole row of a text ends that begins with a row; 0 if it has none. */
function endOfRows(text: Buffer): number {
  // The line end after the last byte may be the second half of CR LF.
  const last = text.length - 1
  if (!text.includes(QUOTE) && !text.includes(CR)) return text.lastIndexOf(LF, last - 1) + 1
  let end = 0
  let isQuoted = false
  for (let offset = 0; offset < last; offset += 1) {
    const byte = text[offset]
    if (byte === QUOTE) isQuoted = !isQuoted
    else if (!isQuoted && (byte === LF || (byte === CR && text[offset + 1] !== LF))) end = offset + 1
  }
  return end
}
