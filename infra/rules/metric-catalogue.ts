/** How an alarm may read a metric that AWS makes. */
export interface CatalogueEntry {
  readonly namespace: string
  readonly metric: string
  /** Sets of dimensions under which AWS keeps it, each sorted. */
  readonly dimensions: readonly (readonly string[])[]
  readonly stats: readonly string[]
  /** What silence means: `speaks` where the metric comes every minute, so that its absence is a fault. */
  readonly silence: 'speaks' | 'means nothing'
}

const BALANCER = [['LoadBalancer'], ['LoadBalancer', 'TargetGroup']] as const
const NODE = [['CacheClusterId']] as const
const SERVICE = [['ClusterName', 'ServiceName']] as const

/**
 * Every metric outside the service's own namespace that alarms read, from AWS's pages. One that is not here is a
 * mistake, or has to be added.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/load-balancer-cloudwatch-metrics.html
 * @see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/available-metrics.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Container-Insights-metrics-ECS.html
 * @see https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/CacheMetrics.Redis.html
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Synthetics_Canaries_metrics.html
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/waf-metrics.html
 */
export const CATALOGUE: readonly CatalogueEntry[] = [
  ...['RequestCount', 'HTTPCode_Target_5XX_Count', 'HTTPCode_ELB_5XX_Count'].map((metric): CatalogueEntry => ({
    namespace: 'AWS/ApplicationELB',
    metric,
    dimensions: metric === 'HTTPCode_ELB_5XX_Count' ? [['LoadBalancer']] : BALANCER,
    stats: ['Sum'],
    silence: 'means nothing',
  })),
  {
    namespace: 'AWS/ApplicationELB',
    metric: 'TargetResponseTime',
    dimensions: BALANCER,
    stats: ['Average', 'p99'],
    silence: 'means nothing',
  },
  // The minimum over the balancer's nodes: the maximum would hide a target that only some of them cannot reach.
  {
    namespace: 'AWS/ApplicationELB',
    metric: 'HealthyHostCount',
    dimensions: [['LoadBalancer', 'TargetGroup']],
    stats: ['Minimum'],
    silence: 'speaks',
  },
  ...['CPUUtilization', 'MemoryUtilization'].map((metric): CatalogueEntry => ({
    namespace: 'AWS/ECS',
    metric,
    dimensions: SERVICE,
    stats: ['Average', 'Maximum'],
    silence: 'means nothing',
  })),
  {
    namespace: 'ECS/ContainerInsights',
    metric: 'RunningTaskCount',
    dimensions: SERVICE,
    stats: ['Minimum', 'Maximum'],
    silence: 'speaks',
  },
  ...(
    [
      ['AuthenticationFailures', ['Sum']],
      ['KeyAuthorizationFailures', ['Sum']],
      ['CommandAuthorizationFailures', ['Sum']],
      ['DatabaseMemoryUsagePercentage', ['Maximum']],
      ['CPUUtilization', ['Average']],
      ['Evictions', ['Sum']],
      ['ReplicationLag', ['Maximum']],
      ['SwapUsage', ['Maximum']],
      ['CPUCreditBalance', ['Minimum']],
    ] as const
  ).map(([metric, stats]): CatalogueEntry => ({
    namespace: 'AWS/ElastiCache',
    metric,
    dimensions: NODE,
    stats,
    silence: 'means nothing',
  })),
  {
    namespace: 'CloudWatchSynthetics',
    metric: 'SuccessPercent',
    dimensions: [['CanaryName']],
    stats: ['Minimum'],
    silence: 'speaks',
  },
  {
    namespace: 'AWS/WAFV2',
    metric: 'BlockedRequests',
    dimensions: [['Region', 'Rule', 'WebACL']],
    stats: ['Sum'],
    silence: 'means nothing',
  },
]
