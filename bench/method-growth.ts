import { analyse } from '../service/domain/ranking/analyse.ts'
import { explainWard } from '../service/domain/ranking/explain-ward.ts'
import { impute } from '../service/domain/ranking/impute.ts'
import { joinWards } from '../service/domain/dataset/join-wards.ts'
import { packDataset, unpackDataset } from '../service/domain/dataset/pack-dataset.ts'
import { planBasis } from '../service/domain/plan/plan-basis.ts'
import { planNets } from '../service/domain/plan/plan-nets.ts'
import { queenNeighbours } from '../service/domain/ranking/queen-neighbours.ts'
import { readBoundaries } from '../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../service/domain/files/read-wards.ts'
import { resultMap } from '../service/domain/map/result-map.ts'
import { makeLargeDataset } from '../test/support/large-dataset.ts'

/**
 * Measures how the cost of each step of the method grows with the number of wards n (v vertices, k indicators, m
 * models), ×1, ×10 and ×100. A linear step costs ten times as much for ten times as many wards. A ratio well above ten
 * is a fault.
 * Usage: node bench/method-growth.ts [least wards]
 */
const least = Number(process.argv[2] ?? 95)
const SIZES = [least, least * 10, least * 100] as const
const RUNS = 3

const times = new Map<string, number[]>()

/**
 * Measures the CPU time of the best of three runs in milliseconds, so that other work on the machine does not count.
 */
async function measure<T>(step: string, run: () => T | Promise<T>): Promise<T> {
  let best = Infinity
  let result = await run()
  for (let at = 0; at < RUNS; at += 1) {
    const before = process.cpuUsage()
    result = await run()
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, (user + system) / 1000)
  }
  times.set(step, [...(times.get(step) ?? []), best])
  return result
}

for (const wards of SIZES) {
  const data = makeLargeDataset({ wards })
  const indicators = (count: number): string[] =>
    Array.from({ length: count }, (_, at) => `indicator_${String(at + 1)}`)
  const table = await measure('read the table          n·columns', () => readWards(data.csv, 'wards.csv'))
  const map = await measure('read the shapefile      v', () => readBoundaries(data.shapefile, 'boundaries.zip'))
  await measure('queen neighbours        v', () => queenNeighbours(map))
  const dataset = await measure('join by code or name    n', () => joinWards(table, map))
  await measure('pack and unpack         n·columns + v', () => unpackDataset(packDataset(dataset)))
  await measure('fill gaps               v + gaps·neighbours', () =>
    impute(dataset, table.columns.filter(({ indicator }) => indicator).slice(0, 5)),
  )
  const result = await measure('analyse, k = 5, m = 26  v + n·m', () => analyse(dataset, { indicators: indicators(5) }))
  await measure('analyse, k = 10, m = 1,013', () => analyse(dataset, { indicators: indicators(10) }))
  await measure('explain a ward          n·m', () => explainWard(result, 'Ward 1'))
  await measure('map with results        v', () => resultMap(dataset, result))
  const basis = planBasis(dataset, result)
  await measure('plan                    n·log n', () =>
    planNets(basis, { totalNets: wards * 100, populationColumn: 'indicator_6' }),
  )
}

console.log(
  `CPU milliseconds for ${SIZES.map((wards) => `${String(wards)} wards`).join(', ')}; ratios for ten times as many`,
)
for (const [step, [one = NaN, ten = NaN, hundred = NaN]] of times) {
  console.log(
    `${step.padEnd(44)} ${[one, ten, hundred].map((ms) => ms.toFixed(1).padStart(9)).join('')}   ` +
      `×${(ten / one).toFixed(1)}  ×${(hundred / ten).toFixed(1)}`,
  )
}
