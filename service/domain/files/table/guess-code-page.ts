import { TextDecoder } from 'node:util'
import { decodeDos } from '../dos-text.ts'

const MOST_LOOKED_AT = 20_000

/**
 * Decides between Windows-1252 and code page 850 by the characters beyond ASCII: in the right one they are letters that
 * fit the letters beside them, in the other signs or capitals within words.
 */
export function guessCodePage(text: Buffer): 'windows-1252' | 'cp850' {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const windows = Array.from(new TextDecoder('windows-1252').decode(bytes))
  const dos = Array.from(decodeDos(bytes, 'cp850'))
  return fit(text, dos) > fit(text, windows) ? 'cp850' : 'windows-1252'
}

function fit(text: Buffer, characters: readonly string[]): number {
  let score = 0
  let looked = 0
  for (let place = 0; place < text.length && looked < MOST_LOOKED_AT; place += 1) {
    if ((text[place] ?? 0) < 0x80) continue
    looked += 1
    const [before, own, after] = [place - 1, place, place + 1].map((at) => characters[text[at] ?? 0x20] ?? ' ')
    score += fitOf(before ?? ' ', own ?? ' ', after ?? ' ')
  }
  return score
}

function fitOf(before: string, own: string, after: string): number {
  const isWithin = /\p{L}/u.test(before) || /\p{L}/u.test(after)
  if (/\p{Ll}/u.test(own)) return isWithin && !/\p{Lu}/u.test(after) ? 2 : 1
  if (/\p{Lu}/u.test(own)) return /\p{Ll}/u.test(before) ? -2 : 1
  return isWithin && !/[\s’'–\u00a0]/u.test(own) ? -3 : 0
}
