import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { redisAclRules } from '../service/stores/redis-acl.ts'
import { CACHE_PORT } from './ports.ts'
import type { Settings } from './settings.ts'

/** The service's own user. */
export const CACHE_USER = 'chatmrpt-service'

/** The session store: a primary and its replicas in different zones, TLS only, one restricted user, no eviction. */
export class SessionsRedis extends pulumi.ComponentResource {
  readonly host: pulumi.Output<string>
  /** Node ids as CloudWatch names them. */
  readonly nodeIds: pulumi.Output<string>[]

  constructor(
    name: string,
    args: {
      settings: Settings
      key: aws.kms.Key
      logsKeyArn: pulumi.Input<string>
      subnetIds: pulumi.Input<string[]>
      securityGroupId: pulumi.Input<string>
      passwords: pulumi.Output<string>[]
      /** Where ElastiCache reports failovers and replaced nodes. */
      eventsTopicArn: pulumi.Input<string>
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:SessionsRedis', name, {}, opts)
    const { settings } = args
    const parent = { parent: this }
    const subnets = new aws.elasticache.SubnetGroup(
      name,
      { subnetIds: args.subnetIds, description: 'Subnets no route leads out of' },
      parent,
    )
    // A full store must refuse new sessions visibly. Eviction would sign people out silently and could drop the mark of
    // a logout.
    const parameters = new aws.elasticache.ParameterGroup(
      name,
      {
        family: 'valkey8',
        description: 'ChatMRPT sessions',
        parameters: [{ name: 'maxmemory-policy', value: 'noeviction' }],
      },
      parent,
    )
    const user = new aws.elasticache.User(
      name,
      {
        userId: name,
        userName: CACHE_USER,
        engine: 'valkey',
        accessString: `on ${redisAclRules()}`,
        authenticationMode: { type: 'password', passwords: args.passwords },
      },
      parent,
    )
    const users = new aws.elasticache.UserGroup(
      name,
      { userGroupId: name, engine: 'valkey', userIds: [user.userId] },
      parent,
    )
    const log = (kind: string): aws.cloudwatch.LogGroup =>
      new aws.cloudwatch.LogGroup(
        `${name}-${kind}`,
        { retentionInDays: settings.logRetentionDays, kmsKeyId: args.logsKeyArn },
        parent,
      )
    const group = new aws.elasticache.ReplicationGroup(
      name,
      {
        description: `ChatMRPT ${settings.stage}: sessions`,
        engine: 'valkey',
        engineVersion: '8.0',
        nodeType: settings.cacheNodeType,
        port: CACHE_PORT,
        numCacheClusters: settings.cacheNodes,
        multiAzEnabled: true,
        automaticFailoverEnabled: true,
        atRestEncryptionEnabled: true,
        kmsKeyId: args.key.arn,
        transitEncryptionEnabled: true,
        transitEncryptionMode: 'required',
        userGroupIds: [users.userGroupId],
        subnetGroupName: subnets.name,
        parameterGroupName: parameters.name,
        securityGroupIds: [args.securityGroupId],
        notificationTopicArn: args.eventsTopicArn,
        autoMinorVersionUpgrade: true,
        maintenanceWindow: 'sun:02:00-sun:03:00',
        snapshotWindow: '00:00-01:00',
        snapshotRetentionLimit: settings.snapshotDays,
        applyImmediately: false,
        ...(settings.restoreFrom !== undefined &&
          settings.restoreFrom !== 'none' && { snapshotName: settings.restoreFrom }),
        logDeliveryConfigurations: [
          { logType: 'slow-log', logFormat: 'json', destinationType: 'cloudwatch-logs', destination: log('slow').name },
          {
            logType: 'engine-log',
            logFormat: 'json',
            destinationType: 'cloudwatch-logs',
            destination: log('engine').name,
          },
        ],
      },
      {
        ...parent,
        protect: settings.deletionProtection,
        // AWS raises the minor version by itself. A program that still names the older one would replace the store with
        // all its sessions. Remove this for the one update that raises the version. A store is replaced when the
        // snapshot it came from changes, so the snapshot counts only where a restore is asked for.
        ignoreChanges: settings.restoreFrom === undefined ? ['engineVersion', 'snapshotName'] : ['engineVersion'],
      },
    )
    this.host = group.primaryEndpointAddress
    this.nodeIds = Array.from(
      { length: settings.cacheNodes },
      (_, index) => pulumi.interpolate`${group.id}-${String(index + 1).padStart(3, '0')}`,
    )
    this.registerOutputs({ host: this.host })
  }
}
