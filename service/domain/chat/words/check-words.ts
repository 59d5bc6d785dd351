import { comparedBy, isHarmless, isJoining } from './plain-words.ts'
import { labelOf, shownCell, subjectColumn, valueOf, type Results, type Row } from './references.ts'
import { takeLabels } from './take-labels.ts'
import { sentencesOf, type Sentence, type Token } from './sentence.ts'

/** What of a model's words may be shown. */
export interface CheckedWords {
  /** With every reference filled in, and without what the tools say themselves. May be empty. */
  readonly text: string
}

type Fact = Extract<Token, { kind: 'fact' }>
type Subject = Extract<Token, { kind: 'subject' }>

/** Marks that change no figure. */
const MARKS = /^(?:[,.;:!?()"“”—–&]|['’]s|-)$/u
const LONGEST = 24_000

/**
 * Fills a model's words in from the results of this turn. A sentence may introduce, offer or ask back; name rows with
 * cells of the same row, under the names of their columns; compare two values of one column, if it is true; or repeat a
 * sentence of a tool, which is left out because it is shown already. Any other sentence claims something that nobody
 * has checked.
 * @param told the texts of the tools, which stand before the words
 * @returns null if one sentence must not be shown
 */
export function checkWords(text: string, results: Results, told: readonly string[]): CheckedWords | null {
  if (text.length > LONGEST) return null
  const known = new Set(told.flatMap((each) => each.split('\n').flatMap(sentencesIn)).map(plainForm))
  const rest = text
    .split('\n')
    .map((line) =>
      sentencesIn(line)
        .filter((sentence) => !known.has(plainForm(sentence)))
        .join(' '),
    )
    .join('\n')
  const lines = sentencesOf(rest, results)
  if (lines === null) return null
  const shown: string[] = []
  for (const line of lines) {
    const parts: string[] = []
    for (const sentence of line) {
      const said = saidBy(sentence, results)
      if (said === null) return null
      parts.push(sentence.bullet + said)
    }
    if (parts.length > 0) shown.push(parts.join(' '))
  }
  return { text: shown.join('\n') }
}

function sentencesIn(line: string): string[] {
  return line.split(/(?<=[.!?])\s+/u)
}

function plainForm(sentence: string): string {
  return sentence
    .replaceAll(/\*\*|__|`/g, '')
    .replace(/^\s*[-*•]\s+/u, '')
    .replaceAll(/\s+/gu, ' ')
    .trim()
}

/** The sentence with its references filled in; null if it must not be shown. */
function saidBy({ tokens, source }: Sentence, results: Results): string | null {
  if (tokens.some((token) => token.kind === 'mark' && !MARKS.test(token.text))) return null
  const words = tokens.flatMap((token) => (token.kind === 'word' ? [token.text] : []))
  const hasFacts = tokens.some(({ kind }) => kind === 'fact')
  if (!hasFacts && isHarmless(words, source.endsWith('?'))) return filledIn(source, tokens, new Set(), results)
  if (tokens.every(({ kind }) => kind === 'word' || kind === 'mark')) return words.length === 0 ? source : null
  const labels = takeLabels(tokens)
  const comparing = labels.rest.flatMap((word) => comparedBy(word) ?? [])
  const isComparison = comparing.length > 0 || labels.rest.includes('than')
  if (!labels.rest.every((word) => isJoining(word) || comparedBy(word) !== null || word === 'than')) return null
  if (!isBound(tokens, results, isComparison)) return null
  if (isComparison && !isTrueComparison(tokens, comparing, results)) return null
  return filledIn(source, tokens, labels.named, results)
}

/** Subjects and facts that follow each other and are of one row, and the marks and words before them. */
interface Run {
  readonly row: Row
  readonly subjects: readonly Subject[]
  readonly facts: readonly Fact[]
  readonly isSubjectFirst: boolean
  readonly before: readonly Token[]
}

/**
 * Whether a reader can take every figure only for its own row's: the name of the row and its cells stand together,
 * apart from those of other rows.
 */
function isBound(tokens: readonly Token[], results: Results, isComparison: boolean): boolean {
  const runs = runsOf(tokens)
  const withFacts = runs.filter(({ facts }) => facts.length > 0)
  const separates = (run: Run): boolean =>
    run.before.some(
      (token) =>
        (token.kind === 'mark' && [',', ';', '&'].includes(token.text)) ||
        (token.kind === 'word' && ['and', 'while', ...(isComparison ? ['than'] : [])].includes(token.text)),
    )
  const onlyLists = (run: Run): boolean =>
    run.before.every((token) =>
      token.kind === 'mark' ? [',', ';', '&'].includes(token.text) : token.kind === 'word' && token.text === 'and',
    )
  if (withFacts.length === 0) return runs.slice(1).every((run) => run.before.length > 0 && onlyLists(run))
  if (withFacts.length < runs.length) return false
  if (runs.length > 1 && !runs.slice(1).every(separates)) return false
  return runs.every(({ row, subjects, facts, isSubjectFirst }) => {
    return subjectColumn(results[row.result]) !== null
      ? subjects.length === 1 && (isSubjectFirst || runs.length === 1)
      : runs.length === 1 && subjects.length === 0 && facts.length > 0
  })
}

function runsOf(tokens: readonly Token[]): readonly Run[] {
  const runs: { row: Row; subjects: Subject[]; facts: Fact[]; isSubjectFirst: boolean; before: Token[] }[] = []
  let before: Token[] = []
  for (const [at, token] of tokens.entries()) {
    if (token.kind === 'word' || token.kind === 'mark') {
      before.push(token)
      continue
    }
    const last = runs.at(-1)
    const row = token.kind === 'fact' ? rowOf(token) : rowMeant(tokens, at, last?.row)
    let run = last !== undefined && isSameRow(last.row, row) ? last : undefined
    if (run === undefined) {
      run = { row, subjects: [], facts: [], isSubjectFirst: token.kind === 'subject', before }
      runs.push(run)
    }
    if (token.kind === 'fact') run.facts.push(token)
    else run.subjects.push(token)
    before = []
  }
  return runs
}

function isSameRow(one: Row, other: Row): boolean {
  return one.result === other.result && one.row === other.row
}

function rowOf({ cell: { result, row } }: Fact): Row {
  return { result, row }
}

/** Which of the rows with a subject's name is meant: that of the next cell, or of the cells before. */
function rowMeant(tokens: readonly Token[], at: number, last: Row | undefined): Row {
  const { rows } = tokens[at] as Subject
  const next = tokens.slice(at + 1).find(({ kind }) => kind === 'fact' || kind === 'subject')
  const near = [...(next?.kind === 'fact' ? [rowOf(next)] : []), ...(last === undefined ? [] : [last])]
  const meant = near.find((one) => rows.some((row) => isSameRow(one, row)))
  const { result, row } = meant ?? rows[0] ?? { result: -1, row: -1 }
  return { result, row }
}

/** Whether the first of two values of one column is on the side of the second that the word says. */
function isTrueComparison(tokens: readonly Token[], comparing: readonly (1 | -1)[], results: Results): boolean {
  const than = tokens.findIndex((token) => token.kind === 'word' && token.text === 'than')
  const [direction] = comparing
  const facts = tokens.flatMap((token, at) => (token.kind === 'fact' ? [{ ...token, at }] : []))
  const [first, second] = facts
  if (direction === undefined || comparing.length > 1 || first === undefined || second === undefined) return false
  const [one, other] = [valueOf(results, first.cell), valueOf(results, second.cell)]
  const label = labelOf(results, first.cell)
  return (
    facts.length === 2 &&
    runsOf(tokens).length === 2 &&
    first.at < than &&
    tokens.findLastIndex((token) => token.kind === 'subject') > than &&
    label === labelOf(results, second.cell) &&
    // A high rank is a low number.
    !/rank|order/i.test(label) &&
    typeof one === 'number' &&
    typeof other === 'number' &&
    Math.sign(one - other) === direction
  )
}

function filledIn(source: string, tokens: readonly Token[], named: ReadonlySet<Token>, results: Results): string {
  const held = tokens.filter(({ kind }) => kind === 'subject' || kind === 'fact')
  let at = 0
  return source.replaceAll('\uE000', () => {
    const token = held[at++]
    if (token?.kind === 'subject')
      return token.name ?? (token.cell === null ? '' : shownCell(valueOf(results, token.cell)))
    if (token?.kind !== 'fact') return ''
    const shown = shownCell(valueOf(results, token.cell))
    return named.has(token) ? shown : `${labelOf(results, token.cell)} ${shown}`
  })
}
