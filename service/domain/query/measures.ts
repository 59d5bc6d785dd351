import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import { readCondition, type ReadCondition } from './conditions.ts'
import { median } from '../median.ts'
import { measureName, pairsName } from './measure-name.ts'
import type { NameReader } from './name-reader.ts'
import { correlationOf, deviationOf, meanOf, presentOf, quantileOf, sumOf } from './statistics.ts'
import { isMissing, type NumberColumn, type ViewColumn } from './view-column.ts'
import type { Measure } from './ward-query.ts'

/** A measure, ready to be worked out for the wards of a group. */
export interface ReadMeasure {
  readonly measure: Measure
  /** The names of the columns that it gives: one, or for a correlation two. */
  readonly names: readonly string[]
  /** The columns that it reads. */
  readonly columns: readonly ViewColumn[]
  /** @param all the wards of all groups */
  readonly of: (rows: Uint32Array, all: Uint32Array) => readonly (number | null)[]
}

/** What each measure needs besides its column. */
const NEEDS = { weight: 'weightedMean', with: 'correlation', q: 'quantile' } as const

/** Reads a measure; null if something is wrong with it, which the reader then has. */
export function readMeasure(measure: Measure, reader: NameReader, pointer: string): ReadMeasure | null {
  const kind = measure.measure
  const before = reader.errors.length
  for (const [name, owner] of Object.entries(NEEDS) as [keyof typeof NEEDS, string][]) {
    if (owner === kind && measure[name] === undefined)
      reader.refuse(`${pointer}/${name}`, say('measure-needs', { measure: quoted(kind), name: quoted(name) }))
    if (owner !== kind && measure[name] !== undefined)
      reader.refuse(
        `${pointer}/${name}`,
        say('belongs-to', { name: quoted(name), owner: quoted(owner), measure: quoted(kind) }),
      )
  }
  if (measure.part !== undefined && kind !== 'share')
    reader.refuse(
      `${pointer}/part`,
      say('belongs-to', { name: quoted('part'), owner: quoted('share'), measure: quoted(kind) }),
    )
  const part = (measure.part ?? []).flatMap(
    (condition, at) => readCondition(condition, reader, `${pointer}/part/${String(at)}`) ?? [],
  )
  const named = { measure, names: [measureName(measure)] }
  if (measure.column === undefined) {
    if (kind === 'share' && reader.errors.length === before)
      return {
        ...named,
        columns: [],
        of: (rows, all) => {
          const [some, whole] = partOf(rows, all, part)
          return [whole.length === 0 ? null : some.length / whole.length]
        },
      }
    if (kind !== 'count') reader.refuse(`${pointer}/column`, say('measure-needs-column', { measure: quoted(kind) }))
    return reader.errors.length > before ? null : { ...named, columns: [], of: (rows) => [rows.length] }
  }
  if (kind === 'count') {
    const column = reader.column(measure.column, `${pointer}/column`)
    if (column === null || reader.errors.length > before) return null
    return { ...named, columns: [column], of: (rows) => [rows.filter((row) => !isMissing(column, row)).length] }
  }
  const column = reader.numbers(measure.column, `${pointer}/column`, quoted(kind))
  const otherName = measure.weight ?? measure.with
  const other =
    otherName === undefined
      ? null
      : reader.numbers(otherName, `${pointer}/${measure.weight === undefined ? 'with' : 'weight'}`, quoted(kind))
  if (column === null || reader.errors.length > before) return null
  if (other !== null)
    return {
      ...named,
      columns: [column, other],
      ...(kind === 'correlation' && { names: [...named.names, pairsName(measure)] }),
      of: (rows) => ofPairs(kind, pairsOf(column, other, rows)),
    }
  if (kind === 'share') {
    const sumOfRows = (rows: Uint32Array): number => sumOf(valuesOf(column, rows))
    const sumOfAll = lastOf(sumOfRows)
    return {
      ...named,
      columns: [column],
      of: (rows, all) => {
        const [some, whole] = partOf(rows, all, part)
        return [shareOf(sumOfRows(some), whole === all ? sumOfAll(all) : sumOfRows(whole))]
      },
    }
  }
  return {
    ...named,
    columns: [column],
    of: (rows) => {
      const values = valuesOf(column, rows)
      return [values.length === 0 ? null : numberOrNull(figureOf(measure, values))]
    },
  }
}

/** The wards of a part, and those that they are a part of: the group of all groups, or some wards of the group. */
function partOf(rows: Uint32Array, all: Uint32Array, part: readonly ReadCondition[]): [Uint32Array, Uint32Array] {
  if (part.length === 0) return [rows, all]
  return [rows.filter((row) => part.every(({ holds }) => holds(row))), rows]
}

/** The values of these wards that are not missing. */
export function valuesOf({ numbers }: NumberColumn, rows: Uint32Array): Float64Array {
  return presentOf(Float64Array.from(rows, (row) => numbers[row] ?? NaN))
}

/** The values of the wards that have both. */
export function pairsOf(
  one: NumberColumn,
  other: NumberColumn,
  rows: Uint32Array,
): readonly [Float64Array, Float64Array] {
  const both = rows.filter((row) => !Number.isNaN(one.numbers[row]) && !Number.isNaN(other.numbers[row]))
  return [
    Float64Array.from(both, (row) => one.numbers[row] ?? NaN),
    Float64Array.from(both, (row) => other.numbers[row] ?? NaN),
  ]
}

function ofPairs(kind: Measure['measure'], [ones, others]: readonly [Float64Array, Float64Array]): (number | null)[] {
  if (kind === 'correlation') return [numberOrNull(correlationOf(ones, others)), ones.length]
  const weights = sumOf(others)
  return [weights === 0 ? null : sumOf(ones.map((value, at) => value * (others[at] ?? NaN))) / weights]
}

/** A figure of at least one value. */
function figureOf({ measure, q = NaN }: Measure, values: Float64Array): number {
  switch (measure) {
    case 'sum':
      return sumOf(values)
    case 'mean':
      return meanOf(values)
    case 'median':
      return median(values)
    case 'min':
      return values.reduce((least, value) => Math.min(least, value), Infinity)
    case 'max':
      return values.reduce((greatest, value) => Math.max(greatest, value), -Infinity)
    case 'sd':
      return deviationOf(values)
    case 'quantile':
      return quantileOf(values.toSorted(), q)
    default:
      throw new Error(`${measure} is not a figure of one column's values`)
  }
}

/** Null if the whole is 0 or has no value. */
function shareOf(part: number, whole: number): number | null {
  return whole === 0 ? null : numberOrNull(part / whole)
}

/** The figure of some wards, worked out once while it is asked of the same ones: all groups have the same whole. */
function lastOf(figure: (rows: Uint32Array) => number): (rows: Uint32Array) => number {
  let last: { readonly rows: Uint32Array; readonly value: number } | null = null
  return (rows) => {
    if (last?.rows !== rows) last = { rows, value: figure(rows) }
    return last.value
  }
}

function numberOrNull(value: number): number | null {
  return Number.isFinite(value) ? value : null
}
