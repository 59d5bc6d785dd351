import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { callApi, SERVICE, startParts, startSession, startTask, uploadFile } from './parts.ts'

/**
 * Measures how long it takes to say how sure an order is: 1,000 draws of ten indicators on one task (half a core,
 * 1 GiB), and how long reads of others take meanwhile.
 * Usage: node bench/certainty.ts
 */
const SIZES = [
  [300, 1],
  [9_500, 20],
] as const
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
    const cpuBefore = task.cpuSeconds()
    const begin = performance.now()
    await callApi(url, cookie, `/api/analyses/${analysis.id}/certainty`, {})
    const seconds = (performance.now() - begin) / 1_000
    console.log(
      `${String(wards).padStart(5)} wards: ${seconds.toFixed(1)} s, ` +
        `CPU ${(task.cpuSeconds() - cpuBefore).toFixed(2)} s`,
    )
    report({ name: `certainty of ${wards} wards`, value: seconds, unit: 's', most: boundSeconds })
  }
  console.log(`peak RSS ${task.peakRssMiB().toFixed(0)} MiB of 1,024`)
} finally {
  await task.stop()
  await parts.stop()
}
