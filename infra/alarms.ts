import { METRICS, NAMESPACE, type MetricName } from '../service/metrics/metric-names.ts'
import { SERVICE } from './names.ts'

/** Names of what is watched; `Ref` is an output in the program and a string in a test. */
export interface Places<Ref> {
  readonly stage: string
  readonly minTasks: number
  readonly maxTasks: number
  readonly balancer: Ref
  readonly targets: Ref
  readonly cluster: Ref
  readonly serviceName: Ref
  readonly cacheNodes: readonly Ref[]
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
/** Below this many requests in a period a rate of errors says nothing. */
const FEW_REQUESTS = 20

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

/** Failed requests in a hundred, whoever failed them, the service or the balancer for it; 0 while there are few. */
export const ERROR_RATE = `IF(requests > ${String(FEW_REQUESTS)}, 100 * (FILL(target, 0) + FILL(balancer, 0)) / requests, 0)`

export function errorRateMeasures<Ref>(places: Places<Ref>): Record<string, Measure<Ref>> {
  return {
    requests: balancerMeasure(places, 'RequestCount', 'Sum', false),
    target: balancerMeasure(places, 'HTTPCode_Target_5XX_Count', 'Sum', false),
    balancer: balancerMeasure(places, 'HTTPCode_ELB_5XX_Count', 'Sum', false),
  }
}

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
    {
      id: 'error-budget-fast',
      what: "At this rate two days use up the month's budget of errors",
      effect: 'People have seen errors for an hour',
      ...page,
      measures: errorRateMeasures(places),
      expression: ERROR_RATE,
      ...window(3_600, 1, 1),
      ...over,
      threshold: 14.4 * ERROR_BUDGET_PERCENT,
    },
    {
      id: 'error-budget-slow',
      what: "At this rate five days use up the month's budget of errors",
      effect: 'A few people see errors, for hours',
      ...inform,
      measures: errorRateMeasures(places),
      expression: ERROR_RATE,
      ...window(21_600, 1, 1),
      ...over,
      threshold: 6 * ERROR_BUDGET_PERCENT,
    },
  ]
}

/** An alarm over alarms: these are what wakes somebody. */
export interface CompositeSpec {
  readonly id: string
  readonly what: string
  readonly effect: string
  readonly of: readonly string[]
}

export function compositeSpecs(specs: readonly AlarmSpec<unknown>[]): CompositeSpec[] {
  const ids = (keep: (spec: AlarmSpec<unknown>) => boolean): string[] => specs.filter(keep).map(({ id }) => id)
  return [
    {
      id: 'isolation',
      what: "The promise that nobody's data reaches anybody else is in doubt",
      effect: 'See the alarm it names; treat as an incident at once',
      of: ids(({ id }) => id === 'isolation-violation'),
    },
    {
      id: 'user-impact',
      what: 'People feel it: one or more of its alarms are on',
      effect: 'See the alarms it names',
      of: ids(({ userImpact }) => userImpact),
    },
  ]
}

/** What the person who is woken reads first: the fact, its effect, and where the next steps are. */
export function describe(spec: { readonly id: string; readonly what: string; readonly effect: string }): string {
  return `${spec.what}. For users: ${spec.effect}. Runbook: docs/runbooks/${spec.id}.md`
}
