import { list, number, paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** Reports on the data: counts, every candidate indicator, and each finding with its examples. */
export function* qualityTables({ result: { quality } }: ReportInput): Generator<string> {
  const { boundaries, unusedBoundaries } = quality
  const joined = [
    `${String(quality.matchedByCode)} by code`,
    `${String(quality.matchedByName)} by name`,
    `${String(quality.matchedByNameForm)} by a name that is spelled differently`,
    `${String(quality.matchedByHand)} by hand`,
  ].join(', ')
  const counted =
    boundaries === null
      ? 'no boundaries'
      : `${String(boundaries)} boundaries (coordinates: ${quality.sourceCrs ?? 'not known'}); joined ${joined}`
  yield list([
    `${String(quality.wards)} wards, ${counted}`,
    `${String(quality.missingCells)} values are missing ` +
      `(${number(100 * quality.missingShare)} percent of ${String(quality.candidates)} candidate indicators)`,
    `Boundaries without a ward: ${unusedBoundaries.length === 0 ? 'none' : unusedBoundaries.join(', ')}`,
  ])
  yield* table(
    ['candidate indicator', 'missing', 'missing %', 'least', 'greatest', 'same everywhere', 'far from the rest'],
    quality.columns,
    (column) => [
      column.name,
      column.missing,
      100 * column.missingShare,
      column.min,
      column.max,
      column.constant ? 'yes' : 'no',
      column.outliers.count,
    ],
  )
  const outliers = quality.columns.flatMap(({ name, outliers: { low, high, wards } }) =>
    wards.map(({ ward, value }) => [name, ward, value, low, high]),
  )
  if (outliers.length > 0) {
    yield paragraph('Values more than three interquartile ranges beyond the quartiles. They were used as they are.')
    yield* table(['column', 'ward', 'value', 'usual range from', 'to'], outliers, (row) => row)
  }
  yield* table(['found', 'how often', 'what'], quality.findings, ({ detail, count, examples }) => [
    detail,
    count,
    (examples ?? []).join(', '),
  ])
}
