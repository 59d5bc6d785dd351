import { TextDecoder } from 'node:util'
import { decodeDos } from '../dos-text.ts'

const MOST_LOOKED_AT = 20_000

/** In the order in which they are preferred. */
const CODE_PAGES = ['windows-1252', 'cp850', 'macintosh'] as const
export type CodePage = (typeof CODE_PAGES)[number]

/**
 * Decides between Windows-1252, code page 850 and Mac OS Roman by the characters beyond ASCII: in the right one they
 * are letters that fit the letters beside them, in the others signs or capitals within words.
 */
export function guessCodePage(text: Buffer): CodePage {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const fits = CODE_PAGES.map((page) => {
    const characters = page === 'cp850' ? decodeDos(bytes, page) : new TextDecoder(page).decode(bytes)
    return fit(text, Array.from(characters))
  })
  return CODE_PAGES[fits.indexOf(Math.max(...fits))] ?? 'windows-1252'
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
