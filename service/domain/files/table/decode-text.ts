import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { Fault } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say } from '../../said.ts'
import { lineEnds, refuseEmpty, refuseBrokenUtf8, refuseZeroBytes } from '../read-text.ts'
import { guessCodePage } from './guess-code-page.ts'
import { refuseOtherKind } from './other-kinds.ts'
import { CP850_LABEL, textParts } from './text-parts.ts'

/** A text as UTF-8 without a byte order mark. */
export interface DecodedText {
  /** The whole text, from its beginning at every call, in parts that end between rows. */
  readonly parts: () => Iterable<Buffer>
  /** A label of the WHATWG Encoding Standard, or `cp850`. */
  readonly encoding: string
  readonly findings: readonly Finding[]
}

const ADVICE = 'save-as-csv-utf-8'
const MARKS = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
] as const

/**
 * Decodes a text: by its byte order mark, as UTF-8 if it is that, or else in the code page of Western Europe, Windows
 * or
 * DOS, that gives words; a person's choice comes before all of these.
 * @throws Fault `unreadable-file` when it is empty, of another kind, binary, or UTF-8 with broken places (each is
 * named)
 * @throws Fault `invalid-input` when the chosen encoding is not known
 */
export function decodeText(bytes: Uint8Array, filename: string, chosen: string | undefined): DecodedText {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  refuseEmpty(text, filename)
  refuseOtherKind(text, filename, ADVICE)
  const marked = MARKS.find(([, mark]) => mark.every((byte, place) => text[place] === byte))
  const body = text.subarray(marked?.[1].length ?? 0)
  if (chosen !== undefined) return decoded(body, knownLabel(chosen), filename, [])
  if (marked !== undefined) return decoded(body, marked[0], filename, [])
  const wide = wideEncoding(body)
  if (wide !== null) return decoded(body, wide, filename, [assumed(wide)])
  refuseZeroBytes(body, filename, ADVICE)
  if (isUtf8(body)) return { parts: () => textParts(body, 'utf-8'), encoding: 'utf-8', findings: [] }
  if (isMostlyUtf8(body)) refuseBrokenUtf8(body, filename, ADVICE)
  const guessed = guessCodePage(body)
  return decoded(body, guessed, filename, [assumed(guessed)])
}

function decoded(body: Buffer, encoding: string, filename: string, findings: readonly Finding[]): DecodedText {
  if (encoding === 'utf-8') {
    if (!isUtf8(body)) refuseBrokenUtf8(body, filename, ADVICE)
    return { parts: () => textParts(body, encoding), encoding, findings }
  }
  return { parts: () => partsWithoutZeros(body, encoding, filename), encoding, findings }
}

/** @throws Fault `unreadable-file` when a part holds a zero, with its place */
function* partsWithoutZeros(body: Buffer, encoding: string, filename: string): Generator<Buffer> {
  let lines = 0
  for (const part of textParts(body, encoding)) {
    refuseZeroBytes(part, filename, ADVICE, lines)
    yield part
    lines += lineEnds(part, 0, part.length)
  }
}

/** @throws Fault `invalid-input` when an encoding is not known */
function knownLabel(chosen: string): string {
  const label = chosen.trim().toLowerCase()
  if (label === CP850_LABEL || label === 'ibm850') return CP850_LABEL
  try {
    return new TextDecoder(label).encoding
  } catch {
    const said = say('no-such-encoding', { name: quoted(chosen) })
    throw new Fault('invalid-input', say('cannot-decode-as-chosen', { found: said }), {
      errors: [{ said, pointer: '/encoding' }],
    })
  }
}

/** UTF-16 without a byte order mark: every other byte of the first characters is zero. */
function wideEncoding(body: Buffer): 'utf-16le' | 'utf-16be' | null {
  const head = body.subarray(0, 512)
  if (head.length < 4) return null
  const zeros = [0, 0]
  head.forEach((byte, place) => {
    if (byte === 0) zeros[place % 2] = (zeros[place % 2] ?? 0) + 1
  })
  const [even = 0, odd = 0] = zeros
  const many = head.length * 0.35
  if (odd > many && even === 0) return 'utf-16le'
  return even > many && odd === 0 ? 'utf-16be' : null
}

/**
 * Whether some of the bytes beyond ASCII are whole characters of UTF-8, which hardly happens by chance: such a text is
 * damaged UTF-8.
 */
function isMostlyUtf8(body: Buffer): boolean {
  let whole = 0
  let broken = 0
  for (let place = 0; place < body.length; place += 1) {
    const byte = body[place] ?? 0
    if (byte < 0x80) continue
    const length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2
    if (byte >= 0xc2 && isUtf8(body.subarray(place, place + length))) {
      whole += 1
      place += length - 1
    } else broken += 1
  }
  return whole * 10 > broken
}

function assumed(encoding: string): Finding {
  return makeFinding('encoding-assumed', say('text-read-as', { encoding }), { count: 1 })
}
