import { Fault } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { allOf, say } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import { makeQuestion, questionId } from '../reading/question.ts'
import { combineRows } from './combine-rows.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { isTotalPeriod, periodOf, type PeriodLength } from './periods.ts'
import { dropRows, isTextAt, textAt, textsOf } from './raw-table.ts'
import { columnOf, rowsByKey, wardKeys, type RoledColumn, type Rows } from './roled-table.ts'

const MOST_PERIODS = 24
/** A table has several rows a ward if at least this share of its wards have more than one. */
const MOST_WARDS_REPEAT = 0.5
const FACILITIES_REPEAT = 0.2
const MOST_PARTS = 50

/** What tells the rows of one ward apart. */
interface Parts {
  readonly columns: readonly RoledColumn[]
  /** The part of each row. */
  readonly of: readonly string[]
  /** The parts, the newest or else the first one first. */
  readonly all: readonly string[]
  readonly isPeriod: boolean
}

/**
 * Makes one row a ward of a table that has one a ward and month, or a ward and age group: the rows of one of them, or
 * the mean or the sum over all, as the person chooses. Until then the newest period stands for all.
 * @throws Fault `unreadable-file` when its rows are facilities
 */
export function settlePeriods(rows: Rows, filename: string, inquiry: Inquiry): Rows {
  const groups = rowsByKey(wardKeys(rows))
  const repeated = [...groups.values()].filter((group) => group.length > 1)
  refuseFacilities(rows, repeated, groups.size, filename)
  if (repeated.length < MOST_WARDS_REPEAT * groups.size) return rows
  const parts = partsOf(rows, repeated)
  if (parts === null) return rows
  const totals = new Set(
    parts.isPeriod ? [...rows.lines.keys()].filter((row) => isTotalPeriod(parts.of[row] ?? '')) : [],
  )
  if (totals.size > 0) {
    inquiry.note(
      makeFinding('row-dropped', say('rows-of-total-period', {}), {
        count: totals.size,
        examples: [...new Set([...totals].map((row) => parts.of[row] ?? ''))],
      }),
    )
    return settlePeriods(dropRows(rows, totals), filename, inquiry)
  }
  const answer = inquiry.ask(
    makeQuestion({
      id: questionId('period-of-rows', ...parts.columns.map(({ name }) => name)),
      kind: 'period-of-rows',
      said: say('period-of-rows', {
        count: parts.all.length,
        columns: allOf(parts.columns.map(({ name }) => quoted(name))),
        from: quoted(parts.all.at(-1) ?? ''),
        to: quoted(parts.all[0] ?? ''),
      }),
      options: optionsOf(parts),
      affects: 'ranking',
      columns: [],
    }),
  )
  return combineRows(rows, {
    groups: [...groups.values()],
    partOf: parts.of,
    columns: parts.columns,
    chosen: answer ?? parts.all[0] ?? '',
    mean: answer === 'mean',
    sum: answer === 'sum',
    counted: commonLength(parts, inquiry, answer),
  })
}

function optionsOf({ all }: Parts) {
  return [
    ...all.slice(0, MOST_PERIODS).map((part) => ({ value: part, said: say('rows-of-part', { part }) })),
    { value: 'mean', said: say('mean-of-rows', {}) },
    { value: 'sum', said: say('sum-of-rows', {}) },
  ]
}

/** The parts that a mean or a sum counts: if years stand beside their months, only the most common of both. */
function commonLength({ all, isPeriod }: Parts, inquiry: Inquiry, answer: string | null): ReadonlySet<string> {
  if (!isPeriod) return new Set(all)
  const byLength = Map.groupBy(all, (part): PeriodLength | null => periodOf(part)?.length ?? null)
  const most = [...byLength.values()].toSorted((one, other) => other.length - one.length)[0] ?? []
  const others = all.filter((part) => !most.includes(part))
  if (others.length > 0 && (answer === 'mean' || answer === 'sum'))
    inquiry.note(
      makeFinding('row-dropped', say('periods-of-other-length', {}), {
        count: others.length,
        examples: others.slice(0, MOST_PARTS),
      }),
    )
  return new Set(most)
}

/** What tells the rows of a ward apart: periods, or else a column of a few texts; null if nothing does. */
function partsOf(rows: Rows, repeated: readonly (readonly number[])[]): Parts | null {
  const periods = rows.columns.filter(({ role }) => role === 'period')
  if (periods.length > 0 && new Set(joined(rows, periods)).size > 1) {
    const of = joined(rows, periods)
    const all = [...new Set(of)].sort((one, other) => orderOf(other) - orderOf(one))
    if (separates(of, repeated)) return { columns: periods, of, all, isPeriod: true }
  }
  if (repeated.length < 2) return null
  for (const column of rows.columns) {
    const isFilled = rows.lines.every((_, row) => isTextAt(column, row))
    if ((column.role !== 'value' && column.role !== 'ignore') || !isFilled) continue
    const of = textsOf(column)
    const all = [...new Set(of)]
    const areShared = all.length > 1 && all.length <= Math.min(MOST_PARTS, of.length / 2)
    if (areShared && separates(of, repeated)) return { columns: [column], of, all, isPeriod: false }
  }
  return null
}

/** Whether most wards that repeat have more than one of these parts. */
function separates(of: readonly string[], repeated: readonly (readonly number[])[]): boolean {
  const apart = repeated.filter((group) => new Set(group.map((row) => of[row])).size > group.length / 2)
  return apart.length > repeated.length / 2 && repeated.some((group) => new Set(group.map((row) => of[row])).size > 1)
}

function joined(rows: Rows, columns: readonly RoledColumn[]): string[] {
  return rows.lines.map((_, row) =>
    columns
      .map((column) => textAt(column, row))
      .join(' ')
      .trim(),
  )
}

/** A number that grows with time: of a period, or of a year and a month in two columns. */
function orderOf(part: string): number {
  const period = periodOf(part)
  if (period !== null) return period.order
  const numbers = part.match(/\d+/g) ?? []
  return numbers.length === 0
    ? 0
    : Number(
        numbers
          .map((number) => number.padStart(4, '0'))
          .join('')
          .slice(0, 12),
      )
}

/**
 * @throws Fault `unreadable-file` when a column of facilities repeats the wards
 */
function refuseFacilities(rows: Rows, repeated: readonly (readonly number[])[], wards: number, filename: string): void {
  const facility = columnOf(rows, 'facility')
  if (facility === undefined) return
  const several = repeated.filter((group) => new Set(group.map((row) => textAt(facility, row))).size > 1)
  if (several.length < FACILITIES_REPEAT * wards || several.length === 0) return
  const said = say('column-of-facilities', { column: quoted(facility.name) })
  throw new Fault('unreadable-file', say('cannot-read-as-wards', { filename, found: said }), {
    errors: [{ said, column: facility.position }],
  })
}
