import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { report } from './figure.ts'
import { callApi, SERVICE, startParts, startSession, startTask, uploadFile } from './parts.ts'
import { percentile } from './percentile.ts'
import { readSteadily } from './read-steadily.ts'

/**
 * Measures the main job at a country's size on one task (half a core, 1 GiB), while another person reads their session
 * at a steady pace: 9,500 wards, 20 columns, boundaries of ten vertices, five indicators.
 * Usage: node bench/main-job.ts [wards] [times]
 */
const wards = Number(process.argv[2] ?? 9_500)
const times = Number(process.argv[3] ?? 2)
const MOST_SECONDS = 4
const MOST_P99_MS = 100

const data = makeLargeDataset({ wards })
const parts = await startParts({ withS3: true })
const { task, url } = await startTask('main-job', SERVICE, parts)

try {
  console.log(
    `${String(wards)} wards, 20 columns: CSV ${(data.csv.length / 1e6).toFixed(1)} MB, ` +
      `shapefile ${(data.shapefile.length / 1e6).toFixed(1)} MB, GeoJSON ${(data.geojson.length / 1e6).toFixed(1)} MB`,
  )
  const indicators = [1, 2, 3, 4, 5].map((at) => `indicator_${String(at)}`)
  const seconds: number[] = []
  const p99s: number[] = []
  for (const [filename, boundaries] of [
    ['boundaries.zip', data.shapefile],
    ['boundaries.geojson', data.geojson],
  ] as const) {
    for (let run = 1; run <= times; run++) {
      const reading = readSteadily(url, await startSession(url))
      const cookie = await startSession(url)
      const begin = performance.now()
      const lap = (): string => ((performance.now() - begin) / 1000).toFixed(2).padStart(6)
      const laps: string[] = []
      await uploadFile(url, cookie, 'wards', 'wards.csv', data.csv)
      laps.push(`wards ${lap()}`)
      await uploadFile(url, cookie, 'boundaries', filename, boundaries)
      laps.push(`boundaries ${lap()}`)
      const { analysis } = await callApi<{ analysis: { id: string; wards: unknown[] } }>(url, cookie, '/api/analyses', {
        indicators,
      })
      laps.push(`analysis ${lap()}`)
      await callApi(url, cookie, `/api/analyses/${analysis.id}/wards?limit=100`)
      laps.push(`ranking ${lap()} s`)
      seconds.push((performance.now() - begin) / 1_000)
      if (analysis.wards.length !== wards) throw new Error('Not every ward was ranked')
      const { milliseconds, statuses } = await reading.stop()
      p99s.push(percentile(milliseconds, 0.99))
      console.log(`${filename.padEnd(19)} run ${String(run)}  ${laps.join('  ')}`)
      console.log(
        `${''.padEnd(19)} session reads beside it: ${String(milliseconds.length)}, ` +
          `p50 ${percentile(milliseconds, 0.5).toFixed(0)} ms, p99 ${percentile(milliseconds, 0.99).toFixed(0)} ms, ` +
          `longest ${Math.max(...milliseconds).toFixed(0)} ms, ` +
          `statuses ${JSON.stringify(Object.fromEntries(statuses))}`,
      )
    }
  }
  const size = `${wards} wards, the worst of ${seconds.length}`
  report({ name: `upload to ranking of ${size}`, value: Math.max(...seconds), unit: 's', most: MOST_SECONDS })
  report({
    name: `others' session reads beside it, p99, ${size}`,
    value: Math.max(...p99s),
    unit: 'ms',
    most: MOST_P99_MS,
  })
  console.log(`peak RSS ${task.peakRssMiB().toFixed(0)} MiB of 1,024; CPU used ${task.cpuSeconds().toFixed(1)} s`)
} finally {
  await task.stop()
  await parts.stop()
}
