import t from 'tap'
import { DeleteObjectCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import { s3Client } from '../../local/prepare-bucket.ts'
import { brokenTarget } from '../support/broken-target.ts'
import { announce, canary, person, postUpload, until, uploadWards, wardsCsv } from '../support/client.ts'
import { sendTo } from '../support/interleave.ts'
import { objectGate } from '../support/object-gate.ts'
import { redis, s3, startService } from '../support/parts.ts'
import type { S3Address } from '../../local/prepare-bucket.ts'

t.setTimeout(120_000)

/** Every version of every object under the prefix of a session. */
async function versionsOf(
  store: ReturnType<typeof s3Client>,
  bucket: S3Address['bucket'],
  sessionId: string,
): Promise<{ Key: string; VersionId: string }[]> {
  const page = await store.send(new ListObjectVersionsCommand({ Bucket: bucket, Prefix: `sessions/${sessionId}/` }))
  return [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])].map(({ Key = '', VersionId = '' }) => ({
    Key,
    VersionId,
  }))
}

t.test('a store that says to slow down is asked three times at most', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const state = { isSlow: false, asked: 0 }
  const endpoint = await brokenTarget(t, objects.endpoint, async (_request, ask) => {
    if (!state.isSlow) return await ask()
    state.asked += 1
    const body = Buffer.from('<Error><Code>SlowDown</Code><Message>Reduce your request rate.</Message></Error>')
    return { status: 503, headers: ['content-type', 'application/xml', 'content-length', String(body.length)], body }
  })
  const service = await startService(t, { redis: server, s3: { ...objects, endpoint } })
  const who = person(t, service.url)
  await who.start()
  await uploadWards(who, wardsCsv(canary()))
  state.isSlow = true
  const reply = await who.get('/api/dataset')
  t.strictSame([reply.status, reply.problem], [503, 'object-store-unavailable'])
  const { asked } = state
  t.ok(asked >= 1 && asked <= 3, `the store was asked ${String(asked)} times`)
  t.ok(reply.ms < 3_000, `within ${reply.ms.toFixed(0)} ms`)
  t.equal((await who.get('/api/session')).status, 200, 'the session goes on')
  state.isSlow = false
  t.equal((await who.get('/api/dataset')).status, 200, 'and so does the rest afterwards')
  t.comment(`measured: 503 after ${reply.ms.toFixed(0)} ms, the store was asked ${String(asked)} times`)
})

t.test('objects that are deleted underneath a session are missed, and never made up', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const store = s3Client(objects)
  t.teardown(() => {
    store.destroy()
  })
  const who = person(t, service.url)
  const { id } = await who.start()
  await uploadWards(who, wardsCsv(canary()))
  const made = (await who.post('/api/analyses', {})).json<{ analysis: { id: string } }>().analysis.id
  for (const version of await versionsOf(store, objects.bucket, id))
    await store.send(new DeleteObjectCommand({ Bucket: objects.bucket, ...version }))
  t.strictSame(await versionsOf(store, objects.bucket, id), [])
  const replies = [
    await who.post('/api/analyses', {}),
    await who.get('/api/dataset'),
    await who.get(`/api/analyses/${made}`),
    await who.get(`/api/analyses/${made}/wards`),
    await who.post('/api/exports', { kind: 'rankings.csv', analysisId: made }),
  ]
  const told = replies.map(({ status, problem = '' }) => `${String(status)} ${problem}`)
  for (const [at, { status }] of replies.entries())
    t.ok(status >= 400 && status !== 500, `request ${String(at + 1)} is refused: ${told[at] ?? ''}`)
  const present = canary()
  await uploadWards(who, wardsCsv(present))
  const again = await who.post('/api/analyses', {})
  t.equal(again.status, 201, 'new data are analysed')
  t.match(again.text, present)
  t.comment(`measured: ${[...new Set(told)].join(', ')}; new data are analysed`)
})

t.test('when the object is stored and Redis then hangs, there is no half state', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const gate = await objectGate(t, objects)
  const service = await startService(t, { redis: server, s3: gate })
  const store = s3Client(objects)
  t.teardown(() => {
    store.destroy()
  })
  const who = person(t, service.url)
  const { id } = await who.start()
  const csv = wardsCsv(canary())
  const announced = await announce(who, 'wards', 'a.csv', csv.length)
  await postUpload(announced, csv)
  const held = gate.hold({ method: 'PUT', name: '/raw_data.csv', when: 'after' })
  const { reply } = await sendTo(held, () => who.post(`/api/files/${announced.file.id}/complete`))
  server.process.signal('SIGSTOP')
  held.letGo()
  t.equal((await reply).problem, 'session-store-unavailable')
  server.process.signal('SIGCONT')
  await until(async () => (await who.get('/api/session')).status === 200, 5_000, 'the session')
  t.equal((await who.get('/api/dataset')).problem, 'no-data', 'the file that was refused is not in use')
  const present = canary()
  await uploadWards(who, wardsCsv(present))
  const analysis = await who.post('/api/analyses', {})
  t.equal(analysis.status, 201)
  t.match(analysis.text, present, 'the next upload is what is analysed')
  t.ok((await versionsOf(store, objects.bucket, id)).length > 0)
  t.equal((await who.delete('/api/session')).status, 204)
  const erasedMs = await until(
    async () => (await versionsOf(store, objects.bucket, id)).length === 0,
    20_000,
    'every version erased',
  )
  t.comment(`measured: 503, no half state; the orphan is erased ${erasedMs.toFixed(0)} ms after the session's end`)
})
