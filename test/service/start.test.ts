import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { Agent, createServer, get, type IncomingMessage } from 'node:http'
import { basename, join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import t, { type Test } from 'tap'
import { endingText } from '../../local/child.ts'
import { freePort, isFree } from '../../local/free-port.ts'
import { pingRedis, tellRedis } from '../../local/tell-redis.ts'
import type { StackRecord } from '../../local/run-record.ts'
import { statusOf } from '../../local/service.ts'
import { folder, redis, s3 } from '../support/parts.ts'

const root = join(import.meta.dirname, '../..')

interface Run {
  readonly process: ChildProcess
  readonly url: string
  readonly local: string
  readonly output: () => string
  readonly ended: Promise<string>
  readonly record: () => StackRecord
}

/** `npm start` with its own `.local` and port. */
async function npmStart(
  t: Test,
  args: readonly string[] = [],
  env: NodeJS.ProcessEnv = {},
  command = ['npm', 'start', '--'],
): Promise<Run> {
  const local = env.LOCAL_FOLDER ?? join(folder(t), 'local')
  const port = env.PORT ?? String(await freePort())
  const [program = '', ...before] = command
  const child = spawn(program, [...before, ...args], {
    cwd: root,
    env: { ...process.env, REDIS_URL: '', S3_ENDPOINT: '', ...env, LOCAL_FOLDER: local, PORT: port },
  })
  const chunks: Buffer[] = []
  child.stdout.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
  })
  child.stderr.on('data', (chunk: Buffer) => {
    chunks.push(chunk)
  })
  const ended = once(child, 'close').then(() => endingText({ code: child.exitCode, signal: child.signalCode }))
  t.teardown(async () => {
    if (child.exitCode === null && child.signalCode === null) child.kill('SIGTERM')
    await ended
  })
  return {
    process: child,
    url: `http://127.0.0.1:${port}`,
    local,
    ended,
    output: () => Buffer.concat(chunks).toString(),
    record: () => JSON.parse(readFileSync(join(local, 'stack.json'), 'utf8')) as StackRecord,
  }
}

async function until(run: Run, text: string): Promise<void> {
  const end = performance.now() + 120_000
  while (!run.output().includes(text)) {
    if (performance.now() > end) throw new Error(`npm start never said "${text}":\n${run.output()}`)
    if (run.process.exitCode !== null) throw new Error(`npm start ended before it said "${text}":\n${run.output()}`)
    await pause(20)
  }
}

/** Asks until the status is the awaited one; fails after 60 s with the statuses that came instead. */
async function untilStatus(ask: () => Promise<number>, awaited: number): Promise<void> {
  const seen = new Set<number>()
  const end = performance.now() + 60_000
  for (;;) {
    const status = await ask()
    if (status === awaited) return
    seen.add(status)
    if (performance.now() > end) throw new Error(`${String(awaited)} never came, but ${[...seen].join(', ')}`)
    await pause(50)
  }
}

async function untilGone(pid: number): Promise<void> {
  const end = performance.now() + 60_000
  while (existsSync(`/proc/${String(pid)}`)) {
    if (performance.now() > end) throw new Error(`process ${String(pid)} never ended`)
    await pause(20)
  }
}

const nameOf = (pid: number): string =>
  basename(readFileSync(`/proc/${String(pid)}/cmdline`, 'utf8').split(/[\0 ]/)[0] ?? '')

t.test('npm start serves the stack, records it for its owner only, and SIGINT ends all of it', async (t) => {
  const run = await npmStart(t)
  await until(run, `ready ${run.url}\n`)
  t.equal(await statusOf(`${run.url}/readyz`), 200)

  const record = run.record()
  t.equal(statSync(join(run.local, 'stack.json')).mode & 0o777, 0o600)
  t.strictSame(
    [Object.keys(record), Object.keys(record.redis), Object.keys(record.s3)],
    [
      ['url', 'tasks', 'redis', 's3'],
      ['host', 'port', 'pid', 'tls', 'ca', 'username', 'password'],
      ['endpoint', 'pid', 'bucket', 'accessKeyId', 'secretAccessKey'],
    ],
  )
  const [task] = record.tasks
  t.strictSame([record.url, record.tasks.length, task?.url], [run.url, 1, run.url])
  const pids = [task?.pid ?? 0, record.redis.pid ?? 0, record.s3.pid ?? 0]
  t.strictSame(pids.map(nameOf), ['node', 'redis-server', 'radosgw'])
  t.match(readFileSync(`/proc/${String(pids[0])}/cmdline`, 'utf8'), /dist\/main\.js/)
  t.equal(record.redis.tls, true)
  await pingRedis(record.redis)
  for (const pid of pids)
    t.match(
      run.output(),
      new RegExp(`^\\S+ +[\\d.]+ +\\S+ +pid ${String(pid)}$`, 'm'),
      'one line a part, with its version and pid',
    )

  const second = await npmStart(t, [], { LOCAL_FOLDER: run.local })
  t.equal(await second.ended, 'exited with code 1')
  t.match(second.output(), /Cannot start: a stack already runs from this folder/)
  t.strictSame(run.record(), record, 'the running stack is untouched')

  process.kill(record.s3.pid ?? 0, 'SIGKILL')
  await until(run, `radosgw (pid ${String(record.s3.pid)}) was killed by SIGKILL: routes that need files answer 503`)
  t.equal(await statusOf(`${run.url}/readyz`), 503)
  t.equal(await statusOf(`${run.url}/livez`), 200)

  run.process.kill('SIGINT')
  t.equal(await run.ended, 'exited with code 0')
  for (const pid of pids) await untilGone(pid)
  t.strictSame(readdirSync(run.local), ['logs'])
  t.ok(await isFree(Number(new URL(run.url).port)))
})

t.test(
  'npm start -- --tasks 3 spreads consecutive requests of one connection, and goes on when a task dies',
  async (t) => {
    const server = await redis(t)
    const run = await npmStart(t, ['--tasks', '3'], { ...givenRedis(server), ...givenS3(await s3(t)) })
    await until(run, 'ready ')
    const record = run.record()
    t.equal(record.tasks.length, 3)
    t.equal(new Set([run.url, ...record.tasks.map((task) => task.url)]).size, 4)
    for (const task of record.tasks) t.equal(await statusOf(`${task.url}/livez`), 200)
    const balancerPid = record.balancer?.pid ?? 0
    t.equal(nameOf(balancerPid), 'haproxy')
    t.match(run.output(), new RegExp(`^balancer +2[\\d.]+ +${run.url} +pid ${String(balancerPid)}$`, 'm'))

    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    t.teardown(() => {
      agent.destroy()
    })
    const ask = async (path: string, cookie = ''): Promise<{ status: number | undefined; reused: boolean }> => {
      const sent = get(run.url + path, { agent, headers: cookie === '' ? {} : { cookie } })
      const [response] = (await once(sent, 'response')) as [IncomingMessage]
      await response.resume().toArray()
      return { status: response.statusCode, reused: sent.reusedSocket }
    }
    const created = await fetch(`${run.url}/api/session`, { method: 'POST' })
    const cookie = created.headers.getSetCookie()[0]?.split(';')[0]
    const answers = []
    for (let round = 0; round < 9; round += 1) answers.push(await ask('/api/session', cookie))
    t.strictSame(
      answers.map((answer) => answer.status),
      Array.from({ length: 9 }, () => 200),
      'one session on all tasks',
    )
    t.equal(answers.filter((answer) => answer.reused).length, 8)

    process.kill(record.tasks[0]?.pid ?? 0, 'SIGKILL')
    await until(
      run,
      `service-1 (pid ${String(record.tasks[0]?.pid)}) was killed by SIGKILL: its requests go to the 2 tasks left`,
    )
    for (let round = 0; round < 6; round += 1) t.equal((await ask('/api/session', cookie)).status, 200)

    agent.destroy()
    run.process.kill('SIGTERM')
    t.equal(await run.ended, 'exited with code 0')
    await untilGone(balancerPid)
    const served = [2, 3].map((task) => sessionReads(join(run.local, 'logs', `service-${String(task)}.log`)))
    t.strictSame(served, [6, 6], 'three of nine before, three of six after')
  },
)

t.test(
  'npm start -- --replica goes on when its Redis dies: the replica serves at the same address, with every session, ' +
    'and gets a replica',
  async (t) => {
    const run = await npmStart(t, ['--replica'], givenS3(await s3(t)))
    await until(run, 'ready ')
    const { redis: first } = run.record()
    t.match(run.output(), /^redis .*\n(?:.*\n)*replica /m)
    t.strictSame([first.pid ?? 0, first.replica?.pid ?? 0].map(nameOf), ['redis-server', 'redis-server'])
    const created = await fetch(`${run.url}/api/session`, { method: 'POST' })
    const cookie = created.headers.getSetCookie()[0]?.split(';')[0] ?? ''
    const session = async (method = 'GET'): Promise<number> =>
      (await fetch(`${run.url}/api/session`, { method, headers: { cookie } })).status
    t.equal(await session(), 200)
    // What the replica has not got yet is lost with the primary, as in the cloud.
    await tellRedis(first, ['DEL', 'no-such-key'], ['WAIT', '1', '0'])

    const statuses: number[] = []
    process.kill(first.pid ?? 0, 'SIGKILL')
    // Asked without a pause, so that a refusal between the two is seen.
    while (run.process.exitCode === null && !run.output().includes('its replica')) statuses.push(await session())
    t.ok(statuses.includes(503), `refused meanwhile: ${statuses.join(' ')}`)
    t.strictSame(
      statuses.filter((status) => status !== 200 && status !== 503),
      [],
    )
    await until(run, `its replica (pid ${String(first.replica?.pid)}) serves, with a new replica`)
    await untilStatus(session, 200)
    const { redis: second } = run.record()
    t.strictSame(
      [second.pid, second.port],
      [first.replica?.pid, first.port],
      'the record tells who serves now, where it ever was',
    )
    t.notOk([first.pid, first.replica?.pid].includes(second.replica?.pid), 'and who follows')
    await pingRedis(second)

    process.kill(second.replica?.pid ?? 0, 'SIGKILL')
    await until(run, `its primary (pid ${String(second.pid)}) serves, with a new replica`)
    // A replica confirms from its first heartbeat on; until then a logout has to be repeated.
    await untilStatus(async () => await session('DELETE'), 204)
    t.equal(await session(), 401, 'a logout holds, which a replica has confirmed')
    run.process.kill('SIGINT')
    t.equal(await run.ended, 'exited with code 0')
    await untilGone(second.pid ?? 0)
  },
)

t.test('given servers are used, recorded without a pid, left running, and their bucket is made', async (t) => {
  const server = await redis(t, { tls: false })
  const objects = { ...(await s3(t)), bucket: 'made-by-npm-start' }
  const run = await npmStart(t, [], { ...givenRedis(server), ...givenS3(objects) })
  await until(run, 'ready ')
  t.match(run.output(), /^redis +redis:\/\/\S+ +given$[^]*^s3 +http:\/\/\S+ +given$/m)
  t.match(run.record(), {
    redis: { pid: null, tls: false, port: server.port },
    s3: { pid: null, bucket: 'made-by-npm-start' },
  })
  t.equal(await statusOf(`${run.url}/readyz`), 200)
  run.process.kill('SIGTERM')
  t.equal(await run.ended, 'exited with code 0')
  t.ok(server.process.alive())
})

t.test('npm start says what is wrong and what would help, and starts no substitute', async (t) => {
  const taken = createServer().listen(0, '127.0.0.1')
  await once(taken, 'listening')
  t.teardown(() => {
    taken.close()
  })
  const port = String((taken.address() as { port: number }).port)
  const server = await redis(t)
  const nobody = String(await freePort())
  const cases: [NodeJS.ProcessEnv, string[], RegExp][] = [
    [{ PORT: port }, [], new RegExp(`Cannot start: port ${port} is taken by another program. Give a free one: PORT=`)],
    [{ PORT: 'x' }, [], /Cannot use PORT=x/],
    [{}, ['--tasks', '0'], /Cannot understand "--tasks 0". Use: npm start -- --tasks N/],
    [{}, ['--task', '2'], /Cannot understand "--task 2"/],
    [
      { REDIS_URL: `redis://127.0.0.1:${nobody}`, REDIS_PASSWORD: 'x' },
      [],
      /Cannot use redis:\/\/127.0.0.1:\d+ \(REDIS_URL\): .*ECONNREFUSED/,
    ],
    [{ ...givenRedis(server), REDIS_PASSWORD: 'wrong' }, [], /\(REDIS_URL\): WRONGPASS/],
    [givenRedis(server), ['--replica'], /Cannot start a replica of a Redis that somebody else runs/],
    [{ ...givenRedis(server), REDIS_PASSWORD: '' }, [], /Cannot use REDIS_URL without a password/],
    [
      {
        ...givenRedis(server),
        S3_ENDPOINT: `http://127.0.0.1:${nobody}`,
        AWS_ACCESS_KEY_ID: 'a',
        AWS_SECRET_ACCESS_KEY: 'b',
      },
      [],
      /\(S3_ENDPOINT\): .*ECONNREFUSED/,
    ],
    [
      { S3_ENDPOINT: `http://127.0.0.1:${nobody}`, AWS_ACCESS_KEY_ID: '' },
      [],
      /Cannot use S3_ENDPOINT without credentials/,
    ],
  ]
  for (const [env, args, message] of cases) {
    const run = await npmStart(t, args, env, [process.execPath, 'local/start.ts'])
    t.equal(await run.ended, 'exited with code 1')
    t.match(run.output(), message)
    t.notMatch(run.output(), /ready|pid/)
    t.notOk(existsSync(join(run.local, 'stack.json')))
  }
})

t.test('a stack whose npm was killed ends in order', async (t) => {
  const run = await npmStart(t, [], { ...givenRedis(await redis(t)), ...givenS3(await s3(t)) })
  await until(run, 'ready ')
  const [task] = run.record().tasks
  run.process.kill('SIGKILL')
  await untilGone(task?.pid ?? 0)
  while (existsSync(join(run.local, 'stack.json'))) await pause(20)
  t.strictSame(
    readdirSync(run.local).filter((name) => name !== 'launcher.json'),
    ['logs'],
  )
})

t.test('a stack that was killed leaves no process behind, and the next one takes its place', async (t) => {
  const objects = givenS3(await s3(t))
  const first = await npmStart(t, [], objects, [process.execPath, 'local/start.ts'])
  await until(first, 'ready ')
  const {
    redis: { pid: redisPid },
    tasks: [task],
  } = first.record()
  first.process.kill('SIGKILL')
  await first.ended
  for (const pid of [redisPid, task?.pid]) await untilGone(pid ?? 0)
  t.ok(existsSync(join(first.local, 'stack.json')), 'the dead stack could not remove its record')

  const second = await npmStart(t, [], { ...objects, LOCAL_FOLDER: first.local })
  await until(second, 'ready ')
  t.not(second.record().redis.pid, redisPid)
  t.equal(await statusOf(`${second.url}/livez`), 200)
})

t.test('npm start gives the service the settings of its own environment', async (t) => {
  const parts = { ...givenRedis(await redis(t)), ...givenS3(await s3(t)) }
  const wrong = await npmStart(t, [], { ...parts, MODELS: 'two models', DRAIN_SECONDS: '61' })
  t.equal(await wrong.ended, 'exited with code 1')
  t.match(wrong.output(), /MODELS must be a JSON list.*DRAIN_SECONDS is "61"/)
  const run = await npmStart(t, [], {
    ...parts,
    MODELS: '[{"name":"one","provider":"openai-compatible","modelId":"m","baseUrl":"http://127.0.0.1:9"}]',
  })
  await until(run, `ready ${run.url}\n`)
  const created = await fetch(`${run.url}/api/session`, { method: 'POST' })
  const cookie = created.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const reply = await fetch(`${run.url}/api/chat`, {
    method: 'POST',
    headers: { cookie, 'content-type': 'application/json' },
    body: JSON.stringify({ message: 'Explain the method' }),
  })
  t.match(await reply.text(), /The model one could not be reached/)
})

function givenRedis(server: Awaited<ReturnType<typeof redis>>): NodeJS.ProcessEnv {
  return {
    REDIS_URL: server.url,
    REDIS_USERNAME: server.service.username,
    REDIS_PASSWORD: server.service.password,
    REDIS_CA_FILE: server.certificates?.caFile ?? '',
  }
}

function givenS3(address: Awaited<ReturnType<typeof s3>>): NodeJS.ProcessEnv {
  return {
    S3_ENDPOINT: address.endpoint,
    S3_BUCKET: address.bucket,
    AWS_REGION: address.region,
    AWS_ACCESS_KEY_ID: address.accessKeyId,
    AWS_SECRET_ACCESS_KEY: address.secretAccessKey,
  }
}

/** Successful session reads in a task's metrics, which it writes in full when it ends. */
function sessionReads(logFile: string): number {
  const lines = readFileSync(logFile, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Record<string, unknown>)
  return lines
    .filter((line) => line.Route === 'GET /api/session' && line.StatusClass === '2xx')
    .reduce((total, line) => total + Number(line.Requests), 0)
}
