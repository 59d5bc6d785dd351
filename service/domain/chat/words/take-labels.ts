import { comparedBy, isLinking } from './plain-words.ts'
import type { Token } from './sentence.ts'

export interface TakenLabels {
  /** The words that are not the name of a column. */
  readonly rest: readonly string[]
  /** The cells whose column is named beside them. */
  readonly named: ReadonlySet<Token>
}

/** Finds the name of a cell's column right before it, right after it, or after the word that compares it. */
export function takeLabels(tokens: readonly Token[]): TakenLabels {
  const named = new Set<Token>()
  const used = new Set<number>()
  const compared = comparedLabel(tokens)
  for (const [at, token] of tokens.entries()) {
    if (token.kind !== 'fact' || token.label.length === 0) continue
    if (compared !== null && isLabel(tokens, compared, token.label)) {
      for (let place = compared; place < compared + token.label.length; place += 1) used.add(place)
      named.add(token)
      continue
    }
    const start = labelBefore(tokens, at, token.label)
    if (start !== null && !used.has(start)) {
      for (let place = start; place < start + token.label.length; place += 1) used.add(place)
      named.add(token)
    } else if (isLabel(tokens, at + 1, token.label)) {
      for (let place = at + 1; place <= at + token.label.length; place += 1) used.add(place)
      named.add(token)
    }
  }
  const rest = tokens.flatMap((token, at) => (token.kind === 'word' && !used.has(at) ? [token.text] : []))
  return { rest, named }
}

/** Where the name of the compared column may begin, as in "has a higher score than". */
function comparedLabel(tokens: readonly Token[]): number | null {
  const at = tokens.findIndex((token) => token.kind === 'word' && comparedBy(token.text) !== null)
  return at < 0 ? null : at + 1
}

/** Where the label begins before the cell at this place, with only linking words and a subject between. */
function labelBefore(tokens: readonly Token[], at: number, label: readonly string[]): number | null {
  let place = at - 1
  for (let isLink = true; isLink && place >= 0;) {
    if (isLabel(tokens, place - label.length + 1, label)) {
      const start = place - label.length + 1
      const before = tokens[start - 1]
      // "is low: 3" would say that something is low.
      return before?.kind === 'word' && ['is', 'are'].includes(before.text) ? null : start
    }
    const token = tokens[place]
    isLink = token?.kind === 'subject' || (token !== undefined && token.kind !== 'fact' && isLinking(token.text))
    place -= 1
  }
  return null
}

function isLabel(tokens: readonly Token[], start: number, label: readonly string[]): boolean {
  return (
    start >= 0 &&
    label.every((word, at) => {
      const token = tokens[start + at]
      return token?.kind === 'word' && token.text === word
    })
  )
}
