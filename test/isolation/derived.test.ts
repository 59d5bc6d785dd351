import { hash, randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { FileToRead } from '../../service/domain/files/reading/choices.ts'
import t from 'tap'
import { readConfig } from '../../service/config/config.ts'
import { hashOfInputs } from '../../service/domain/dataset/inputs-hash.ts'
import type { Fault } from '../../service/domain/fault.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { newIdentity, scopeOf } from '../../service/session/scope.ts'
import { derivedObjects } from '../../service/stores/derived-objects.ts'
import { connectBucket, objectStore } from '../../service/stores/objects.ts'
import * as jobs from '../../service/work/jobs.ts'
import { envFor, redis, s3 } from '../support/parts.ts'

t.test('a derived object that was made from other inputs is refused and counted', async (t) => {
  const address = await s3(t)
  const [server, lines] = [await redis(t), [] as string[]]
  Object.assign(process.env, {
    AWS_ACCESS_KEY_ID: address.accessKeyId,
    AWS_SECRET_ACCESS_KEY: address.secretAccessKey,
  })
  const metrics = createMetrics({ service: 'test', stage: 'local' }, (line) => lines.push(line))
  const { config } = readConfig(envFor(server, address))
  const bucket = connectBucket(config, metrics)
  t.teardown(() => {
    bucket.s3.destroy()
  })
  const expiresAt = Date.now() + 60_000
  const identity = Object.assign(newIdentity(Date.now()), {
    record: { version: 1, absoluteExpiresAt: expiresAt, idleExpiresAt: expiresAt },
  })
  const scope = scopeOf({ identity }, [{ id: 'a', secret: randomBytes(32).toString('hex') }])
  const objects = objectStore(bucket, scope, new AbortController().signal)
  const derived = derivedObjects(objects, metrics)
  const [lost, present] = [hashOfInputs(['lost']), hashOfInputs(['present'])]

  t.equal(await derived.read('datasets', present), null, 'nothing was made yet')
  await derived.put('datasets', present, Buffer.from('present'))
  t.equal(String(await derived.read('datasets', present)), 'present')
  t.equal(await derived.read('outlines', present), null, 'another kind is another name')

  // The same session seals it for this exact place, as a fault of the service would.
  const crossed = derivedObjects(
    { ...objects, putSealed: (name, bytes) => objects.putSealed(name.replace(lost, present), bytes) },
    metrics,
  )
  await crossed.put('datasets', lost, Buffer.from('lost'))
  const outcome = await derived.read('datasets', present).then(String, (error: unknown) => (error as Fault).kind)
  t.equal(outcome, 'object-store-unavailable', 'it is refused')
  t.ok(
    lines.some((line) => line.includes('"SessionIsolationViolations":1') && line.includes('"Wall":"hash"')),
    'it is counted',
  )
})

t.test('the same inputs give the same bytes as long as the number of their form is the same', async (t) => {
  const folder = join(import.meta.dirname, '../../service/sample')
  const file = (filename: string): FileToRead => ({
    filename,
    choices: {},
    bytes: readFileSync(join(folder, filename)),
  })
  const wards = (await jobs.validateWards(file('wards.csv'))).packed
  const boundaries = (await jobs.validateBoundaries(file('boundaries.zip'))).packed
  const { packed, outline } = await jobs.prepareDataset({
    wards: [wards],
    boundaries,
    settled: { accepted: [], refused: [] },
    answers: {},
    positivity: [],
  })
  const hashOf = (bytes: Uint8Array | null): string => hash('sha256', bytes ?? '', 'base64url')
  const made = { datasets: hashOf(packed), outlines: hashOf(outline), readings: [wards, boundaries].map(hashOf) }
  const why = 'one name, two meanings: raise the number of the form in stores/derived-objects.ts, then this hash'
  t.equal(made.datasets, 'WPeZz_S8onre4_y2-mbn8kHxbfxv07g1Qj82rGUDpac', why)
  t.equal(made.outlines, 'Zv5ZmOuKpETg7cgJ0h5GQ_YfVDfYu7OR_0sKhhDUNv4', why)
  t.strictSame(
    made.readings,
    ['Yk5cH3WX1ZMC_1HCptbeHQKD0Tlo1nU49OI7lJFVgtY', '5XWMgaRIJ9pLDib3d5TSJMlbojUN_HtT0bOa8McpMDI'],
    why,
  )
})
