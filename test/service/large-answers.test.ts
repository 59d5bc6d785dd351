import t from 'tap'
import { person, uploadFile } from '../support/client.ts'
import { makeLargeDataset } from '../support/large-dataset.ts'
import { redis, s3, startService } from '../support/parts.ts'

const WARDS = 2_000

t.setTimeout(60_000)
t.test('data that are answered on a thread can be used by two jobs of one request', async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const { csv, shapefile } = makeLargeDataset({ wards: WARDS, columns: 24 })
  const who = person(t, url)
  await who.start()
  await uploadFile(
    who,
    'wards',
    'wards.csv',
    Buffer.from(String(Buffer.from(csv)).replace('indicator_1,', 'rainfall,')),
  )
  await uploadFile(who, 'boundaries', 'boundaries.zip', shapefile)
  const reply = await who.post('/api/chat', { message: 'map of rainfall' })
  t.equal(reply.status, 200)
  const { map } = reply.json<{ reply: { map?: { features: readonly unknown[] } } }>().reply
  t.equal(map?.features.length, WARDS, 'the map has every ward')

  const fetchAs = async (path: string, accepted: string) => {
    const headers = { cookie: who.cookie ?? '', 'accept-encoding': accepted }
    const answer = await fetch(url + path, { headers })
    return { encoding: answer.headers.get('content-encoding'), text: await answer.text() }
  }
  const plain = await fetchAs('/api/dataset/shapes', 'identity')
  t.equal(plain.encoding, null)
  t.equal((JSON.parse(plain.text) as { features: readonly unknown[] }).features.length, WARDS)
  for (const [accepted, encoding] of [
    ['gzip, deflate, br', 'br'],
    ['gzip', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
  ] as const)
    t.strictSame(await fetchAs('/api/dataset/shapes', accepted), { encoding, text: plain.text }, accepted)
  const small = await fetchAs('/api/dataset', 'gzip, deflate, br')
  t.ok(small.text.length < 256 * 1024, `${String(small.text.length)} bytes`)
  t.equal(small.encoding, 'gzip', 'a smaller reply is not worth the CPU of Brotli')
})
