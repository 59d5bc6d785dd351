import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { ListObjectVersionsCommand, PutObjectCommand } from '@aws-sdk/client-s3'
import t, { type Test } from 'tap'
import { readOperatorArguments } from '../../local/operator-arguments.ts'
import { s3Client } from '../../local/prepare-bucket.ts'
import type { StackRecord } from '../../local/run-record.ts'
import { personIdOf } from '../../service/session/person.ts'
import { parseOperatorRequest } from '../../service/operator/operator-request.ts'
import { person, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { envFor, folder, redis, s3, secrets, startService } from '../support/parts.ts'
import { provider, signIn } from '../support/sign-in.ts'
import { timeEnding, told } from '../support/time-ending.ts'

const ROOT = join(import.meta.dirname, '../..')
/** What the three tasks say of a session. */
const [ALIVE, DEAD] = [
  [200, 200, 200],
  [401, 401, 401],
]
type Line = Readonly<Record<string, unknown>>

t.setTimeout(180_000)

/** Three tasks with sign-in, and a folder in which `npm run sessions` finds them. */
async function stackOfThree(t: Test) {
  const [server, objects, { issuer, env, servicePort }] = [await redis(t), await s3(t), await provider(t)]
  const parts = { redis: server, s3: objects, secrets: secrets(), env }
  const tasks = [
    await startService(t, { ...parts, port: servicePort }),
    await startService(t, parts),
    await startService(t, parts),
  ] as const
  const local = folder(t)
  const record: Pick<StackRecord, 'tasks' | 's3'> = {
    tasks: tasks.map(({ url, process }) => ({ url, pid: process.pid })),
    s3: { ...objects, pid: null },
  }
  writeFileSync(join(local, 'stack.json'), JSON.stringify(record))
  const store = s3Client(objects)
  t.teardown(() => {
    store.destroy()
  })
  return {
    server,
    issuer,
    tasks,
    store,
    bucket: objects.bucket,
    async device(subject: string | null): Promise<Person> {
      const who = person(t, tasks[0].url)
      await who.start()
      if (subject !== null) t.equal((await signIn(who, subject)).status, 303)
      return who
    },
    projectsOf: (subject: string) => `projects/${personIdOf(issuer, subject)}/`,
    async versions(Prefix: string): Promise<number> {
      const { Versions = [], DeleteMarkers = [] } = await store.send(
        new ListObjectVersionsCommand({ Bucket: objects.bucket, Prefix }),
      )
      return Versions.length + DeleteMarkers.length
    },
    /** `npm run sessions -- …`, and what it wrote. */
    async operate(...args: string[]): Promise<{ readonly code: number | null; readonly text: string }> {
      const child = spawn(process.execPath, [join(ROOT, 'local/sessions.ts'), ...args], {
        env: { ...process.env, LOCAL_FOLDER: local },
      })
      const chunks: Buffer[] = []
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => {
          chunks.push(chunk)
        })
      const [code] = (await once(child, 'close')) as [number | null]
      return { code, text: Buffer.concat(chunks).toString() }
    },
  }
}

t.test("an operator's command", async (t) => {
  const stack = await stackOfThree(t)
  const [phone, laptop, bela, nobody] = [
    await stack.device('amina'),
    await stack.device('amina'),
    await stack.device('tunde'),
    await stack.device(null),
  ]
  for (const who of [laptop, bela]) {
    await uploadWards(who, wardsCsv('Ward'))
    t.equal((await who.post('/api/projects', { name: 'Kano' })).status, 201)
  }
  const statuses = async (who: Person): Promise<number[]> =>
    await Promise.all(stack.tasks.map(async ({ url }) => (await who.get('/api/session', { at: url })).status))
  const references = new Set<unknown>()
  /** The lines of the audit trail, of which none names a person. */
  const trailOf = (t: Test, text: string): Line[] => {
    t.notMatch(text, /amina|tunde/i, 'nobody is named')
    return text
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Line)
      .filter((line) => 'audit' in line)
  }

  /** Ends sessions while all tasks are asked with their cookies, and prints how long they went on. */
  const timedEnd = async (t: Test, whose: readonly Person[], args: readonly string[]): Promise<{ text: string }> => {
    const cookies = whose.map(({ cookie = '' }) => cookie)
    const urls = stack.tasks.map(({ url }) => url)
    const asker = await stack.device(null)
    let text = ''
    const ending = await timeEnding(
      urls,
      cookies,
      (at, cookie) => asker.get('/api/session', { at, cookie }),
      async () => {
        const done = await stack.operate(...args)
        text = done.text
        t.equal(done.code, 0, text)
        return Number(trailOf(t, text)[0]?.['time'])
      },
    )
    t.comment(`measured: ${told(`npm run sessions -- ${args[0] ?? ''} ${args[1] ?? ''}`, [ending])}`)
    t.equal(ending.sinceAcknowledged, 0, 'no request that began after the line of the audit trail is answered')
    return { text }
  }

  await t.test("ends all sessions of one person on every task, and nobody else's", async (t) => {
    const { text } = await timedEnd(t, [phone, laptop], ['end', '--user', 'amina', '--issuer', stack.issuer])
    t.strictSame([await statuses(phone), await statuses(laptop)], [DEAD, DEAD])
    t.strictSame([await statuses(bela), await statuses(nobody)], [ALIVE, ALIVE])
    const trail = trailOf(t, text)
    t.strictSame(
      trail.map((line) => line['audit']),
      ['sessions-of-person-ended'],
    )
    t.match(trail[0]?.['person'], /^[A-Za-z0-9_-]{16}$/)
    references.add(trail[0]?.['person'])
    t.match(text, /"sessions":2/, 'the operator sees how many it were')
    t.match(text, /"AuditEvents":1/, 'it is counted')
    t.ok((await stack.versions(stack.projectsOf('amina'))) > 0, 'what the person saved is still there')
    t.equal(await stack.versions('operator/'), 0, 'the request, which names a person, is gone')
    const again = await stack.device('amina')
    t.strictSame(await statuses(again), ALIVE, 'a new sign-in is a new session')
  })

  await t.test('deletes all that is held on one person, every version of every object', async (t) => {
    const again = await stack.device('amina')
    const { code, text } = await stack.operate('delete', '--user', 'amina', '--issuer', stack.issuer)
    t.equal(code, 0, text)
    t.match(text, /"projects":1/, 'the operator sees how much it was')
    t.equal(await stack.versions(stack.projectsOf('amina')), 0)
    t.strictSame(await statuses(again), DEAD)
    const trail = trailOf(t, text)
    t.strictSame(
      trail.map((line) => line['audit']),
      ['sessions-of-person-ended', 'person-deleted'],
    )
    for (const line of trail) references.add(line['person'])
    t.equal(references.size, 1, 'the trail knows the person again')
    t.ok((await stack.versions(stack.projectsOf('tunde'))) > 0)
    t.strictSame(await statuses(bela), ALIVE)
    const second = await stack.operate('delete', '--user', 'amina', '--issuer', stack.issuer)
    t.equal(second.code, 0)
    t.match(second.text, /"projects":0/, 'a second run finds nothing left')
  })

  await t.test('ends all sessions of everybody, signed in or not', async (t) => {
    const { text } = await timedEnd(t, [bela, nobody], ['end', '--all'])
    t.strictSame([await statuses(bela), await statuses(nobody)], [DEAD, DEAD])
    t.strictSame(
      trailOf(t, text).map((line) => line['audit']),
      ['all-sessions-ended'],
    )
    t.ok((await stack.versions(stack.projectsOf('tunde'))) > 0, 'projects stay')
    const fresh = await stack.device(null)
    t.strictSame(await statuses(fresh), ALIVE, 'new sessions start')
    t.strictSame(await statuses(await stack.device('tunde')), ALIVE)
  })

  await t.test('does nothing when it is not asked for one of its acts', async (t) => {
    const fresh = await stack.device('tunde')
    for (const args of [
      [],
      ['end'],
      ['end', '--user', 'tunde'],
      ['delete', '--all'],
      ['show', '--user', 'tunde'],
      ['end', '--all', '--user', 'x'],
    ]) {
      const { code, text } = await stack.operate(...args)
      t.equal(code, 1, args.join(' '))
      t.match(text, 'npm run sessions -- end --all', args.join(' '))
    }
    t.equal(await stack.versions('operator/'), 0, 'nothing was left to be done')
    t.strictSame(await statuses(fresh), ALIVE)
  })

  await t.test('leaves its request in place when Redis cannot be reached, so that it can be repeated', async (t) => {
    await stack.server.stop()
    const { code, text } = await stack.operate('delete', '--user', 'tunde', '--issuer', stack.issuer)
    t.equal(code, 1)
    t.match(text, 'The request was not carried out')
    t.strictSame(trailOf(t, text), [], 'nothing is recorded as done')
    t.ok((await stack.versions(stack.projectsOf('tunde'))) > 0, 'no project is deleted while sessions may live')
    t.equal(await stack.versions('operator/'), 1)
  })
})

t.test(
  'the program of the operator refuses an object that is not a request, and says so when there is none',
  async (t) => {
    const [server, objects] = [await redis(t), await s3(t)]
    const store = s3Client(objects)
    t.teardown(() => {
      store.destroy()
    })
    const run = async (): Promise<{ readonly code: number | null; readonly text: string }> => {
      const child = spawn(process.execPath, [join(ROOT, 'service/operator.ts')], {
        env: { PATH: process.env.PATH, ...envFor(server, objects) },
      })
      const chunks: Buffer[] = []
      child.stdout.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
      })
      const [code] = (await once(child, 'close')) as [number | null]
      return { code, text: Buffer.concat(chunks).toString() }
    }
    const none = await run()
    t.equal(none.code, 1)
    t.match(none.text, 'Nothing was done')
    for (const Body of [
      '{"act":"end-sessions","issuer":"i","subject":"secret-subject","extra":1}',
      'x'.repeat(5_000),
    ]) {
      await store.send(new PutObjectCommand({ Bucket: objects.bucket, Key: 'operator/request.json', Body }))
      const { code, text } = await run()
      t.equal(code, 1)
      t.notMatch(text, 'secret-subject', 'and quotes nothing of it')
      t.notMatch(text, '"audit"')
    }
  },
)

t.test('parseOperatorRequest() takes what readOperatorArguments() makes, and nothing else', (t) => {
  for (const args of [
    ['end', '--all'],
    ['end', '--user', 's', '--issuer', 'https://id.example.org'],
    ['delete', '--user', 's', '--issuer', 'https://id.example.org'],
  ])
    t.strictSame(parseOperatorRequest(JSON.stringify(readOperatorArguments(args))), readOperatorArguments(args))
  for (const text of [
    '',
    'null',
    '[]',
    '{}',
    '{"act":"show"}',
    '{"act":"end-all-sessions","subject":"s"}',
    '{"act":"end-sessions","subject":"s"}',
    '{"act":"delete-person","issuer":"i","subject":""}',
    '{"act":"delete-person","issuer":"i","subject":7}',
  ])
    t.throws(() => parseOperatorRequest(text), RangeError, text)
  t.end()
})
