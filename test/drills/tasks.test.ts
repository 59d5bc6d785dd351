import { execFileSync } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, constants, openSync, writeSync } from 'node:fs'
import { connect, type Socket } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { TIMINGS } from '../../infra/timings.ts'
import { startService as spawnService } from '../../local/service.ts'
import {
  announce,
  canary,
  person,
  postUpload,
  recordKey,
  until,
  uploadWards,
  wardsCsv,
  type Person,
} from '../support/client.ts'
import { sendTo } from '../support/interleave.ts'
import { objectGate } from '../support/object-gate.ts'
import { envFor, folder, redis, redisClient, s3, secrets, startService } from '../support/parts.ts'
import { isLongRun } from './long-run.ts'

const CONNECTIONS = isLongRun ? 9_000 : 1_000
const SKEW_MS = 10 * 60_000
const IDLE_SECONDS = 2

t.setTimeout(300_000)

interface UnderWay {
  readonly who: Person
  readonly fileId: string
  readonly mark: string
}

/** A file that was uploaded and not completed yet. */
async function uploaded(t: Test, url: string): Promise<UnderWay> {
  const [who, mark] = [person(t, url), canary()]
  await who.start()
  const csv = wardsCsv(mark)
  const announced = await announce(who, 'wards', `${mark}.csv`, csv.length)
  await postUpload(announced, csv)
  return { who, mark, fileId: announced.file.id }
}

t.test('a task that is told to end finishes the upload that it is at', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const gate = await objectGate(t, objects)
  const service = await startService(t, { redis: server, s3: gate })
  const { who, fileId } = await uploaded(t, service.url)
  const held = gate.hold({ method: 'PUT', name: '/raw_data.csv', when: 'after' })
  const { reply } = await sendTo(held, () => who.post(`/api/files/${fileId}/complete`))
  service.process.signal('SIGTERM')
  const begun = performance.now()
  await until(
    async () =>
      await fetch(`${service.url}/livez`).then(
        () => false,
        () => true,
      ),
    5_000,
    'no new connection',
  )
  held.letGo()
  t.equal((await reply).status, 200)
  const { code } = await service.process.ended
  t.equal(code, 0)
  t.comment(
    `measured: the upload was completed, the task ended ${(performance.now() - begun).toFixed(0)} ms after SIGTERM`,
  )
})

t.test('what a killed task was at is done once by another, and what it acknowledged is there', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const gate = await objectGate(t, objects)
  const [killed, other] = await Promise.all([
    startService(t, { redis: server, s3: gate, secrets: shared }),
    startService(t, { redis: server, s3: objects, secrets: shared }),
  ])
  const { who, fileId, mark } = await uploaded(t, killed.url)
  const acknowledged = (await announce(who, 'boundaries', 'boundaries.zip', 1)).file.id
  const held = gate.hold({ method: 'PUT', name: '/raw_data.csv', when: 'after' })
  const { reply } = await sendTo(held, () => who.post(`/api/files/${fileId}/complete`))
  killed.process.signal('SIGKILL')
  await t.rejects(reply, 'it is lost')
  const again = await who.post(`/api/files/${fileId}/complete`, undefined, { at: other.url })
  t.equal(again.status, 200, again.text)
  const { files } = (await who.get('/api/files', { at: other.url })).json<{ files: { id: string; state: string }[] }>()
  t.strictSame(
    files.map(({ id, state }) => [id, state]).sort(),
    [
      [fileId, 'ready'],
      [acknowledged, 'awaiting-upload'],
    ].sort(),
    'the file once, and the one announced before',
  )
  const dataset = await who.get('/api/dataset', { at: other.url })
  t.equal(dataset.json<{ version: number }>().version, 1, 'the data changed once')
  const { analysis } = (await who.post('/api/analyses', {}, { at: other.url })).json<{
    analysis: { wards: { wardName: string }[] }
  }>()
  t.ok(
    analysis.wards.every(({ wardName }) => wardName.startsWith(mark)),
    'and they are what was uploaded',
  )
  t.comment(
    `measured: repeated on another task with ${String(again.status)}, ${String(files.length)} of 2 files listed`,
  )
})

t.test('a task whose clock is ten minutes wrong ends no session early or late', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const task = async (skewMs: number): ReturnType<typeof startService> =>
    await startService(t, {
      redis: server,
      s3: objects,
      secrets: shared,
      env: {
        SESSION_IDLE_SECONDS: String(IDLE_SECONDS),
        CLOCK_SKEW_MS: String(skewMs),
        NODE_OPTIONS: `--import ${join(import.meta.dirname, 'skewed-clock.ts')}`,
      },
    })
  const tasks = await Promise.all([-SKEW_MS, 0, SKEW_MS].map(task))
  const operator = redisClient(t, server)
  const livedMs: number[] = []
  for (const { url } of tasks) {
    const who = person(t, url)
    await who.start()
    for (const { url: at } of tasks) t.equal((await who.get('/api/session', { at })).status, 200, 'open on every task')
    const lastUse = performance.now()
    const key = recordKey(who.cookie)
    await until(async () => (await operator.exists(key)) === 0, 10_000, 'the end of an idle session')
    livedMs.push(performance.now() - lastUse)
    for (const { url: at } of tasks)
      t.equal((await who.get('/api/session', { at })).problem, 'no-session', 'closed on every task')
  }
  const worstMs = Math.max(...livedMs.map((ms) => Math.abs(ms - 1_000 * IDLE_SECONDS)))
  t.ok(worstMs < 1_000, `off by ${worstMs.toFixed(0)} ms at most`)
  t.comment(`measured: sessions ended at most ${worstMs.toFixed(0)} ms from their time with clocks 10 min wrong`)
})

t.test('connections that only stay open keep nobody else out', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const who = person(t, service.url)
  await who.start()
  const idle: Socket[] = []
  t.teardown(() => {
    for (const socket of idle) socket.destroy()
  })
  while (idle.length < CONNECTIONS) {
    const more = Array.from({ length: 200 }, () => connect(service.port, '127.0.0.1').on('error', () => undefined))
    idle.push(...more)
    await Promise.all(more.map((socket) => once(socket, 'connect')))
  }
  const replies = []
  for (let turn = 0; turn < 200; turn += 1) replies.push(await who.get('/api/session'))
  const served = replies.filter(({ status }) => status === 200).length
  t.ok(served >= 198, `${String(served)} of 200 requests were served`)
  t.comment(`measured: beside ${String(idle.length)} idle connections ${String(served)} of 200 requests were served`)
})

t.test('a task whose log is read by nobody goes on', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const pipe = join(folder(t), 'log')
  execFileSync('mkfifo', [pipe])
  // Held open in both directions, so that the task can open it, and read by nobody.
  const held = openSync(pipe, constants.O_RDWR | constants.O_NONBLOCK)
  t.teardown(() => {
    closeSync(held)
  })
  const service = await spawnService({ env: { ...envFor(server, objects), LOG_LEVEL: 'info' }, logFile: pipe })
  t.teardown(async () => {
    await service.process.stop(1_000)
  })
  const who = person(t, service.url)
  await who.start()
  const fill = (): number => {
    try {
      return writeSync(held, '\n'.repeat(4_096)) + fill()
    } catch (error) {
      t.equal((error as NodeJS.ErrnoException).code, 'EAGAIN', 'the pipe is full')
      return 0
    }
  }
  fill()
  let asked = 0
  const statuses = new Set<number>()
  for (; asked < 500; asked += 1) {
    statuses.add((await who.get('/api/session')).status)
    // Counted and logged.
    statuses.add((await who.get('/api/session', { headers: { 'x-session-id': 'x' } })).status)
  }
  // Written by the logger, not by the metrics.
  for (let cut = 0; cut < 3; cut += 1) {
    await redisClient(t, server).call('CLIENT', 'KILL', 'USER', server.service.username)
    await until(async () => (await who.get('/api/session')).status === 200, 5_000, 'the session')
  }
  await uploadWards(who, wardsCsv(canary()))
  t.strictSame([...statuses].sort(), [200, 400])
  t.comment(`measured: ${String(2 * asked)} requests and an upload served behind a full pipe`)
})

t.test('a task keeps an idle connection open for longer than the balancer does', async (t) => {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const service = await startService(t, { redis: server, s3: objects })
  const socket = connect(service.port, '127.0.0.1')
  t.teardown(() => {
    socket.destroy()
  })
  const ask = async (): Promise<string> => {
    socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n')
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    return chunk.toString()
  }
  const promised = Number(/^keep-alive: timeout=(\d+)/im.exec(await ask())?.[1])
  t.ok(promised > TIMINGS.idleTimeout, `${String(promised)} s against ${String(TIMINGS.idleTimeout)} s`)
  let idleSeconds = 0
  if (isLongRun) {
    // The balancer reuses a connection up to its idle time.
    idleSeconds = TIMINGS.idleTimeout + 2
    await pause(1_000 * idleSeconds)
    t.match(await ask(), /^HTTP\/1\.1 200 /, 'it answers on a connection that was idle for longer')
  }
  t.comment(`measured: kept for ${String(promised)} s, used again after ${String(idleSeconds)} s`)
})
