import t from 'tap'
import { rehearseStack } from '../../infra/rehearsal/stacks.ts'
import { viewOf } from '../../infra/rules/rule.ts'
import { TYPE } from '../../infra/rules/types.ts'
import { watchedByAlarm, watchedByDashboard, type Watched } from '../../infra/rules/watch-rules.ts'
import { NAMESPACE } from '../../service/metrics/metric-names.ts'
import { createMetrics } from '../../service/metrics/metrics.ts'
import { person, until } from '../support/client.ts'
import { redis, s3, startService } from '../support/parts.ts'

interface Directive {
  readonly Namespace: string
  readonly Dimensions: readonly (readonly string[])[]
  readonly Metrics: readonly { readonly Name: string }[]
}

/** Every metric of embedded-metric lines with each of its sets of dimensions, as `Name[Service,Stage,...]`. */
function emittedBy(lines: readonly Record<string, unknown>[]): Set<string> {
  return new Set(
    lines.flatMap((line) => {
      const directives =
        (line['_aws'] as { readonly CloudWatchMetrics?: readonly Directive[] } | undefined)?.CloudWatchMetrics ?? []
      return directives
        .filter(({ Namespace }) => Namespace === NAMESPACE)
        .flatMap(({ Dimensions, Metrics }) => {
          const missing = [...Dimensions.flat(), ...Metrics.map(({ Name }) => Name)].find((key) => !(key in line))
          if (missing !== undefined)
            throw new RangeError(`Cannot read a metric: ${missing} is missing at the root of ${JSON.stringify(line)}`)
          return Metrics.flatMap(({ Name }) => Dimensions.map((set) => `${Name}[${set.join()}]`))
        })
    }),
  )
}

t.setTimeout(300_000)
const keyOf = ({ metric, dimensions }: Watched): string => `${metric}[${Object.keys(dimensions).join()}]`

const { records } = await rehearseStack('prod')
const stack = viewOf('prod', records)
const alarmed = stack
  .of(TYPE.alarm)
  .flatMap(watchedByAlarm)
  .filter(({ namespace }) => namespace === NAMESPACE)
const drawn = stack
  .of(TYPE.dashboard)
  .flatMap(watchedByDashboard)
  .filter(({ namespace }) => namespace === NAMESPACE)

t.test(
  'alarms and dashboard read what the running service emits, and everything it emits is drawn',
  { timeout: 120_000 },
  async (t) => {
    const parts = { redis: await redis(t), s3: await s3(t) }
    const service = await startService(t, parts)
    const someone = person(t, service.url)
    await someone.start()
    await someone.get('/api/session')
    await someone.post('/api/files', { role: 'wards', filename: 'wards.csv', bytes: 10 })
    await someone.get('/api/session?session_id=abcdefghijklmnopqrst')
    await until(
      () =>
        ['Requests', 'Heartbeat', 'ErasureBacklog', 'RedisConnectionHealth'].every((name) =>
          service.output().includes(`"Name":"${name}"`),
        ),
      40_000,
      'the first round of metrics',
    )
    const running = emittedBy(service.lines())

    const every: Record<string, unknown>[] = []
    const metrics = createMetrics({ service: 'chatmrpt', stage: 'prod' }, (line) => {
      every.push(JSON.parse(line) as Record<string, unknown>)
    })
    metrics.isolationViolation('seal')
    metrics.crossSessionAttempt('foreign-id')
    metrics.sessionStoreRefusal()
    metrics.rateLimitRefusal('chat')
    metrics.auditEvent('signed-in')
    metrics.redisHealth(true, 1)
    metrics.replicasInStep(1)
    metrics.s3Access('GetObject', 'timeout')
    metrics.request('/livez', 200, 1)
    metrics.chatTurn('rules', 'answered')
    metrics.modelCall('bedrock', 'ok', 1, 1, 0.001)
    metrics.projectOpened('verified')
    metrics.savedProject('saved', 1)
    metrics.erasureBacklog(0)
    metrics.heartbeat()
    metrics.flush()
    const known = emittedBy(every)

    t.strictSame(
      [...running].filter((key) => !known.has(key)),
      [],
      'the service emits nothing but what its metrics module does',
    )
    for (const key of [
      'CrossSessionAccessAttempts[Service,Stage,Kind]',
      'RedisConnectionHealth[Service,Stage]',
      'RedisLatency[Service,Stage]',
      'RequestDuration[Service,Stage]',
      'Requests[Service,Stage,Route,StatusClass]',
      'SessionIsolationViolations[Service,Stage]',
      'SessionStoreRefusals[Service,Stage]',
    ])
      t.ok(running.has(key), `the running service emitted ${key}`)
    t.strictSame(
      alarmed.map(keyOf).filter((key) => !known.has(key)),
      [],
      'no alarm waits for what is never emitted',
    )
    t.strictSame(
      drawn.map(keyOf).filter((key) => !known.has(key)),
      [],
      'no widget draws what is never emitted',
    )
    const shown = new Set(drawn.map(keyOf))
    const metricNames = [...new Set([...known].map((key) => key.slice(0, key.indexOf('['))))]
    t.strictSame(
      metricNames.filter((name) => !shown.has(`${name}[Service,Stage]`)),
      [],
      'every metric is drawn over the whole service',
    )
    t.strictSame(
      [...known].filter((key) => key.split(',').length > 2 && !shown.has(key) && !key.startsWith('RequestDuration')),
      [],
      'every split is drawn',
    )
    const origin = service.lines().find((line) => '_aws' in line)
    t.equal(origin?.['Service'], 'chatmrpt', 'under the name alarms look for')
    t.notMatch(
      JSON.stringify(service.lines().filter((line) => '_aws' in line)),
      someone.cookie?.split('=')[1]?.slice(0, 20) ?? 'no cookie',
      'no metric carries a session',
    )
  },
)
