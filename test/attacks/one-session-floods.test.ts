import { join } from 'node:path'
import t from 'tap'
import { person, startWith, type Person, type Reply } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

const sample = join(import.meta.dirname, '../../service/sample')
/** More than a page ever asks for at once. */
const AT_ONCE = 30

/** Keeps this many analyses of one session under way until `isOver`, and gives every reply. */
async function flood(who: Person, isOver: () => boolean): Promise<Reply[]> {
  const replies: Reply[] = []
  const keepAsking = async (): Promise<void> => {
    while (!isOver()) replies.push(await who.post('/api/analyses', {}))
  }
  await Promise.all(Array.from({ length: AT_ONCE }, keepAsking))
  return replies
}

/** What a person does on a page that works. */
async function actions(who: Person): Promise<Reply[]> {
  const replies = [await who.post('/api/analyses', {})]
  const { analysis } = replies[0]!.json<{ analysis: { id: string } }>()
  for (let round = 0; round < 5; round += 1) {
    replies.push(await who.get('/api/dataset'))
    replies.push(await who.get(`/api/analyses/${analysis.id}/wards?limit=10`))
    replies.push(await who.get('/api/dataset/shapes'))
    replies.push(await who.post('/api/itn-plans', { analysisId: analysis.id, totalNets: 20_000 + round }))
    replies.push(await who.post('/api/analyses', {}))
  }
  return replies
}

t.setTimeout(180_000)
t.test('one session that floods the service takes no turn from anybody else', { timeout: 170_000 }, async (t) => {
  const { url } = await startService(t, { redis: await redis(t), s3: await s3(t), env: { WORKERS: '1' } })
  const [flooder, bystander] = [person(t, url), person(t, url)]
  await Promise.all([startWith(flooder, sample), startWith(bystander, sample)])
  const alone = await actions(bystander)

  let isOver = false
  const flooding = flood(flooder, () => isOver)
  const beside = await actions(bystander)
  isOver = true
  const flooded = await flooding

  t.strictSame(
    beside.map(({ status }) => status),
    alone.map(({ status }) => status),
    'every action of the bystander is answered as when they were alone',
  )
  const refused = flooded.filter(({ status }) => status === 429)
  t.ok(refused.length > 0, `${refused.length} of ${flooded.length} requests of the flooder are refused`)
  t.ok(
    refused.every(({ headers, problem }) => problem === 'too-many' && Number(headers['retry-after']) >= 1),
    'each says when to come back',
  )
  const others = flooded.filter(({ status }) => status !== 429)
  t.ok(
    others.every(({ status }) => status === 201 || status === 409),
    'the flooder is served in turn as well, within the bounds of a session',
  )
  const p95 = (replies: readonly Reply[]): number =>
    replies.map(({ ms }) => ms).sort((one, other) => one - other)[Math.floor(replies.length * 0.95)] ?? NaN
  t.comment(
    `| p95 of the bystander's actions | alone ${p95(alone).toFixed(0)} ms | beside ${p95(beside).toFixed(0)} ms |`,
  )
})
