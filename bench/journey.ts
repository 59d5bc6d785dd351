import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { callApi, SERVICE, startParts, startSession, startTask, uploadFile } from './parts.ts'

/**
 * Measures the CPU that one person's whole work costs a task, step by step: two files, the dataset, its map, an
 * analysis, a page of the ranking, the explanation of a ward, a plan, five exports, two questions, the end of the
 * session. The first journey warms up and is not counted.
 * Usage: node bench/journey.ts [journeys] [folder with wards.csv and boundaries.zip] [indicators, separated by commas]
 */
const journeys = Number(process.argv[2] ?? 5)
const MOST_CPU_S = 0.6
const folder = process.argv[3]
const made = makeLargeDataset({ wards: 275, columns: 24 })
const data =
  folder === undefined
    ? { wards: made.csv, boundaries: made.shapefile }
    : { wards: readFileSync(join(folder, 'wards.csv')), boundaries: readFileSync(join(folder, 'boundaries.zip')) }
const indicators = (process.argv[4] ?? 'indicator_1,indicator_2,indicator_3,indicator_4,indicator_5,indicator_6').split(
  ',',
)

const parts = await startParts({ withS3: true })
const { task, url } = await startTask('journey', SERVICE, parts)
const spent = new Map<string, { cpu: number; wall: number }[]>()

/** Does one step and records the CPU that the whole task used for it. */
async function step<T>(name: string, isCounted: boolean, action: () => Promise<T>): Promise<T> {
  const [cpuBefore, begin] = [task.cpuSeconds(), performance.now()]
  const result = await action()
  const entry = { cpu: 1_000 * (task.cpuSeconds() - cpuBefore), wall: performance.now() - begin }
  if (isCounted) spent.set(name, [...(spent.get(name) ?? []), entry])
  return result
}

async function journey(isCounted: boolean): Promise<void> {
  const take = async <T>(name: string, action: () => Promise<T>): Promise<T> => step(name, isCounted, action)
  const cookie = await take('session', async () => startSession(url))
  const call = async <T>(path: string, body?: unknown): Promise<T> => callApi<T>(url, cookie, path, body)
  await take('wards', async () => uploadFile(url, cookie, 'wards', 'wards.csv', data.wards))
  await take('boundaries', async () => uploadFile(url, cookie, 'boundaries', 'boundaries.zip', data.boundaries))
  await take('dataset', async () => call('/api/dataset'))
  await take('shapes', async () => call('/api/dataset/shapes'))
  const { analysis } = await take('analysis', async () =>
    call<{ analysis: { id: string; wards: { wardName: string }[] } }>('/api/analyses', { indicators }),
  )
  await take('page', async () => call(`/api/analyses/${analysis.id}/wards?limit=100`))
  const first = encodeURIComponent(analysis.wards[0]?.wardName ?? '')
  await take('why', async () => call(`/api/analyses/${analysis.id}/wards/${first}`))
  await take('result map', async () => call(`/api/analyses/${analysis.id}/map`))
  const population = folder === undefined ? { populationColumn: 'indicator_7' } : {}
  const { plan } = await take('plan', async () =>
    call<{ plan: { id: string } }>('/api/itn-plans', { analysisId: analysis.id, totalNets: 20_000, ...population }),
  )
  for (const kind of ['rankings.csv', 'itn_plan.csv', 'map.geojson', 'report.html', 'analysis_results.json'])
    await take(kind, async () =>
      call('/api/exports', { kind, analysisId: analysis.id, ...(kind === 'itn_plan.csv' && { planId: plan.id }) }),
    )
  for (const message of ['Which five wards are most at risk?', 'Why is the first one so high?'])
    await take('question', async () => call('/api/chat', { message }))
  await take('end', async () => fetch(`${url}/api/session`, { method: 'DELETE', headers: { cookie } }))
}

try {
  for (let count = 0; count <= journeys; count += 1) await journey(count > 0)
  const mean = (of: (entry: { cpu: number; wall: number }) => number, entries: { cpu: number; wall: number }[]) =>
    entries.reduce((sum, entry) => sum + of(entry), 0) / journeys
  for (const [name, entries] of spent)
    console.log(
      `${name.padEnd(24)}${mean(({ cpu }) => cpu, entries)
        .toFixed(0)
        .padStart(6)} ms CPU${mean(({ wall }) => wall, entries)
        .toFixed(0)
        .padStart(8)} ms`,
    )
  const total = [...spent.values()].flat()
  console.log(
    `${'a journey'.padEnd(24)}${mean(({ cpu }) => cpu, total)
      .toFixed(0)
      .padStart(6)} ms CPU`,
  )
  console.log(`peak RSS ${task.peakRssMiB().toFixed(0)} MiB`)
  report({
    name: 'journey of 275 wards, CPU',
    value: mean(({ cpu }) => cpu, total) / 1_000,
    unit: 's',
    most: MOST_CPU_S,
  })
} finally {
  await task.stop()
  await parts.stop()
}
