import { createHash } from 'node:crypto'
import { ListMultipartUploadsCommand, ListObjectVersionsCommand } from '@aws-sdk/client-s3'
import t from 'tap'
import { s3Client } from '../../local/prepare-bucket.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import { exportRankings } from '../../service/domain/exports/export-rankings.ts'
import { textChunks } from '../../service/work/text-chunks.ts'
import { openWorkshop } from '../../service/work/workshop.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { person, uploadFile } from '../support/client.ts'
import { makeLargeDataset } from '../support/large-dataset.ts'
import { objectProxy } from '../support/object-proxy.ts'
import { redis, s3, startService } from '../support/parts.ts'
import { NOT_DRAWN, stateCertainty } from '../support/stated-certainty.ts'

const TOO_LARGE_FOR_THE_LOOP = 2 * 1024 * 1024

const WARDS = 5_500
const NO_DRAWS = Buffer.from(JSON.stringify(NOT_DRAWN))
const INDICATORS = ['indicator_1', 'indicator_2', 'indicator_3', 'indicator_4', 'indicator_5']

t.test('textChunks() gives the same bytes as the text at once, in chunks of their own', async (t) => {
  const pieces = Array.from({ length: 50_000 }, (_, at) => `Ñgọ ${String(at)}\r\n`)
  const chunks = [...textChunks(pieces)]
  t.ok(Buffer.concat(chunks).equals(Buffer.from(pieces.join(''))))
  t.ok(chunks.length > 1 && chunks.every(({ length }) => length < 700_000))
  t.ok(
    chunks.every((chunk) => chunk.byteLength === chunk.buffer.byteLength),
    'so that each can move to another thread',
  )
  t.strictSame([...textChunks([])], [])
})

t.test(
  'a file made on a thread can be started again, gives the same bytes each time, and has the hash told at first',
  async (t) => {
    const { csv } = makeLargeDataset({ wards: WARDS, columns: 8 })
    const result = analyse(joinWards(await readWards(csv, 'w.csv'), null), { indicators: INDICATORS })
    const text = Buffer.from([...exportRankings(result, NOT_DRAWN)].join(''))
    const workshop = openWorkshop({ workers: 1 })
    t.teardown(() => workshop.close())
    const json = (of: AnalysisResult): Uint8Array => new TextEncoder().encode(JSON.stringify(of))
    const stay = new AbortController()
    const owner = { session: 'one', address: '127.0.0.1' }
    await workshop.make(
      'exportResult',
      { kind: 'rankings.csv', result: json(result), certainty: NO_DRAWS, planId: null },
      owner,
      stay.signal,
      async ({ bytes, sha256, body }) => {
        t.equal(bytes, text.length)
        t.equal(Buffer.from(sha256).toString('hex'), createHash('sha256').update(text).digest('hex'))
        if (body instanceof Uint8Array) throw new Error('not streamed')
        for await (const chunk of body()) {
          t.ok(chunk.length > 0)
          break
        }
        const chunks: Uint8Array[] = []
        for await (const chunk of body()) chunks.push(chunk)
        t.ok(chunks.length > 2)
        t.ok(Buffer.concat(chunks).equals(text), 'also after a pass that was given up')
      },
    )
    await workshop.make(
      'exportResult',
      {
        kind: 'rankings.csv',
        result: json({ ...result, wards: result.wards.slice(0, 100) }),
        certainty: NO_DRAWS,
        planId: null,
      },
      owner,
      stay.signal,
      async ({ body }) => {
        t.ok(body instanceof Uint8Array, 'a small file is handed over whole')
      },
    )
    await t.rejects(
      workshop.make(
        'exportResult',
        {
          kind: 'rankings.csv',
          result: Buffer.alloc(TOO_LARGE_FOR_THE_LOOP, 'no JSON'),
          certainty: NO_DRAWS,
          planId: null,
        },
        owner,
        stay.signal,
        async () => undefined,
      ),
      /A job failed/,
    )
    const leave = new AbortController()
    await t.rejects(
      workshop.make(
        'exportResult',
        { kind: 'rankings.csv', result: json(result), certainty: NO_DRAWS, planId: null },
        owner,
        leave.signal,
        async ({ body }) => {
          leave.abort()
          if (!(body instanceof Uint8Array)) for await (const _ of body()) t.fail('a chunk for nobody')
        },
      ),
      /The request was gone/,
    )
    await t.rejects(
      workshop.run('describeDataset', new Uint8Array(TOO_LARGE_FOR_THE_LOOP), owner, stay.signal),
      /A job failed/,
      'and the next job has its thread',
    )
  },
)

t.setTimeout(180_000)
t.test(
  'an export that breaks off on its way is sent again, and leaves nothing behind when it cannot be',
  { timeout: 180_000 },
  async (t) => {
    const store = await s3(t)
    const proxy = await objectProxy(t, store)
    const { url } = await startService(t, { redis: await redis(t), s3: proxy })
    const who = person(t, url)
    await who.start()
    const { csv, shapefile } = makeLargeDataset({ wards: WARDS, columns: 8 })
    await uploadFile(who, 'wards', 'wards.csv', csv)
    await uploadFile(who, 'boundaries', 'boundaries.zip', shapefile)
    const { analysis } = (await who.post('/api/analyses', { indicators: INDICATORS })).json<{
      analysis: AnalysisResult & { id: string; datasetVersion: number }
    }>()
    const s3Direct = s3Client(store)
    t.teardown(() => {
      s3Direct.destroy()
    })
    const stored = async (): Promise<{ objects: number; uploads: number }> => {
      const { Versions = [] } = await s3Direct.send(new ListObjectVersionsCommand({ Bucket: store.bucket }))
      const { Uploads = [] } = await s3Direct.send(new ListMultipartUploadsCommand({ Bucket: store.bucket }))
      return { objects: Versions.filter(({ Key }) => Key?.includes('/exports/')).length, uploads: Uploads.length }
    }

    for (const kind of ['rankings.csv', 'map.geojson', 'report.html']) {
      const made = await who.post('/api/exports', { kind, analysisId: analysis.id })
      t.equal(made.status, 201, kind)
      const { export: entry, download } = made.json<{ export: { bytes: number }; download: { url: string } }>()
      const file = Buffer.from(await (await fetch(download.url)).arrayBuffer())
      t.ok(entry.bytes > 1024 * 1024, `${kind} is too large to be handed over whole`)
      t.equal(file.length, entry.bytes)
      if (kind === 'rankings.csv')
        t.equal(file.toString(), [...exportRankings(analysis, stateCertainty(analysis))].join(''))
      if (kind === 'map.geojson')
        t.equal((JSON.parse(file.toString()) as { features: unknown[] }).features.length, WARDS)
      if (kind === 'report.html') t.ok(file.toString().endsWith('</body></html>\n'))
    }
    t.strictSame(await stored(), { objects: 3, uploads: 0 })

    const once = proxy.breakPuts('/exports/', 1)
    t.equal(
      (await who.post('/api/exports', { kind: 'rankings.csv', analysisId: analysis.id })).status,
      201,
      'a connection that is closed once is made up for',
    )
    t.equal(once(), 1)
    t.strictSame(await stored(), { objects: 4, uploads: 0 })

    const twice = proxy.breakPuts('/exports/', 2)
    t.match(await who.post('/api/exports', { kind: 'rankings.csv', analysisId: analysis.id }), {
      status: 503,
      problem: 'object-store-unavailable',
    })
    t.equal(twice(), 3)
    t.strictSame(
      await stored(),
      { objects: 4, uploads: 0 },
      'what broke off leaves neither an object nor a part of one',
    )
    t.equal((await who.get('/api/exports')).json<{ exports: unknown[] }>().exports.length, 4, 'and no export')
  },
)
