import type { YearFigures } from '../files/facility/time/time-figures.ts'
import type { JoinedPositivity, JoinedWard } from '../files/positivity.ts'
import type { AnalysisResult } from '../ranking/analysis-result.ts'
import type { AddedColumns } from './choice-columns.ts'

type Cell = number | null
/** A column of the measured wards. */
type TimeColumn = readonly [header: string, cellOf: (ward: JoinedWard) => Cell | undefined]

/** The columns of test positivity over time, whether the ranking uses them or not. None if it was not asked for. */
export function timeColumns({ positivity }: AnalysisResult): AddedColumns {
  const parts = positivity.flatMap((measured) => {
    if (measured.time === undefined) return []
    const byWard = new Map(measured.wards.flatMap((ward) => (ward.ward === null ? [] : [[ward.ward, ward] as const])))
    return [{ columns: columnsOf(measured), byWard }]
  })
  return {
    header: parts.flatMap(({ columns }) => columns.map(([header]) => header)),
    cellsOf: ({ wardName }) =>
      parts.flatMap(({ columns, byWard }) => {
        const ward = byWard.get(wardName)
        return columns.map(([, cellOf]) => (ward === undefined ? null : (cellOf(ward) ?? null)))
      }),
  }
}

function columnsOf({ column, time, timeColumns: names }: JoinedPositivity): readonly TimeColumn[] {
  const ofYears = (
    years: readonly number[],
    infix: string,
    figures: (ward: JoinedWard) => readonly YearFigures[] | undefined,
  ): TimeColumn[] =>
    years.flatMap((year, at): TimeColumn[] => {
      const name = `${column}${infix}_${String(year)}`
      const figure = (ward: JoinedWard): YearFigures | undefined => figures(ward)?.[at]
      return [
        [name, (ward) => figure(ward)?.tpr],
        [`${name} (tested)`, (ward) => figure(ward)?.tested],
        [`${name} (positive)`, (ward) => figure(ward)?.positive],
        [`${name} (low)`, (ward) => figure(ward)?.low],
        [`${name} (high)`, (ward) => figure(ward)?.high],
        [`${name} (reports)`, (ward) => figure(ward)?.reports],
        [`${name} (expected reports)`, (ward) => figure(ward)?.expected],
      ]
    })
  const incidence = (years: readonly number[], infix: string, part: 'years' | 'seasons'): TimeColumn[] =>
    (names?.people ?? null) === null
      ? []
      : years.flatMap((year): TimeColumn[] => {
          const name = `${column}${infix}_${String(year)}`
          const rate = (ward: JoinedWard) => ward.incidence?.[part].find((one) => one.year === year)
          return [
            [`${name} (per 1000 people)`, (ward) => rate(ward)?.perThousand],
            [`${name} (per 1000 people, low)`, (ward) => rate(ward)?.low],
            [`${name} (per 1000 people, high)`, (ward) => rate(ward)?.high],
          ]
        })
  const { years = [], seasonYears = [] } = time ?? {}
  return [
    ...ofYears(years, '', (ward) => ward.time?.years),
    ...incidence(years, '', 'years'),
    ...ofYears(seasonYears, '_season', (ward) => ward.time?.seasons),
    ...incidence(seasonYears, '_season', 'seasons'),
    [`${column}_trend`, (ward) => ward.time?.trend?.slope],
    [`${column}_trend (low)`, (ward) => ward.time?.trend?.low],
    [`${column}_trend (high)`, (ward) => ward.time?.trend?.high],
  ]
}
