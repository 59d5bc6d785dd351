import { labelOf, referencesIn, subjectColumn, subjectsOf, type Cell, type Results, type Row } from './references.ts'

/** A part of a sentence of a model. */
export type Token =
  | { readonly kind: 'word'; readonly text: string }
  | { readonly kind: 'mark'; readonly text: string }
  /** What a row is about: a reference to it, or its name, which may stand in several rows. */
  | {
      readonly kind: 'subject'
      readonly rows: readonly Row[]
      readonly name: string | null
      readonly cell: Cell | null
    }
  /** Any other cell. */
  | { readonly kind: 'fact'; readonly cell: Cell; readonly label: readonly string[] }

export interface Sentence {
  readonly tokens: readonly Token[]
  /** As the model wrote it, without marks of Markdown. */
  readonly source: string
  /** What stood at its beginning if it was an item of a list. */
  readonly bullet: '' | '- '
}

/** Stands for a reference or a name while a text is cut into sentences. */
const HELD = '\uE000'

/** A reference or a name in a text. */
interface Found {
  readonly start: number
  readonly end: number
  readonly token: Token
}

/**
 * Cuts a model's text into lines of sentences, with its references found. Null if a reference leads to no cell, touches
 * other letters or digits, or is not written as one.
 */
export function sentencesOf(text: string, results: Results): readonly (readonly Sentence[])[] | null {
  if (text.includes(HELD)) return null
  const plain = text.replaceAll(/\*\*|__|`/g, '')
  const references = foundReferences(plain, results)
  if (references === null) return null
  const found = [...references, ...foundNames(plain, references, results)].sort((one, other) => one.start - other.start)
  let [cut, end] = ['', 0]
  for (const { start, end: next } of found) {
    cut += plain.slice(end, start) + HELD
    end = next
  }
  cut += plain.slice(end)
  if (/[{}]/.test(cut)) return null
  const held = found.map(({ token }) => token).values()
  return cut.split('\n').map((line) => {
    const { 1: bullet, 2: rest = '' } = /^\s*(?:#{1,6}\s+)?([-*•]\s+|\d{1,3}[.)]\s+)?(.*)$/su.exec(line) ?? []
    return rest
      .split(/(?<=[.!?])\s+/u)
      .filter((part) => part.trim() !== '')
      .map((part, at): Sentence => ({
        tokens: tokensOf(part, held),
        source: part.trim(),
        bullet: at === 0 && bullet !== undefined ? '- ' : '',
      }))
  })
}

function tokensOf(part: string, held: Iterator<Token>): readonly Token[] {
  return [...part.matchAll(/[\p{L}\p{M}\p{N}'’]+|\uE000|[^\s]/gu)].flatMap(([found]) => {
    if (found !== HELD) return [plainToken(found)]
    const next = held.next()
    return next.done === true ? [] : [next.value]
  })
}

/** The references of a text; null if one is of no use. */
function foundReferences(text: string, results: Results): readonly Found[] | null {
  const found: Found[] = []
  for (const { start, end, cell } of referencesIn(text, results)) {
    if (cell === null || !standsAlone(text, start, end)) return null
    found.push({ start, end, token: tokenOf(cell, results) })
  }
  return found
}

function plainToken(found: string): Token {
  return /^[\p{L}\p{M}\p{N}]/u.test(found)
    ? { kind: 'word', text: found.toLowerCase().replaceAll('’', "'") }
    : { kind: 'mark', text: found }
}

function tokenOf(cell: Cell, results: Results): Token {
  return subjectColumn(results[cell.result]) === cell.column
    ? { kind: 'subject', rows: [cell], name: null, cell }
    : { kind: 'fact', cell, label: labelWords(labelOf(results, cell)) }
}

export function labelWords(label: string): readonly string[] {
  return [...label.toLowerCase().matchAll(/[\p{L}\p{M}\p{N}]+/gu)].map(([word]) => word)
}

/** A figure that touches another one, a sign or a letter would be read as something else. */
function standsAlone(text: string, start: number, end: number): boolean {
  return (
    /^(?:[\s("“*_]|)$/u.test(text.slice(Math.max(0, start - 1), start)) &&
    /^(?:$|[\s)"”]|['’]s\b|[,.;:!?](?:$|[\s)"”]))/u.test(text.slice(end, end + 3))
  )
}

/** The names of subjects outside references, the longest first where they overlap. */
function foundNames(text: string, references: readonly Found[], results: Results): readonly Found[] {
  const found: Found[] = []
  const isTaken = new Uint8Array(text.length)
  for (const { start, end } of references) isTaken.fill(1, start, end)
  for (const [name, rows] of [...subjectsOf(results)].sort(([one], [other]) => other.length - one.length))
    for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length)) {
      const end = start + name.length
      if (isTaken[start] === 1 || isTaken[end - 1] === 1 || !isWhole(text, start, end)) continue
      isTaken.fill(1, start, end)
      found.push({ start, end, token: { kind: 'subject', rows, name, cell: null } })
    }
  return found
}

function isWhole(text: string, start: number, end: number): boolean {
  const isLetter = (at: number): boolean => /[\p{L}\p{M}\p{N}]/u.test(text.charAt(at))
  return !isLetter(start - 1) && !isLetter(end)
}
