import { METRICS, NAMESPACE, type MetricName } from '../service/metrics/metric-names.ts'
import type { Measure, Places } from './alarm-spec.ts'
import { SERVICE } from './names.ts'

/** With fewer requests than this in a period, an error rate alone means nothing... */
export const FEW_REQUESTS = 20
/** ...unless this many of them failed. */
export const SOME_FAILURES = 5
/** Where so few people use the service that fewer requests fail in a minute, this many in ten minutes are enough. */
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
/** Failed requests in a hundred, failed by the service or by the balancer for it; 0 while few of few requests fail. */
export const ERROR_RATE = [
  `IF(requests > ${String(FEW_REQUESTS)} OR ${FAILED} >= ${String(SOME_FAILURES)},`,
  `100 * ${FAILED} / requests, 0)`,
].join(' ')
/** The same for times when hardly anybody is there: 0 until some have failed. */
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
