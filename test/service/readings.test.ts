import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { DeleteObjectsCommand, ListObjectsV2Command } from '@aws-sdk/client-s3'
import t from 'tap'
import { s3Client } from '../../local/prepare-bucket.ts'
import { person, uploadFile, type Person } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

const SAMPLE = join(import.meta.dirname, '../../service/sample')

t.setTimeout(120_000)

t.test('a dataset is prepared from what was kept when its files were read', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const store = s3Client(objects)
  t.teardown(() => {
    store.destroy()
  })
  const start = async (): Promise<{ who: Person; folder: string }> => {
    const who = person(t, service.url)
    const { id } = await who.start()
    await uploadFile(who, 'wards', 'wards.csv', readFileSync(join(SAMPLE, 'wards.csv')))
    await uploadFile(who, 'boundaries', 'boundaries.zip', readFileSync(join(SAMPLE, 'boundaries.zip')))
    return { who, folder: `sessions/${id}/` }
  }
  const namesUnder = async (prefix: string): Promise<string[]> => {
    const { Contents = [] } = await store.send(new ListObjectsV2Command({ Bucket: objects.bucket, Prefix: prefix }))
    return Contents.map(({ Key }) => Key ?? '')
  }
  const remove = async (keys: readonly string[]): Promise<void> => {
    await store.send(
      new DeleteObjectsCommand({ Bucket: objects.bucket, Delete: { Objects: keys.map((Key) => ({ Key })) } }),
    )
  }
  const datasetOf = async (who: Person): Promise<string> => (await who.get('/api/dataset')).text

  const expected = await datasetOf((await start()).who)
  t.match(expected, /"matched":/)

  await t.test('without a look at the files themselves', async (t) => {
    const { who, folder } = await start()
    t.equal((await namesUnder(`${folder}readings/`)).length, 2)
    const files = ['raw_data.csv', 'shapefile.zip'].map((name) => folder + name)
    await remove(files)
    t.strictSame(
      (await namesUnder(folder)).filter((name) => files.includes(name)),
      [],
    )
    t.equal(await datasetOf(who), expected)
  })

  await t.test('and from the files where it was not kept, as by an earlier release', async (t) => {
    const { who, folder } = await start()
    const kept = await namesUnder(`${folder}readings/`)
    await remove(kept)
    t.strictSame(await namesUnder(`${folder}readings/`), [])
    t.equal(await datasetOf(who), expected)
    t.strictSame(await namesUnder(`${folder}readings/`), kept, 'and it is kept again')
  })
})
