import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { startParts, startSession, startTask } from './parts.ts'

/**
 * How fast a slider can be: the plan is asked for again and again with another stock and threshold, one request after
 * the other, on one task (half a core, 1 GiB). Bounds: 100 ms at the server for 300 wards, 500 ms for 9,500.
 * Usage: node bench/what-if.ts [steps]
 */
const steps = Number(process.argv[2] ?? 40)
/** A slow hand still moves this often. */
const PAUSE_MS = 150
const SIZES = [[300, 100], [9_500, 500]] as const

const parts = await startParts({ withS3: true })
const { task, url } = await startTask('what-if', '../service/main.ts', parts)

async function api<T>(cookie: string, path: string, body: unknown): Promise<T> {
  const reply = await fetch(url + path, { method: 'POST', body: JSON.stringify(body), headers: { cookie, 'content-type': 'application/json' } })
  if (!reply.ok) throw new Error(`${path}: ${String(reply.status)} ${await reply.text()}`)
  return await reply.json() as T
}

async function upload(cookie: string, role: string, filename: string, bytes: Uint8Array): Promise<void> {
  const slot = await api<{ file: { id: string }; upload: { url: string; fields: Record<string, string> } }>(cookie, '/api/files', { role, filename, bytes: bytes.length })
  const form = new FormData()
  for (const [name, value] of Object.entries(slot.upload.fields)) form.set(name, value)
  form.set('file', new Blob([bytes]))
  const sent = await fetch(slot.upload.url, { method: 'POST', body: form })
  if (sent.status !== 204) throw new Error(`upload: ${String(sent.status)}`)
  await api(cookie, `/api/files/${slot.file.id}/complete`, {})
}

try {
  for (const [wards, boundMs] of SIZES) {
    const data = makeLargeDataset({ wards })
    const cookie = await startSession(url)
    await upload(cookie, 'wards', 'wards.csv', data.csv)
    await upload(cookie, 'boundaries', 'boundaries.zip', data.shapefile)
    const { analysis } = await api<{ analysis: { id: string } }>(cookie, '/api/analyses', { indicators: [1, 2, 3, 4, 5].map((at) => `indicator_${String(at)}`) })
    const milliseconds: number[] = []
    const cpuBefore = task.cpuSeconds()
    for (let step = 0; step < steps; step += 1) {
      const begin = performance.now()
      await api(cookie, '/api/itn-plans', { analysisId: analysis.id, totalNets: wards * (50 + step), urbanThreshold: step, populationColumn: 'indicator_6', urbanColumn: 'indicator_7' })
      milliseconds.push(performance.now() - begin)
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
    const sorted = [...milliseconds].sort((one, other) => one - other)
    const at = (share: number): string => (sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? NaN).toFixed(0)
    console.log(`${String(wards).padStart(5)} wards: first ${(milliseconds[0] ?? NaN).toFixed(0)} ms, p50 ${at(0.5)} ms, p95 ${at(0.95)} ms, longest ${at(1)} ms (bound ${String(boundMs)} ms); CPU ${(1000 * (task.cpuSeconds() - cpuBefore) / steps).toFixed(0)} ms a step`)
  }
  console.log(`peak RSS ${task.peakRssMiB().toFixed(0)} MiB of 1,024`)
} finally {
  await task.stop()
  await parts.stop()
}
