import { mkdtempSync, rmSync, writeFileSync, appendFileSync } from 'node:fs'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import t from 'tap'
import { dashboardBody } from '../../infra/dashboard.ts'
import { livePage } from '../../infra/live/live-page.ts'
import { liveView, type LiveView } from '../../infra/live/live-view.ts'
import { serveDashboard } from '../../infra/live/serve-dashboard.ts'
import { METRICS } from '../../service/metrics/metric-names.ts'
import { createMetrics, type Metrics } from '../../service/metrics/metrics.ts'

/** Lines of a service that has run for some minutes, and then what `last` does in the last one. */
function lived(last: (metrics: Metrics) => void = () => undefined): { lines: string[]; now: number } {
  const clock = { seconds: 1_800_000_000 }
  const lines: string[] = []
  const metrics = createMetrics(
    { service: 'chatmrpt', stage: 'local' },
    (line) => {
      lines.push(line)
    },
    () => clock.seconds * 1_000,
  )
  for (let minute = 0; minute < 6; minute++) {
    clock.seconds += 60
    metrics.heartbeat()
    metrics.redisHealth(true, 2)
    metrics.replicasInStep(1)
    metrics.erasureBacklog(0)
    metrics.request('/api/session', 200, 12)
    metrics.s3Access('GetObject', 'ok')
    metrics.chatTurn('rules', 'answered')
    metrics.projectOpened('verified')
    metrics.savedProject('saved', 1)
    metrics.modelCall('bedrock', 'ok', 100, 20, 0.001)
    if (minute === 5) last(metrics)
    metrics.flush()
  }
  return { lines, now: clock.seconds + 60 }
}

const viewOf = ({ lines, now }: { lines: readonly string[]; now: number }): LiveView =>
  liveView(
    lines.map((line) => JSON.parse(line) as Record<string, unknown>),
    now,
  )
const state = (view: LiveView, id: string): string | undefined => view.alarms.find((alarm) => alarm.id === id)?.state
const titles = (view: LiveView): string[] => view.widgets.map(({ title }) => title)

t.test("liveView() shows the widgets of a stack's dashboard, in their order", async (t) => {
  const body = dashboardBody({
    stage: 'prod',
    minTasks: 2,
    maxTasks: 10,
    balancer: 'b',
    targets: 't',
    cluster: 'c',
    serviceName: 's',
    cacheNodes: ['n'],
    region: 'r',
    logGroup: 'l',
    bucket: 'u',
    alarmArns: [],
    modelUsdPerDay: 10,
    probe: 'p',
    runbooks: 'https://example.org/runbooks',
  })
  t.strictSame(
    titles(viewOf(lived())),
    body.widgets
      .slice(2)
      .map(({ properties }) =>
        typeof properties['title'] === 'string'
          ? properties['title']
          : String(properties['markdown']).replace(/^#+ /, ''),
      ),
  )
})

t.test('liveView() draws every metric the service emits', async (t) => {
  const view = viewOf(
    lived((metrics) => {
      metrics.isolationViolation('seal')
      metrics.crossSessionAttempt('foreign-id')
    }),
  )
  const drawn = view.widgets.flatMap(({ series }) =>
    series.filter(({ points }) => points.some((point) => point !== undefined)).map(({ label }) => label),
  )
  t.strictSame(
    Object.keys(METRICS).filter((name) => !drawn.some((label) => label.startsWith(`${name} `))),
    [],
  )
  for (const label of ['seal', 'foreign-id', '/api/session 2xx', 'GetObject ok']) t.ok(drawn.includes(label), label)
})

t.test(
  "an alarm on the service's own metrics goes on with its fault, and so does the alarm that would wake somebody",
  async (t) => {
    const quiet = viewOf(lived())
    t.equal(state(quiet, 'isolation-violation'), 'OK')
    t.equal(state(quiet, 'telemetry-silent'), 'OK')
    t.equal(state(quiet, 'cpu-high'), 'needs AWS')
    const fault = viewOf(
      lived((metrics) => {
        metrics.isolationViolation('reply')
      }),
    )
    t.equal(state(fault, 'isolation-violation'), 'ALARM')
    t.equal(state(fault, 'isolation'), 'ALARM')
    t.equal(state(fault, 'user-impact'), 'OK')
    const { lines, now } = lived()
    t.equal(state(viewOf({ lines, now: now + 600 }), 'telemetry-silent'), 'ALARM')
    t.equal(state(viewOf({ lines, now: now + 600 }), 'user-impact'), 'ALARM')
  },
)

t.test('livePage() writes nothing of a log line as markup', async (t) => {
  const page = livePage(
    viewOf(
      lived((metrics) => {
        metrics.request('/<img src=x onerror=alert(1)>', 200, 1)
      }),
    ),
  )
  t.notMatch(page, '<img')
  t.match(page, '&lt;img')
})

t.test(
  'serveDashboard() shows what was written since it was last asked, and a half-written line does no harm',
  async (t) => {
    const folder = mkdtempSync(join(tmpdir(), 'chatmrpt-dashboard-'))
    t.teardown(() => {
      rmSync(folder, { recursive: true })
    })
    const { lines, now } = lived()
    writeFileSync(join(folder, 'service-1.log'), `plain words\n${lines.join('\n')}\n{"_aws":{"Time`)
    const server = await serveDashboard(folder, 0, () => now * 1_000)
    t.teardown(() => {
      server.close()
      server.closeAllConnections()
    })
    const url = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}/`
    const page = await (await fetch(url)).text()
    t.match(page, '<li class="OK" title="A wall stopped')
    const more = lived((metrics) => {
      metrics.isolationViolation('hash')
    })
    appendFileSync(join(folder, 'service-2.log'), `${more.lines.join('\n')}\n`)
    t.match(await (await fetch(url)).text(), 'isolation-violation: ALARM')
    t.equal((await fetch(`${url}etc`)).status, 404)
  },
)

t.test('a chart gives its times and its values, and a metric that never came is 0 so far', async (t) => {
  const { lines, now } = lived()
  const page = livePage(viewOf({ lines, now }))
  const clock = (seconds: number): string => new Date(seconds * 1_000).toISOString().slice(11, 16)
  const end = Math.ceil(now / 60) * 60
  t.match(page, `from ${clock(end - 1_800)} to ${clock(end)} UTC, 0 to `)
  t.match(page, /aria-label="Violations by wall"[^\n]*0 so far/)
  t.match(page, /aria-label="Processor"[^\n]*only in AWS/)
})
