import type { WardTable } from '../ward-table.ts'

/** The names of all columns that hold figures over time of a year, a season or a trend. */
export function namesOverTime({ positivity }: Pick<WardTable, 'positivity'>): ReadonlySet<string> {
  return new Set(
    positivity.flatMap(({ timeColumns: columns }) =>
      columns === undefined
        ? []
        : [
            ...columns.positivity,
            ...columns.seasonPositivity,
            ...columns.completeness,
            ...columns.incidence,
            ...columns.seasonIncidence,
            columns.trend,
          ],
    ),
  )
}
