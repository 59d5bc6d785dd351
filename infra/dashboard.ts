import { MANAGED_RULES } from './firewall-rules.ts'
import { METRICS } from '../service/metrics/metric-names.ts'
import type { Measure, Places } from './alarm-spec.ts'
import { alarmSpecs } from './alarms.ts'
import {
  balancerMeasure,
  cacheMeasures,
  emitted,
  ERROR_RATE,
  errorRateMeasures,
  firewallMeasure,
  probeMeasure,
  taskMeasure,
} from './measures.ts'

interface Widget {
  readonly type: 'text' | 'metric' | 'log' | 'alarm'
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly properties: Readonly<Record<string, unknown>>
}

type Placed = Omit<Widget, 'x' | 'y'>
type Line = readonly unknown[]

/** The dashboard's width in CloudWatch's units. */
const COLUMNS = 24

export interface DashboardPlaces extends Places<string> {
  readonly region: string
  readonly logGroup: string
  readonly bucket: string
  /** ARN of each alarm, and of each composite, in the order to show. */
  readonly alarmArns: readonly string[]
  /** The address of the folder of runbooks. */
  readonly runbooks: string
}

/** Where CloudWatch shows a dashboard, for a browser that is signed in. */
export function dashboardAddress(region: string, name: string): string {
  return `https://${region}.console.aws.amazon.com/cloudwatch/home?region=${region}#dashboards/dashboard/${name}`
}

/**
 * The dashboard's body, in the order of the questions: what to do, which alarms are on, whether anybody's data is at
 * risk, whether users feel it, and then each part from the entrance inwards.
 */
export function dashboardBody(places: DashboardPlaces): { readonly widgets: readonly Widget[] } {
  const { stage, region } = places
  const line = (measure: Measure<string>, options: object = {}): Line => [
    measure.namespace,
    measure.metric,
    ...Object.entries(measure.dimensions).flat(),
    { stat: measure.stat, ...options },
  ]
  const chart = (title: string, metrics: Line[], options: object = {}): Placed => ({
    type: 'metric',
    width: 8,
    height: 6,
    properties: { title, region, view: 'timeSeries', stacked: false, period: 60, metrics, ...options },
  })
  const value = (title: string, metrics: Line[], options: object = {}): Placed => ({
    type: 'metric',
    width: 4,
    height: 3,
    properties: { title, region, view: 'singleValue', period: 60, metrics, ...options },
  })
  const log = (title: string, query: string): Placed => ({
    type: 'log',
    width: 12,
    height: 6,
    properties: { title, region, view: 'table', query: `SOURCE '${places.logGroup}' | ${query}` },
  })
  const heading = (markdown: string): Placed => ({
    type: 'text',
    width: COLUMNS,
    height: 1,
    properties: { markdown: `## ${markdown}` },
  })
  const rate = (label: string): Line[] => [
    [{ expression: ERROR_RATE, label, id: 'rate' }],
    ...Object.entries(errorRateMeasures(places)).map(([id, measure]) => line(measure, { id, visible: false })),
  ]
  const availability: Line[] = [
    [{ expression: `100 - (${ERROR_RATE})`, label: 'availability %', id: 'availability' }],
    ...rate('').slice(1),
  ]
  const perNode = (metric: string, stat: Measure<string>['stat'], title = metric): Placed =>
    chart(
      title,
      Object.values(cacheMeasures(places, [metric], stat)).map((measure) => line(measure)),
    )
  const split = (
    metric:
      | 'SessionIsolationViolations'
      | 'CrossSessionAccessAttempts'
      | 'S3Access'
      | 'RateLimitRefusals'
      | 'AuditEvents'
      | 'Requests'
      | 'ChatTurns'
      | 'ModelCalls'
      | 'ModelTokens'
      | 'ModelCostUsd'
      | 'ProjectsOpened'
      | 'SavedProjects',
    title: string,
  ): Placed => {
    const keys = METRICS[metric].splits[0]
    return chart(title, [
      [
        {
          expression:
            `SEARCH('{ChatMRPT,Service,Stage,${keys.join(',')}} MetricName="${metric}" ` +
            `Stage="${stage}"', 'Sum', 60)`,
          id: 'split',
        },
      ],
    ])
  }
  const pages = new Set(alarmSpecs(places).map(({ id, runbook = id }) => runbook))
  const runbooks = [...pages].map((page) => `[${page}](${places.runbooks}/${page}.md)`)
  const { firewall } = places

  return {
    widgets: flow([
      {
        type: 'text',
        width: COLUMNS,
        height: 3,
        properties: {
          markdown:
            `# ChatMRPT ${stage}\nWoken? Read the alarm, open its runbook, then look down this page. ` +
            runbooks.join(' · '),
        },
      },
      { type: 'alarm', width: COLUMNS, height: 4, properties: { title: 'Alarms', alarms: places.alarmArns } },
      value('Isolation violations, 24 h', [line(emitted('SessionIsolationViolations', stage, 'Sum'))], {
        period: 86_400,
        setPeriodToTimeRange: false,
      }),
      value('Cross-session attempts, 24 h', [line(emitted('CrossSessionAccessAttempts', stage, 'Sum'))], {
        period: 86_400,
        setPeriodToTimeRange: false,
      }),
      value('Redis healthy', [line(emitted('RedisConnectionHealth', stage, 'Minimum'))]),
      value('Tasks running, desired', [
        line(taskMeasure(places, 'ECS/ContainerInsights', 'RunningTaskCount', 'Minimum')),
        line(taskMeasure(places, 'ECS/ContainerInsights', 'DesiredTaskCount', 'Maximum')),
      ]),
      value('Availability, 1 h', availability, { period: 3_600 }),
      value('p99 answer, s', [line(balancerMeasure(places, 'TargetResponseTime', 'p99'))]),

      heading('Isolation and sessions'),
      split('SessionIsolationViolations', 'Violations by wall'),
      split('CrossSessionAccessAttempts', 'Attempts by kind'),
      chart('Refused for the session store; waiting to be erased', [
        line(emitted('SessionStoreRefusals', stage, 'Sum')),
        line(emitted('ErasureBacklog', stage, 'Maximum'), { yAxis: 'right' }),
      ]),
      chart('Audit trail; refused by a limit', [
        line(emitted('AuditEvents', stage, 'Sum')),
        line(emitted('RateLimitRefusals', stage, 'Sum'), { yAxis: 'right' }),
      ]),
      split('AuditEvents', 'Audit trail by event'),
      split('RateLimitRefusals', 'Refused by a limit'),
      chart('Redis: healthy, and how long it takes', [
        line(emitted('RedisConnectionHealth', stage, 'Minimum')),
        line(emitted('RedisReplicasInStep', stage, 'Minimum')),
        line(emitted('RedisLatency', stage, 'p99'), { yAxis: 'right' }),
      ]),
      split('Requests', 'Requests by route and status'),
      chart('Requests and their time', [
        line(emitted('Requests', stage, 'Sum')),
        line(emitted('RequestDuration', stage, 'p99'), { yAxis: 'right' }),
      ]),
      chart('Project files opened', [line(emitted('ProjectsOpened', stage, 'Sum'))]),
      split('ProjectsOpened', 'Project files opened, by outcome'),
      chart('Projects of people who sign in', [line(emitted('SavedProjects', stage, 'Sum'))]),
      split('SavedProjects', 'Projects of people who sign in, by what happened'),

      heading('Chat and models'),
      split('ChatTurns', 'Chat turns by who answered and how it went'),
      split('ModelCalls', 'Model calls by provider and outcome'),
      split('ModelTokens', 'Tokens by provider and direction'),
      split('ModelCostUsd', 'Cost by provider, USD'),
      chart('Chat turns and model calls', [
        line(emitted('ChatTurns', stage, 'Sum')),
        line(emitted('ModelCalls', stage, 'Sum')),
      ]),
      chart('Tokens and their cost, USD', [
        line(emitted('ModelTokens', stage, 'Sum')),
        line(emitted('ModelCostUsd', stage, 'Sum'), { yAxis: 'right' }),
      ]),

      heading('The door'),
      chart('Requests', [line(balancerMeasure(places, 'RequestCount', 'Sum', false))]),
      chart('Errors in a hundred', rate('errors %')),
      chart('Answer time', [
        line(balancerMeasure(places, 'TargetResponseTime', 'p99')),
        line(balancerMeasure(places, 'TargetResponseTime', 'Average')),
      ]),
      chart('Targets', [
        line(balancerMeasure(places, 'HealthyHostCount', 'Minimum')),
        line(balancerMeasure(places, 'UnHealthyHostCount', 'Maximum')),
      ]),
      chart('Refused and reset', [
        line(balancerMeasure(places, 'HTTPCode_ELB_4XX_Count', 'Sum', false)),
        line(balancerMeasure(places, 'TargetConnectionErrorCount', 'Sum')),
      ]),
      chart('Heartbeats', [line(emitted('Heartbeat', stage, 'Sum'))]),
      chart('From outside: runs that succeed, and how long they take', [
        line(probeMeasure(places, 'SuccessPercent', 'Minimum')),
        line(probeMeasure(places, 'Duration', 'Maximum'), { yAxis: 'right' }),
      ]),
      ...(firewall === undefined
        ? []
        : [
            chart(
              'Web firewall: refused, by rule',
              ['ALL', 'blocked', 'rate', ...MANAGED_RULES].map((rule) =>
                line(firewallMeasure(firewall, 'BlockedRequests', rule)),
              ),
            ),
            chart('Web firewall: let through', [line(firewallMeasure(firewall, 'AllowedRequests', 'ALL'))]),
          ]),

      heading('Tasks'),
      chart('Processor', [
        line(taskMeasure(places, 'AWS/ECS', 'CPUUtilization', 'Average')),
        line(taskMeasure(places, 'AWS/ECS', 'CPUUtilization', 'Maximum')),
      ]),
      chart('Memory', [
        line(taskMeasure(places, 'AWS/ECS', 'MemoryUtilization', 'Average')),
        line(taskMeasure(places, 'AWS/ECS', 'MemoryUtilization', 'Maximum')),
      ]),
      chart('Tasks', [
        line(taskMeasure(places, 'ECS/ContainerInsights', 'RunningTaskCount', 'Minimum')),
        line(taskMeasure(places, 'ECS/ContainerInsights', 'PendingTaskCount', 'Maximum')),
      ]),

      heading('Session store, each node'),
      perNode('EngineCPUUtilization', 'Average'),
      perNode('CPUUtilization', 'Average'),
      perNode('DatabaseMemoryUsagePercentage', 'Maximum'),
      perNode('CurrConnections', 'Average'),
      perNode('Evictions', 'Sum'),
      perNode('ReplicationLag', 'Maximum'),
      perNode('CPUCreditBalance', 'Minimum'),
      perNode('SwapUsage', 'Maximum'),
      chart(
        'Refused by the access list',
        Object.values(
          cacheMeasures(
            places,
            ['AuthenticationFailures', 'KeyAuthorizationFailures', 'CommandAuthorizationFailures'],
            'Sum',
          ),
        ).map((measure) => line(measure)),
      ),

      heading('Object store'),
      split('S3Access', 'By operation and outcome'),
      chart('Errors the service saw', [
        line(emitted('S3AccessErrors', stage, 'Sum')),
        line(emitted('S3Access', stage, 'Sum'), { yAxis: 'right' }),
      ]),
      chart(
        'As the bucket sees it',
        ['4xxErrors', '5xxErrors', 'AllRequests'].map((metric) =>
          line({
            namespace: 'AWS/S3',
            metric,
            stat: 'Sum',
            dimensions: { BucketName: places.bucket, FilterId: 'sessions' },
          }),
        ),
      ),

      heading('Last lines'),
      log(
        'Violations and attempts',
        'filter SessionIsolationViolations > 0 or CrossSessionAccessAttempts > 0 ' +
          '| fields @timestamp, Wall, Kind | sort @timestamp desc | limit 20',
      ),
      log(
        'Refusals by route',
        'filter StatusClass in ["4xx", "5xx"] ' +
          '| stats sum(Requests) as refusals by Route, StatusClass | sort refusals desc | limit 20',
      ),
    ]),
  }
}

/** Lays widgets out from left to right, and begins a new row when the next one does not fit. */
function flow(widgets: readonly Placed[]): Widget[] {
  const cursor = { x: 0, y: 0, height: 0 }
  return widgets.map((widget) => {
    if (cursor.x + widget.width > COLUMNS) Object.assign(cursor, { x: 0, y: cursor.y + cursor.height, height: 0 })
    const placed = { ...widget, x: cursor.x, y: cursor.y }
    cursor.x += widget.width
    cursor.height = Math.max(cursor.height, widget.height)
    return placed
  })
}
