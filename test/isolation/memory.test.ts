import { randomBytes, randomInt } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { connect } from 'node:net'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import t, { type Test } from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import { newIdentity, scopeOf } from '../../service/session/scope.ts'
import { objectStore, type Bucket } from '../../service/stores/objects.ts'
import { openRoom } from '../../service/stores/room.ts'
import { openWorkshop } from '../../service/work/workshop.ts'
import { canary, person, tokenOf, until, uploadWards, wardsCsv, type Person } from '../support/client.ts'
import { folder, redis, s3, startService, type TestService } from '../support/parts.ts'

const PEOPLE = 50
const UPLOADS = 100
/** So that many bytes pass with each upload while few have to be understood. */
const REMARK = 'x'.repeat(1_000)
const PRELOAD = pathToFileURL(join(import.meta.dirname, '../support/tell-memory.ts')).href

t.setTimeout(500_000)

/** A service whose memory can be looked at. */
async function openService(t: Test): Promise<TestService> {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const own = folder(t)
  return await startService(t, {
    redis: server,
    s3: objects,
    env: {
      NODE_OPTIONS: `--import=${PRELOAD}`,
      SNAPSHOT_FOLDER: own,
      NODE_COMPILE_CACHE: join(own, 'compiled'),
      LOG_LEVEL: 'warn',
    },
  })
}

/** Signals the process and gives what it reports next under this name. */
async function told<T>(service: TestService, signal: 'SIGHUP' | 'SIGUSR2', name: string): Promise<T> {
  const all = (): unknown[] => service.lines().flatMap((line) => (name in line ? [line[name]] : []))
  const before = all().length
  service.process.signal(signal)
  await until(() => all().length > before, 60_000, `word of ${name}`)
  return all()[before] as T
}

/** Every string on the heap of the service that holds one of `marks`. */
async function stringsWith(t: Test, service: TestService, marks: readonly string[]): Promise<string[]> {
  const { strings } = JSON.parse(readFileSync(await told<string>(service, 'SIGUSR2', 'snapshot'), 'utf8')) as {
    strings: string[]
  }
  t.ok(strings.length > 10_000, `${String(strings.length)} strings are on the heap`)
  return strings.filter((text) => marks.some((mark) => text.includes(mark)))
}

t.test('after the replies nothing of what people sent is left on the heap', async (t) => {
  const service = await openService(t)
  // All canaries begin alike, so that each canary of this run is found.
  const [run, runCell] = [canary(), `3.${String(randomInt(10 ** 9, 10 ** 10))}`]
  const tokens: string[] = []
  const { paths } = (await person(t, service.url).get('/openapi.json')).json<{ paths: Record<string, unknown> }>()
  const visit = async (at: number): Promise<Person> => {
    const who = person(t, service.url)
    const mark = `${run}${String(at)}x${randomBytes(4).toString('hex')}`
    await who.start()
    tokens.push(tokenOf(who.cookie))
    const [head = '', ...rows] = wardsCsv(mark).trimEnd().split('\n')
    const cells = rows.map((row, line) => `${row.replace('LGA', `${mark} Area`)},${runCell}${String(at * 100 + line)}`)
    await uploadWards(who, `${[`${head},elevation`, ...cells].join('\n')}\n`, `${mark}.csv`)
    if (at % 5 === 0) {
      t.equal((await who.get('/api/dataset')).status, 200)
      const made = await who.post('/api/analyses', {})
      t.equal(made.status, 201)
      const { id } = made.json<{ analysis: { id: string } }>().analysis
      t.ok((await who.get(`/api/analyses/${id}/wards`)).text.includes(mark), 'they see their own')
      t.equal((await who.post('/api/exports', { kind: 'rankings.csv', analysisId: id })).status, 201)
    }
    if ('/api/chat' in paths) t.ok((await who.post('/api/chat', { message: `What of ${mark} Ward 1?` })).status < 500)
    if ('/api/arena/battles' in paths) await who.post('/api/arena/battles', { message: `What of ${mark} Ward 1?` })
    t.ok((await who.get('/api/files')).text.includes(mark))
    return who
  }
  const waiting = Array.from({ length: PEOPLE }, (_, at) => at)
  await Promise.all(
    [1, 2, 3, 4].map(async () => {
      for (let at = waiting.shift(); at !== undefined; at = waiting.shift()) await visit(at)
    }),
  )

  // A request that is under way is on the heap, and the search must find it.
  const planted = canary()
  const sender = person(t, service.url)
  await sender.start()
  const plantedToken = tokenOf(sender.cookie)
  const socket = connect(service.port, '127.0.0.1')
  t.teardown(() => {
    socket.destroy()
  })
  socket.on('error', () => undefined)
  socket.write(
    `POST /api/files HTTP/1.1\r\nHost: 127.0.0.1\r\nCookie: ${sender.cookie ?? ''}\r\nUser-Agent: ` +
      `${planted}\r\nContent-Type: application/json\r\nContent-Length: 1000\r\n\r\n{`,
  )
  for (let turn = 0; turn < 20; turn++) t.equal((await sender.get('/livez', { cookie: null })).status, 200)

  t.equal(new Set(tokens).size, PEOPLE)
  const during = await stringsWith(t, service, [run, runCell, ...tokens, planted, plantedToken])
  t.ok(
    during.some((text) => text.includes(plantedToken)),
    'the token of a request under way is found',
  )
  t.ok(
    during.some((text) => text.includes(planted)),
    'and what its headers say',
  )
  t.strictSame(
    during.filter((text) => !text.includes(planted) && !text.includes(plantedToken)),
    [],
    `of ${String(PEOPLE)} people's canaries and tokens there is none`,
  )

  socket.destroy()
  for (let turn = 0; turn < 20; turn++) await sender.get('/livez', { cookie: null })
  t.strictSame(
    await stringsWith(t, service, [run, runCell, ...tokens, planted, plantedToken]),
    [],
    'nor of the one that was under way, once it is gone',
  )
})

t.test('memory outside the heap is released: its level stays the same over 100 uploads', async (t) => {
  const service = await openService(t)
  const [head = '', ...rows] = wardsCsv(canary(), 1_000).trimEnd().split('\n')
  const table = [`${head},remarks`, ...rows.map((row) => `${row},${REMARK}`)].join('\n')
  const levels: number[] = []
  let uploads = 0
  const level = async (): Promise<void> => {
    const { arrayBuffers, external } = await told<NodeJS.MemoryUsage>(service, 'SIGHUP', 'memory')
    levels.push(Math.max(arrayBuffers, external))
  }
  while (uploads < UPLOADS) {
    await Promise.all(
      [1, 2, 3, 4].map(async () => {
        const who = person(t, service.url)
        await who.start()
        for (let turn = 0; turn < UPLOADS / 20; turn++) await uploadWards(who, table)
        uploads += UPLOADS / 20
      }),
    )
    await level()
  }
  const [first = NaN, last = NaN] = [levels[0], levels.at(-1)]
  const passed = (UPLOADS - UPLOADS / 5) * table.length
  t.equal(levels.length, 5)
  t.ok(
    last - first < passed / 10,
    `from ${mebibytes(first)} to ${mebibytes(last)} MiB while ${mebibytes(passed)} MiB passed through ` +
      `(${levels.map(mebibytes).join(', ')})`,
  )
  t.comment(
    `| Bytes outside the heap after each ${String(UPLOADS / 5)} uploads, ` +
      `${mebibytes((table.length * UPLOADS) / 5)} MiB | ` +
      `${levels.map((bytes) => `${mebibytes(bytes)} MiB`).join(', ')} |`,
  )
})

t.test(
  'large objects that requests hold at once are bounded: one that comes too late is told to come again, and small ' +
    'ones go on',
  async (t) => {
    const MIB = 2 ** 20
    const identity = Object.assign(newIdentity(Date.now()), {
      record: { version: 1, absoluteExpiresAt: Infinity, idleExpiresAt: Infinity },
    })
    const scope = scopeOf({ identity }, [{ id: 'a', secret: 'x'.repeat(32) }])
    const chunk = Buffer.alloc(MIB, 'x')
    const bodies: Readable[] = []
    let sent = 0
    const send = (): Promise<unknown> => {
      const body = Readable.from(
        (function* () {
          for (let at = 0; at < sent; at++) yield chunk
        })(),
      )
      bodies.push(body)
      return Promise.resolve({ Metadata: { owner: scope.ownerTag }, ContentLength: length, Body: body, VersionId: 'v' })
    }
    const bucket = {
      s3: { send },
      name: 'b',
      metrics: { s3Access: () => undefined },
      room: openRoom(),
    } as unknown as Bucket
    let length = 0
    const read = async (
      mebibytes: number,
      request: AbortController,
      { breaksAfter = mebibytes } = {},
    ): Promise<string> => {
      length = mebibytes * MIB
      sent = breaksAfter
      const kind = await objectStore(bucket, scope, request.signal)
        .readUpload('uploads/x', 128 * MIB)
        .then(
          ({ bytes }) => `${String(bytes.length / MIB)} MiB`,
          (error: unknown) => (error instanceof Fault ? error.kind : String(error)),
        )
      t.ok(bodies.at(-1)?.destroyed, 'no body is left unread')
      return kind
    }
    const [one, two, three] = [new AbortController(), new AbortController(), new AbortController()] as const
    t.equal(await read(100, one), '100 MiB')
    t.equal(await read(100, two), '100 MiB')
    t.equal(await read(100, three), 'busy', 'a third of 100 MiB does not fit beside two')
    t.equal(await read(50, three, { breaksAfter: 49 }), 'object-store-unavailable', 'one that breaks off')
    t.equal(await read(50, three), '50 MiB', 'has held nothing')
    t.equal(await read(50, new AbortController()), 'busy')
    t.equal(await read(0, three), '0 MiB', 'small objects are read all the while')
    one.abort()
    t.equal(await read(100, three), '100 MiB', 'once the first reply is gone there is room again')
    const gone = new AbortController()
    gone.abort()
    two.abort()
    t.equal(await read(100, gone), '100 MiB', 'a request whose client has left')
    t.equal(await read(100, new AbortController()), '100 MiB', 'holds nothing once it has read')
    t.equal(await read(100, new AbortController()), 'busy')
  },
)

const mebibytes = (bytes: number): string => (bytes / 2 ** 20).toFixed(1)

t.test('between jobs the only thread is a new one that was given nothing', async (t) => {
  const hired: Worker[] = []
  const onWorker = (worker: Worker): void => {
    hired.push(worker)
  }
  process.on('worker', onWorker)
  t.teardown(() => {
    process.off('worker', onWorker)
  })
  const workshop = openWorkshop({ workers: 1 })
  t.teardown(async () => {
    await workshop.close()
  })
  const mark = canary()
  for (const turn of [1, 2, 3]) {
    const bytes = Buffer.from(wardsCsv(`${mark} ${String(turn)}`))
    const { found } = await workshop.run(
      'validateWards',
      { filename: `${mark}.csv`, bytes, choices: {} },
      { session: 'one', address: '127.0.0.1' },
      new AbortController().signal,
    )
    t.match(found, { rows: 12 })
    await until(() => hired.length > turn, 10_000, 'the next thread')
    t.equal(hired.length, turn + 1, 'each job has a thread of its own, whose modules are loaded again')
    t.strictSame(
      hired.slice(0, -1).map(({ threadId }) => threadId),
      hired.slice(0, -1).map(() => -1),
      'which ended with it',
    )
  }
  const spare = hired.at(-1)!
  // In the workshop a waiting thread does not keep the process alive; during the search it must.
  spare.ref()
  let heap = ''
  await until(
    async () =>
      await heapOf(spare).then(
        (text) => {
          heap = text
          return true
        },
        () => false,
      ),
    10_000,
    'the next thread',
  )
  t.ok(heap.includes('jobs'), 'the next one is loaded ahead')
  t.notOk(heap.includes(mark), 'and knows nothing of any')

  const keeping = new Worker(
    "const kept = []; const { parentPort } = require('node:worker_threads'); parentPort.on('message', (text) => { " +
      'kept.push(text); parentPort.postMessage(kept.length) })',
    { eval: true },
  )
  t.teardown(async () => {
    await keeping.terminate()
  })
  keeping.postMessage(mark)
  await once(keeping, 'message')
  t.ok((await heapOf(keeping)).includes(mark), 'a thread that keeps what it was given is found out')
})

async function heapOf(worker: Worker): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of await worker.getHeapSnapshot()) chunks.push(Buffer.from(chunk as Uint8Array))
  return Buffer.concat(chunks).toString()
}
