import type { Answer, MadeFrom } from '../answer.ts'
import type { Dataset } from '../../dataset/dataset.ts'
import { Fault } from '../../fault.ts'
import type { FaultDetail } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { listedNames, say } from '../../said.ts'
import type { InputOf } from '../tools.ts'
import { keyOfColumn } from '../../files/ward/key-of-column.ts'
import { known } from '../../files/ward-table.ts'
import type { WardColumn, WardTable } from '../../files/ward-table.ts'
import { basisOf, counted, figure, named } from './wording.ts'

const MOST_TOLD = 10

/**
 * The values of some wards as the file has them: the cells of the named columns, or of all columns that are kept. No
 * analysis is needed.
 * @throws Fault `invalid-input` when the data do not have a ward or a column, or when several wards share a name
 */
export function answerWardValues(
  { table }: Dataset,
  { wards, columns, beside }: InputOf<'ward_values'>,
  madeFrom: MadeFrom,
): Answer {
  const errors: FaultDetail[] = []
  const rows = [
    ...new Set(
      wards.flatMap((ward, at) => {
        const found = rowsOf(table, ward)
        if (found.length !== 1)
          errors.push({
            said:
              found.length === 0
                ? say('no-such-ward', { ward: quoted(ward) })
                : say('ward-may-be', {
                    ward: quoted(ward),
                    ...listedNames(found.map((row) => table.labels[row] ?? '')),
                  }),
            pointer: `/wards/${String(at)}`,
          })
        return found
      }),
    ),
  ]
  const chosen =
    columns === undefined
      ? table.columns.filter((column) => isKept(table, column))
      : [...new Set(columns)].flatMap((name, at) => {
          const column = table.columns.find((each) => each.name === name)
          if (column === undefined)
            errors.push({
              said: say('column-of-data-unknown', {
                column: quoted(name),
                ...listedNames(
                  table.columns.map((each) => each.name),
                  50,
                ),
              }),
              pointer: `/columns/${String(at)}`,
            })
          return column ?? []
        })
  if (errors.length > 0) throw new Fault('invalid-input', say('cannot-show-values', {}), { errors })
  const means = beside === 'lga' ? chosen.filter(({ numbers }) => numbers !== null) : []
  const told = rows.map(
    (row) =>
      `${named(table.labels[row] ?? '')}: ${chosen
        .slice(0, MOST_TOLD)
        .map((column) => `${named(column.name)} ${said(table, column, row)}`)
        .join('; ')}.${means
        .slice(0, MOST_TOLD)
        .map((column) => besideLga(table, column, row))
        .join('')}`,
  )
  return {
    text: [
      ...told.slice(0, MOST_TOLD),
      ...(columns === undefined ? [] : greaterOf(table, rows, chosen)),
      ...(told.length > MOST_TOLD || chosen.length > MOST_TOLD ? ['The table has all of them.'] : []),
    ].join(' '),
    table: {
      columns: [
        'ward',
        ...chosen.map(({ name }) => named(name)),
        ...means.map(({ name }) => `mean of ${named(name)} in its LGA`),
      ],
      rows: rows.map((row) => [
        named(table.labels[row] ?? ''),
        ...chosen.map((column) => shown(cellOf(table, column, row))),
        ...means.map((column) => lgaMeanOf(table, column, row)?.mean ?? null),
      ]),
    },
    basis: basisOf(madeFrom, ['These are the values of the file as it was read; none is filled in.']),
  }
}

/** Of two wards, which has the greater value of each column of numbers. */
function greaterOf(table: WardTable, rows: readonly number[], chosen: readonly WardColumn[]): string[] {
  const [one, other, more] = rows
  if (one === undefined || other === undefined || more !== undefined) return []
  return chosen.slice(0, MOST_TOLD).flatMap((column) => {
    const [first, second] = [cellOf(table, column, one), cellOf(table, column, other)]
    if (column.numbers === null || typeof first !== 'number' || typeof second !== 'number') return []
    const name = named(column.name)
    if (first === second) return [`Both have the same ${name}.`]
    const greater = named(table.labels[first > second ? one : other] ?? '')
    return [`${greater} has the greater ${name}.`]
  })
}

/** Where a ward's value lies beside the mean of the wards of its LGA. */
function besideLga(table: WardTable, column: WardColumn, row: number): string {
  const own = cellOf(table, column, row)
  const found = lgaMeanOf(table, column, row)
  if (found === null) return ' The data do not say in which LGA it lies.'
  const mean =
    ` The mean of ${named(column.name)} in ${named(found.lga)} LGA, ` +
    `over ${counted(found.wards, 'ward')}, is ${figure(found.mean)}`
  if (typeof own !== 'number') return `${mean}.`
  if (own === found.mean) return `${mean}, the same.`
  return `${mean}: the ward lies ${own > found.mean ? 'above' : 'below'} it.`
}

/** The mean of a column over the wards of a ward's LGA that have a value; null if its LGA is not known. */
function lgaMeanOf(
  { keys, rows }: WardTable,
  { numbers }: WardColumn,
  row: number,
): { readonly lga: string; readonly mean: number; readonly wards: number } | null {
  const lga = known(keys.lga?.[row])
  if (lga === null || numbers === null) return null
  const values = Array.from({ length: rows }, (_, at) => at)
    .filter((at) => known(keys.lga?.[at]) === lga)
    .map((at) => numbers[at] ?? NaN)
    .filter((value) => !Number.isNaN(value))
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Number.isNaN(mean) ? null : { lga, mean, wards: values.length }
}

/** The ward with this label. If there is none, the wards with this label in another case, or with this code. */
function rowsOf({ labels, keys }: WardTable, name: string): readonly number[] {
  const wanted = name.trim().toLowerCase()
  const exact = labels.indexOf(name)
  return exact >= 0
    ? [exact]
    : labels.flatMap((label, row) =>
        label.toLowerCase() === wanted || keys.wardCode?.[row]?.toLowerCase() === wanted ? [row] : [],
      )
}

function isKept(table: WardTable, { name, numbers, codes }: WardColumn): boolean {
  return numbers !== null || codes !== null || keyOfColumn(table, name) !== null
}

/** A cell; null if it is missing or its text is not kept. */
function cellOf(
  table: WardTable,
  { name, numbers, categories, codes }: WardColumn,
  row: number,
): string | number | null {
  if (numbers !== null) return Number.isNaN(numbers[row]) ? null : (numbers[row] ?? null)
  if (codes !== null) return categories?.[codes[row] ?? 255] ?? null
  const key = keyOfColumn(table, name)
  return key === null ? null : known(table.keys[key]?.[row])
}

function said(table: WardTable, column: WardColumn, row: number): string {
  const cell = cellOf(table, column, row)
  if (cell === null) return isKept(table, column) ? 'is missing' : 'is text that is not kept'
  return typeof cell === 'number' ? figure(cell) : named(cell)
}

function shown(cell: string | number | null): string | number | null {
  return typeof cell === 'string' ? named(cell) : cell
}
