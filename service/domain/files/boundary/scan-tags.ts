import { placeOf } from '../read-text.ts'
import { tooLarge, unreadable } from '../unreadable.ts'
import { say } from '../../said.ts'

const MOST_TAGS = 1_000_000
const DEEPEST = 64

/** Is given the offsets at which each tag begins and ends. Comments and CDATA sections are no tags. */
type TagTaker = (start: number, end: number) => void

/**
 * Passes over the tags of XML, and refuses what would become too much in memory before anything is parsed: too many
 * tags,
 * tags too deep in each other, and a document type, with which a text can define entities that multiply.
 * @throws Fault `unreadable-file` when it has a document type, is nested too deeply or is cut off
 * @throws Fault `too-large` when it has too many tags
 */
export function scanTags(text: Buffer, filename: string, take: TagTaker): void {
  let tags = 0
  let depth = 0
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    const end = endOf(text, at)
    if (end === -1)
      throw unreadable(filename, say('ends-within-tag', {}), {
        where: placeOf(text, at),
      })
    const next = text[at + 1]
    if (next !== 0x21 && next !== 0x3f) take(at, end)
    if (text.toString('latin1', at, at + 9).toUpperCase() === '<!DOCTYPE')
      throw unreadable(filename, say('has-document-type', {}), {
        where: placeOf(text, at),
      })
    if (next === 0x2f) depth -= 1
    else if (next !== 0x21 && next !== 0x3f) {
      tags += 1
      if (text[end - 1] !== 0x2f) depth += 1
    }
    if (depth > DEEPEST)
      throw unreadable(filename, say('tags-too-deep', { deepest: DEEPEST }), {
        where: placeOf(text, at),
      })
    if (tags > MOST_TAGS) throw tooLarge(filename, say('too-many-tags', { most: MOST_TAGS }))
    at = end
  }
}

/** The offset at which a tag, comment or CDATA section ends; -1 if it does not. */
function endOf(text: Buffer, at: number): number {
  if (text.toString('latin1', at, at + 4) === '<!--') return text.indexOf('-->', at + 4)
  if (text.toString('latin1', at, at + 9) === '<![CDATA[') return text.indexOf(']]>', at + 9)
  return text.indexOf('>', at)
}
