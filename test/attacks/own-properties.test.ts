import t from 'tap'
import { person, tryFile, uploadWards, type Person } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

/** What could change an object by being set on it: no column may be called this. */
const REFUSED = ['__proto__', 'constructor', 'prototype']
/** What every object of the language has, and what a session of the framework has. */
const NAMES = ['toString', 'hasOwnProperty', 'destroy', 'valueOf', '__defineGetter__']
const WARDS = [...NAMES, ...REFUSED]

t.test('columns, wards and files may be called like properties of any object', async (t) => {
  const service = await startService(t, { redis: await redis(t), s3: await s3(t) })
  const [who, bystander] = [person(t, service.url), person(t, service.url)]
  await Promise.all([who.start(), bystander.start()])
  const rows = WARDS.map((ward, at) => [ward, 'constructor', ...NAMES.map((_, column) => (at * 7 + column * 3) % 11)])
  const csv = `${[['WardName', 'LGA', ...NAMES], ...rows].map((row) => row.join(',')).join('\n')}\n`
  for (const filename of WARDS) t.equal((await announced(who, filename)).status, 201, filename)
  for (const name of REFUSED) {
    const { completed } = await tryFile(who, 'wards', 'a.csv', Buffer.from(csv.replace('toString', name)))
    t.strictSame([completed.status, completed.problem], [422, 'unreadable-file'], `no column is called ${name}`)
  }
  await uploadWards(who, csv, '__proto__.csv')
  const { columns } = (await who.get('/api/dataset')).json<{ columns: { name: string }[] }>()
  t.strictSame(
    columns.map(({ name }) => name),
    ['WardName', 'LGA', ...NAMES],
    'every column has its own name',
  )
  const directions = Object.fromEntries(NAMES.map((name) => [name, 'direct']))
  const ranked = await who.post('/api/analyses', { indicators: NAMES, directions })
  t.equal(ranked.status, 201, ranked.text)
  const { analysis } = ranked.json<{ analysis: { id: string; wards: { wardName: string }[] } }>()
  t.strictSame(analysis.wards.map(({ wardName }) => wardName).sort(), [...WARDS].sort(), 'every ward is ranked')
  for (const name of WARDS)
    t.equal((await who.get(`/api/analyses/${analysis.id}/wards/${name}`)).status, 200, `why ${name}`)
  t.equal((await who.post('/api/chat', { message: 'Why is __proto__ before constructor?' })).status, 200)
  t.equal((await bystander.get('/api/session')).status, 200)
  t.equal((await person(t, service.url).post('/api/session')).status, 201, 'and new sessions start')
  t.strictSame(
    service.lines().filter(({ level }) => Number(level) >= 50),
    [],
    'none was a bug',
  )
})

async function announced(who: Person, filename: string): Promise<{ status: number }> {
  const reply = await who.post('/api/files', { role: 'wards', filename: `${filename}.csv`, bytes: 1 })
  const { file } = reply.json<{ file?: { id: string } }>()
  if (file !== undefined) await who.delete(`/api/files/${file.id}`)
  return reply
}
