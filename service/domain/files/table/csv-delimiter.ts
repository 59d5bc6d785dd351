import { MOST_COLUMNS, tooManyColumns } from '../table-limits.ts'

const LF = 10
const CR = 13
const QUOTE = 34
const DELIMITERS = [',', ';', '\t', '|'] as const
const CODES: readonly number[] = DELIMITERS.map((sign) => sign.charCodeAt(0))
const LOOKED_AT_LINES = 30

/**
 * Finds the sign between the cells: of comma, semicolon, tab and bar, outside quotes, the one that divides most of the
 * first lines into equally many cells. A title above the header has none, and decimal commas are in some cells only.
 * @throws Fault `too-large` when the header has too many columns
 */
export function delimiterOf(text: Buffer, filename: string): string {
  const counted = countsOfLines(text)
  const most = Math.max(0, ...(counted[0] ?? []))
  if (most >= MOST_COLUMNS) throw tooManyColumns(filename, most + 1, 1)
  const scores = DELIMITERS.map((_, place) => scoreOf(counted.map((counts) => counts[place] ?? 0)))
  return DELIMITERS[scores.indexOf(Math.max(...scores))] ?? ','
}

/** The delimiter of a line `sep=;`, as Excel writes and reads it, and the bytes that it takes; null without one. */
export function statedDelimiter(text: Buffer): { readonly delimiter: string; readonly bytes: number } | null {
  const [line, , delimiter] = /^("?)sep=([,;\t|])\1\r?(?:\n|$)/i.exec(text.toString('latin1', 0, 12)) ?? []
  return line === undefined || delimiter === undefined ? null : { delimiter, bytes: line.length }
}

/** How often each sign stands in each of the first lines that are not empty, outside quotes. */
function countsOfLines(text: Buffer): readonly (readonly number[])[] {
  const lines: number[][] = []
  let counts = CODES.map(() => 0)
  let quoted = false
  let empty = true
  for (const byte of text) {
    if (byte === QUOTE) quoted = !quoted
    if (!quoted && (byte === LF || byte === CR)) {
      if (!empty) lines.push(counts)
      if (lines.length >= LOOKED_AT_LINES) return lines
      counts = CODES.map(() => 0)
      empty = true
      continue
    }
    empty = false
    const place = quoted ? -1 : CODES.indexOf(byte)
    if (place !== -1) counts[place] = (counts[place] ?? 0) + 1
  }
  return empty ? lines : [...lines, counts]
}

/** The cells that a sign makes in lines that have the most frequent number of it. */
function scoreOf(counts: readonly number[]): number {
  const byCount = Map.groupBy(
    counts.filter((count) => count > 0),
    (count) => count,
  )
  return Math.max(0, ...[...byCount].map(([count, lines]) => count * lines.length))
}
