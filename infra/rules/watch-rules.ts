import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { METRICS, NAMESPACE } from '../../service/metrics/metric-names.ts'
import { SERVICE } from '../names.ts'
import type { Recorded } from '../rehearsal/record.ts'
import type { Json } from '../rehearsal/values.ts'
import { at, documentAt, every, input, listAt, whole, type Rule, type StackView } from './rule.ts'
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

/** What other resources of the stack the metric is about, in the words of CloudWatch. */
function isOfThisStack(watched: Watched, stack: StackView): boolean {
  const one = (type: string, output: string): string => String(stack.of(type)[0]?.outputs[output])
  const known: Readonly<Record<string, (value: string) => boolean>> = {
    LoadBalancer: (value) => value === one(TYPE.balancer, 'arnSuffix'),
    TargetGroup: (value) => value === one(TYPE.targets, 'arnSuffix'),
    ClusterName: (value) => value === one(TYPE.cluster, 'name'),
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
    'alarm.pages',
    'A composite alarm wakes somebody, and only for alarms that exist',
    TYPE.composite,
    (record, stack) =>
      input(record, 'actionsEnabled') === true &&
      composes(record).length > 0 &&
      composes(record).every((name) =>
        stack.of(TYPE.alarm).some((alarm) => alarm.outputs['name'] === name && record.dependsOn.includes(alarm.urn)),
      ) &&
      listAt(record.inputs, 'alarmActions').every((arn) =>
        stack.of(TYPE.topic).some(({ name, outputs }) => name.endsWith('-page') && outputs['arn'] === arn),
      ) &&
      listAt(record.inputs, 'alarmActions').length > 0,
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
    'Silence of what must speak is an alarm',
    TYPE.alarm,
    (record) =>
      !/(telemetry-silent|hosts-low|tasks-low)$/.test(record.name) || input(record, 'treatMissingData') === 'breaching',
  ),
  every(
    'alarm.arithmetic',
    'Every alarm can go off: a known comparison, M of N with M no more than N, a period CloudWatch has, at most a day, no more metrics than it takes',
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
        period * n <= 86_400 &&
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
  every('alarm.runbook', 'Every alarm names a runbook that exists', TYPE.alarm, (record) =>
    existsSync(
      join(
        RUNBOOKS,
        /docs\/runbooks\/[a-z0-9-]+\.md/.exec(String(input(record, 'alarmDescription')))?.[0] ?? 'missing',
      ),
    ),
  ),
  every('alarm.page-runbook', 'Every composite names a runbook that exists', TYPE.composite, (record) =>
    existsSync(
      join(
        RUNBOOKS,
        /docs\/runbooks\/[a-z0-9-]+\.md/.exec(String(input(record, 'alarmDescription')))?.[0] ?? 'missing',
      ),
    ),
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
  every('dashboard.whole', 'Whatever the service emits is drawn', TYPE.dashboard, (record) =>
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
  every('dashboard.alarms', 'Every alarm stands on the dashboard', TYPE.dashboard, (record, stack) =>
    [...stack.of(TYPE.alarm), ...stack.of(TYPE.composite)].every(({ outputs }) =>
      String(input(record, 'dashboardBody')).includes(String(outputs['arn'])),
    ),
  ),
]
