import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { METRICS, NAMESPACE } from '../../service/metrics/metric-names.ts'
import { SERVICE } from '../names.ts'
import type { Recorded } from '../rehearsal/record.ts'
import type { Json } from '../rehearsal/values.ts'
import { CATALOGUE } from './metric-catalogue.ts'
import { at, documentAt, every, input, listAt, regionOf, whole, type Rule, type StackView } from './rule.ts'
import { TYPE } from './types.ts'

const RUNBOOKS = join(import.meta.dirname, '..', '..')
const COMPARISONS: ReadonlySet<unknown> = new Set([
  'GreaterThanOrEqualToThreshold',
  'GreaterThanThreshold',
  'LessThanThreshold',
  'LessThanOrEqualToThreshold',
])
const STATISTIC = /^(Sum|Average|Minimum|Maximum|SampleCount|p\d{1,2}(\.\d)?)$/
const WIDGETS: ReadonlySet<unknown> = new Set(['text', 'metric', 'log', 'alarm'])

/** Metrics that an alarm on an expression may read. */
const MOST_METRICS = 10

/** A metric as an alarm or a line of a widget names it. */
export interface Watched {
  readonly namespace: string
  readonly metric: string
  readonly dimensions: Readonly<Record<string, string>>
}

/** Every metric an alarm reads. */
export function watchedByAlarm(alarm: Recorded): Watched[] {
  const direct = input(alarm, 'metricName') === undefined ? [] : [alarm.inputs]
  const queried = listAt(alarm.inputs, 'metricQueries').flatMap((query) => at(query, 'metric') ?? [])
  return [...direct, ...queried].map((each) => ({
    namespace: String(at(each, 'namespace')),
    metric: String(at(each, 'metricName')),
    dimensions: (at(each, 'dimensions') ?? {}) as Record<string, string>,
  }))
}

/** Every metric a dashboard draws; a search counts as what it searches for. */
export function watchedByDashboard(dashboard: Recorded): Watched[] {
  return listAt(documentAt(dashboard, 'dashboardBody'), 'widgets')
    .flatMap((widget) => listAt(widget, 'properties.metrics'))
    .flatMap((line) => {
      const parts = line as readonly Json[]
      const search = /SEARCH\('\{([^}]+)\} MetricName="(\w+)" Stage="(\w+)"'/.exec(
        JSON.stringify(parts).replaceAll('\\"', '"'),
      )
      if (search !== null) {
        const [namespace = '', ...keys] = (search[1] ?? '').split(',')
        return [
          {
            namespace,
            metric: search[2] ?? '',
            dimensions: Object.fromEntries(
              keys.map((key) => [key, key === 'Service' ? SERVICE : key === 'Stage' ? (search[3] ?? '') : '*']),
            ),
          },
        ]
      }
      if (typeof parts[0] !== 'string') return []
      const [namespace, metric, ...rest] = parts.filter((part) => typeof part === 'string')
      return [
        {
          namespace: String(namespace),
          metric: String(metric),
          dimensions: Object.fromEntries(
            rest.flatMap((key, index) => (index % 2 === 0 ? [[key, String(rest[index + 1])]] : [])),
          ),
        },
      ]
    })
}

/** Whether the service emits the metric with just these dimensions. */
export function isEmitted(watched: Watched, stage: string): boolean {
  if (watched.namespace !== NAMESPACE) return true
  const spec = Object.entries(METRICS).find(([name]) => name === watched.metric)?.[1]
  const { Service, Stage, ...rest } = watched.dimensions
  const keys = Object.keys(rest).join()
  return (
    spec !== undefined &&
    Service === SERVICE &&
    Stage === stage &&
    (keys === '' || spec.splits.some((split) => split.join() === keys))
  )
}

/** The other resources of the stack that the metric is about, as CloudWatch names them. */
function isOfThisStack(watched: Watched, stack: StackView): boolean {
  const one = (type: string, output: string): string => String(stack.of(type)[0]?.outputs[output])
  const known: Readonly<Record<string, (value: string) => boolean>> = {
    LoadBalancer: (value) => value === one(TYPE.balancer, 'arnSuffix'),
    TargetGroup: (value) => value === one(TYPE.targets, 'arnSuffix'),
    ClusterName: (value) => value === one(TYPE.cluster, 'name'),
    CanaryName: (value) => value === one(TYPE.canary, 'name'),
    WebACL: (value) => value === one(TYPE.acl, 'name'),
    Region: (value) => value === regionOf(stack),
    Rule: (value) =>
      value === 'ALL' ||
      stack.of(TYPE.acl).some((acl) => listAt(acl.inputs, 'rules').some((rule) => at(rule, 'name') === value)),
    ServiceName: (value) => stack.of(TYPE.service).length === 0 || value === one(TYPE.service, 'name'),
    CacheClusterId: (value) =>
      stack
        .of(TYPE.cache)
        .some((cache) =>
          Array.from(
            { length: Number(input(cache, 'numCacheClusters')) },
            (_, n) => `${cache.id}-00${String(n + 1)}`,
          ).includes(value),
        ),
    BucketName: (value) =>
      stack.of(TYPE.bucket).some(({ name, outputs }) => name.endsWith('-data') && outputs['bucket'] === value),
  }
  return (
    watched.namespace === NAMESPACE ||
    Object.entries(watched.dimensions).every(([key, value]) => known[key]?.(value) ?? key === 'FilterId')
  )
}

function periodOf(alarm: Recorded): number {
  const periods = [
    input(alarm, 'period'),
    ...listAt(alarm.inputs, 'metricQueries').map((query) => at(query, 'metric.period')),
  ]
    .filter((period) => period !== undefined)
    .map(Number)
  return new Set(periods).size === 1 ? (periods[0] ?? 0) : 0
}

/** Alarms that wake somebody, written a second time and independently of the list they are made from. */
const WAKES: readonly string[] = [
  'isolation-violation',
  'telemetry-silent',
  'outside-probe',
  'redis-unhealthy',
  'session-store-refusals',
  'server-errors',
  'errors-at-low-traffic',
  'healthy-hosts-low',
  'running-tasks-low',
  'cache-memory-critical',
  's3-errors',
  'error-budget-fast',
  'error-budget-slow',
]
/** Alarms that roll a deployment back. */
const SENDS_BACK: readonly string[] = [
  'isolation-violation',
  'session-store-refusals',
  'server-errors',
  'slow-answers',
  's3-errors',
]

/** Whether AWS keeps the metric under these dimensions, and the alarm treats its silence correctly. */
function isInCatalogue({ namespace, metric, dimensions }: Watched, alarm: Recorded): boolean {
  const entry = CATALOGUE.find((each) => each.namespace === namespace && each.metric === metric)
  const query = listAt(alarm.inputs, 'metricQueries').find((each) => at(each, 'metric.metricName') === metric)
  const stat = String(at(query, 'metric.stat') ?? input(alarm, 'statistic') ?? input(alarm, 'extendedStatistic'))
  const keys = Object.keys(dimensions).sort().join()
  // A metric that comes each minute and falls silent is a fault, where the alarm is for too little of it.
  const isForLittle = String(input(alarm, 'comparisonOperator')).startsWith('LessThan')
  const isSilenceRight = entry?.silence !== 'speaks' || !isForLittle || input(alarm, 'treatMissingData') === 'breaching'
  return (
    entry !== undefined &&
    entry.dimensions.some((set) => [...set].sort().join() === keys) &&
    entry.stats.includes(stat) &&
    // Too little is seen in the least of what was measured; the most would hide it.
    (!isForLittle || stat === 'Minimum') &&
    isSilenceRight
  )
}

/** Whether a message leads to a page that exists, with what to do and what to look at. */
function hasLinks(record: Recorded, stack: StackView): boolean {
  const text = String(input(record, 'alarmDescription'))
  const page = /https:\/\/\S+\/(docs\/runbooks\/[a-z0-9-]+\.md)/.exec(text)?.[1]
  return (
    text.length <= 1_024 &&
    page !== undefined &&
    existsSync(join(RUNBOOKS, page)) &&
    text.includes(`#dashboards/dashboard/chatmrpt-${stack.stage}`)
  )
}

const composes = (composite: Recorded): string[] =>
  [...String(input(composite, 'alarmRule')).matchAll(/ALARM\("([^"]+)"\)/g)].map(([, name = '']) => name)

export const watchRules: readonly Rule[] = [
  every(
    'CloudWatch.15',
    'Every alarm tells somebody',
    TYPE.alarm,
    (record, stack) =>
      listAt(record.inputs, 'alarmActions').length > 0 &&
      listAt(record.inputs, 'alarmActions').every((arn) =>
        stack.of(TYPE.topic).some(({ outputs }) => outputs['arn'] === arn),
      ),
  ),
  every(
    'CloudWatch.16',
    'Logs are kept for a year',
    TYPE.logGroup,
    (record) => Number(input(record, 'retentionInDays')) >= 365,
  ),
  every(
    'CloudWatch.17',
    'Every alarm is armed',
    TYPE.alarm,
    (record, stack) => stack.of(TYPE.service).length === 0 || input(record, 'actionsEnabled') === true,
  ),
  every('logs.key', 'Logs are encrypted with a key the log service may use', TYPE.logGroup, (record, stack) =>
    stack
      .of(TYPE.key)
      .some(
        (key) =>
          key.outputs['arn'] === input(record, 'kmsKeyId') &&
          /logs\.[a-z0-9-]+\.amazonaws\.com/.test(String(input(key, 'policy'))),
      ),
  ),
  every(
    'composite.rule',
    'A composite names alarms that exist and are made before it: any of them, or both windows of a pair',
    TYPE.composite,
    (record, stack) => {
      const parts = [...stack.of(TYPE.alarm), ...stack.of(TYPE.composite)]
      const operators = [...String(input(record, 'alarmRule')).matchAll(/" ?\)? (OR|AND) /g)].map(([, each]) => each)
      const isPair = /-error-budget-[a-z]+$/.test(record.name)
      const isPlain = /^ALARM\("[^"]+"\)( (OR|AND) ALARM\("[^"]+"\))*$/.test(String(input(record, 'alarmRule')))
      return (
        isPlain &&
        input(record, 'actionsEnabled') === true &&
        composes(record).length === operators.length + 1 &&
        operators.every((each) => each === (isPair ? 'AND' : 'OR')) &&
        composes(record).every((name) =>
          parts.some(
            (part) =>
              (part.outputs['name'] === name || part.outputs['alarmName'] === name) &&
              part !== record &&
              record.dependsOn.includes(part.urn),
          ),
        )
      )
    },
  ),
  {
    id: 'composite.whole',
    title: 'Each alarm that must wake somebody does, through one of the two pages',
    check: (stack) => {
      const page = stack.of(TYPE.composite).filter(({ name }) => /-(isolation|user-impact)$/.test(name))
      const heard = new Set(page.flatMap(composes))
      return WAKES.map((id) => `chatmrpt-${stack.stage}-${id}`).filter((name) => !heard.has(name))
    },
  },
  every(
    'alarm.pages',
    'The two pages wake somebody; no other composite does, since one incident is one message',
    TYPE.composite,
    (record, stack) => {
      const told = listAt(record.inputs, 'alarmActions')
      const isTopic = (arn: unknown, end: string): boolean =>
        stack.of(TYPE.topic).some(({ name, outputs }) => name.endsWith(end) && outputs['arn'] === arn)
      return /-(isolation|user-impact)$/.test(record.name)
        ? stack.of(TYPE.service).length === 0 || (told.length === 1 && told.every((arn) => isTopic(arn, '-page')))
        : told.every((arn) => isTopic(arn, '-inform'))
    },
  ),
  whole('alarm.isolation', 'One violation is enough to wake somebody', (stack) =>
    stack
      .of(TYPE.alarm)
      .some(
        (alarm) =>
          watchedByAlarm(alarm).some(({ metric }) => metric === 'SessionIsolationViolations') &&
          input(alarm, 'threshold') === 1 &&
          input(alarm, 'evaluationPeriods') === 1 &&
          input(alarm, 'comparisonOperator') === 'GreaterThanOrEqualToThreshold' &&
          input(alarm, 'statistic') === 'Sum' &&
          stack.of(TYPE.composite).some((composite) => composes(composite).includes(String(alarm.outputs['name']))),
      ),
  ),
  every(
    'alarm.silence',
    'Missing data sets off the alarms on what must report',
    TYPE.alarm,
    (record) =>
      !/(telemetry-silent|hosts-low|tasks-low)$/.test(record.name) || input(record, 'treatMissingData') === 'breaching',
  ),
  every(
    'alarm.arithmetic',
    'Every alarm can go off: a known comparison, M of N with M no more than N, a period CloudWatch has, no further ' +
      'back than it looks, no more metrics than it takes',
    TYPE.alarm,
    (record) => {
      const [period, n, m] = [
        periodOf(record),
        Number(input(record, 'evaluationPeriods')),
        Number(input(record, 'datapointsToAlarm')),
      ]
      const statistics = [
        input(record, 'statistic'),
        input(record, 'extendedStatistic'),
        ...listAt(record.inputs, 'metricQueries').map((query) => at(query, 'metric.stat')),
      ].filter((each) => each !== undefined)
      return (
        COMPARISONS.has(input(record, 'comparisonOperator')) &&
        m >= 1 &&
        m <= n &&
        period >= 60 &&
        period % 60 === 0 &&
        // From a period of an hour up CloudWatch looks back a week, below that a day.
        period * n <= (period >= 3_600 ? 604_800 : 86_400) &&
        watchedByAlarm(record).length <= MOST_METRICS &&
        typeof input(record, 'threshold') === 'number' &&
        statistics.length > 0 &&
        statistics.every((each) => STATISTIC.test(String(each))) &&
        ['breaching', 'notBreaching', 'ignore', 'missing'].includes(String(input(record, 'treatMissingData')))
      )
    },
  ),
  every(
    'alarm.metrics',
    'Every alarm reads a metric that is emitted, about this stack',
    TYPE.alarm,
    (record, stack) =>
      watchedByAlarm(record).length > 0 &&
      watchedByAlarm(record).every((each) => isEmitted(each, stack.stage) && isOfThisStack(each, stack)),
  ),
  every(
    'alarm.catalogue',
    'A metric that AWS makes is read as AWS makes it: its dimensions, a statistic that means something, its silence',
    TYPE.alarm,
    (record) =>
      watchedByAlarm(record)
        .filter(({ namespace }) => namespace !== NAMESPACE)
        .every((watched) => isInCatalogue(watched, record)),
  ),
  every(
    'alarm.percentiles',
    'A percentile of a handful of requests sends no deployment back',
    TYPE.alarm,
    (record) =>
      input(record, 'extendedStatistic') === undefined ||
      input(record, 'evaluateLowSampleCountPercentiles') === 'ignore',
  ),
  every('alarm.runbook', 'Every alarm links a runbook that exists, and the dashboard', TYPE.alarm, hasLinks),
  every(
    'alarm.page-runbook',
    'Every composite links a runbook that exists, and the dashboard',
    TYPE.composite,
    hasLinks,
  ),
  every('alarm.rollback', 'Alarms that people feel at once send a deployment back', TYPE.service, (record, stack) =>
    SENDS_BACK.every((id) => listAt(record.inputs, 'alarms.alarmNames').includes(`chatmrpt-${stack.stage}-${id}`)),
  ),
  every(
    'notices.deployments',
    'Ends of deployments, and tasks that cannot start, are reported',
    TYPE.eventRule,
    (record, stack) => {
      if (record.name.endsWith('-operator')) return true
      const pattern = documentAt(record, 'eventPattern')
      const service = String(stack.of(TYPE.service)[0]?.outputs['name'] ?? `chatmrpt-${stack.stage}`)
      return (
        ['SERVICE_DEPLOYMENT_FAILED', 'SERVICE_TASK_START_IMPAIRED'].every((event) =>
          listAt(pattern, 'detail.eventName').includes(event),
        ) &&
        listAt(pattern, 'resources').every((arn) => String(arn).endsWith(`:service/${service}/${service}`)) &&
        stack
          .of(TYPE.eventTarget)
          .some(
            (target) =>
              input(target, 'rule') === record.outputs['name'] &&
              stack.of(TYPE.topic).some((topic) => topic.outputs['arn'] === input(target, 'arn')),
          )
      )
    },
  ),
  every('dashboard.form', 'The dashboard is one CloudWatch can draw', TYPE.dashboard, (record) => {
    const widgets = listAt(documentAt(record, 'dashboardBody'), 'widgets')
    return (
      widgets.length > 0 &&
      widgets.length <= 500 &&
      widgets.every(
        (widget) =>
          WIDGETS.has(at(widget, 'type')) &&
          ['x', 'y', 'width', 'height'].every((key) => Number.isInteger(at(widget, key))) &&
          Number(at(widget, 'x')) + Number(at(widget, 'width')) <= 24 &&
          Number(at(widget, 'width')) >= 1 &&
          (at(widget, 'type') !== 'text' || typeof at(widget, 'properties.markdown') === 'string') &&
          (at(widget, 'type') !== 'log' ||
            (/^SOURCE '[^']+' \| /.test(String(at(widget, 'properties.query'))) &&
              typeof at(widget, 'properties.region') === 'string')) &&
          (at(widget, 'type') !== 'metric' ||
            (listAt(widget, 'properties.metrics').length > 0 &&
              listAt(widget, 'properties.metrics').every(Array.isArray) &&
              typeof at(widget, 'properties.region') === 'string')),
      )
    )
  }),
  every(
    'dashboard.metrics',
    'The dashboard draws metrics that are emitted, about this stack',
    TYPE.dashboard,
    (record, stack) =>
      watchedByDashboard(record).every((each) => isEmitted(each, stack.stage) && isOfThisStack(each, stack)),
  ),
  every('dashboard.whole', 'Every metric that the service emits is drawn', TYPE.dashboard, (record) =>
    Object.entries(METRICS).every(
      ([metric, { splits }]) =>
        watchedByDashboard(record).some((each) => each.metric === metric) &&
        splits.every((split: readonly string[]) =>
          watchedByDashboard(record).some(
            (each) => each.metric === metric && split.every((key) => key in each.dimensions),
          ),
        ),
    ),
  ),
  {
    id: 'dashboard.firewall',
    title:
      'Where there is a web firewall, the dashboard draws what each of its rules refused, and what was let through',
    check: (stack) => {
      const drawn = stack
        .of(TYPE.dashboard)
        .flatMap(watchedByDashboard)
        .filter(({ namespace }) => namespace === 'AWS/WAFV2')
      const has = (metric: string, rule: string): boolean =>
        drawn.some((each) => each.metric === metric && each.dimensions['Rule'] === rule)
      return stack.of(TYPE.acl).flatMap((acl) => {
        const refused = ['ALL', ...listAt(acl.inputs, 'rules').map((rule) => String(at(rule, 'name')))]
        return [
          ...refused.filter((rule) => !has('BlockedRequests', rule)).map((rule) => `refused by ${rule}`),
          ...(has('AllowedRequests', 'ALL') ? [] : ['let through']),
        ]
      })
    },
  },
  every('dashboard.alarms', 'Every alarm is on the dashboard', TYPE.dashboard, (record, stack) =>
    [...stack.of(TYPE.alarm), ...stack.of(TYPE.composite)].every(({ outputs }) =>
      String(input(record, 'dashboardBody')).includes(String(outputs['arn'])),
    ),
  ),
]
