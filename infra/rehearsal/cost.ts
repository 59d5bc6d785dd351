import { input, listAt, type StackView } from '../rules/rule.ts'
import { TYPE } from '../rules/types.ts'

/**
 * US dollars as AWS has listed them for Ireland (eu-west-1), per hour unless the name says otherwise. They were written
 * down from memory of public price lists and not fetched: AWS's price pages hold no figures until a browser runs them.
 * Second-hand pages of 2026 agree where they give a figure (a NAT gateway in Ireland about 0.048; Fargate 0.04048 and
 * 0.004445, which is Northern Virginia's price). For a budget, check each in the AWS Pricing Calculator.
 */
export const PRICES = {
  fargateVcpu: 0.04048,
  fargateGigabyte: 0.004445,
  fargateArmVcpu: 0.03238,
  fargateArmGigabyte: 0.00356,
  balancer: 0.0252,
  balancerCapacityUnit: 0.008,
  natGateway: 0.048,
  publicAddress: 0.005,
  cacheNode: {
    'cache.t3.micro': 0.0144,
    'cache.t3.small': 0.0288,
    'cache.t3.medium': 0.0576,
    'cache.t4g.micro': 0.0136,
    'cache.t4g.small': 0.0272,
    'cache.m7g.large': 0.14,
  },
  insightsMetricMonth: 0.3,
  interfaceEndpoint: 0.011,
  canaryRun: 0.0012,
  zoneMonth: 0.5,
  imageGigabyteMonth: 0.1,
  keyMonth: 1,
  secretMonth: 0.4,
  alarmMetricMonth: 0.1,
  compositeMonth: 0.5,
  dashboardMonth: 3,
  customMetricMonth: 0.3,
  logGigabyte: 0.57,
  firewallMonth: 5,
  firewallRuleMonth: 1,
  natGigabyte: 0.048,
  storedGigabyteMonth: 0.023,
} as const

const HOURS = 730
/** The assumed load of an ordinary month, written here so that it can be discussed. */
const MONTH = {
  logGigabytes: 20,
  natGigabytes: 20,
  storedGigabytes: 50,
  customMetrics: 60,
  capacityUnits: 1,
  insightsMetrics: 20,
  imageGigabytes: 10,
} as const

/** One every five minutes, for thirty days. */
const RUNS_OF_PROBE = 12 * 24 * 30

const taskHour = (vcpu: number, gigabytes: number, isArm: boolean): number =>
  isArm
    ? vcpu * PRICES.fargateArmVcpu + gigabytes * PRICES.fargateArmGigabyte
    : vcpu * PRICES.fargateVcpu + gigabytes * PRICES.fargateGigabyte

export interface CostLine {
  readonly what: string
  readonly count: number
  readonly dollars: number
}

/** A month of a stack that stays at its least number of tasks, part by part, from the recorded resources. */
export function monthlyCost(stack: StackView): CostLine[] {
  const count = (type: string): number => stack.of(type).length
  const tasks = Math.max(0, ...stack.of(TYPE.scaling).map((record) => Number(input(record, 'minCapacity'))))
  const task = stack.of(TYPE.task)[0]
  const hourly =
    task === undefined
      ? 0
      : taskHour(
          Number(input(task, 'cpu')) / 1_024,
          Number(input(task, 'memory')) / 1_024,
          input(task, 'runtimePlatform.cpuArchitecture') === 'ARM64',
        )
  const zones = stack.of(TYPE.balancer).reduce((sum, record) => sum + listAt(record.inputs, 'subnets').length, 0)
  const nodes = stack
    .of(TYPE.cache)
    .map((record) => ({ nodes: Number(input(record, 'numCacheClusters')), type: String(input(record, 'nodeType')) }))
  const node = (type: string): number =>
    Object.entries(PRICES.cacheNode).find(([name]) => name === type)?.[1] ?? Number.NaN
  const alarmMetrics = stack
    .of(TYPE.alarm)
    .reduce((sum, record) => sum + Math.max(1, listAt(record.inputs, 'metricQueries').length - 1), 0)
  const rules = stack.of(TYPE.acl).reduce((sum, record) => sum + listAt(record.inputs, 'rules').length, 0)
  const lines: CostLine[] = [
    { what: 'tasks, at their least number', count: tasks, dollars: tasks * hourly * HOURS },
    {
      what: 'load balancer',
      count: count(TYPE.balancer),
      dollars: count(TYPE.balancer) * (PRICES.balancer + MONTH.capacityUnits * PRICES.balancerCapacityUnit) * HOURS,
    },
    {
      what: 'NAT gateways',
      count: count(TYPE.nat),
      dollars: count(TYPE.nat) * PRICES.natGateway * HOURS + MONTH.natGigabytes * PRICES.natGigabyte,
    },
    {
      what: 'public addresses',
      count: count(TYPE.nat) + zones,
      dollars: (count(TYPE.nat) + zones) * PRICES.publicAddress * HOURS,
    },
    {
      what: 'session store nodes',
      count: nodes.reduce((sum, each) => sum + each.nodes, 0),
      dollars: nodes.reduce((sum, each) => sum + each.nodes * node(each.type) * HOURS, 0),
    },
    { what: 'keys', count: count(TYPE.key), dollars: count(TYPE.key) * PRICES.keyMonth },
    { what: 'secrets', count: count(TYPE.secret), dollars: count(TYPE.secret) * PRICES.secretMonth },
    {
      what: 'alarms, by the metrics they read',
      count: alarmMetrics,
      dollars: alarmMetrics * PRICES.alarmMetricMonth + count(TYPE.composite) * PRICES.compositeMonth,
    },
    { what: 'dashboard', count: count(TYPE.dashboard), dollars: count(TYPE.dashboard) * PRICES.dashboardMonth },
    {
      what: 'metrics of Container Insights',
      count: MONTH.insightsMetrics,
      dollars: MONTH.insightsMetrics * PRICES.insightsMetricMonth,
    },
    {
      what: 'runs of the probe',
      count: count(TYPE.canary) * RUNS_OF_PROBE,
      dollars: count(TYPE.canary) * RUNS_OF_PROBE * PRICES.canaryRun,
    },
    { what: 'zone of the name', count: count(TYPE.certificate), dollars: count(TYPE.certificate) * PRICES.zoneMonth },
    {
      what: 'GB of images',
      count: MONTH.imageGigabytes,
      dollars: MONTH.imageGigabytes * PRICES.imageGigabyteMonth,
    },
    { what: 'custom metrics', count: MONTH.customMetrics, dollars: MONTH.customMetrics * PRICES.customMetricMonth },
    { what: 'GB of logs', count: MONTH.logGigabytes, dollars: MONTH.logGigabytes * PRICES.logGigabyte },
    {
      what: 'web firewall rules',
      count: rules,
      dollars: rules === 0 ? 0 : PRICES.firewallMonth + rules * PRICES.firewallRuleMonth,
    },
    {
      what: 'GB of objects',
      count: MONTH.storedGigabytes,
      dollars: MONTH.storedGigabytes * PRICES.storedGigabyteMonth,
    },
  ]
  return lines.filter(({ count: found }) => found > 0)
}

/** The sum of all lines in whole dollars. */
export function sumOf(lines: readonly CostLine[]): string {
  return lines.reduce((sum, { dollars }) => sum + dollars, 0).toFixed(0)
}

/** What each alternative costs in a month, so that a choice can be discussed. */
export function choices(): Pick<CostLine, 'what' | 'dollars'>[] {
  // Image registry (two), logs and secrets: what a task reaches before and while it runs, besides S3.
  const endpoints = 4
  const night = 12 / 24
  const tasks = (isArm: boolean): number => 2 * taskHour(0.5, 1, isArm) * HOURS
  return [
    { what: 'two tasks, X86_64', dollars: tasks(false) },
    { what: 'two tasks, ARM64', dollars: tasks(true) },
    { what: 'two tasks, X86_64, none for twelve hours of each day', dollars: tasks(false) * (1 - night) },
    { what: 'one NAT gateway with its address', dollars: (PRICES.natGateway + PRICES.publicAddress) * HOURS },
    { what: 'none: four interface endpoints in two zones', dollars: endpoints * 2 * PRICES.interfaceEndpoint * HOURS },
  ]
}
