import { withInput, withText, type Change } from '../change.ts'
import type { Mutant } from '../mutant.ts'
import type { Recorded } from '../record.ts'
import type { Json } from '../values.ts'

const SERVICE = { kind: 'ecs/service:Service' }
const IMPACT = { kind: 'CompositeAlarm', name: '-user-impact' }
const alarm = (id: string): { kind: string; name: string } => ({ kind: 'MetricAlarm', name: `-${id}` })
const ring = (name: string): Json => [`⟦Subnet.chatmrpt-prod-${name}-1!id⟧`, `⟦Subnet.chatmrpt-prod-${name}-2!id⟧`]
/** Every subscription of a topic changed at once. */
const subscriptions =
  (change: (record: Recorded) => Recorded): Change =>
  (records) =>
    records.map((record) => (record.type === 'aws:sns/topicSubscription:TopicSubscription' ? change(record) : record))
const is = ({ type, name }: { type: string; name: string }, which: { kind: string; name: string }): boolean =>
  type.endsWith(`:${which.kind}`) && name.endsWith(which.name)

/** What is watched, and who is notified. */
export const WATCH: readonly Mutant[] = [
  {
    fault: 'healthy targets by the most that was seen',
    change: withInput(alarm('healthy-hosts-low'), 'statistic', 'Maximum'),
  },
  {
    fault: 'running tasks of the whole cluster',
    change: withInput(alarm('running-tasks-low'), 'dimensions.ServiceName'),
  },
  {
    fault: "memory of the session store by a metric's misspelt name",
    change: withInput(
      alarm('cache-memory-critical'),
      'metricQueries.1.metric.metricName',
      'DatabaseMemoryUsagePercent',
    ),
  },
  {
    fault: 'errors in a namespace that is none',
    change: withInput(alarm('server-errors'), 'metricQueries.2.metric.namespace', 'AWS/ApplicationLB'),
  },
  {
    fault: 'a probe that says nothing is taken for well',
    change: withInput(alarm('outside-probe'), 'treatMissingData', 'notBreaching'),
  },
  {
    fault: 'percentiles of three requests send a deployment back',
    change: withInput(alarm('slow-answers'), 'evaluateLowSampleCountPercentiles'),
  },
  {
    fault: 'a page only when all its alarms are on',
    change: (records) =>
      records.map((record) =>
        is(record, IMPACT)
          ? {
              ...record,
              inputs: { ...record.inputs, alarmRule: String(record.inputs['alarmRule']).replaceAll(' OR ', ' AND ') },
            }
          : record,
      ),
  },
  {
    fault: 'a page for the last of its alarms alone',
    change: (records) =>
      records.map((record) =>
        is(record, IMPACT)
          ? {
              ...record,
              inputs: { ...record.inputs, alarmRule: String(record.inputs['alarmRule']).split(' OR ').at(-1) ?? '' },
            }
          : record,
      ),
  },
  {
    fault: 'a burn that one window alone tells',
    change: withText({ kind: 'CompositeAlarm', name: '-error-budget-fast' }, 'alarmRule', ' AND ', ' OR '),
  },
  { fault: 'no alarm sends a deployment back', change: withInput(SERVICE, 'alarms.alarmNames', []) },
  { fault: 'errors do not send a deployment back', change: withInput(SERVICE, 'alarms.alarmNames.2') },
  {
    fault: 'a page that reads in the morning',
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
  {
    fault: 'the filter of the bucket under another name than the dashboard draws',
    change: withInput({ kind: 'BucketMetric' }, 'name', 'objects'),
  },
  {
    fault: 'the dashboard draws a filter that is not there',
    change: withText({ kind: 'Dashboard' }, 'dashboardBody', '"FilterId","sessions"', '"FilterId","all"'),
  },
  {
    fault: 'the filter measures another prefix',
    change: withInput({ kind: 'BucketMetric' }, 'filter.prefix', 'other/'),
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
    fault: 'the probe stands inside the network',
    change: withInput({ kind: 'Canary' }, 'vpcConfig', { subnetIds: ring('private') }),
  },
]
