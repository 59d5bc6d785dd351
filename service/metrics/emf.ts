import { METRICS, NAMESPACE, type MetricName } from './metric-names.ts'

/** What every line holds: which service, in which stage. */
export interface Origin {
  readonly service: string
  readonly stage: string
}

/**
 * One line of CloudWatch embedded metric format, without the line feed.
 * @param values at most 100 values for each metric, the limit of the format
 * @param dimensions a value for each dimension that the metrics' splits name
 * @see
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html
 */
export function emfLine(
  origin: Origin,
  timestamp: number,
  values: Partial<Record<MetricName, number | readonly number[]>>,
  dimensions: Readonly<Record<string, string>> = {},
): string {
  const names = Object.keys(values) as MetricName[]
  const directives = names.map((name) => ({
    Namespace: NAMESPACE,
    Dimensions: [
      ['Service', 'Stage'],
      ...METRICS[name].splits
        .filter((split) => split.every((key) => key in dimensions))
        .map((split) => ['Service', 'Stage', ...split]),
    ],
    Metrics: [{ Name: name, Unit: METRICS[name].unit }],
  }))
  return JSON.stringify({
    _aws: { Timestamp: timestamp, CloudWatchMetrics: directives },
    Service: origin.service,
    Stage: origin.stage,
    ...dimensions,
    ...values,
  })
}
