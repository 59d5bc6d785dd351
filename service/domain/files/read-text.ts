import { isUtf8 } from 'node:buffer'
import { advised, unreadable } from './unreadable.ts'
import { say, type PlainKind } from '../said.ts'
import { FaultList } from '../fault-list.ts'
import { refuseOtherKind, type TextKind } from './table/other-kinds.ts'

const LF = 10
const CR = 13

/**
 * The bytes of a UTF-8 text without its byte order mark.
 * @throws Fault `unreadable-file` when the bytes are something else, and says what: empty, UTF-16, a document, a
 *   picture, a web page, bytes that are not UTF-8 (line and column of each), or zero bytes
 * @param expected the kind that such a text is, if it is one of those that are named
 */
export function textBytes(
  bytes: Uint8Array,
  filename: string,
  advice: PlainKind = 'save-as-csv-utf-8',
  expected?: TextKind,
): Buffer {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  refuseEmpty(text, filename)
  if (startsWith(text, [0xff, 0xfe]) || startsWith(text, [0xfe, 0xff])) {
    throw unreadable(filename, advised(say('utf-16-text', {}), advice), {
      said: say('utf-16-mark', {}),
      where: { line: 1, column: 1 },
    })
  }
  refuseOtherKind(text, filename, advice, expected)
  refuseZeroBytes(text, filename, advice)
  if (!isUtf8(text)) refuseBrokenUtf8(text, filename, advice)
  return startsWith(text, [0xef, 0xbb, 0xbf]) ? text.subarray(3) : text
}

function startsWith(bytes: Uint8Array, prefix: readonly number[]): boolean {
  return prefix.every((byte, index) => bytes[index] === byte)
}

/** @throws Fault `unreadable-file` when a file has no bytes */
export function refuseEmpty(text: Buffer, filename: string): void {
  if (text.length > 0) return
  throw unreadable(filename, say('empty-file', {}))
}

/**
 * @param linesBefore of the file, if `text` is a part of it
 * @throws Fault `unreadable-file` when a text holds zero bytes, with the place of the first
 */
export function refuseZeroBytes(text: Buffer, filename: string, advice: PlainKind, linesBefore = 0): void {
  const zero = text.indexOf(0)
  if (zero === -1) return
  const { line, column } = placeOf(text, zero)
  const where = { line: line + linesBefore, column }
  throw unreadable(filename, advised(say('zero-bytes', {}), advice), { said: say('zero-byte', {}), where })
}

/** @throws Fault `unreadable-file` with the line and column of each place that is not UTF-8 */
export function refuseBrokenUtf8(text: Buffer, filename: string, advice: PlainKind): never {
  const faults = new FaultList()
  let start = 0
  let line = 1
  while (start < text.length) {
    const newline = text.indexOf(LF, start)
    const end = newline === -1 ? text.length : newline + 1
    const bytes = text.subarray(start, end)
    if (!isUtf8(bytes)) faults.add({ said: say('not-utf-8-from-here', {}), line, column: firstBrokenCharacter(bytes) })
    start = end
    line += 1
  }
  faults.throwIfAny(
    'unreadable-file',
    say('cannot-read', { filename, found: advised(say('not-utf-8-throughout', {}), advice) }),
  )
  const said = say('not-utf-8', {})
  throw unreadable(filename, advised(said, advice), { said })
}

/** Halves the line until the shortest invalid beginning is found. A long line costs a few passes, not one per byte. */
function firstBrokenCharacter(line: Buffer): number {
  let good = 0
  let bad = line.length
  while (bad - good > 1) {
    const middle = (good + bad) >> 1
    if (isUtf8(wholeCharacters(line, middle))) good = middle
    else bad = middle
  }
  return wholeCharacters(line, good).toString('utf8').length + 1
}

/** The first `length` bytes, without the character that a cut there would split. */
function wholeCharacters(line: Buffer, length: number): Buffer {
  let end = length
  while (end > 0 && end > length - 4 && ((line[end] ?? 0) & 0xc0) === 0x80) end -= 1
  return line.subarray(0, end)
}

/** Line and column, both from 1, of a byte offset. */
export function placeOf(text: Buffer, offset: number): { line: number; column: number } {
  let line = 1
  let start = 0
  for (let newline = text.indexOf(LF); newline !== -1 && newline < offset; newline = text.indexOf(LF, newline + 1)) {
    line += 1
    start = newline + 1
  }
  return { line, column: text.subarray(start, offset).toString('utf8').length + 1 }
}

/** Counts the line ends in a range of bytes. CR LF counts as one. */
export function lineEnds(text: Buffer, from: number, to: number): number {
  let count = 0
  for (let offset = from; offset < to; offset += 1) {
    const byte = text[offset]
    if (byte === LF || (byte === CR && text[offset + 1] !== LF)) count += 1
  }
  return count
}
