import { quoted } from '../../quoted.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say } from '../../said.ts'
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
          makeFinding('row-dropped', say('rows-above-header', { line: firstLine }), {
            count: above.length,
            examples: above.slice(0, MOST_EXAMPLES).map(quoted),
          }),
        ]),
    ...(firstLine === line
      ? []
      : [
          makeFinding('header-joined', say('header-of-two-rows', { first: firstLine, last: line }), {
            count: joined.length,
            examples: joined.slice(0, MOST_EXAMPLES),
          }),
        ]),
    ...(tagLine === null ? [] : [makeFinding('row-dropped', say('row-of-tags', { line: tagLine }), { count: 1 })]),
    ...(unitLine === null ? [] : [makeFinding('row-dropped', say('row-of-units', { line: unitLine }), { count: 1 })]),
    ...names.flatMap((name, column): Finding[] => {
      const written = header.names[column] ?? ''
      if (written === name) return []
      return [repeatedHeader(column + 1, written, name)]
    }),
  ]
}

/** The column at this place, from 1, whose header stands there before. */
export function repeatedHeader(place: number, written: string, name: string): Finding {
  const said = say('header-repeated', { place, header: quoted(written), name: quoted(name) })
  return makeFinding('column-renamed', said, { count: 1 })
}

/** The rows at these lines that repeat the header. */
export function repeatFindings(lines: readonly number[]): readonly Finding[] {
  if (lines.length === 0) return []
  return [
    makeFinding('row-dropped', say('rows-repeat-header', {}), {
      count: lines.length,
      examples: lines.slice(0, MOST_EXAMPLES).map((line) => say('row-line', { line })),
    }),
  ]
}

/** Formulas that a sheet holds without their results. */
export function sheetFindings({ unsolved }: TableSheet): readonly Finding[] {
  if (unsolved.length === 0) return []
  return [
    makeFinding('numbers-read', say('formulas-without-result', {}), {
      count: unsolved.length,
      examples: unsolved.slice(0, MOST_EXAMPLES),
    }),
  ]
}
