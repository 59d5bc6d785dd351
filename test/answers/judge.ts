import type { ChartOptions } from '../../service/domain/chart/chart-options.ts'
import { isDeepStrictEqual } from 'node:util'
import type { Reply } from './ask.ts'

/** What the answer to a question must hold. */
export type Expected =
  /** Figures in the text or in a table. */
  | { readonly figures: readonly number[] }
  /** These wards in the first table: no others, or the first of an ordered list. */
  | { readonly rows: readonly string[]; readonly isOrdered: boolean }
  /** A figure in the row of each group; `first` are the groups at the head of the table. */
  | { readonly groups: Readonly<Record<string, number>>; readonly first?: readonly string[] }
  /** A question back that speaks of this. */
  | { readonly asks: RegExp }
  | { readonly chart: ChartOptions }
  /** A text that holds this. */
  | { readonly says: RegExp }
  /** A refusal that says this. */
  | { readonly declines: RegExp }
  | { readonly all: readonly Expected[] }

export interface Question {
  readonly category: string
  /** What is asked before, in the same conversation; several messages in their order. */
  readonly before?: string | readonly string[]
  readonly message: string
  readonly expected: Expected
}

export type Verdict = 'right' | 'asks' | 'wrong'

/** Judges a reply as a whole. A question back where an answer was expected is no wrong answer. */
export function judge(reply: Reply, expected: Expected): Verdict {
  if (holds(reply, expected)) return 'right'
  return reply.kind === 'clarify' ? 'asks' : 'wrong'
}

function holds(reply: Reply, expected: Expected): boolean {
  if ('all' in expected) return expected.all.every((each) => holds(reply, each))
  if ('asks' in expected)
    return reply.kind === 'clarify' && expected.asks.test(`${reply.text} ${reply.options.join(' ')}`)
  if ('declines' in expected) return reply.kind === 'decline' && expected.declines.test(reply.text)
  if (reply.kind !== 'answer') return false
  if ('says' in expected) return expected.says.test(reply.text)
  if ('chart' in expected)
    return reply.calls.some(
      ({ tool, input }) => tool === ('draw_chart' as string) && isDeepStrictEqual(input, expected.chart),
    )
  if ('figures' in expected) return expected.figures.every((figure) => hasFigure(reply, figure))
  if ('rows' in expected) return reply.tables.some((table) => hasRows(table, expected))
  return reply.tables.some((table) => hasGroups(table, expected))
}

function isNear(one: number, other: number): boolean {
  return Math.abs(one - other) <= Math.max(6e-5, 1e-6 * Math.abs(other))
}

function numbersIn(text: string): readonly number[] {
  return [...text.matchAll(/-?\d[\d,]*(?:\.\d+)?/g)].map(([number]) => Number(number.replaceAll(',', '')))
}

function hasFigure({ text, tables }: Reply, figure: number): boolean {
  // What was asked is repeated in the text, with its numbers.
  const told = text
    .split('\n')
    .filter((line) => !line.startsWith('Asked:'))
    .join('\n')
  return (
    numbersIn(told).some((number) => isNear(number, figure)) ||
    tables.some(({ rows }) => rows.flat().some((cell) => typeof cell === 'number' && isNear(cell, figure)))
  )
}

type Table = Reply['tables'][number]

function hasRows(
  { columns, rows }: Table,
  { rows: wanted, isOrdered }: { rows: readonly string[]; isOrdered: boolean },
): boolean {
  const place = columns.indexOf('ward')
  if (place < 0) return false
  const names = rows.map((row) => String(row[place]))
  return isOrdered
    ? isDeepStrictEqual(names.slice(0, wanted.length), [...wanted])
    : isDeepStrictEqual(names.toSorted(), wanted.toSorted())
}

function hasGroups(
  { rows }: Table,
  { groups, first = [] }: { groups: Readonly<Record<string, number>>; first?: readonly string[] },
): boolean {
  const shown = first.length > 0 ? rows.slice(0, first.length).map((row) => String(row[0])) : []
  if (!isDeepStrictEqual(shown, [...first])) return false
  const wanted = first.length > 0 ? first : Object.keys(groups)
  return wanted.every((group) => {
    const row = rows.find(([name]) => name === group)
    return row?.slice(1).some((cell) => typeof cell === 'number' && isNear(cell, groups[group] ?? NaN)) === true
  })
}
