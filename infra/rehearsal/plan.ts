import { kindOf, type Recorded } from './record.ts'
import { at } from '../rules/rule.ts'

/**
 * Properties whose change replaces a resource, of the types that hold something or are known by a name, from the
 * provider's own documentation. A new session store signs everybody out; a new bucket or user pool loses what is in it.
 * @see https://github.com/hashicorp/terraform-provider-aws (`ForceNew` in the schema of each resource)
 */
export const FORCE_NEW: Readonly<Record<string, readonly string[]>> = {
  ReplicationGroup: [
    'snapshotName',
    'snapshotArns',
    'subnetGroupName',
    'networkType',
    'dataTieringEnabled',
    'port',
    'atRestEncryptionEnabled',
    'kmsKeyId',
    'replicationGroupId',
  ],
  SubnetGroup: ['name'],
  ParameterGroup: ['name', 'family', 'description'],
  User: ['userId', 'userName'],
  UserGroup: ['userGroupId'],
  Bucket: ['bucket', 'bucketPrefix', 'objectLockEnabled'],
  BucketMetric: ['bucket', 'name'],
  Repository: ['name', 'encryptionConfigurations'],
  UserPool: ['usernameAttributes', 'aliasAttributes', 'usernameConfiguration'],
  LoadBalancer: ['name', 'internal', 'loadBalancerType'],
  TargetGroup: ['name', 'port', 'protocol', 'protocolVersion', 'ipAddressType', 'vpcId', 'targetType'],
  Service: ['name', 'cluster', 'launchType'],
  Cluster: ['name'],
  CompositeAlarm: ['alarmName', 'actionsEnabled'],
  MetricAlarm: ['name'],
  Canary: ['name'],
  IpSet: ['name', 'scope', 'ipAddressVersion'],
  WebAcl: ['name', 'scope'],
  LogGroup: ['name'],
  TopicSubscription: ['topic', 'protocol', 'endpoint'],
}

export interface PlannedStep {
  readonly step: 'create' | 'update' | 'replace' | 'delete'
  readonly resource: string
  /** Properties that differ. */
  readonly because: readonly string[]
}

/**
 * What `pulumi up` would do to get from one program to the other. An ignored property keeps its old value; a change of
 * a property that forces a replacement replaces the resource.
 * @param replace the urn that `--replace` names: it is replaced, and ignored properties keep their values in the new
 * one too
 */
export function planSteps(
  before: readonly Recorded[],
  after: readonly Recorded[],
  { replace }: { readonly replace?: string } = {},
): PlannedStep[] {
  const old = new Map(before.filter(({ custom }) => custom).map((record) => [record.urn, record]))
  const wanted = after.filter(({ custom }) => custom)
  const gone = [...old.values()].filter(({ urn }) => !wanted.some((record) => record.urn === urn))
  return [
    ...wanted.flatMap((record): PlannedStep[] => {
      const resource = `${kindOf(record.type)} ${record.name}`
      const was = old.get(record.urn)
      if (was === undefined) return [{ step: 'create', resource, because: [] }]
      const because = [...new Set([...Object.keys(was.inputs), ...Object.keys(record.inputs)])].filter(
        (key) =>
          !record.ignoreChanges.includes(key) &&
          JSON.stringify(at(was.inputs, key)) !== JSON.stringify(at(record.inputs, key)),
      )
      const isForced = because.some((key) => FORCE_NEW[kindOf(record.type)]?.includes(key))
      if (isForced || record.urn === replace) return [{ step: 'replace', resource, because }]
      return because.length > 0 ? [{ step: 'update', resource, because }] : []
    }),
    ...gone.map(({ type, name }): PlannedStep => ({
      step: 'delete',
      resource: `${kindOf(type)} ${name}`,
      because: [],
    })),
  ]
}
