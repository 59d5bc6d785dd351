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
})
