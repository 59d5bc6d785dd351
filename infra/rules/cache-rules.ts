import { redisAclRules } from '../../service/stores/redis-acl.ts'
import { CACHE_PORT } from '../ports.ts'
import { secretsIn } from '../rehearsal/record.ts'
import { CACHE_NODE } from '../settings.ts'
import { every, input, listAt, type Rule } from './rule.ts'
import { isRing, rings } from './network-rules.ts'
import { TYPE } from './types.ts'

/** Versions of the engine, and the parameter family that goes with each. */
const FAMILIES: Readonly<Record<string, string>> = { '7.2': 'valkey7', '8.0': 'valkey8', '8.1': 'valkey8' }
/**
 * Key patterns, channels, nothing, and commands one by one. An alias, or a rule that has no effect on a new user, would
 * not be given back by AWS.
 */
const SETTLED = /^on( ~\S+)+ resetchannels -@all( \+[a-z|]+)+$/
const DAY_WINDOW =
  /^(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):([0-5]\d)-(mon|tue|wed|thu|fri|sat|sun):([01]\d|2[0-3]):([0-5]\d)$/
const HOUR_WINDOW = /^([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-3]):([0-5]\d)$/

interface Window {
  readonly start: number
  readonly end: number
}

/**
 * Minutes of a day, from the last five characters of each half; undefined for what is not a window of an hour or more.
 */
function windowOf(text: unknown, pattern: RegExp): Window | undefined {
  if (typeof text !== 'string' || !pattern.test(text)) return undefined
  const [start = 0, end = 0] = text.split('-').map((half) => Number(half.slice(-5, -3)) * 60 + Number(half.slice(-2)))
  return end - start >= 60 ? { start, end } : undefined
}

export const cacheRules: readonly Rule[] = [
  every(
    'ElastiCache.1',
    'The session store is backed up each day',
    TYPE.cache,
    (record) => Number(input(record, 'snapshotRetentionLimit')) >= 1,
  ),
  every(
    'ElastiCache.2',
    'Minor versions arrive by themselves',
    TYPE.cache,
    (record) => input(record, 'autoMinorVersionUpgrade') === true,
  ),
  every(
    'ElastiCache.3',
    'A replica takes over by itself',
    TYPE.cache,
    (record) => input(record, 'automaticFailoverEnabled') === true,
  ),
  every(
    'ElastiCache.4',
    'The session store is encrypted at rest, with the data key',
    TYPE.cache,
    (record, stack) =>
      input(record, 'atRestEncryptionEnabled') === true &&
      stack.of(TYPE.key).some((key) => key.name.endsWith('-data') && key.outputs['arn'] === input(record, 'kmsKeyId')),
  ),
  every(
    'ElastiCache.5',
    'The session store speaks TLS only',
    TYPE.cache,
    (record) =>
      input(record, 'transitEncryptionEnabled') === true && input(record, 'transitEncryptionMode') === 'required',
  ),
  every('ElastiCache.7', 'The session store is in its own isolated subnets', TYPE.cache, (record, stack) =>
    stack
      .of(TYPE.cacheSubnets)
      .some(
        (group) =>
          group.outputs['name'] === input(record, 'subnetGroupName') &&
          isRing(input(group, 'subnetIds'), rings(stack).isolated),
      ),
  ),
  every(
    'cache.failover',
    'Two nodes or more, in different zones, with failover',
    TYPE.cache,
    (record) =>
      input(record, 'multiAzEnabled') === true &&
      input(record, 'automaticFailoverEnabled') === true &&
      Number(input(record, 'numCacheClusters')) >= 2,
  ),
  every('cache.node', 'The node type exists', TYPE.cache, (record) =>
    CACHE_NODE.test(String(input(record, 'nodeType'))),
  ),
  every('cache.engine', 'Engine, version and parameter family belong together', TYPE.cache, (record, stack) => {
    const family = FAMILIES[String(input(record, 'engineVersion'))]
    return (
      input(record, 'engine') === 'valkey' &&
      family !== undefined &&
      stack
        .of(TYPE.cacheParameters)
        .some(
          (group) => group.outputs['name'] === input(record, 'parameterGroupName') && input(group, 'family') === family,
        )
    )
  }),
  every(
    'cache.version',
    'A minor version that AWS has raised is not taken back: that would replace the store',
    TYPE.cache,
    (record) => record.ignoreChanges.includes('engineVersion'),
  ),
  every(
    'cache.protect',
    'Outside dev, the session store is not deleted with a stack',
    TYPE.cache,
    (record, stack) => stack.stage === 'dev' || record.protect,
  ),
  every(
    'cache.snapshot',
    'A store restored from a snapshot is not replaced when the settings no longer name the snapshot',
    TYPE.cache,
    (record) => record.ignoreChanges.includes('snapshotName') || input(record, 'snapshotName') !== undefined,
  ),
  every(
    'cache.events',
    'Failovers and replaced nodes are reported to a topic that is not encrypted: ElastiCache reaches no other',
    TYPE.cache,
    (record, stack) =>
      stack
        .of(TYPE.topic)
        .some(
          (topic) =>
            topic.outputs['arn'] === input(record, 'notificationTopicArn') &&
            input(topic, 'kmsMasterKeyId') === undefined,
        ),
  ),
  every('cache.memory', 'A full store refuses; it never throws anything away', TYPE.cacheParameters, (record) =>
    listAt(record.inputs, 'parameters').some(
      (each) => JSON.stringify(each) === '{"name":"maxmemory-policy","value":"noeviction"}',
    ),
  ),
  every(
    'cache.access',
    "Only the service's own user can sign in, and TLS carries its password",
    TYPE.cache,
    (record, stack) =>
      input(record, 'authToken') === undefined &&
      input(record, 'transitEncryptionEnabled') === true &&
      listAt(record.inputs, 'userGroupIds').length === 1 &&
      stack
        .of(TYPE.cacheUsers)
        .some(
          (group) =>
            group.outputs['userGroupId'] === input(record, 'userGroupIds.0') &&
            listAt(group.inputs, 'userIds').length === 1 &&
            input(group, 'userIds.0') === stack.of(TYPE.cacheUser)[0]?.outputs['userId'],
        ),
  ),
  every(
    'cache.user',
    'The user may do what the service does and nothing else, with a secret password',
    TYPE.cacheUser,
    (record, stack) =>
      input(record, 'accessString') === `on ${redisAclRules()}` &&
      SETTLED.test(String(input(record, 'accessString'))) &&
      input(record, 'engine') === 'valkey' &&
      record.secretInputs.includes('authenticationMode') &&
      input(record, 'authenticationMode.type') === 'password' &&
      // Every password that the stack generates: with the newest alone, a rotation would cut running tasks off.
      JSON.stringify(
        secretsIn(input(record, 'authenticationMode.passwords'))
          .map(({ name }) => name)
          .sort(),
      ) ===
        JSON.stringify(
          stack
            .of('random:index/randomPassword:RandomPassword')
            .map(({ name }) => name)
            .filter((name) => name.includes('-redis-'))
            .sort(),
        ),
  ),
  every('cache.windows', 'Backup and maintenance have an hour each, and not the same', TYPE.cache, (record) => {
    const [backup, upkeep] = [
      windowOf(input(record, 'snapshotWindow'), HOUR_WINDOW),
      windowOf(input(record, 'maintenanceWindow'), DAY_WINDOW),
    ]
    return backup !== undefined && upkeep !== undefined && (backup.end <= upkeep.start || upkeep.end <= backup.start)
  }),
  every(
    'cache.logs',
    "Slow commands and the engine's own words are kept",
    TYPE.cache,
    (record, stack) =>
      ['slow-log', 'engine-log'].every((kind) =>
        listAt(record.inputs, 'logDeliveryConfigurations').some((each) => JSON.stringify(each).includes(`"${kind}"`)),
      ) &&
      listAt(record.inputs, 'logDeliveryConfigurations').every((each) =>
        stack
          .of(TYPE.logGroup)
          .some(({ outputs }) => outputs['name'] === (each as { readonly destination?: string }).destination),
      ),
  ),
  every(
    'cache.reach',
    'The store has its own security group and the port the graph speaks of',
    TYPE.cache,
    (record, stack) =>
      input(record, 'port') === CACHE_PORT &&
      JSON.stringify(input(record, 'securityGroupIds')) ===
        JSON.stringify(
          stack
            .of(TYPE.group)
            .filter(({ name }) => name.endsWith('-cache'))
            .map(({ id }) => id),
        ),
  ),
]
