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

/**
 * Cuts a model's text into lines of sentences, with its references found. Null if a reference leads to no cell, touches
 * other letters or digits, or is not written as one.
 */
export function sentencesOf(text: string, results: Results): readonly (readonly Sentence[])[] | null {
  if (text.includes(HELD)) return null
  const plain = text.replaceAll(/\*\*|__|`/g, '')
  const references = referencesIn(plain, results)
  if (references.some(({ cell, start, end }) => cell === null || !standsAlone(plain, start, end))) return null
  const held: Token[] = []
  let [cut, end] = ['', 0]
  const subjects = subjectsOf(results)
  for (const { start, end: next, cell } of references) {
    cut += heldNames(plain.slice(end, start), subjects, held)
    if (cell !== null) held.push(tokenOf(cell, results))
    cut += HELD
    end = next
  }
  cut += heldNames(plain.slice(end), subjects, held)
  if (/[{}]/.test(cut)) return null
  let used = 0
  return cut.split('\n').map((line) => {
    const { 1: bullet, 2: rest = '' } = /^\s*(?:#{1,6}\s+)?([-*•]\s+|\d{1,3}[.)]\s+)?(.*)$/su.exec(line) ?? []
    return rest
      .split(/(?<=[.!?])\s+/u)
      .filter((part) => part.trim() !== '')
      .map((part, at): Sentence => {
        const tokens: Token[] = []
        let source = ''
        for (const { 0: found } of part.trim().matchAll(/[\p{L}\p{M}\p{N}'’]+|\uE000|\s+|[^\s]/gu)) {
          const token = found === HELD ? held[used++] : plainToken(found)
          if (token !== undefined) tokens.push(token)
          source += found
        }
        return { tokens, source, bullet: at === 0 && bullet !== undefined ? '- ' : '' }
      })
  })
}

function plainToken(found: string): Token | undefined {
  if (found.trim() === '') return undefined
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

/** Puts a token in place of each name of a subject, the longest first. */
function heldNames(text: string, subjects: ReadonlyMap<string, readonly Row[]>, held: Token[]): string {
  const found: { readonly start: number; readonly name: string }[] = []
  const isTaken = new Uint8Array(text.length)
  for (const name of [...subjects.keys()].sort((one, other) => other.length - one.length))
    for (let start = text.indexOf(name); start >= 0; start = text.indexOf(name, start + name.length)) {
      const end = start + name.length
      if (isTaken[start] === 1 || isTaken[end - 1] === 1 || !isWhole(text, start, end)) continue
      isTaken.fill(1, start, end)
      found.push({ start, name })
    }
  let [cut, end] = ['', 0]
  for (const { start, name } of found.sort((one, other) => one.start - other.start)) {
    held.push({ kind: 'subject', rows: subjects.get(name) ?? [], name, cell: null })
    cut += text.slice(end, start) + HELD
    end = start + name.length
  }
  return cut + text.slice(end)
}

function isWhole(text: string, start: number, end: number): boolean {
  const isLetter = (at: number): boolean => /[\p{L}\p{M}\p{N}]/u.test(text.charAt(at))
  return !isLetter(start - 1) && !isLetter(end)
}
