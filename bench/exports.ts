import { EXPORT_KINDS, EXPORTS } from '../service/domain/exports/kinds.ts'
import { readFileSync, writeFileSync } from 'node:fs'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { callApi, SERVICE, startParts, startSession, startTask, uploadFile } from './parts.ts'

/**
 * Measures exports of a country's size on one task (half a core, 1 GiB): bytes, seconds, and the peak of the resident
 * memory while the export was made, beside the memory just before.
 * Usage: node bench/exports.ts [wards] [indicators]
 */
const wards = Number(process.argv[2] ?? 9_500)
const count = Number(process.argv[3] ?? 10)

const parts = await startParts({ withS3: true })
const { task, url } = await startTask('exports', SERVICE, parts)
const status = `/proc/${String(task.process.pid)}`
const mib = (field: string): number =>
  Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`${status}/status`, 'utf8'))?.[1]) / 1024

try {
  const data = makeLargeDataset({ wards })
  const cookie = await startSession(url)
  await uploadFile(url, cookie, 'wards', 'wards.csv', data.csv)
  await uploadFile(url, cookie, 'boundaries', 'boundaries.zip', data.shapefile)
  const { analysis } = await callApi<{ analysis: { id: string } }>(url, cookie, '/api/analyses', {
    indicators: Array.from({ length: count }, (_, at) => `indicator_${String(at + 1)}`),
  })
  const { plan } = await callApi<{ plan: { id: string } }>(url, cookie, '/api/itn-plans', {
    analysisId: analysis.id,
    totalNets: wards * 100,
    populationColumn: 'indicator_11',
    urbanColumn: 'indicator_12',
  })
  console.log(`${String(wards)} wards, ${String(count)} indicators; peak RSS so far ${mib('VmHWM').toFixed(0)} MiB`)
  for (const kind of EXPORT_KINDS) {
    const source = EXPORTS[kind].plan === 'none' ? { analysisId: analysis.id } : { planId: plan.id }
    const before = mib('VmRSS')
    writeFileSync(`${status}/clear_refs`, '5')
    const begin = performance.now()
    const made = await callApi<{ export: { bytes: number } }>(url, cookie, '/api/exports', { kind, ...source })
    const seconds = (performance.now() - begin) / 1000
    console.log(
      `${kind.padEnd(22)} ${(made.export.bytes / 1e6).toFixed(1).padStart(6)} MB  ` +
        `${seconds.toFixed(1).padStart(5)} s  RSS ${before.toFixed(0).padStart(4)} MiB before, ` +
        `${mib('VmHWM').toFixed(0).padStart(4)} MiB at its peak`,
    )
  }
} finally {
  await task.stop()
  await parts.stop()
}
