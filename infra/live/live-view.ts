import { alarmState, samplesOf, statistic, type AlarmState, type Sample } from '../alarm-state.ts'
import type { Measure, Places } from '../alarm-spec.ts'
import { alarmSpecs } from '../alarms.ts'
import { compositeSpecs } from '../composites.ts'
import { dashboardBody } from '../dashboard.ts'
import { SERVICE } from '../names.ts'
import { NAMESPACE } from '../../service/metrics/metric-names.ts'

export interface LiveAlarm {
  readonly id: string
  readonly what: string
  /** `needs AWS` where the metric is one that only AWS makes. */
  readonly state: AlarmState | 'needs AWS'
}

export interface LiveSeries {
  readonly label: string
  /** One value for each period, oldest first; undefined where nothing came. */
  readonly points: readonly (number | undefined)[]
}

export interface LiveWidget {
  readonly title: string
  readonly kind: 'heading' | 'single' | 'chart' | 'elsewhere'
  readonly width: number
  readonly series: readonly LiveSeries[]
}

export interface LiveView {
  /** Seconds of the first and the last minute that charts show. */
  readonly from: number
  readonly to: number
  readonly alarms: readonly LiveAlarm[]
  readonly widgets: readonly LiveWidget[]
}

type Lines = readonly Readonly<Record<string, unknown>>[]

/** How far back a chart looks, in periods of a minute. */
const MINUTES = 30
const PLACES: Places<string> = {
  stage: 'local',
  minTasks: 1,
  maxTasks: 1,
  balancer: 'none',
  targets: 'none',
  cluster: 'none',
  serviceName: 'none',
  cacheNodes: [],
  modelUsdPerDay: 10,
  probe: 'none',
}

/**
 * The dashboard of a stack, filled with what the local service writes: the same widgets in the same order, and each
 * alarm on the service's own metrics by CloudWatch's rules. What only AWS measures is named and left empty.
 * @param lines the service's log lines that are JSON, of all its tasks
 */
export function liveView(lines: Lines, nowSeconds: number): LiveView {
  const end = Math.ceil(nowSeconds / 60) * 60
  const specs = alarmSpecs(PLACES)
  const states = new Map(
    specs.map((spec) => {
      const measures = Object.entries(spec.measures)
      const own = measures.length > 0 && measures.every(([, { namespace }]) => namespace === NAMESPACE)
      const samples = Object.fromEntries(measures.map(([id, measure]) => [id, samplesOf(measure, lines)]))
      return [
        spec.id,
        own
          ? alarmState(spec, samples, Math.floor(nowSeconds / spec.periodSeconds) * spec.periodSeconds, 'OK')
          : 'needs AWS',
      ] as const
    }),
  )
  const isOn = new Map([...states].map(([id, state]) => [id, state === 'ALARM']))
  const composites = compositeSpecs(specs).map(({ id, what, of, when }): LiveAlarm => {
    const on = when === 'all' ? of.every((part) => isOn.get(part)) : of.some((part) => isOn.get(part))
    isOn.set(id, on)
    return { id, what, state: on ? 'ALARM' : 'OK' }
  })
  const body = dashboardBody({
    ...PLACES,
    cacheNodes: ['none'],
    region: 'local',
    logGroup: 'local',
    bucket: 'none',
    alarmArns: [],
    runbooks: 'docs/runbooks',
  })
  return {
    from: end - MINUTES * 60,
    to: end,
    alarms: [...composites, ...specs.map(({ id, what }) => ({ id, what, state: states.get(id) ?? 'needs AWS' }))],
    widgets: body.widgets.flatMap(({ type, width, properties }): LiveWidget[] => {
      if (type === 'alarm' || (type === 'text' && width === 24 && String(properties['markdown']).startsWith('# ')))
        return []
      if (type === 'text')
        return [{ title: String(properties['markdown']).replace(/^#+ /, ''), kind: 'heading', width, series: [] }]
      const title = String(properties['title'])
      const metrics = type === 'metric' ? (properties['metrics'] as readonly (readonly unknown[])[]) : []
      const period = Number(properties['period'] ?? 60)
      const single = properties['view'] === 'singleValue'
      const series = metrics
        .flatMap((metric) => seriesOf(metric, lines))
        .map(({ label, samples, stat }) => ({
          label,
          points: pointsOf(samples, stat, end, single ? period : 60, single ? 1 : MINUTES),
        }))
      // A metric that comes only with its fault, and has not come, still belongs to this service.
      const isElsewhere = series.length === 0 && !JSON.stringify(metrics).includes(NAMESPACE)
      return [{ title, kind: isElsewhere ? 'elsewhere' : single ? 'single' : 'chart', width, series }]
    }),
  }
}

/** The samples behind one line of a widget; a search gives one series for each value that was seen. */
function seriesOf(
  metric: readonly unknown[],
  lines: Lines,
): { label: string; samples: Sample[]; stat: Measure<string>['stat'] }[] {
  const [first, name, ...rest] = metric
  const search = /SEARCH\('\{ChatMRPT,Service,Stage,([^}]+)\} MetricName="(\w+)"/.exec(
    typeof first === 'object' && first !== null && 'expression' in first ? String(first.expression) : '',
  )
  if (search !== null) {
    const [, keys = '', found = ''] = search
    const split = keys.split(',')
    const values = new Set(
      lines
        .filter((line) => found in line && split.every((key) => key in line))
        .map((line) => split.map((key) => String(line[key])).join(' ')),
    )
    return [...values].sort().map((label) => ({
      label,
      stat: 'Sum',
      samples: samplesOf(
        {
          namespace: NAMESPACE,
          metric: found,
          stat: 'Sum',
          dimensions: {
            Service: SERVICE,
            Stage: PLACES.stage,
            ...Object.fromEntries(split.map((key, index) => [key, label.split(' ')[index] ?? ''])),
          },
        },
        lines,
      ),
    }))
  }
  if (first !== NAMESPACE) return []
  const { stat } = rest.at(-1) as { readonly stat: Measure<string>['stat'] }
  const pairs = rest.slice(0, -1) as string[]
  const dimensions = Object.fromEntries(
    pairs.flatMap((key, index) => (index % 2 === 0 ? [[key, pairs[index + 1] ?? '']] : [])),
  )
  return [
    {
      label: `${String(name)} ${stat}`,
      stat,
      samples: samplesOf({ namespace: NAMESPACE, metric: String(name), stat, dimensions }, lines),
    },
  ]
}

function pointsOf(
  samples: readonly Sample[],
  stat: Measure<string>['stat'],
  end: number,
  period: number,
  count: number,
): (number | undefined)[] {
  return Array.from({ length: count }, (_, index) => {
    const from = end - (count - index) * period
    const values = samples
      .filter(({ atSeconds }) => atSeconds >= from && atSeconds < from + period)
      .map(({ value }) => value)
    return statistic(stat, values)
  })
}
