import { joinWards } from '../service/domain/dataset/join-wards.ts'
import { readWards } from '../service/domain/files/read-wards.ts'
import { planBasis } from '../service/domain/plan/plan-basis.ts'
import { planNets } from '../service/domain/plan/plan-nets.ts'
import { askWards } from '../service/domain/query/ask-wards.ts'
import { viewWards, type Sources } from '../service/domain/query/ward-view.ts'
import type { WardQuery } from '../service/domain/query/ward-query.ts'
import { analyse } from '../service/domain/ranking/analyse.ts'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { percentile } from './percentile.ts'

/**
 * What one query costs in CPU of this process, once it is warm, from the open data to the answer: the median and p95 of
 * many runs, for a state of 275 wards and for a country of 9,500 wards with 60 columns. Opening the stored bytes comes
 * on top (`bench/loop-jobs.ts`, askWards). Usage: node bench/query.ts [measurements]
 */
const runs = Number(process.argv[2] ?? 40)
/** Queries in one measurement: the clock of CPU time is coarse. */
const TIMES = 10

const QUERIES: Readonly<Record<string, WardQuery>> = {
  'count by two conditions': {
    where: [
      { column: 'indicator_1', op: '>', value: 300 },
      { column: 'indicator_2', op: '<', value: 700 },
    ],
    measures: [{ measure: 'count' }],
  },
  'four figures by tier': {
    groupBy: ['tier'],
    measures: [
      { measure: 'count' },
      { measure: 'mean', column: 'indicator_1' },
      { measure: 'median', column: 'indicator_2' },
      { measure: 'sd', column: 'indicator_3' },
    ],
  },
  'first 50 in an order': {
    select: ['ward', 'lga', 'indicator_1', 'score', 'nets'],
    orderBy: [{ by: 'indicator_1', direction: 'descending' }],
  },
}

async function sourcesOf(wards: number, columns: number): Promise<Sources> {
  const { csv } = makeLargeDataset({ wards, columns })
  const dataset = joinWards(await readWards(csv, 'wards.csv'), null)
  const result = analyse(dataset, { indicators: [1, 2, 3, 4].map((at) => `indicator_${String(at)}`) })
  const plan = planNets(planBasis(dataset, result), { totalNets: 100_000, populationColumn: 'indicator_7' })
  return { dataset, result, plan }
}

for (const [wards, columns] of [
  [275, 30],
  [9_500, 60],
] as const) {
  const sources = await sourcesOf(wards, columns)
  for (const [name, query] of Object.entries(QUERIES)) {
    const milliseconds: number[] = []
    for (let run = 0; run < runs; run += 1) {
      const before = process.threadCpuUsage()
      for (let time = 0; time < TIMES; time += 1) askWards(viewWards(sources), query)
      const { user, system } = process.threadCpuUsage(before)
      milliseconds.push((user + system) / 1_000 / TIMES)
    }
    const warm = milliseconds.slice(Math.floor(runs / 10)).sort((one, other) => one - other)
    console.log(
      `${String(wards).padStart(5)} wards, ${String(columns)} columns, ${name.padEnd(24)} median ` +
        `${percentile(warm, 0.5).toFixed(2)} ms, p95 ${percentile(warm, 0.95).toFixed(2)} ms of CPU`,
    )
  }
}
