// run alone: it holds 100 people on three tasks to 60 seconds
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import t, { type Test } from 'tap'
import { startBalancer } from '../../local/balancer.ts'
import { registerFaults, type Read, type Write } from '../../prove/history.ts'
import { createTally } from '../../prove/tally.ts'
import { verdictOf } from '../../prove/verdict.ts'
import { brokenTarget, keeping, type Answer, type Broken } from '../support/broken-target.ts'
import { leakyBalancer } from '../support/leaky-balancer.ts'
import { folder, redis, s3, secrets, startService } from '../support/parts.ts'
import fc from '../support/properties.ts'

interface Report {
  readonly outcome: string
  readonly reasons: readonly string[]
  readonly seconds: number
  readonly requests: number
  readonly violations: number
  readonly violationsByKind: Readonly<Record<string, number>>
  readonly operationKinds: string
  readonly overlaps: number
  readonly smugglingPrefixes: string
  readonly ownCanariesSeen: number
  readonly sinksSearched: { readonly redisKeys: number; readonly logMegabytes: number; readonly objects: number }
  readonly requestsByTask: Readonly<Record<string, number>>
  readonly planted: readonly { readonly name: string; readonly reported: boolean }[]
  readonly processor: { readonly seconds: Readonly<Record<string, number>> }
  readonly routes: Readonly<Record<string, { readonly statuses: Readonly<Record<string, number>> }>>
  readonly firstViolations: readonly {
    readonly kind: string
    readonly detail: string
    readonly trace: readonly string[]
  }[]
}

t.setTimeout(300_000)

const LISTS = /^\/api\/(?:files|analyses|exports|dataset)$/

t.test('on three tasks of one service', async (t) => {
  const stack = await threeTasks(t)

  await t.test(
    '100 people, 50 operations each: nothing of anybody reaches anybody else, within 60 seconds',
    async (t) => {
      const { code, output, report } = await prove(t, [
        '--stack',
        stack.file,
        '--users',
        '100',
        '--ops',
        '50',
        '--seed',
        '20250925',
      ])
      t.equal(code, 0, 'it passes', { output })
      t.strictSame([report.outcome, report.reasons, report.violations], ['pass', [], 0])
      t.ok(report.requests >= 5_000, `${String(report.requests)} requests`)
      t.ok(report.ownCanariesSeen > 10_000, `people saw their own canaries ${String(report.ownCanariesSeen)} times`)
      t.equal(Object.keys(report.requestsByTask).length, 3, 'every task was met')
      t.ok(report.overlaps > 50, `${String(report.overlaps)} times two people met on one task within 5 ms`)
      const { redisKeys, logMegabytes, objects } = report.sinksSearched
      t.ok(redisKeys > 0, `Redis was searched, too: ${redisKeys} keys`)
      t.ok(logMegabytes > 0, `the tasks' logs were: ${logMegabytes} MB`)
      t.ok(objects > 20, `all objects were: ${objects}`)
      t.match(report.operationKinds, /^(\d+) of \1$/, 'every kind of operation was done')
      t.match(report.smugglingPrefixes, /^(\d+) of \1 sent$/, 'every smuggling prefix was sent')
      t.strictSame(
        report.planted.filter(({ reported }) => !reported),
        [],
        'every planted violation was reported',
      )
      t.ok(report.planted.length > 20)
      const { prover = NaN, tasks = NaN } = report.processor.seconds
      // Where others use the machine, the run's own use of two processors counts.
      const ownSeconds = Object.values(report.processor.seconds).reduce((sum, seconds) => sum + seconds, 0) / 2
      t.ok(
        Math.min(report.seconds, ownSeconds) < 60,
        `it took ${String(report.seconds)} s, ${ownSeconds.toFixed(1)} s of two processors`,
      )
      t.comment(
        `| 100 people, 50 operations each | ${String(report.seconds)} s, ${ownSeconds.toFixed(1)} s of two ` +
          'processors |',
      )
      t.ok(
        prover < tasks / 2,
        `the service is what limits it: ${String(tasks)} s of processor time, the prover's ${String(prover)} s`,
      )
    },
  )

  await t.test('a target that mixes people up is found out', async (t) => {
    for (const [what, broken, kinds] of [
      ["now and then gives two people each other's reply", swapping(), ['foreign canary']],
      ['caches replies by address', keeping(LISTS, ({ url }) => url ?? ''), ['foreign canary']],
      // A living session sees nothing of anybody else's: only its history shows that it is wrong.
      [
        "keeps every person's own replies",
        keeping(LISTS, ({ url, headers }) => `${url ?? ''} ${headers.cookie ?? ''}`),
        ['history', 'revived session'],
      ],
    ] as const) {
      const url = await brokenTarget(t, stack.url, broken)
      const { code, output, report } = await prove(t, ['--target', url, '--users', '10', '--ops', '30', '--seed', '7'])
      t.equal(code, 1, `a target that ${what}`, { output })
      t.strictSame(
        kinds.filter((kind) => report.violationsByKind[kind] === undefined),
        [],
        `found as ${Object.keys(report.violationsByKind).join(', ')}`,
      )
      t.ok((report.firstViolations[0]?.trace.length ?? 0) > 0, 'with the last requests of the people involved')
    }
  })

  await t.test('a balancer that lets one request ride on the connection of another is found out', async (t) => {
    const url = await leakyBalancer(t, stack.tasks)
    const { code, output, report } = await prove(t, ['--target', url, '--users', '30', '--ops', '30', '--seed', '7'])
    t.equal(code, 1, 'by a violation', { output })
    // Which kind it is depends on whose request the hidden one rides on.
    t.ok(report.violations > 0, JSON.stringify(report.violationsByKind))
  })
})

t.test('a run that could have seen nothing does not pass', async (t) => {
  const operations = [{ name: 'look' }, { name: 'leap' }]
  const tally = (done: readonly string[], task = 'one'): ReturnType<typeof createTally> => {
    const made = createTally([])
    for (const name of [...done, 'start a session', 'end the session'])
      made.operation(name, 'done', { begin: 0, end: 1 })
    for (const user of [1, 2])
      made.exchange({
        user,
        era: 0,
        operation: 'look',
        route: 'GET /',
        method: 'GET',
        address: '/',
        begin: user,
        end: user + 1,
        status: 200,
        replyHeaders: {},
        bytes: Buffer.alloc(0),
        requestId: `${task}-1`,
        task,
        error: undefined,
      })
    return made
  }
  const nothing = { count: 0, byKind: new Map() }
  const verdict = (change: Partial<Parameters<typeof verdictOf>[0]>): number =>
    verdictOf({
      inspector: nothing,
      tally: tally(['look', 'leap']),
      planted: [{ name: 'a', reported: true }],
      operations,
      tasks: 1,
      prefixes: 0,
      uncovered: [],
      ...change,
    }).exitCode
  t.equal(verdict({}), 0, 'everything seen, nothing found')
  t.equal(verdict({ tasks: 2 }), 2, 'a task was never met')
  t.equal(verdict({ prefixes: 1 }), 2, 'a smuggling prefix was never sent')
  t.equal(verdict({ uncovered: ['GET /api/new'] }), 2, 'a route was never asked')
  t.equal(verdict({ tally: tally(['look']) }), 2, 'a kind of operation was never done')
  t.equal(verdict({ planted: [{ name: 'a', reported: false }] }), 2, 'a planted violation went unreported')
  const failing = tally(['look', 'leap'])
  failing.operation('look', 'failed', { begin: 0, end: 1 })
  t.equal(verdict({ tally: failing }), 2, 'too much failed')
  const lonely = createTally([])
  for (const name of ['look', 'leap', 'start a session', 'end the session'])
    lonely.operation(name, 'done', { begin: 0, end: 1 })
  t.equal(verdict({ tally: lonely }), 2, 'nobody met anybody')
  t.equal(
    verdict({ inspector: { count: 1, byKind: new Map([['history' as const, 1]]) }, tasks: 2 }),
    1,
    'a violation is one, however little else was seen',
  )
  t.equal((await prove(t, ['--users', 'many'])).code, 3, 'options that cannot be used')
  t.equal((await prove(t, ['--faults', '--target', 'https://example.org'])).code, 3, 'faults are for a local stack')
})

t.test('registerFaults() finds a history wrong exactly when no order of its reads and writes fits', async (t) => {
  const span = fc
    .tuple(fc.nat(9), fc.integer({ min: 1, max: 5 }))
    .map(([begin, length]) => ({ begin, end: begin + length - 0.5 }))
  const value = fc.constantFrom('a', 'b', 'c')
  const history = fc.record({
    a: span,
    b: span,
    c: span,
    reads: fc.array(fc.record({ span, value }), { maxLength: 4 }),
  })
  let [right, wrong] = [0, 0]
  fc.assert(
    fc.property(history, ({ reads, ...writes }) => {
      const written: Write[] = Object.entries(writes).map(([name, times]) => ({ value: name, ...times }))
      const read: Read[] = reads.map((each) => ({ value: each.value, ...each.span }))
      const fits = someOrderFits([
        ...written.map((write) => ({ ...write, writes: true })),
        ...read.map((each) => ({ ...each, writes: false })),
      ])
      if (fits) right += 1
      else wrong += 1
      return fits === (registerFaults(written, read).length === 0)
    }),
    { numRuns: 2_000 },
  )
  t.ok(right > 100 && wrong > 100, `${String(right)} histories fit, ${String(wrong)} do not`)
})

interface Step extends Read {
  readonly writes: boolean
}

/** Tries each order: the next step is one that no remaining step had ended before. */
function someOrderFits(steps: readonly Step[], current = ''): boolean {
  if (steps.length === 0) return true
  return steps.some((step, at) => {
    const others = steps.filter((_, other) => other !== at)
    if (others.some(({ end }) => end < step.begin)) return false
    return step.writes ? someOrderFits(others, step.value) : step.value === current && someOrderFits(others, current)
  })
}

/** Three task processes behind the balancer, and their record as `npm start` writes it. */
async function threeTasks(t: Test): Promise<{ url: string; file: string; tasks: readonly string[] }> {
  const [server, objects] = await Promise.all([redis(t), s3(t)])
  const shared = secrets()
  const own = folder(t)
  // Worker threads compile the same modules again and again; Node may keep the compiled code.
  const env = { NODE_COMPILE_CACHE: join(own, 'compiled'), TRUSTED_PROXIES: '127.0.0.1/32', LOG_LEVEL: 'warn' }
  const tasks = await Promise.all(
    [1, 2, 3].map(async () => await startService(t, { redis: server, s3: objects, secrets: shared, env })),
  )
  const balancer = await startBalancer({
    targets: tasks.map(({ url }) => url),
    folder: join(own, 'balancer'),
    logFile: join(own, 'balancer.log'),
  })
  t.teardown(async () => {
    await balancer.close()
  })
  mkdirSync(join(own, 'logs'))
  for (const [at, task] of tasks.entries())
    symlinkSync(task.process.logFile, join(own, 'logs', `service-${String(at + 1)}.log`))
  const file = join(own, 'stack.json')
  writeFileSync(
    file,
    JSON.stringify({
      url: balancer.url,
      balancer: { pid: balancer.process.pid },
      tasks: tasks.map((task) => ({ url: task.url, pid: task.process.pid })),
      redis: {
        host: server.host,
        port: server.port,
        pid: server.process.pid,
        tls: server.tls,
        ca: server.certificates?.ca,
        ...server.operator,
      },
      s3: { ...objects, pid: null },
    }),
  )
  return { url: balancer.url, file, tasks: tasks.map(({ url }) => url) }
}

async function prove(
  t: Test,
  args: readonly string[],
): Promise<{ code: number | null; output: string; report: Report }> {
  const reports = folder(t)
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '../../prove/prove.ts'), ...args, '--report', reports],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk.toString()
    })
  const [code] = (await once(child, 'close')) as [number | null]
  const report = code === 3 ? {} : JSON.parse(readFileSync(join(reports, 'report.json'), 'utf8'))
  return { code, output, report: report as Report }
}

/** Every tenth GET waits for the next one, and each gets the other's reply. */
function swapping(): Broken {
  let count = 0
  let waiting: ((answer: Answer) => Answer) | undefined
  return async (request, ask) => {
    const own = await ask()
    if (request.method !== 'GET' || own.status !== 200) return own
    if (waiting !== undefined) {
      const give = waiting
      waiting = undefined
      return give(own)
    }
    count += 1
    if (count % 10 !== 0) return own
    return await new Promise<Answer>((resolve) => {
      const alone = setTimeout(() => {
        waiting = undefined
        resolve(own)
      }, 500)
      waiting = (other) => {
        clearTimeout(alone)
        resolve(other)
        return own
      }
    })
  }
}
