import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { callApi, SERVICE, startParts, startSession, startTask, uploadFile } from './parts.ts'
import { percentile } from './percentile.ts'

/**
 * Measures how soon a plan follows a slider. The plan is requested again and again with another stock and threshold,
 * one request after the other, on one task (half a core, 1 GiB). The bounds are those of the 95th percentile.
 * Usage: node bench/what-if.ts [steps]
 */
const steps = Number(process.argv[2] ?? 40)
/** The time between two moves of a slow hand. */
const PAUSE_MS = 150
const SIZES = [
  [300, 100],
  [9_500, 250],
] as const

const parts = await startParts({ withS3: true })
const { task, url } = await startTask('what-if', SERVICE, parts)

try {
  for (const [wards, boundMs] of SIZES) {
    const data = makeLargeDataset({ wards })
    const cookie = await startSession(url)
    await uploadFile(url, cookie, 'wards', 'wards.csv', data.csv)
    await uploadFile(url, cookie, 'boundaries', 'boundaries.zip', data.shapefile)
    const { analysis } = await callApi<{ analysis: { id: string } }>(url, cookie, '/api/analyses', {
      indicators: [1, 2, 3, 4, 5].map((at) => `indicator_${String(at)}`),
    })
    const milliseconds: number[] = []
    const cpuBefore = task.cpuSeconds()
    for (let step = 0; step < steps; step += 1) {
      const begin = performance.now()
      await callApi(url, cookie, '/api/itn-plans', {
        analysisId: analysis.id,
        totalNets: wards * (50 + step),
        urbanThreshold: step,
        populationColumn: 'indicator_6',
        urbanColumn: 'indicator_7',
      })
      milliseconds.push(performance.now() - begin)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    const at = (share: number): string => percentile(milliseconds, share).toFixed(0)
    console.log(
      `${String(wards).padStart(5)} wards: first ${(milliseconds[0] ?? NaN).toFixed(0)} ms, ` +
        `p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms; ` +
        `CPU ${((1000 * (task.cpuSeconds() - cpuBefore)) / steps).toFixed(0)} ms a step`,
    )
    report({ name: `what-if of ${wards} wards, p95`, value: percentile(milliseconds, 0.95), unit: 'ms', most: boundMs })
  }
  console.log(`peak RSS ${task.peakRssMiB().toFixed(0)} MiB of 1,024`)
} finally {
  await task.stop()
  await parts.stop()
}
