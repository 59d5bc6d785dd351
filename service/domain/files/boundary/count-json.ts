import { tooLarge, unreadable } from '../unreadable.ts'
import { say } from '../../said.ts'

const MOST_BRACKETS = 2_500_000
const MOST_COMMAS = 16_000_000
const DEEPEST = 64

/**
 * Refuses JSON that would become too much in memory. Every bracket becomes an array or an object, so they are counted
 * before anything is parsed.
 * @throws Fault `unreadable-file` when it is nested too deeply
 * @throws Fault `too-large` when it has too many brackets or commas
 */
export function refuseSprawl(text: Buffer, filename: string): void {
  let brackets = 0
  let commas = 0
  let depth = 0
  let deepest = 0
  let inString = false
  for (let offset = 0; offset < text.length; offset += 1) {
    const byte = text[offset]
    if (inString) {
      if (byte === 0x5c) offset += 1
      else if (byte === 0x22) inString = false
    } else if (byte === 0x22) inString = true
    else if (byte === 0x5b || byte === 0x7b) {
      brackets += 1
      depth += 1
      if (depth > deepest) deepest = depth
    } else if (byte === 0x5d || byte === 0x7d) depth -= 1
    else if (byte === 0x2c) commas += 1
  }
  if (deepest > DEEPEST) throw unreadable(filename, say('json-too-deep', { levels: deepest, most: DEEPEST }))
  if (brackets > MOST_BRACKETS || commas > MOST_COMMAS)
    throw tooLarge(filename, say('json-of-many-points', { most: MOST_BRACKETS }))
}
