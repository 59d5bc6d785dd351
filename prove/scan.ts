import { gunzipSync } from 'node:zlib'

/** Something in a reply that could belong to somebody: a text canary, a number canary, or an id of the service. */
export interface Sighting {
  readonly kind: 'text' | 'number' | 'id'
  readonly found: string
  /** The encoding it was found in, or plain. */
  readonly as: string
  /** The text around it. */
  readonly context: string
}

const TOKEN = 22
const LETTERS_ONLY = /^[a-z2-7]{20}$/
const NUMBER = /(?<![\d.])[1-9]\d\d\.\d{9}(?!\d)/g
const ID = /(?<![A-Za-z0-9_-])[A-Za-z0-9_-]{32}(?![A-Za-z0-9_-])/g
/** `zq` and the letter after it in base64, at each of the three places where it can begin. */
const BASE64_RUN = /[A-Za-z0-9+/_-]{30,}/g
const BASE64_HINT = /en[EF]|[HXn3]px|6c[Q-Za-f]/

/**
 * Everything in some bytes that could belong to somebody. It takes one pass of `indexOf` and two of simple patterns
 * over the plain text. Encodings are read only where they begin, so that the scan stays cheaper than the reply.
 */
export function sightings(bytes: Buffer): Sighting[] {
  const text = bytes.toString('latin1')
  const seen = tokensIn(text, 'text')
  for (const [kind, pattern] of [
    ['number', NUMBER],
    ['id', ID],
  ] as const) {
    for (const match of text.matchAll(pattern))
      seen.push({ kind, found: match[0], as: 'text', context: around(text, match.index, match[0].length) })
  }
  for (const [run] of text.matchAll(BASE64_RUN)) {
    if (!BASE64_HINT.test(run)) continue
    for (const shift of [0, 1, 2, 3])
      seen.push(...tokensIn(Buffer.from(run.slice(shift), 'base64').toString('latin1'), 'base64'))
  }
  if (bytes.includes('z\0q\0') || bytes.includes('Z\0Q\0')) {
    for (const shift of [0, 1]) seen.push(...tokensIn(bytes.subarray(shift).toString('utf16le'), 'UTF-16'))
  }
  if (/%[57]a/i.test(text))
    seen.push(
      ...tokensIn(
        text.replaceAll(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16))),
        'percent',
      ).filter(({ found }) => !text.includes(found)),
    )
  for (const [run] of text.matchAll(/7a71[0-9a-f]{40}/gi))
    seen.push(...tokensIn(Buffer.from(run, 'hex').toString('latin1'), 'hex'))
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) seen.push(...sightings(unzipped(bytes)))
  return seen
}

function tokensIn(text: string, as: string): Sighting[] {
  const lower = text.toLowerCase()
  const seen: Sighting[] = []
  for (let at = lower.indexOf('zq'); at !== -1; at = lower.indexOf('zq', at + 1)) {
    if (LETTERS_ONLY.test(lower.slice(at + 2, at + TOKEN)))
      seen.push({ kind: 'text', found: lower.slice(at, at + TOKEN), as, context: around(text, at, TOKEN) })
  }
  return seen
}

function around(text: string, at: number, length: number): string {
  return text.slice(Math.max(0, at - 32), at + length + 32).replaceAll(/[^\x20-\x7e]/g, '.')
}

function unzipped(bytes: Buffer): Buffer {
  try {
    return gunzipSync(bytes, { maxOutputLength: 64 * 1024 * 1024 })
  } catch {
    return Buffer.alloc(0)
  }
}
