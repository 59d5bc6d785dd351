import t from 'tap'
import { parse } from 'csv-parse/sync'
import { recompute } from '../../docs/recompute.ts'
import { readWorkbook, recordsOf, shownCell } from '../../prove/workbook-rows.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { exportAnalysis } from '../../service/domain/exports/export-analysis.ts'
import { exportRankings } from '../../service/domain/exports/export-rankings.ts'
import { rankingsWorkbook } from '../../service/domain/exports/workbook/workbooks.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisOptions, AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import { NOT_DRAWN } from '../support/stated-certainty.ts'

type Recomputed = Parameters<typeof recompute>[0]
type Results = Omit<AnalysisResult & Recomputed, 'wards'> & {
  readonly wards: readonly (AnalysisResult['wards'][number] & Recomputed['wards'][number])[]
}

const STAMP = {
  analysisId: 'analysis',
  createdAt: '2026-01-01T00:00:00.000Z',
  datasetVersion: 1,
  inputs: { wards: null, boundaries: null, facilities: null },
} as const
const WARDS = 24
const name = (at: number): string => `Ward ${String(at)}`
/** A number from 0 to `most` that looks drawn, and is the same each time. */
const drawn = (at: number, most: number): number => (at * at * 7 + at * 13 + 5) % (most + 1)

/** Two facilities a ward, three years of four months; one facility misses some reports. */
function facilityRows(): string[] {
  return Array.from({ length: WARDS }, (_, ward) =>
    [2021, 2022, 2023].flatMap((year) =>
      ['06', '07', '08', '12'].flatMap((month, at) =>
        [1, 2].flatMap((facility) => {
          if (facility === 2 && drawn(ward + year + at, 4) === 0) return []
          const tested = 20 + drawn(ward * 3 + at + facility + year, 60)
          const positive = Math.min(tested, drawn(ward + at * 5 + facility * 11 + year, 40))
          return [
            `North,${name(ward)},F${String(ward)}-${String(facility)},${String(year)}-${month},${String(tested)},${String(positive)}`,
          ]
        }),
      ),
    ),
  ).flat()
}

async function filesOf(
  options: AnalysisOptions,
): Promise<{ results: Results; rankings: Record<string, string>[]; workbook: Buffer }> {
  const facilities = ['LGA,WardName,HealthFacility,periodname,RDT tested <5yrs,RDT positive <5yrs', ...facilityRows()]
  const measured = await readPositivity(
    [{ bytes: Buffer.from(facilities.join('\n')), filename: 'facilities.csv', choices: {} }],
    { facilityLevel: 'all', age: 'u5', method: 'rdt', time: { seasonMonths: [6, 7, 8] } },
  )
  const rows = Array.from({ length: WARDS }, (_, at) =>
    [
      name(at),
      'North',
      1000 + 100 * drawn(at, 50),
      drawn(at, 90),
      drawn(at + 3, 40),
      drawn(at + 8, 12),
      at % 5 === 0 ? '' : drawn(at + 1, 30),
    ].join(),
  )
  const wards = ['WardName,LGA,population,rain,distance_to_water,poverty,cases_per_1000', ...rows].join('\n')
  const dataset = joinWards(joinPositivity(await readWards(Buffer.from(wards), 'wards.csv'), measured), null)
  const result = analyse(dataset, options)
  return {
    results: JSON.parse([...exportAnalysis({ ...result, ...STAMP }, NOT_DRAWN, null)].join('')) as Results,
    rankings: parse([...exportRankings(result, NOT_DRAWN)].join(''), { columns: true }),
    workbook: Buffer.concat([...rankingsWorkbook({ ...result, ...STAMP }, NOT_DRAWN)]),
  }
}

const OPTIONS: AnalysisOptions = {
  weights: { rain: 0.5, distance_to_water: 0.2, poverty: 0.2, tpr_u5_rdt_trend: 0.1 },
  compareWith: 'cases_per_1000',
}

t.test('own weights, correlations, what was seen and figures over time follow from the downloads', async (t) => {
  const { results, rankings } = await filesOf(OPTIONS)
  t.strictSame(recompute(results, rankings, []), [])
  t.ok((results.ownWeights?.movedWards ?? 0) > 5)
  t.ok((results.comparison?.wards ?? 0) > 15)
  const wards = results.positivity[0]?.wards ?? []
  t.ok(wards.filter(({ time }) => typeof time?.trend?.low === 'number').length > 15, 'trends have bounds')
  t.ok(
    wards.some(({ time }) => (time?.years[0]?.completeness ?? 100) < 100),
    'reports are missing',
  )
  t.ok(wards.every(({ incidence }) => incidence?.seasons.length === 3))
})

t.test('the workbook has the same columns, and the choices on its second sheet', async (t) => {
  const { results, rankings, workbook } = await filesOf(OPTIONS)
  const [wards, notes] = readWorkbook(workbook).map(recordsOf)
  for (const column of ['method_rank', 'cases_per_1000 (held back)', 'tpr_u5_rdt_2022', 'tpr_u5_rdt_trend (low)'])
    t.strictSame(
      wards?.map((ward) => shownCell(ward[column])),
      rankings.map((row) => row[column]),
      column,
    )
  const noted = (what: string, name: string): unknown =>
    notes?.find((note) => note['what'] === what && note['name'] === name)?.['value']
  t.equal(noted('own weight', 'rain'), 0.5)
  t.equal(noted('correlation', 'rain and poverty'), results.correlations?.[0]?.[2])
  t.equal(noted('compared with', "Spearman's rank correlation, low"), results.comparison?.spearman.low)
  t.equal(noted('compared with', 'lift of tier High, value'), results.comparison?.topThird.lift.value)
})

t.test('without choices the files have no columns of them, and can be recomputed', async (t) => {
  const { results, rankings } = await filesOf({ indicators: ['rain', 'poverty'] })
  t.strictSame(recompute(results, rankings, []), [])
  t.notOk(Object.keys(rankings[0] ?? {}).some((header) => /^method_|held back/.test(header)))
})

t.test('every change to these figures is found', async (t) => {
  const { results, rankings } = await filesOf(OPTIONS)
  const { ownWeights, comparison, correlations = [], positivity } = results
  const [measured] = positivity
  const [ward] = measured?.wards ?? []
  const time = ward?.time
  if (!ownWeights || !comparison || measured === undefined || ward?.incidence === undefined || time === undefined)
    throw new Error('a part of the result is missing')
  const [trend, incidence] = [time.trend, ward.incidence]
  const withWard = (changed: Partial<typeof ward>): Partial<Results> => ({
    positivity: [{ ...measured, wards: [{ ...ward, ...changed }, ...measured.wards.slice(1)] }],
  })
  const firstYear = (changed: Partial<(typeof time.years)[number]>): Partial<Results> =>
    withWard({ time: { ...time, years: time.years.map((year, at) => (at === 0 ? { ...year, ...changed } : year)) } })
  const changes: Readonly<Record<string, readonly [Partial<Results>, RegExp]>> = {
    'a weight': [
      { ownWeights: { ...ownWeights, weights: ownWeights.weights.map((one) => ({ ...one, weight: 0.25 })) } },
      /^score of/,
    ],
    'how many moved': [{ ownWeights: { ...ownWeights, movedWards: 0 } }, /another rank/],
    'who enters': [{ ownWeights: { ...ownWeights, entersHigh: ['nobody'] } }, /enter tier High/],
    'who leaves': [{ ownWeights: { ...ownWeights, leavesHigh: ['nobody'] } }, /leave tier High/],
    'a place by the method': [
      {
        wards: results.wards.map((one, at) =>
          at === 0 && one.byMethod ? { ...one, byMethod: { ...one.byMethod, rank: 99 } } : one,
        ),
      },
      /by the method/,
    ],
    'a correlation': [{ correlations: correlations.map((row) => row.map(() => 0.5)) }, /correlation of indicators/],
    'the rank correlation': [
      { comparison: { ...comparison, spearman: { ...comparison.spearman, value: 0.5 } } },
      /^Spearman/,
    ],
    'its bound': [
      { comparison: { ...comparison, spearman: { ...comparison.spearman, low: -0.99 } } },
      /lower bound of Spearman/,
    ],
    'the seed': [{ comparison: { ...comparison, seed: 2 } }, /bound of/],
    'what was seen': [
      { comparison: { ...comparison, values: comparison.values.map((value) => value && value + 1) } },
      /in rankings.csv/,
    ],
    'positive tests of a year': [firstYear({ positive: 1 }), /^tpr_u5_rdt_2021 of/],
    'a bound of a year': [firstYear({ low: 0 }), /lower bound of tpr_u5_rdt_2021/],
    'reports of a year': [firstYear({ reports: 1 }), /reports for/],
    'a trend': [withWard({ time: { ...time, trend: trend && { ...trend, slope: 99 } } }), /^trend of/],
    'a bound of a trend': [
      withWard({ time: { ...time, trend: trend && { ...trend, low: -99 } } }),
      /lower bound of the trend/,
    ],
    'the people': [withWard({ incidence: { ...incidence, people: 1 } }), /^incidence of/],
  }
  for (const [what, [changed, found]] of Object.entries(changes))
    t.ok(
      recompute({ ...results, ...changed }, rankings, []).some((line) => found.test(line)),
      what,
    )
  const csv = rankings.map((row) => ({ ...row, method_rank: '1', tpr_u5_rdt_2022: '1', tpr_u5_rdt_trend: '1' }))
  for (const found of [/by the method in rankings.csv/, /tpr_u5_rdt_2022 of .* in rankings.csv/, /trend of .* in rank/])
    t.ok(
      recompute(results, csv, []).some((line) => found.test(line)),
      String(found),
    )
})
