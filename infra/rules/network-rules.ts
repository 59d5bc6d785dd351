import { CACHE_PORT, SERVICE_PORT } from '../ports.ts'
import type { Recorded } from '../rehearsal/record.ts'
import { every, input, listAt, whole, type Rule, type StackView } from './rule.ts'
import { TYPE } from './types.ts'

/** Ports that tools and databases listen on: they are never open to the world. */
const HIGH_RISK: readonly number[] = [
  20, 21, 22, 23, 25, 110, 135, 143, 445, 1433, 1434, 3000, 3306, 3389, 4333, 5000, 5432, 5500, 5601, 6379, 8080, 8088,
  8888, 9200, 9300,
]
/** Stages for which a second NAT gateway is worth less than it costs. */
const SHARED_WAY_OUT: ReadonlySet<string> = new Set(['dev', 'small'])
const WORLD: ReadonlySet<unknown> = new Set(['0.0.0.0/0', '::/0'])

const fromWorld = (record: Recorded): boolean =>
  WORLD.has(input(record, 'cidrIpv4')) || WORLD.has(input(record, 'cidrIpv6'))
const opens = (record: Recorded, port: number): boolean =>
  input(record, 'ipProtocol') === '-1' ||
  (Number(input(record, 'fromPort')) <= port && port <= Number(input(record, 'toPort')))
const closedToWorld = (id: string, title: string, ports: readonly number[]): Rule =>
  every(id, title, TYPE.ingress, (record) => !fromWorld(record) || !ports.some((port) => opens(record, port)))

/** An edge of the graph of allowed connections: `from>to:port`, by the logical names of the groups. */
export function edges(stack: StackView): string[] {
  const names = new Map(stack.of(TYPE.group).map((group) => [group.id, group.name.replace(/^chatmrpt-[a-z]+-/, '')]))
  const name = (id: unknown): string => names.get(String(id)) ?? String(id)
  const edge = (record: Recorded, outward: boolean): string => {
    const own = name(input(record, 'securityGroupId'))
    const other = name(input(record, 'cidrIpv4') ?? input(record, 'referencedSecurityGroupId'))
    const ports =
      input(record, 'fromPort') === input(record, 'toPort')
        ? String(input(record, 'fromPort'))
        : `${String(input(record, 'fromPort'))}-${String(input(record, 'toPort'))}`
    return `${outward ? 'out' : 'in'} ${outward ? own : other}>${outward ? other : own}:${ports}`
  }
  return [
    ...stack.of(TYPE.ingress).map((record) => edge(record, false)),
    ...stack.of(TYPE.egress).map((record) => edge(record, true)),
  ].sort()
}

/** All allowed connections, and no others. */
export const ALLOWED_EDGES: readonly string[] = [
  'in 0.0.0.0/0>balancer:443',
  'in 0.0.0.0/0>balancer:80',
  `in balancer>service:${String(SERVICE_PORT)}`,
  `in service>cache:${String(CACHE_PORT)}`,
  `out balancer>service:${String(SERVICE_PORT)}`,
  'out service>0.0.0.0/0:443',
  `out service>cache:${String(CACHE_PORT)}`,
]

/** Subnets by where their traffic may go: to the internet itself, through a gateway of their own, or nowhere. */
export function rings(stack: StackView): {
  readonly open: readonly Recorded[]
  readonly shielded: readonly Recorded[]
  readonly isolated: readonly Recorded[]
} {
  const ring = (subnet: Recorded): 'open' | 'shielded' | 'isolated' => {
    const tables = stack
      .of(TYPE.association)
      .filter((record) => input(record, 'subnetId') === subnet.id)
      .map((record) => input(record, 'routeTableId'))
    const routes = stack.of(TYPE.route).filter((record) => tables.includes(input(record, 'routeTableId')))
    return routes.some((route) => input(route, 'gatewayId') !== undefined)
      ? 'open'
      : routes.length > 0
        ? 'shielded'
        : 'isolated'
  }
  const subnets = stack.of(TYPE.subnet)
  return {
    open: subnets.filter((each) => ring(each) === 'open'),
    shielded: subnets.filter((each) => ring(each) === 'shielded'),
    isolated: subnets.filter((each) => ring(each) === 'isolated'),
  }
}

/** Whether a list of subnet ids is exactly a ring. */
export function isRing(ids: unknown, ring: readonly Recorded[]): boolean {
  return (
    ring.length > 0 &&
    JSON.stringify(Array.isArray(ids) ? [...(ids as unknown[])].sort() : ids) ===
      JSON.stringify(ring.map(({ id }) => id).sort())
  )
}

const zones = (records: readonly Recorded[]): number =>
  new Set(records.map((record) => input(record, 'availabilityZone'))).size

export const networkRules: readonly Rule[] = [
  every(
    'EC2.2',
    'The default security group lets nothing in or out',
    TYPE.defaultGroup,
    (record) => JSON.stringify([input(record, 'ingress'), input(record, 'egress')]) === '[[],[]]',
  ),
  every('EC2.6', 'Flow logs are kept for the network', TYPE.vpc, (vpc, stack) =>
    stack.of(TYPE.flowLog).some((log) => input(log, 'vpcId') === vpc.id && input(log, 'trafficType') === 'ALL'),
  ),
  closedToWorld('EC2.13', 'Port 22 is closed to the world', [22]),
  closedToWorld('EC2.14', 'Port 3389 is closed to the world', [3389]),
  every(
    'EC2.15',
    'Subnets give no public addresses by themselves',
    TYPE.subnet,
    (record) => input(record, 'mapPublicIpOnLaunch') === false,
  ),
  every(
    'EC2.18',
    'Only HTTP and HTTPS are open to the world',
    TYPE.ingress,
    (record) =>
      !fromWorld(record) ||
      (input(record, 'ipProtocol') === 'tcp' &&
        input(record, 'fromPort') === input(record, 'toPort') &&
        [80, 443].includes(Number(input(record, 'fromPort')))),
  ),
  closedToWorld('EC2.19', 'Ports of high risk are closed to the world', HIGH_RISK),
  {
    id: 'network.graph',
    title: 'The balancer reaches the tasks, the tasks reach the cache, and nothing else reaches anything',
    check: (stack) => {
      const found = edges(stack)
      return [
        ...found.filter((edge) => !ALLOWED_EDGES.includes(edge)).map((edge) => `${edge} is too much`),
        ...ALLOWED_EDGES.filter((edge) => !found.includes(edge)).map((edge) => `${edge} is missing`),
      ]
    },
  },
  whole('network.rings', 'Each ring of subnets is in two zones or more', (stack) =>
    Object.values(rings(stack)).every((ring: readonly Recorded[]) => ring.length >= 2 && zones(ring) >= 2),
  ),
  whole(
    'network.nat',
    'Each zone has its own way out, so that one can fail alone; dev and a small programme share one',
    (stack) => stack.of(TYPE.nat).length === (SHARED_WAY_OUT.has(stack.stage) ? 1 : zones(stack.of(TYPE.subnet))),
  ),
  every('network.ports', 'Every port is one that exists', TYPE.ingress, (record) =>
    [input(record, 'fromPort'), input(record, 'toPort')].every(
      (port) => typeof port === 'number' && port >= 1 && port <= 65_535,
    ),
  ),
  whole(
    'network.s3-endpoint',
    "Objects travel through the gateway endpoint, from each of the tasks' subnets",
    (stack) =>
      stack
        .of(TYPE.endpoint)
        .some(
          (record) =>
            String(input(record, 'serviceName')).endsWith('.s3') &&
            input(record, 'vpcEndpointType') === 'Gateway' &&
            rings(stack).shielded.every((subnet) =>
              stack
                .of(TYPE.association)
                .some(
                  (association) =>
                    input(association, 'subnetId') === subnet.id &&
                    listAt(record.inputs, 'routeTableIds').includes(input(association, 'routeTableId') ?? null),
                ),
            ),
        ),
  ),
]
