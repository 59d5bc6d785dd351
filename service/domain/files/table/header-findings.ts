import { quoted } from '../../quoted.ts'
import type { Finding } from '../finding.ts'
import type { FoundHeader } from './find-header.ts'
import type { TableSheet } from './table-source.ts'

const MOST_EXAMPLES = 100

/** What was passed over above and below the header, and which names were changed. */
export function headerFindings(header: FoundHeader, names: readonly string[]): readonly Finding[] {
  const { above, firstLine, line, tagLine, unitLine } = header
  const joined = header.names.filter((name) => name !== '')
  return [
    ...(above.length === 0
      ? []
      : [
          {
            kind: 'row-dropped' as const,
            detail: `Rows above the header at line ${String(firstLine)} were passed over.`,
            count: above.length,
            examples: above.slice(0, MOST_EXAMPLES).map(quoted),
          },
        ]),
    ...(firstLine === line
      ? []
      : [
          {
            kind: 'header-joined' as const,
            detail: `The header has two rows, lines ${String(firstLine)} and ${String(line)}; their names were joined.`,
            count: joined.length,
            examples: joined.slice(0, MOST_EXAMPLES),
          },
        ]),
    ...(tagLine === null
      ? []
      : [
          {
            kind: 'row-dropped' as const,
            detail: `The row of HXL tags at line ${String(tagLine)} was passed over.`,
            count: 1,
          },
        ]),
    ...(unitLine === null
      ? []
      : [
          {
            kind: 'row-dropped' as const,
            detail: `The row at line ${String(unitLine)} was passed over: it gives the units or numbers of the columns.`,
            count: 1,
          },
        ]),
    ...names.flatMap((name, column): Finding[] => {
      const written = header.names[column] ?? ''
      if (written === name) return []
      const detail = `Column ${String(column + 1)} repeats the header ${quoted(written)} and is shown as ${quoted(name)}.`
      return [{ kind: 'column-renamed', detail, count: 1 }]
    }),
  ]
}

/** The rows at these lines that repeat the header. */
export function repeatFindings(lines: readonly number[]): readonly Finding[] {
  if (lines.length === 0) return []
  return [
    {
      kind: 'row-dropped',
      detail: 'Rows that repeat the header were left out.',
      count: lines.length,
      examples: lines.slice(0, MOST_EXAMPLES).map((line) => `line ${String(line)}`),
    },
  ]
}

/** Formulas that a sheet holds without their results. */
export function sheetFindings({ unsolved }: TableSheet): readonly Finding[] {
  if (unsolved.length === 0) return []
  return [
    {
      kind: 'numbers-read',
      detail:
        'Cells hold a formula without its result, so they count as missing. ' +
        'Open the workbook in a spreadsheet, save it and send it again.',
      count: unsolved.length,
      examples: unsolved.slice(0, MOST_EXAMPLES),
    },
  ]
}
