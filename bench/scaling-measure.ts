import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Redis } from 'ioredis'
import { serviceEnv, startService } from '../local/service.ts'
import { makeLargeDataset } from '../test/support/large-dataset.ts'
import { callApi, startParts, startSession, uploadFile } from './parts.ts'
import type { Measured } from './scaling-model.ts'

const STARTED = 200
const WORKED = 10
const READS: readonly unknown[] = ['GetObject', 'ListObjects', 'ListObjectVersions']
const EXPORTS = ['rankings.csv', 'itn_plan.csv', 'map.geojson', 'report.html', 'analysis_results.json'] as const
const PRESIGNED_UPLOADS = 2

/** Means over sessions of 275 wards: what Redis holds of one, and what its journey asks of the service and of S3. */
export async function measureJourney(): Promise<Measured> {
  const parts = await startParts({ withS3: true })
  const { redis, s3, folder } = parts
  if (s3 === null) throw new Error('The S3 gateway was not started')
  const client = new Redis({
    host: redis.host,
    port: redis.port,
    ...redis.operator,
    ...(redis.certificates !== undefined && { tls: { ca: redis.certificates.ca } }),
  })
  const used = async (): Promise<number> => Number(/used_memory:(\d+)/.exec(await client.info('memory'))?.[1])
  const logFile = join(folder, 'service.log')
  const env = serviceEnv({ url: redis.url, ...redis.service, caFile: redis.certificates?.caFile }, s3, {
    cookieSecrets: 'x'.repeat(32),
    sealSecrets: `b1:${'y'.repeat(32)}`,
    projectSecrets: 'z'.repeat(32),
  })
  const service = await startService({ env, logFile })
  try {
    await startSession(service.url)
    const empty = await used()
    for (let count = 0; count < STARTED; count += 1) await startSession(service.url)
    const started = await used()
    for (let count = 0; count < WORKED; count += 1) await journey(service.url)
    const worked = await used()
    await service.process.stop(10_000)
    const lines = readFileSync(logFile, 'utf8')
      .split('\n')
      .filter((line) => line.startsWith('{"_aws"'))
      .map((line) => JSON.parse(line) as Readonly<Record<string, unknown>>)
    const sum = (name: string, of: (line: Readonly<Record<string, unknown>>) => boolean): number =>
      lines.filter(of).reduce((total, { [name]: value }) => total + (typeof value === 'number' ? value : 0), 0)
    const s3Reads = sum('S3Access', ({ Operation }) => READS.includes(Operation))
    const s3Writes = sum('S3Access', ({ Operation }) => Operation === 'PutObject' || Operation === 'DeleteObjects')
    return {
      startedBytes: Math.round((started - empty) / STARTED),
      workedBytes: Math.round((worked - started) / WORKED),
      requests: Math.round((sum('Requests', ({ Route }) => Route !== undefined) - STARTED - 1) / WORKED),
      // The browser posts two files and fetches five downloads straight from S3.
      s3Writes: Math.round(s3Writes / WORKED) + PRESIGNED_UPLOADS,
      s3Reads: Math.round(s3Reads / WORKED) + EXPORTS.length,
    }
  } finally {
    client.disconnect()
    await service.process.stop(10_000)
    await parts.stop()
  }
}

/** As `bench/journey.ts` does it, but the session stays. */
async function journey(url: string): Promise<void> {
  const data = makeLargeDataset({ wards: 275, columns: 24 })
  const cookie = await startSession(url)
  const call = async <T>(path: string, body?: unknown): Promise<T> => callApi<T>(url, cookie, path, body)
  await uploadFile(url, cookie, 'wards', 'wards.csv', data.csv)
  await uploadFile(url, cookie, 'boundaries', 'boundaries.zip', data.shapefile)
  for (const path of ['/api/dataset', '/api/dataset/shapes']) await call(path)
  const indicators = [1, 2, 3, 4, 5, 6].map((number) => `indicator_${String(number)}`)
  const { analysis } = await call<{ analysis: { id: string; wards: { wardName: string }[] } }>('/api/analyses', {
    indicators,
  })
  const at = `/api/analyses/${analysis.id}`
  const ward = encodeURIComponent(analysis.wards[0]?.wardName ?? '')
  for (const path of [`${at}/wards?limit=100`, `${at}/wards/${ward}`, `${at}/map`]) await call(path)
  const { plan } = await call<{ plan: { id: string } }>('/api/itn-plans', {
    analysisId: analysis.id,
    totalNets: 20_000,
    populationColumn: 'indicator_7',
  })
  for (const kind of EXPORTS)
    await call('/api/exports', { kind, analysisId: analysis.id, ...(kind === 'itn_plan.csv' && { planId: plan.id }) })
  for (const message of ['Which five wards are most at risk?', 'Why is the first one so high?'])
    await call('/api/chat', { message })
}
