import {
  BEATS,
  ERROR_RATE,
  FAILURES_AT_LOW_TRAFFIC,
  FEW_REQUESTS,
  LOW_TRAFFIC_ERROR_RATE,
  MISSING_BEATS,
  SOME_FAILURES,
} from './measures.ts'
import type { AlarmSpec, Measure } from './alarm-spec.ts'

export type AlarmState = 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'

/** The values of one metric with one set of dimensions: the second at which each arrived, and the value. */
export interface Sample {
  readonly atSeconds: number
  readonly value: number
}

/** CloudWatch looks at more periods than an alarm names, so that late data do not count as missing. */
const EXTRA_PERIODS = 2

/**
 * The state that CloudWatch would give an alarm at `nowSeconds`, the end of a period. Real data points come first: when
 * the range it looks at holds as many as the alarm evaluates, missing points do not count. Otherwise each missing point
 * is treated as `missing` says. This is the published rule. The length of the range is not published for every case;
 * two more periods are assumed.
 * @param samples all that arrived, by measure of the alarm
 * @param before the state until now, which `ignore` keeps
 */
export function alarmState(
  spec: AlarmSpec<string>,
  samples: Readonly<Record<string, readonly Sample[]>>,
  nowSeconds: number,
  before: AlarmState = 'INSUFFICIENT_DATA',
): AlarmState {
  const range = Array.from(
    { length: spec.evaluationPeriods + EXTRA_PERIODS },
    (_, back) => nowSeconds - (spec.evaluationPeriods + EXTRA_PERIODS - back) * spec.periodSeconds,
  )
  const points = range.map((from) => dataPoint(spec, samples, from))
  const real = points.filter((point) => point !== undefined)
  const breaches = (values: readonly number[]): number => values.filter((value) => isBreaching(spec, value)).length
  if (real.length >= spec.evaluationPeriods)
    return breaches(real.slice(-spec.evaluationPeriods)) >= spec.datapointsToAlarm ? 'ALARM' : 'OK'
  const filled = spec.evaluationPeriods - real.length
  const breaching = breaches(real) + (spec.missing === 'breaching' ? filled : 0)
  if (breaching >= spec.datapointsToAlarm) return 'ALARM'
  if (spec.missing === 'ignore') return before
  return spec.missing === 'missing' && real.length === 0 ? 'INSUFFICIENT_DATA' : 'OK'
}

/** The one number of a period, or undefined where there is none. */
function dataPoint(
  spec: AlarmSpec<string>,
  samples: Readonly<Record<string, readonly Sample[]>>,
  from: number,
): number | undefined {
  const values = Object.entries(spec.measures).map(([id, measure]) => {
    const inside = (samples[id] ?? [])
      .filter(({ atSeconds }) => atSeconds >= from && atSeconds < from + spec.periodSeconds)
      .map(({ value }) => value)
    return [id, statistic(measure.stat, inside)] as const
  })
  return combine(spec.expression, Object.fromEntries(values))
}

/** One number from many, as CloudWatch computes it; undefined for none. */
export function statistic(stat: Measure<string>['stat'], values: readonly number[]): number | undefined {
  if (values.length === 0) return stat === 'SampleCount' ? 0 : undefined
  const sum = values.reduce((total, value) => total + value, 0)
  switch (stat) {
    case 'Sum':
      return sum
    case 'Average':
      return sum / values.length
    case 'Minimum':
      return Math.min(...values)
    case 'Maximum':
      return Math.max(...values)
    case 'SampleCount':
      return values.length
    case 'p99':
      return [...values].sort((a, b) => a - b)[Math.ceil(values.length * 0.99) - 1]
  }
}

/** The few expressions that alarms use, computed as CloudWatch's metric math does. */
function combine(
  expression: string | undefined,
  values: Readonly<Record<string, number | undefined>>,
): number | undefined {
  const known = Object.values(values).filter((value) => value !== undefined)
  switch (expression) {
    case undefined:
      return known[0]
    case 'SUM(METRICS())':
      return known.length === 0 ? undefined : known.reduce((total, value) => total + value, 0)
    case 'MAX(METRICS())':
      return known.length === 0 ? undefined : Math.max(...known)
    case 'MIN(METRICS())':
      return known.length === 0 ? undefined : Math.min(...known)
    case ERROR_RATE: {
      const { requests, target = 0, balancer = 0 } = values
      if (requests === undefined) return undefined
      return requests > FEW_REQUESTS || target + balancer >= SOME_FAILURES ? (100 * (target + balancer)) / requests : 0
    }
    case LOW_TRAFFIC_ERROR_RATE: {
      const { requests, target = 0, balancer = 0 } = values
      if (requests === undefined) return undefined
      return target + balancer >= FAILURES_AT_LOW_TRAFFIC ? (100 * (target + balancer)) / requests : 0
    }
    case MISSING_BEATS: {
      const { running, beats = 0 } = values
      return running === undefined ? undefined : BEATS * running - beats
    }
    default:
      throw new RangeError(`Cannot work out ${expression}: no alarm used it when this was written`)
  }
}

function isBreaching({ comparison, threshold }: AlarmSpec<string>, value: number): boolean {
  switch (comparison) {
    case 'GreaterThanOrEqualToThreshold':
      return value >= threshold
    case 'GreaterThanThreshold':
      return value > threshold
    case 'LessThanThreshold':
      return value < threshold
  }
}

/** The samples of a metric in lines of embedded metric format; an array of values is that many samples. */
export function samplesOf(measure: Measure<string>, lines: readonly Readonly<Record<string, unknown>>[]): Sample[] {
  const wanted = Object.keys(measure.dimensions).sort().join()
  return lines.flatMap((line) => {
    const { Timestamp = 0, CloudWatchMetrics = [] } = (line['_aws'] ?? {}) as {
      readonly Timestamp?: number
      readonly CloudWatchMetrics?: readonly {
        readonly Namespace: string
        readonly Dimensions: readonly (readonly string[])[]
        readonly Metrics: readonly { readonly Name: string }[]
      }[]
    }
    const carries = CloudWatchMetrics.some(
      ({ Namespace, Dimensions, Metrics }) =>
        Namespace === measure.namespace &&
        Metrics.some(({ Name }) => Name === measure.metric) &&
        Dimensions.some((set) => [...set].sort().join() === wanted),
    )
    if (!carries || Object.entries(measure.dimensions).some(([key, value]) => line[key] !== value)) return []
    return [line[measure.metric]].flat().map((value) => ({ atSeconds: Timestamp / 1_000, value: Number(value) }))
  })
}
