import { randomFrom } from '../service/sample/random.ts'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { percentile } from './percentile.ts'
import { readSteadily } from './read-steadily.ts'
import { callApi, SERVICE, startParts, startSession, startTask, uploadFile } from './parts.ts'

/**
 * Measures what it costs to say how sure an order is, alone and with the nets of a plan in each order that a plan can
 * have: 1,000 draws of ten indicators on one task (half a core, 1 GiB).
 * The bounds are for CPU at half a core, so that other programs of the machine do not count; the time that passed is
 * printed beside it. Another person reads their session meanwhile.
 * Usage: node bench/certainty.ts
 */
const SIZES = [
  [300, 1],
  [9_500, 20],
] as const
const TASK_CORES = 0.5
const MOST_RSS_MIB = 300
/** The indicators share a factor, so that they are suitable for a PCA. */
const SHARED = 500
const PLANS = {
  'by the ranking': {},
  'by a column': { rankColumn: 'indicator_1' },
  'by PCA': { ranking: 'pca' },
} as const
const INDICATORS = Array.from({ length: 10 }, (_, at) => `indicator_${String(at + 1)}`)

const parts = await startParts({ withS3: true })
const { task, url } = await startTask('certainty', SERVICE, parts)

try {
  for (const [wards, boundSeconds] of SIZES) {
    const data = makeLargeDataset({ wards })
    const cookie = await startSession(url)
    await uploadFile(url, cookie, 'wards', 'wards.csv', withSharedFactor(data.csv))
    const { analysis } = await callApi<{ analysis: { id: string } }>(url, cookie, '/api/analyses', {
      indicators: INDICATORS,
    })
    const path = `/api/analyses/${analysis.id}/certainty`
    await measure(cookie, path, {}, `certainty of ${wards} wards`, boundSeconds)
    for (const [order, options] of Object.entries(PLANS)) {
      const body = { analysisId: analysis.id, totalNets: 90 * wards, populationColumn: 'indicator_11', ...options }
      const { plan } = await callApi<{ plan: { id: string } }>(url, cookie, '/api/itn-plans', body)
      await measure(cookie, path, { planId: plan.id }, `with nets ${order}, ${wards} wards`, boundSeconds)
    }
  }
  report({ name: 'peak RSS of a certainty', value: task.peakRssMiB(), unit: 'MiB', most: MOST_RSS_MIB })
} finally {
  await task.stop()
  await parts.stop()
}

async function measure(cookie: string, path: string, body: object, name: string, most: number): Promise<void> {
  const reads = readSteadily(url, await startSession(url))
  const cpuBefore = task.cpuSeconds()
  const begin = performance.now()
  await callApi(url, cookie, path, body)
  const passed = (performance.now() - begin) / 1_000
  const cpu = task.cpuSeconds() - cpuBefore
  const { milliseconds } = await reads.stop()
  console.log(
    `${name}: ${passed.toFixed(1)} s passed, CPU ${cpu.toFixed(2)} s; ` +
      `${String(milliseconds.length)} session reads of another person, p95 ${percentile(milliseconds, 0.95).toFixed(0)} ms`,
  )
  report({ name: `${name}, at half a core`, value: cpu / TASK_CORES, unit: 's', most })
}

/** The same wards, where a random number of the ward is added to each of the first ten indicators. */
function withSharedFactor(csv: Uint8Array): Uint8Array {
  const random = randomFrom(csv.length)
  const [header = '', ...rows] = new TextDecoder().decode(csv).trimEnd().split('\n')
  const first = header.split(',').indexOf(INDICATORS[0] ?? '')
  const changed = rows.map((row) => {
    const factor = SHARED * random()
    return row
      .split(',')
      .map((cell, at) =>
        at < first || at >= first + INDICATORS.length || cell === 'NA' ? cell : String(Number(cell) + factor),
      )
      .join(',')
  })
  return Buffer.from([header, ...changed, ''].join('\n'))
}
