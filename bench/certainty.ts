import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { percentile } from './percentile.ts'
import { readSteadily } from './read-steadily.ts'
import { callApi, SERVICE, startParts, startSession, startTask, uploadFile } from './parts.ts'

/**
 * Measures what it costs to say how sure an order is: 1,000 draws of ten indicators on one task (half a core, 1 GiB).
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
const INDICATORS = Array.from({ length: 10 }, (_, at) => `indicator_${String(at + 1)}`)

const parts = await startParts({ withS3: true })
const { task, url } = await startTask('certainty', SERVICE, parts)

try {
  for (const [wards, boundSeconds] of SIZES) {
    const data = makeLargeDataset({ wards })
    const cookie = await startSession(url)
    await uploadFile(url, cookie, 'wards', 'wards.csv', data.csv)
    const { analysis } = await callApi<{ analysis: { id: string } }>(url, cookie, '/api/analyses', {
      indicators: INDICATORS,
    })
    const reads = readSteadily(url, await startSession(url))
    const cpuBefore = task.cpuSeconds()
    const begin = performance.now()
    await callApi(url, cookie, `/api/analyses/${analysis.id}/certainty`, {})
    const passed = (performance.now() - begin) / 1_000
    const cpu = task.cpuSeconds() - cpuBefore
    const { milliseconds } = await reads.stop()
    console.log(
      `${String(wards).padStart(5)} wards: ${passed.toFixed(1)} s passed, CPU ${cpu.toFixed(2)} s; ` +
        `${String(milliseconds.length)} session reads of another person, p95 ${percentile(milliseconds, 0.95).toFixed(0)} ms`,
    )
    report({
      name: `certainty of ${wards} wards at half a core`,
      value: cpu / TASK_CORES,
      unit: 's',
      most: boundSeconds,
    })
  }
  report({ name: 'peak RSS of a certainty', value: task.peakRssMiB(), unit: 'MiB', most: MOST_RSS_MIB })
} finally {
  await task.stop()
  await parts.stop()
}
