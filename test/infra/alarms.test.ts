import { existsSync, globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import t from 'tap'
import { alarmState, samplesOf, type AlarmState, type Sample } from '../../infra/alarm-state.ts'
import type { AlarmSpec, Places } from '../../infra/alarm-spec.ts'
import { alarmSpecs } from '../../infra/alarms.ts'
import { BURN_PAIRS } from '../../infra/burn-pairs.ts'
import { compositeSpecs, describe } from '../../infra/composites.ts'
import { ROOT } from '../../infra/rehearsal/stacks.ts'
import { NAMESPACE } from '../../service/metrics/metric-names.ts'
import { createMetrics, type Metrics } from '../../service/metrics/metrics.ts'

const places: Places<string> = {
  stage: 'prod',
  minTasks: 2,
  maxTasks: 10,
  balancer: 'app/b/1',
  targets: 'targetgroup/t/1',
  cluster: 'c',
  serviceName: 's',
  cacheNodes: ['n-001', 'n-002'],
  modelUsdPerDay: 10,
  probe: 'p',
  firewall: { acl: 'w', region: 'eu-west-1' },
}
const specs = alarmSpecs(places)
const spec = (id: string): AlarmSpec<string> =>
  specs.find((each) => each.id === id) ??
  (() => {
    throw new RangeError(`no alarm ${id}`)
  })()

/** What the cloud reports while all is well: one value a minute for each of its metrics. */
const WELL: Readonly<Record<string, number>> = {
  RequestCount: 600,
  HTTPCode_Target_5XX_Count: 0,
  HTTPCode_ELB_5XX_Count: 0,
  TargetResponseTime: 0.1,
  HealthyHostCount: 2,
  RunningTaskCount: 2,
  CPUUtilization: 20,
  MemoryUtilization: 40,
  AuthenticationFailures: 0,
  KeyAuthorizationFailures: 0,
  CommandAuthorizationFailures: 0,
  DatabaseMemoryUsagePercentage: 20,
  Evictions: 0,
  ReplicationLag: 0.1,
  SwapUsage: 0,
  CPUCreditBalance: 288,
  SuccessPercent: 100,
  BlockedRequests: 3,
}

/**
 * What happens in a minute: what the service counts, and what the cloud reports instead of its normal values; undefined
 * reports nothing at all.
 */
interface Minute {
  readonly service?: ((metrics: Metrics) => void) | null
  readonly cloud?: Readonly<Record<string, number | undefined>>
}

const QUIET: Minute = {}
/** Two tasks, with one heartbeat each in a minute. */
const heartbeat = (metrics: Metrics): void => {
  metrics.heartbeat()
  metrics.heartbeat()
  metrics.redisHealth(true, 1)
  metrics.erasureBacklog(0)
  metrics.replicasInStep(1)
}
const also = (more: (metrics: Metrics) => void): Minute => ({
  service: (metrics) => {
    heartbeat(metrics)
    more(metrics)
  },
})
const times = (n: number, act: () => void): void => {
  for (let i = 0; i < n; i++) act()
}

/** One fault for each alarm, as a minute of it, and within how many minutes somebody must be notified. */
const DRILLS: Readonly<Record<string, { readonly fault: Minute; readonly withinMinutes: number }>> = {
  'isolation-violation': {
    fault: also((metrics) => {
      metrics.isolationViolation('seal')
    }),
    withinMinutes: 1,
  },
  'telemetry-silent': { fault: { service: null }, withinMinutes: 5 },
  'cross-session-attempts': {
    fault: also((metrics) => {
      times(30, () => {
        metrics.crossSessionAttempt('forged-cookie')
      })
    }),
    withinMinutes: 5,
  },
  'redis-unhealthy': {
    fault: {
      service: (metrics) => {
        metrics.heartbeat()
        metrics.redisHealth(false, null)
      },
    },
    withinMinutes: 2,
  },
  'session-store-refusals': {
    fault: also((metrics) => {
      times(10, () => {
        metrics.sessionStoreRefusal()
      })
    }),
    withinMinutes: 2,
  },
  'redis-acl-denied': { fault: { cloud: { CommandAuthorizationFailures: 1 } }, withinMinutes: 5 },
  'server-errors': { fault: { cloud: { HTTPCode_Target_5XX_Count: 60 } }, withinMinutes: 3 },
  'slow-answers': { fault: { cloud: { TargetResponseTime: 4 } }, withinMinutes: 5 },
  'healthy-hosts-low': { fault: { cloud: { HealthyHostCount: 1 } }, withinMinutes: 5 },
  'running-tasks-low': { fault: { cloud: { RunningTaskCount: undefined } }, withinMinutes: 7 },
  'at-max-capacity': { fault: { cloud: { RunningTaskCount: 10 } }, withinMinutes: 10 },
  'cpu-high': { fault: { cloud: { CPUUtilization: 95 } }, withinMinutes: 15 },
  'memory-high': { fault: { cloud: { MemoryUtilization: 90 } }, withinMinutes: 5 },
  'cache-memory-high': { fault: { cloud: { DatabaseMemoryUsagePercentage: 80 } }, withinMinutes: 10 },
  'cache-memory-critical': { fault: { cloud: { DatabaseMemoryUsagePercentage: 95 } }, withinMinutes: 3 },
  'cache-cpu-high': { fault: { cloud: { CPUUtilization: 50 } }, withinMinutes: 15 },
  'cache-evictions': { fault: { cloud: { Evictions: 1 } }, withinMinutes: 5 },
  'cache-replication-lag': { fault: { cloud: { ReplicationLag: 5 } }, withinMinutes: 5 },
  'replicas-out-of-step': {
    fault: also((metrics) => {
      metrics.replicasInStep(0)
    }),
    withinMinutes: 5,
  },
  'cache-swap': { fault: { cloud: { SwapUsage: 100_000_000 } }, withinMinutes: 15 },
  'cache-credits-low': { fault: { cloud: { CPUCreditBalance: 10 } }, withinMinutes: 15 },
  's3-errors': {
    fault: also((metrics) => {
      times(4, () => {
        metrics.s3Access('GetObject', 'timeout')
      })
    }),
    withinMinutes: 5,
  },
  'erasure-backlog': {
    fault: {
      service: (metrics) => {
        metrics.heartbeat()
        metrics.redisHealth(true, 1)
        metrics.erasureBacklog(3)
      },
    },
    withinMinutes: 60,
  },
  'errors-at-low-traffic': {
    fault: { cloud: { RequestCount: 1, HTTPCode_Target_5XX_Count: 1 } },
    withinMinutes: 10,
  },
  // Two tasks run, and one of them is silent.
  'task-silent': {
    fault: {
      service: (metrics) => {
        metrics.heartbeat()
      },
    },
    withinMinutes: 10,
  },
  'outside-probe': { fault: { cloud: { SuccessPercent: 0 } }, withinMinutes: 10 },
  'firewall-blocks': { fault: { cloud: { BlockedRequests: 500 } }, withinMinutes: 5 },
  'model-cost-high': {
    fault: also((metrics) => {
      metrics.modelCall('bedrock', 'ok', 100, 20, 0.01)
    }),
    withinMinutes: 1_440,
  },
  'error-budget-fast-1h': { fault: { cloud: { HTTPCode_Target_5XX_Count: 60 } }, withinMinutes: 60 },
  'error-budget-fast-5m': { fault: { cloud: { HTTPCode_Target_5XX_Count: 60 } }, withinMinutes: 5 },
  'error-budget-slow-6h': { fault: { cloud: { HTTPCode_Target_5XX_Count: 24 } }, withinMinutes: 360 },
  'error-budget-slow-30m': { fault: { cloud: { HTTPCode_Target_5XX_Count: 24 } }, withinMinutes: 30 },
  'error-budget-ticket-3d': { fault: { cloud: { HTTPCode_Target_5XX_Count: 6 } }, withinMinutes: 4_320 },
  'error-budget-ticket-6h': { fault: { cloud: { HTTPCode_Target_5XX_Count: 6 } }, withinMinutes: 360 },
}

/** Lets minutes pass one by one, and gives each alarm's state at the end of each. */
function live(alarm: AlarmSpec<string>, minutes: readonly Minute[]): AlarmState[] {
  const clock = { seconds: 0 }
  const lines: Record<string, unknown>[] = []
  const metrics = createMetrics(
    { service: 'chatmrpt', stage: 'prod' },
    (line) => {
      lines.push(JSON.parse(line) as Record<string, unknown>)
    },
    () => clock.seconds * 1_000,
  )
  const cloud = new Map<string, Sample[]>(Object.keys(alarm.measures).map((id) => [id, []]))
  const states: AlarmState[] = []
  for (const minute of minutes) {
    clock.seconds += 30
    if (minute.service !== null) (minute.service ?? heartbeat)(metrics)
    metrics.flush()
    for (const [id, measure] of Object.entries(alarm.measures)) {
      const value =
        minute.cloud !== undefined && measure.metric in minute.cloud
          ? minute.cloud[measure.metric]
          : WELL[measure.metric]
      if (measure.namespace !== NAMESPACE && value !== undefined)
        cloud.get(id)?.push({ atSeconds: clock.seconds, value })
    }
    clock.seconds += 30
    if (clock.seconds % alarm.periodSeconds !== 0) {
      states.push(states.at(-1) ?? 'INSUFFICIENT_DATA')
      continue
    }
    const samples = Object.fromEntries(
      Object.entries(alarm.measures).map(([id, measure]) => [
        id,
        measure.namespace === NAMESPACE ? samplesOf(measure, lines) : (cloud.get(id) ?? []),
      ]),
    )
    states.push(alarmState(alarm, samples, clock.seconds, states.at(-1)))
  }
  return states
}

t.test('every alarm has its drill', async (t) => {
  t.strictSame(Object.keys(DRILLS).sort(), specs.map(({ id }) => id).sort())
})

for (const [id, { fault, withinMinutes }] of Object.entries(DRILLS)) {
  t.test(
    `${id}: silent while all is well, on within ${String(withinMinutes)} minutes of its fault, and off again after it`,
    async (t) => {
      const alarm = spec(id)
      const window = Math.max(20, Math.ceil(alarm.periodSeconds / 60) * (alarm.evaluationPeriods + 2))
      const well = Array.from({ length: window }, () => QUIET)
      const states = live(alarm, [...well, ...Array.from({ length: withinMinutes }, () => fault), ...well])
      t.equal(states[window - 1], 'OK', 'nothing is wrong')
      t.equal(states[window + withinMinutes - 1], 'ALARM', 'the alarm goes on with the fault')
      t.equal(states.at(-1), 'OK', 'and off once it is over')
    },
  )
}

t.test('alarmState() follows CloudWatch where data are missing', async (t) => {
  const alarm = (missing: AlarmSpec<string>['missing']): AlarmSpec<string> => ({
    ...spec('redis-unhealthy'),
    missing,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    comparison: 'GreaterThanThreshold',
    threshold: 0,
  })
  /** Five periods, oldest first: `x` breaches, `0` does not, `-` is missing. */
  const state = (missing: AlarmSpec<string>['missing'], periods: string, before: AlarmState = 'OK'): AlarmState =>
    alarmState(
      alarm(missing),
      {
        m: [...periods].flatMap((mark, index) =>
          mark === '-' ? [] : [{ atSeconds: index * 60 + 1, value: mark === 'x' ? 1 : 0 }],
        ),
      },
      300,
      before,
    )
  t.equal(state('missing', '0x-x-'), 'ALARM', 'three real points are enough: missing ones do not count')
  t.equal(state('breaching', '-0-00'), 'OK')
  t.equal(state('missing', '-----'), 'INSUFFICIENT_DATA')
  t.equal(state('ignore', '-----', 'ALARM'), 'ALARM', 'ignore keeps the state')
  t.equal(state('breaching', '-----'), 'ALARM')
  t.equal(state('notBreaching', '-----', 'ALARM'), 'OK')
  t.equal(state('breaching', '----0'), 'ALARM', 'two are filled')
  t.equal(state('notBreaching', '----x'), 'OK')
})

t.test('somebody is woken for one violation, or for what users notice', async (t) => {
  const composites = new Map(compositeSpecs(specs).map((each) => [each.id, each]))
  const [isolation, impact] = ['isolation', 'user-impact'].map((id) => composites.get(id))
  t.strictSame(isolation?.of, ['isolation-violation'])
  t.ok(
    impact?.when === 'any' &&
      [
        'telemetry-silent',
        'redis-unhealthy',
        'server-errors',
        'errors-at-low-traffic',
        'outside-probe',
        'healthy-hosts-low',
        'running-tasks-low',
        's3-errors',
        'error-budget-fast',
        'error-budget-slow',
      ].every((id) => impact.of.includes(id)),
  )
  t.notOk(impact?.of.includes('cross-session-attempts'), 'a refused attempt waits for the morning')
  t.strictSame(
    [...composites.values()].filter(({ tells }) => tells === 'page').map(({ id }) => id),
    ['isolation', 'user-impact'],
    'one incident is one message',
  )
  const heard = [...(isolation?.of ?? []), ...(impact?.of ?? [])].flatMap((id) => composites.get(id)?.of ?? [id])
  t.strictSame(
    specs.filter(({ id, urgency }) => urgency === 'page' && !heard.includes(id)).map(({ id }) => id),
    [],
    'everything that must wake somebody does',
  )
})

t.test(
  'an error-budget burn alarms in both windows while it lasts, and the short window ends soon after it',
  async (t) => {
    const fault: Minute = { cloud: { HTTPCode_Target_5XX_Count: 60 } }
    const hour = Array.from({ length: 60 }, () => fault)
    const after = Array.from({ length: 10 }, () => QUIET)
    const well = Array.from({ length: 180 }, () => QUIET)
    const [long, short] = ['error-budget-fast-1h', 'error-budget-fast-5m'].map((id) =>
      live(spec(id), [...well, ...hour, ...after]),
    )
    t.strictSame([long?.[239], short?.[239]], ['ALARM', 'ALARM'], 'while it goes on')
    t.strictSame([long?.at(-1), short?.at(-1)], ['ALARM', 'OK'], 'ten minutes later the short window ends it')
    // The pairs of the SRE workbook, in hours, with how many times too fast the budget is used up.
    t.strictSame(
      BURN_PAIRS.map(({ long: [, most], short: [, least], factor, urgency }) => [
        most / 3_600,
        least / 3_600,
        factor,
        urgency,
      ]),
      [
        [1, 1 / 12, 14.4, 'page'],
        [6, 1 / 2, 6, 'page'],
        [72, 6, 1, 'inform'],
      ],
    )
    for (const [id, percent] of [
      ['error-budget-fast', 7.2],
      ['error-budget-slow', 3],
      ['error-budget-ticket', 0.5],
    ] as const)
      t.ok(
        specs.filter((each) => each.id.startsWith(`${id}-`)).every(({ threshold }) => threshold === percent),
        `${id}: of one request in two hundred`,
      )
  },
)

t.test('at low traffic a failure of most requests alarms, and one failed request does not', async (t) => {
  const well = Array.from({ length: 30 }, () => QUIET)
  const few = (failed: number): Minute => ({ cloud: { RequestCount: 5, HTTPCode_Target_5XX_Count: failed } })
  const states = (id: string, minute: Minute): AlarmState | undefined =>
    live(spec(id), [...well, ...Array.from({ length: 20 }, () => minute)]).at(-1)
  t.equal(states('server-errors', few(5)), 'ALARM', 'five of five in a minute')
  t.equal(states('server-errors', few(1)), 'OK')
  t.equal(states('errors-at-low-traffic', few(4)), 'ALARM', 'most of what is asked fails')
  t.equal(states('errors-at-low-traffic', few(1)), 'OK', 'one in five')
})

t.test(
  'every alarm and composite has its runbook, with every part that it needs, and no runbook is left over',
  async (t) => {
    const links = { runbooks: 'https://example.org/docs/runbooks', dashboard: 'https://example.org/dashboard' }
    const all = [...specs, ...compositeSpecs(specs).map((each) => ({ ...each, runbook: each.id }))]
    for (const each of all) {
      const text = describe(each, links)
      t.match(text, `https://example.org/docs/runbooks/${each.runbook ?? each.id}.md`)
      t.match(text, links.dashboard)
      t.ok(text.length <= 1_024, 'as long as CloudWatch keeps')
    }
    const ids = [...new Set(all.map(({ id, runbook }) => runbook ?? id))]
    for (const id of ids) {
      const text = readFileSync(join(ROOT, 'docs/runbooks', `${id}.md`), 'utf8')
      for (const part of [
        'What it means',
        'Effect on users',
        'First five minutes',
        'Likely causes',
        'How to end it',
        'How to know it is over',
      ])
        t.match(text, `## ${part}\n`, id)
    }
    const others = [
      'README',
      'rollback',
      'rotate-keys',
      'restore',
      'region-loss',
      'take-away',
      'delete-someones-data',
      'end-sessions',
      'incident-isolation',
    ]
    t.strictSame(
      globSync('docs/runbooks/*.md', { cwd: ROOT })
        .map((file) => file.slice('docs/runbooks/'.length, -3))
        .filter((name) => !ids.includes(name))
        .sort(),
      others.sort(),
    )
  },
)

t.test('every link in the runbooks and the operations guide leads somewhere', async (t) => {
  for (const file of [...globSync('docs/runbooks/*.md', { cwd: ROOT }), 'docs/operations.md']) {
    const text = readFileSync(join(ROOT, file), 'utf8')
    for (const [, target = ''] of text.matchAll(/\]\(([^)#]+)(?:#[^)]*)?\)/g))
      t.ok(target.startsWith('https:') || existsSync(join(ROOT, file, '..', target)), `${file}: ${target}`)
    for (const [, path = ''] of text.matchAll(/`((?:infra|service|docs|policy)\/[\w./-]+\.\w+)`/g))
      t.ok(existsSync(join(ROOT, path)), `${file}: ${path}`)
  }
})
