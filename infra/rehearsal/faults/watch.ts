import { without, withInput, withText, type Change } from '../change.ts'
import { ofKind, type Mutant } from '../mutant.ts'
import type { Recorded } from '../record.ts'
import type { Json } from '../values.ts'

const SERVICE = { kind: 'ecs/service:Service' }
const IMPACT = { kind: 'CompositeAlarm', name: '-user-impact' }
const ISOLATION = { kind: 'CompositeAlarm', name: '-isolation' }
const FILTER = { kind: 'BucketMetric' }
const alarm = (id: string): { kind: string; name: string } => ({ kind: 'MetricAlarm', name: `-${id}` })
const ring = (name: string): Json => [`⟦Subnet.chatmrpt-prod-${name}-1!id⟧`, `⟦Subnet.chatmrpt-prod-${name}-2!id⟧`]
/** Every subscription of a topic changed at once. */
const subscriptions =
  (change: (record: Recorded) => Recorded): Change =>
  (records) =>
    records.map((record) => (record.type === 'aws:sns/topicSubscription:TopicSubscription' ? change(record) : record))
/** The rule of the page about users changed. */
const impactRule =
  (change: (rule: string) => string): Change =>
  (records) =>
    records.map((record) =>
      record.type.endsWith(`:${IMPACT.kind}`) && record.name.endsWith(IMPACT.name)
        ? { ...record, inputs: { ...record.inputs, alarmRule: change(String(record.inputs['alarmRule'])) } }
        : record,
    )
/** An alarm left out of the page about users. */
const leftOut = (id: string): Change => withText(IMPACT, 'alarmRule', ` OR ALARM("chatmrpt-prod-${id}")`, '')

/** What is watched, and who is notified. */
export const WATCH: readonly Mutant[] = [
  ...ofKind(
    'a statistic that hides the fault',
    {
      fault: 'healthy targets by their maximum',
      change: withInput(alarm('healthy-hosts-low'), 'statistic', 'Maximum'),
    },
    [
      {
        fault: 'running tasks by their maximum',
        change: withInput(alarm('running-tasks-low'), 'statistic', 'Maximum'),
      },
      {
        fault: "the probe's runs by the best of them",
        change: withInput(alarm('outside-probe'), 'statistic', 'Maximum'),
      },
      {
        fault: 'memory of the session store by its least',
        change: withInput(alarm('cache-memory-critical'), 'metricQueries.1.metric.stat', 'Minimum'),
      },
      {
        fault: 'evictions by their average',
        change: withInput(alarm('cache-evictions'), 'metricQueries.1.metric.stat', 'Average'),
      },
    ],
  ),
  ...ofKind(
    'a metric under wrong dimensions',
    {
      fault: 'running tasks of the whole cluster',
      change: withInput(alarm('running-tasks-low'), 'dimensions.ServiceName'),
    },
    [
      {
        fault: 'healthy targets of the whole balancer',
        change: withInput(alarm('healthy-hosts-low'), 'dimensions.TargetGroup'),
      },
      { fault: 'processors of the whole cluster', change: withInput(alarm('cpu-high'), 'dimensions.ServiceName') },
      {
        fault: 'blocked requests of no rule',
        change: withInput(alarm('firewall-blocks'), 'dimensions.Rule'),
      },
      {
        fault: "memory of another stage's session store",
        change: withInput(
          alarm('cache-memory-critical'),
          'metricQueries.1.metric.dimensions.CacheClusterId',
          'chatmrpt-dev-001',
        ),
      },
    ],
  ),
  ...ofKind(
    'a metric by a wrong name',
    {
      fault: "memory of the session store by a metric's misspelt name",
      change: withInput(
        alarm('cache-memory-critical'),
        'metricQueries.1.metric.metricName',
        'DatabaseMemoryUsagePercent',
      ),
    },
    [
      {
        fault: 'errors in a namespace that does not exist',
        change: withInput(alarm('server-errors'), 'metricQueries.2.metric.namespace', 'AWS/ApplicationLB'),
      },
      {
        fault: 'running tasks by the name that the console shows',
        change: withInput(alarm('running-tasks-low'), 'metricName', 'RunningTasksCount'),
      },
      {
        fault: "the probe's runs in a namespace as other services have it",
        change: withInput(alarm('outside-probe'), 'namespace', 'AWS/Synthetics'),
      },
    ],
  ),
  {
    fault: 'a probe that reports nothing counts as healthy',
    change: withInput(alarm('outside-probe'), 'treatMissingData', 'notBreaching'),
  },
  {
    fault: 'percentiles of three requests send a deployment back',
    change: withInput(alarm('slow-answers'), 'evaluateLowSampleCountPercentiles'),
  },
  ...ofKind(
    'a page only when all is lost',
    {
      fault: 'a page only when all its alarms are on',
      change: impactRule((rule) => rule.replaceAll(' OR ', ' AND ')),
    },
    [
      {
        fault: 'a page only when two of its alarms are on',
        change: impactRule((rule) => rule.replace(' OR ', ' AND ')),
      },
      { fault: 'a page while all is well', change: impactRule((rule) => `NOT (${rule})`) },
      { fault: 'a page when alarms are in order', change: impactRule((rule) => rule.replaceAll('ALARM(', 'OK(')) },
    ],
  ),
  ...ofKind(
    'a page that leaves alarms out',
    {
      fault: 'a page for the last of its alarms alone',
      change: impactRule((rule) => rule.split(' OR ').at(-1) ?? ''),
    },
    [
      { fault: 'no page for a probe from outside that fails', change: leftOut('outside-probe') },
      { fault: 'no page for errors that few people see', change: leftOut('errors-at-low-traffic') },
      { fault: 'no page for a burn of hours', change: leftOut('error-budget-slow') },
      {
        fault: 'no page for a wall that did not hold',
        change: withText(ISOLATION, 'alarmRule', 'isolation-violation', 'cross-session-attempts'),
      },
    ],
  ),
  {
    fault: 'a burn that is alarmed by one window alone',
    change: withText({ kind: 'CompositeAlarm', name: '-error-budget-fast' }, 'alarmRule', ' AND ', ' OR '),
  },
  ...ofKind(
    'a deployment that no alarm sends back',
    { fault: 'no alarm sends a deployment back', change: withInput(SERVICE, 'alarms.alarmNames', []) },
    [
      { fault: 'errors do not send a deployment back', change: withInput(SERVICE, 'alarms.alarmNames.2') },
      { fault: 'alarms stop a deployment and leave it there', change: withInput(SERVICE, 'alarms.rollback', false) },
      { fault: 'alarms are named and not looked at', change: withInput(SERVICE, 'alarms.enable', false) },
    ],
  ),
  {
    fault: 'a page sent to those who read in the morning',
    change: withInput(IMPACT, 'alarmActions.0', '⟦Topic.chatmrpt-prod-inform!arn⟧'),
  },
  {
    fault: 'a third page for the same incident',
    change: withInput({ kind: 'CompositeAlarm', name: '-error-budget-fast' }, 'alarmActions', [
      '⟦Topic.chatmrpt-prod-page!arn⟧',
    ]),
  },
  {
    fault: 'a telephone subscribed as a mail address',
    change: withInput({ kind: 'TopicSubscription', name: '' }, 'protocol', 'lambda'),
  },
  {
    fault: 'an on-call address that everybody may read in the state',
    change: subscriptions((record) => ({ ...record, secretInputs: [] })),
  },
  {
    fault: 'somebody both woken and informed',
    change: subscriptions((record) => ({
      ...record,
      inputs: { ...record.inputs, protocol: 'email', endpoint: 'team@example.org' },
    })),
  },
  { fault: 'an alarm without a link', change: withText(alarm('cpu-high'), 'alarmDescription', 'https://', '') },
  ...ofKind(
    'a measure of the bucket under another name',
    {
      fault: 'the filter of the bucket under another name than the dashboard draws',
      change: withInput(FILTER, 'name', 'objects'),
    },
    [
      {
        fault: 'the dashboard draws a filter that is not there',
        change: withText({ kind: 'Dashboard' }, 'dashboardBody', '"FilterId","sessions"', '"FilterId","all"'),
      },
      { fault: 'the filter measures another prefix', change: withInput(FILTER, 'filter.prefix', 'other/') },
      { fault: 'the bucket has no filter', change: without(FILTER) },
      {
        fault: 'the filter is of the bucket of logs',
        change: withInput(FILTER, 'bucket', '⟦Bucket.chatmrpt-prod-access-logs!id⟧'),
      },
    ],
  ),
  {
    fault: 'what the limit for an address refuses is not drawn',
    change: withText({ kind: 'Dashboard' }, 'dashboardBody', '"Rule","rate"', '"Rule","limit"'),
  },
  {
    fault: 'ends of deployments of another service',
    change: withText({ kind: 'EventRule' }, 'eventPattern', 'service/chatmrpt-prod/', 'service/chatmrpt/'),
  },
  {
    fault: 'the probe asks another address',
    change: withInput({ kind: 'Canary' }, 'runConfig.environmentVariables.PROBE_URL', 'https://example.org'),
  },
  { fault: 'the probe is not started', change: withInput({ kind: 'Canary' }, 'startCanary', false) },
  {
    fault: 'the probe is inside the network',
    change: withInput({ kind: 'Canary' }, 'vpcConfig', { subnetIds: ring('private') }),
  },
]
