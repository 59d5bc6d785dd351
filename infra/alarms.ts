import { METRICS, NAMESPACE, type MetricName } from '../service/metrics/metric-names.ts'
import { SERVICE } from './names.ts'

/** Names of what is watched; `Ref` is an output in the program and a string in a test. */
export interface Places<Ref> {
  readonly stage: string
  readonly minTasks: number
  readonly maxTasks: number
  readonly modelUsdPerDay: number
  readonly balancer: Ref
  readonly targets: Ref
  readonly cluster: Ref
  readonly serviceName: Ref
  readonly cacheNodes: readonly Ref[]
  /** The canary that asks from outside. */
  readonly probe: Ref
  /** Absent where the stack has no web firewall. */
  readonly firewall?: { readonly acl: Ref; readonly region: string }
}

/** One metric as CloudWatch addresses it. */
export interface Measure<Ref> {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, Ref | string>>
  readonly stat: 'Sum' | 'Average' | 'Minimum' | 'Maximum' | 'p99' | 'SampleCount'
}

export interface AlarmSpec<Ref> {
  /** Also the name of its runbook, `docs/runbooks/<id>.md`. */
  readonly id: string
  /** Where its runbook is another alarm's: two windows of one trouble share a page. */
  readonly runbook?: string
  readonly what: string
  readonly effect: string
  /** `page` wakes somebody, through a composite; `inform` waits for the morning. */
  readonly urgency: 'page' | 'inform'
  /** Part of the question "do users feel it?". */
  readonly userImpact: boolean
  /** Going off during a deployment sends it back. */
  readonly rollsBack: boolean
  /** By name; with more than one, `expression` combines them. */
  readonly measures: Readonly<Record<string, Measure<Ref>>>
  readonly expression?: string
  readonly periodSeconds: number
  readonly comparison: 'GreaterThanOrEqualToThreshold' | 'GreaterThanThreshold' | 'LessThanThreshold'
  readonly threshold: number
  readonly evaluationPeriods: number
  readonly datapointsToAlarm: number
  readonly missing: 'breaching' | 'notBreaching' | 'ignore' | 'missing'
}

/** Share of requests that may fail: one in two hundred over a month. */
export const ERROR_BUDGET_PERCENT = 0.5
/** Below this many requests in a period a rate of errors says nothing by itself... */
export const FEW_REQUESTS = 20
/** ...unless this many of them failed. */
export const SOME_FAILURES = 5
/** Where so few people use the service that fewer fail in a minute, this many in ten minutes are enough. */
export const FAILURES_AT_LOW_TRAFFIC = 3
/** Heartbeats of a task in the period of the alarm on silent tasks: one a minute. */
export const BEATS = 5

/** A metric the service emits, over all tasks of the stage; the name must be one it knows. */
export function emitted(
  metric: MetricName,
  stage: string,
  stat: Measure<never>['stat'],
  split: Readonly<Record<string, string>> = {},
): Measure<never> {
  if (!(metric in METRICS)) throw new RangeError(`Cannot watch ${metric}: the service does not emit it`)
  return { namespace: NAMESPACE, metric, stat, dimensions: { Service: SERVICE, Stage: stage, ...split } }
}

export function balancerMeasure<Ref>(
  places: Places<Ref>,
  metric: string,
  stat: Measure<Ref>['stat'],
  withTargets = true,
): Measure<Ref> {
  return {
    namespace: 'AWS/ApplicationELB',
    metric,
    stat,
    dimensions: { LoadBalancer: places.balancer, ...(withTargets && { TargetGroup: places.targets }) },
  }
}

export function taskMeasure<Ref>(
  places: Places<Ref>,
  namespace: 'AWS/ECS' | 'ECS/ContainerInsights',
  metric: string,
  stat: Measure<Ref>['stat'],
): Measure<Ref> {
  return { namespace, metric, stat, dimensions: { ClusterName: places.cluster, ServiceName: places.serviceName } }
}

export function cacheMeasures<Ref>(
  places: Places<Ref>,
  metrics: readonly string[],
  stat: Measure<Ref>['stat'],
): Record<string, Measure<Ref>> {
  return Object.fromEntries(
    places.cacheNodes.flatMap((node, n) =>
      metrics.map((metric, m) => [
        `m${String(n)}x${String(m)}`,
        { namespace: 'AWS/ElastiCache', metric, stat, dimensions: { CacheClusterId: node } },
      ]),
    ),
  )
}

export function probeMeasure<Ref>(
  { probe }: Pick<Places<Ref>, 'probe'>,
  metric: 'SuccessPercent' | 'Duration',
  stat: Measure<Ref>['stat'],
): Measure<Ref> {
  return { namespace: 'CloudWatchSynthetics', metric, stat, dimensions: { CanaryName: probe } }
}

/** @param rule by its name, or ALL */
export function firewallMeasure<Ref>(
  { acl, region }: NonNullable<Places<Ref>['firewall']>,
  metric: 'BlockedRequests' | 'AllowedRequests',
  rule: string,
): Measure<Ref> {
  return { namespace: 'AWS/WAFV2', metric, stat: 'Sum', dimensions: { WebACL: acl, Region: region, Rule: rule } }
}

const FAILED = '(FILL(target, 0) + FILL(balancer, 0))'
/** Failed requests in a hundred, whoever failed them, the service or the balancer for it; 0 while few fail of few. */
export const ERROR_RATE = [
  `IF(requests > ${String(FEW_REQUESTS)} OR ${FAILED} >= ${String(SOME_FAILURES)},`,
  `100 * ${FAILED} / requests, 0)`,
].join(' ')
/** The same where hardly anybody is there: 0 until some have failed. */
export const LOW_TRAFFIC_ERROR_RATE = [
  `IF(${FAILED} >= ${String(FAILURES_AT_LOW_TRAFFIC)},`,
  `100 * ${FAILED} / requests, 0)`,
].join(' ')
/** Heartbeats that should have come and did not, over all running tasks. */
export const MISSING_BEATS = `${String(BEATS)} * running - FILL(beats, 0)`

export function errorRateMeasures<Ref>(places: Places<Ref>): Record<string, Measure<Ref>> {
  return {
    requests: balancerMeasure(places, 'RequestCount', 'Sum', false),
    target: balancerMeasure(places, 'HTTPCode_Target_5XX_Count', 'Sum', false),
    balancer: balancerMeasure(places, 'HTTPCode_ELB_5XX_Count', 'Sum', false),
  }
}

/**
 * Pairs of windows over which the budget of errors is watched, each by how many times too fast it is used up.
 * @see https://sre.google/workbook/alerting-on-slos/
 */
export const BURN_PAIRS = [
  {
    id: 'error-budget-fast',
    what: "At this rate two days use up the month's budget of errors",
    effect: 'People have seen errors for an hour, and still do',
    urgency: 'page',
    factor: 14.4,
    long: ['1h', 3_600],
    short: ['5m', 300],
  },
  {
    id: 'error-budget-slow',
    what: "At this rate five days use up the month's budget of errors",
    effect: 'People have seen errors for hours, and still do',
    urgency: 'page',
    factor: 6,
    long: ['6h', 21_600],
    short: ['30m', 1_800],
  },
  {
    id: 'error-budget-ticket',
    what: "At this rate the month's budget of errors does not last the month",
    effect: 'A few people see errors, for days',
    urgency: 'inform',
    factor: 1,
    long: ['3d', 259_200],
    short: ['6h', 21_600],
  },
] as const satisfies readonly {
  readonly id: string
  readonly what: string
  readonly effect: string
  readonly urgency: 'page' | 'inform'
  readonly factor: number
  readonly long: readonly [string, number]
  readonly short: readonly [string, number]
}[]

/** Every alarm of a stack. The first is the reason for all the others. */
export function alarmSpecs<Ref>(places: Places<Ref>): AlarmSpec<Ref>[] {
  const { stage } = places
  const inform = { urgency: 'inform', userImpact: false, rollsBack: false } as const
  const page = { urgency: 'page', userImpact: true, rollsBack: false } as const
  const over = { comparison: 'GreaterThanThreshold', missing: 'notBreaching' } as const
  const atLeast = { comparison: 'GreaterThanOrEqualToThreshold', missing: 'notBreaching' } as const
  const under = { comparison: 'LessThanThreshold', missing: 'breaching' } as const
  const window = (
    periodSeconds: number,
    datapointsToAlarm: number,
    evaluationPeriods: number,
  ): Pick<AlarmSpec<Ref>, 'periodSeconds' | 'datapointsToAlarm' | 'evaluationPeriods'> => ({
    periodSeconds,
    datapointsToAlarm,
    evaluationPeriods,
  })
  const worst = 'MAX(METRICS())'
  /** One half of a pair: the long window says that it matters, the short one that it still goes on. */
  const burn = (pair: (typeof BURN_PAIRS)[number], [name, seconds]: readonly [string, number]): AlarmSpec<Ref> => ({
    id: `${pair.id}-${name}`,
    runbook: pair.id,
    what: `Errors over ${name} use the month's budget up ${String(pair.factor)} times too fast`,
    effect: pair.effect,
    urgency: pair.urgency,
    userImpact: false,
    rollsBack: false,
    measures: errorRateMeasures(places),
    expression: ERROR_RATE,
    ...window(seconds, 1, 1),
    ...over,
    threshold: pair.factor * ERROR_BUDGET_PERCENT,
  })
  return [
    {
      id: 'isolation-violation',
      what: "A wall stopped bytes that were not the request's own",
      effect: 'None was given foreign data, but one wall has failed and the next one held',
      urgency: 'page',
      userImpact: false,
      rollsBack: true,
      measures: { m: emitted('SessionIsolationViolations', stage, 'Sum') },
      ...window(60, 1, 1),
      ...atLeast,
      threshold: 1,
    },
    {
      id: 'telemetry-silent',
      what: 'No task has sent its heartbeat for three minutes',
      effect: 'Unknown: the service may be down, and no other alarm of its own can tell',
      ...page,
      measures: { m: emitted('Heartbeat', stage, 'Sum') },
      ...window(60, 3, 3),
      ...under,
      threshold: 1,
    },
    {
      id: 'task-silent',
      what: 'A task runs and does not tell how it is',
      effect: 'Unknown for those whose requests it gets; the other tasks serve',
      ...inform,
      measures: {
        beats: emitted('Heartbeat', stage, 'Sum'),
        running: taskMeasure(places, 'ECS/ContainerInsights', 'RunningTaskCount', 'Minimum'),
      },
      expression: MISSING_BEATS,
      ...window(60 * BEATS, 2, 2),
      ...atLeast,
      threshold: BEATS - 1,
    },
    {
      id: 'outside-probe',
      what: 'From outside, the name, the certificate, the page or /livez does not answer as it should',
      effect: 'People may not reach the service at all',
      ...page,
      measures: {
        m: probeMeasure(places, 'SuccessPercent', 'Minimum'),
      },
      ...window(300, 2, 2),
      ...under,
      threshold: 100,
    },
    {
      id: 'model-cost-high',
      what: 'Language models cost more in a day than was planned',
      effect: 'None; the bill grows',
      ...inform,
      measures: { m: emitted('ModelCostUsd', stage, 'Sum') },
      ...window(86_400, 1, 1),
      ...over,
      threshold: places.modelUsdPerDay,
    },
    {
      id: 'cross-session-attempts',
      what: "Many requests reach for other people's sessions",
      effect: 'None: they are refused. Somebody is probing, or a client is broken',
      ...inform,
      measures: { m: emitted('CrossSessionAccessAttempts', stage, 'Sum') },
      ...window(300, 1, 1),
      ...atLeast,
      threshold: 20,
    },
    {
      id: 'redis-unhealthy',
      what: 'A task cannot use the session store',
      effect: 'Every request that needs a session is answered 503',
      ...page,
      measures: { m: emitted('RedisConnectionHealth', stage, 'Minimum') },
      ...window(60, 2, 3),
      comparison: 'LessThanThreshold',
      missing: 'ignore',
      threshold: 1,
    },
    {
      id: 'session-store-refusals',
      what: 'Requests are answered 503 because the session store failed them',
      effect: 'People see "try again in a moment"; nothing they entered is lost',
      ...page,
      rollsBack: true,
      measures: { m: emitted('SessionStoreRefusals', stage, 'Sum') },
      ...window(60, 2, 3),
      ...atLeast,
      threshold: 5,
    },
    {
      id: 'redis-acl-denied',
      what: 'The session store refused a user, a key or a command',
      effect: 'A feature fails, or somebody tries what the service never does',
      ...inform,
      measures: cacheMeasures(
        places,
        ['AuthenticationFailures', 'KeyAuthorizationFailures', 'CommandAuthorizationFailures'],
        'Sum',
      ),
      expression: 'SUM(METRICS())',
      ...window(300, 1, 1),
      ...atLeast,
      threshold: 1,
    },
    {
      id: 'server-errors',
      what: 'More than 5 in 100 requests fail',
      effect: 'People see errors',
      ...page,
      rollsBack: true,
      measures: errorRateMeasures(places),
      expression: ERROR_RATE,
      ...window(60, 3, 5),
      ...over,
      threshold: 5,
    },
    {
      id: 'errors-at-low-traffic',
      runbook: 'server-errors',
      what: 'Hardly anybody is there, and most of what they ask fails',
      effect: 'People see errors',
      ...page,
      measures: errorRateMeasures(places),
      expression: LOW_TRAFFIC_ERROR_RATE,
      ...window(600, 1, 1),
      ...over,
      threshold: 50,
    },
    {
      id: 'slow-answers',
      what: 'One request in a hundred waits longer than three seconds',
      effect: 'The pages feel stuck',
      ...inform,
      rollsBack: true,
      measures: { m: balancerMeasure(places, 'TargetResponseTime', 'p99') },
      ...window(60, 5, 5),
      ...over,
      threshold: 3,
    },
    {
      id: 'healthy-hosts-low',
      what: 'Fewer healthy targets than tasks there must be',
      effect: 'Less reserve; at none, nobody is served',
      ...page,
      measures: { m: balancerMeasure(places, 'HealthyHostCount', 'Minimum') },
      ...window(60, 5, 5),
      ...under,
      threshold: places.minTasks,
    },
    {
      id: 'running-tasks-low',
      what: 'Fewer tasks run than there must be',
      effect: 'Less reserve; at none, nobody is served',
      ...page,
      measures: { m: taskMeasure(places, 'ECS/ContainerInsights', 'RunningTaskCount', 'Minimum') },
      ...window(60, 5, 5),
      ...under,
      threshold: places.minTasks,
    },
    {
      id: 'at-max-capacity',
      what: 'As many tasks run as are allowed',
      effect: 'None yet; more load will make answers slow',
      ...inform,
      measures: { m: taskMeasure(places, 'ECS/ContainerInsights', 'RunningTaskCount', 'Maximum') },
      ...window(60, 10, 15),
      ...atLeast,
      threshold: places.maxTasks,
    },
    {
      id: 'cpu-high',
      what: 'Tasks use more than 85 % of their processor although scaling should have helped',
      effect: 'Analyses and answers are slow',
      ...inform,
      measures: { m: taskMeasure(places, 'AWS/ECS', 'CPUUtilization', 'Average') },
      ...window(60, 15, 15),
      ...over,
      threshold: 85,
    },
    {
      id: 'memory-high',
      what: 'A task uses more than 85 % of its memory',
      effect: 'None yet; a task that runs out is ended, and its requests with it',
      ...inform,
      measures: { m: taskMeasure(places, 'AWS/ECS', 'MemoryUtilization', 'Maximum') },
      ...window(60, 5, 10),
      ...over,
      threshold: 85,
    },
    {
      id: 'cache-memory-high',
      what: 'The session store is filled to 75 %',
      effect: 'None yet; a full store refuses new sessions',
      ...inform,
      measures: cacheMeasures(places, ['DatabaseMemoryUsagePercentage'], 'Maximum'),
      expression: worst,
      ...window(300, 2, 3),
      ...over,
      threshold: 75,
    },
    {
      id: 'cache-memory-critical',
      what: 'The session store is filled to 90 %',
      effect: 'Soon writes are answered 503; reads and logout go on',
      ...page,
      measures: cacheMeasures(places, ['DatabaseMemoryUsagePercentage'], 'Maximum'),
      expression: worst,
      ...window(60, 3, 5),
      ...over,
      threshold: 90,
    },
    {
      id: 'cache-cpu-high',
      what: 'A node of the session store uses more than 45 % of its two processors',
      effect: 'The one thread that serves is near its limit: answers slow down, then time out',
      ...inform,
      measures: cacheMeasures(places, ['CPUUtilization'], 'Average'),
      expression: worst,
      ...window(300, 3, 3),
      ...over,
      threshold: 45,
    },
    {
      id: 'cache-evictions',
      what: 'The session store threw something away',
      effect: 'Somebody may have been signed out; it is set never to do this',
      ...inform,
      measures: cacheMeasures(places, ['Evictions'], 'Sum'),
      expression: 'SUM(METRICS())',
      ...window(300, 1, 1),
      ...over,
      threshold: 0,
    },
    {
      id: 'cache-replication-lag',
      what: 'A replica is more than a second behind',
      effect: 'Logout may be answered 503; a failover now could lose the last second',
      ...inform,
      measures: cacheMeasures(places, ['ReplicationLag'], 'Maximum'),
      expression: worst,
      ...window(60, 5, 5),
      ...over,
      threshold: 1,
    },
    {
      id: 'cache-swap',
      what: 'A node of the session store swaps',
      effect: 'Answers slow down without any other sign',
      ...inform,
      measures: cacheMeasures(places, ['SwapUsage'], 'Maximum'),
      expression: worst,
      ...window(300, 3, 3),
      ...over,
      threshold: 52_428_800,
    },
    {
      id: 'cache-credits-low',
      what: 'A burstable node has few CPU credits left',
      effect: 'None yet; without credits the node slows to a tenth',
      ...inform,
      measures: cacheMeasures(places, ['CPUCreditBalance'], 'Minimum'),
      expression: 'MIN(METRICS())',
      ...window(300, 3, 3),
      comparison: 'LessThanThreshold',
      missing: 'notBreaching',
      threshold: 30,
    },
    {
      id: 's3-errors',
      what: 'The object store fails requests',
      effect: 'Uploads, analyses and downloads fail; chat and sessions go on',
      ...page,
      rollsBack: true,
      measures: { m: emitted('S3AccessErrors', stage, 'Sum') },
      ...window(300, 1, 1),
      ...atLeast,
      threshold: 10,
    },
    {
      id: 'erasure-backlog',
      what: 'Data of ended sessions has waited more than an hour to be deleted',
      effect: 'None to be seen; the promise to delete within a day is at risk',
      ...inform,
      measures: { m: emitted('ErasureBacklog', stage, 'Minimum') },
      ...window(300, 12, 12),
      ...over,
      threshold: 0,
    },
    ...BURN_PAIRS.flatMap((pair) => [burn(pair, pair.long), burn(pair, pair.short)]),
    ...(places.firewall === undefined ? [] : [firewallSpec(places.firewall, inform)]),
  ]
}

/** Somebody hammers at the door, or the firewall takes people for somebody who does. */
function firewallSpec<Ref>(
  firewall: NonNullable<Places<Ref>['firewall']>,
  inform: Pick<AlarmSpec<Ref>, 'urgency' | 'userImpact' | 'rollsBack'>,
): AlarmSpec<Ref> {
  return {
    id: 'firewall-blocks',
    what: 'The web firewall refuses more than a thousand requests in five minutes',
    effect: 'None for most; those behind a refused address see 403',
    ...inform,
    measures: {
      m: firewallMeasure(firewall, 'BlockedRequests', 'ALL'),
    },
    periodSeconds: 300,
    datapointsToAlarm: 1,
    evaluationPeriods: 1,
    comparison: 'GreaterThanThreshold',
    missing: 'notBreaching',
    threshold: 1_000,
  }
}

/** An alarm over alarms: `any` of them, or `all` at once. */
export interface CompositeSpec {
  readonly id: string
  readonly what: string
  readonly effect: string
  readonly of: readonly string[]
  readonly when: 'any' | 'all'
  /** One that neither wakes nor tells anybody is a part of another. */
  readonly tells: 'page' | 'inform' | 'nobody'
}

/** Every composite of a stack, each after those it is made of. */
export function compositeSpecs(specs: readonly AlarmSpec<unknown>[]): CompositeSpec[] {
  const ids = (keep: (spec: AlarmSpec<unknown>) => boolean): string[] => specs.filter(keep).map(({ id }) => id)
  return [
    ...BURN_PAIRS.map(({ id, what, effect, urgency, long, short }): CompositeSpec => ({
      id,
      what,
      effect,
      of: [`${id}-${long[0]}`, `${id}-${short[0]}`],
      when: 'all',
      tells: urgency === 'page' ? 'nobody' : 'inform',
    })),
    {
      id: 'isolation',
      what: "The promise that nobody's data reaches anybody else is in doubt",
      effect: 'See the alarm it names; treat as an incident at once',
      of: ids(({ id }) => id === 'isolation-violation'),
      when: 'any',
      tells: 'page',
    },
    {
      id: 'user-impact',
      what: 'People feel it: one or more of its alarms are on',
      effect: 'See the alarms it names',
      of: [
        ...ids(({ userImpact }) => userImpact),
        ...BURN_PAIRS.filter(({ urgency }) => urgency === 'page').map(({ id }) => id),
      ],
      when: 'any',
      tells: 'page',
    },
  ]
}

/** Where a person's telephone finds what to do and what to look at. */
export interface Links {
  /** Address of the folder of runbooks. */
  readonly runbooks: string
  readonly dashboard: string
}

/** What the person who is woken reads first: the fact, its effect, and where the next steps are. */
export function describe(
  spec: { readonly id: string; readonly runbook?: string; readonly what: string; readonly effect: string },
  { runbooks, dashboard }: Links,
): string {
  return [
    `${spec.what}.`,
    `For users: ${spec.effect}.`,
    `Runbook: ${runbooks}/${spec.runbook ?? spec.id}.md`,
    `Dashboard: ${dashboard}`,
  ].join('\n')
}
