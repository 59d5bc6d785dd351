import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { containerDefinition, type ContainerPlaces } from './container.ts'
import type { Entrance } from './entrance.ts'
import { boundaryArn, SERVICE } from './names.ts'
import { SERVICE_PORT } from './ports.ts'
import { servicePrefixes } from './prefixes.ts'
import type { Settings } from './settings.ts'
import { executionPolicy, taskPolicy, tasksMayAssume } from './task-policies.ts'
import { TIMINGS } from './timings.ts'

/** The cluster and what belongs to it, with or without an image. */
export class Cluster extends pulumi.ComponentResource {
  readonly cluster: aws.ecs.Cluster
  readonly logGroup: aws.cloudwatch.LogGroup

  constructor(
    name: string,
    args: { settings: Settings; logsKeyArn: pulumi.Input<string> },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Cluster', name, {}, opts)
    this.cluster = new aws.ecs.Cluster(
      name,
      { name, settings: [{ name: 'containerInsights', value: 'enabled' }] },
      { parent: this },
    )
    this.logGroup = new aws.cloudwatch.LogGroup(
      `${name}-service`,
      {
        name: `/chatmrpt/${args.settings.stage}/service`,
        retentionInDays: args.settings.logRetentionDays,
        kmsKeyId: args.logsKeyArn,
      },
      { parent: this },
    )
    this.registerOutputs()
  }
}

/** The service itself: its task, its two roles, its deployments and its scaling. */
export class Service extends pulumi.ComponentResource {
  /** The image that runs; an error where ECS rolled back to the one before, since that also ends in a steady state. */
  readonly image: pulumi.Output<string>
  readonly executionRole: aws.iam.Role
  readonly places: ContainerPlaces<pulumi.Output<string>>

  constructor(
    name: string,
    args: {
      settings: Settings
      image: string
      accountId: string
      cluster: Cluster
      serviceName: string
      entrance: Entrance
      subnetIds: pulumi.Input<string[]>
      securityGroupId: pulumi.Input<string>
      trustedProxies: readonly string[]
      redis: { host: pulumi.Output<string>; port: number; user: string }
      bucket: aws.s3.Bucket
      dataKeyArn: pulumi.Output<string>
      repositoryArn: pulumi.Output<string>
      secrets: {
        references: Readonly<Record<string, pulumi.Output<string>>>
        arns: pulumi.Output<string>[]
        keyArn: pulumi.Output<string>
      }
      signIn?: { issuer: pulumi.Output<string>; clientId: pulumi.Output<string>; publicUrl: string }
      /** Alarms that roll a deployment back when they go off during it. */
      rollbackAlarmNames: pulumi.Output<string>[]
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Service', name, {}, opts)
    const { settings, cluster, entrance } = args
    const parent = { parent: this }
    const role = (use: string, policy: object): { role: aws.iam.Role; policy: aws.iam.RolePolicy } => {
      const made = new aws.iam.Role(
        `${name}-${use}`,
        {
          assumeRolePolicy: JSON.stringify(tasksMayAssume(args.accountId, settings.region)),
          permissionsBoundary: boundaryArn(settings, args.accountId, 'roles'),
        },
        parent,
      )
      return {
        role: made,
        policy: new aws.iam.RolePolicy(
          `${name}-${use}`,
          { role: made.id, policy: pulumi.jsonStringify(policy) },
          parent,
        ),
      }
    }
    const prefixes = servicePrefixes(settings)
    const task = role(
      'task',
      taskPolicy({
        bucketArn: args.bucket.arn,
        objectArns: prefixes.map((prefix) => pulumi.interpolate`${args.bucket.arn}/${prefix}*`),
        prefixes,
        keyArn: args.dataKeyArn,
        region: settings.region,
        accountId: args.accountId,
        modelIds: settings.models.map(({ modelId }) => modelId),
      }),
    )
    const execution = role(
      'execution',
      executionPolicy({
        repositoryArn: args.repositoryArn,
        secretArns: args.secrets.arns,
        secretsKeyArn: args.secrets.keyArn,
        logStreamsArn: pulumi.interpolate`${cluster.logGroup.arn}:*`,
      }),
    )

    this.executionRole = execution.role
    this.places = {
      redisUrl: pulumi.interpolate`rediss://${args.redis.host}:${args.redis.port}`,
      redisUser: args.redis.user,
      bucket: args.bucket.bucket,
      logGroup: cluster.logGroup.name,
      trustedProxies: args.trustedProxies,
      secrets: args.secrets.references,
      ...(args.signIn !== undefined && { signIn: args.signIn }),
    }

    const definition = new aws.ecs.TaskDefinition(
      name,
      {
        family: name,
        // A quick rollback names the revision before: ECS does not start tasks of a revision that was removed.
        skipDestroy: true,
        cpu: '512',
        memory: '1024',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        runtimePlatform: { cpuArchitecture: settings.architecture, operatingSystemFamily: 'LINUX' },
        taskRoleArn: task.role.arn,
        executionRoleArn: execution.role.arn,
        containerDefinitions: pulumi.jsonStringify([containerDefinition(settings, args.image, this.places)]),
      },
      parent,
    )

    const service = new aws.ecs.Service(
      name,
      {
        name: args.serviceName,
        cluster: cluster.cluster.arn,
        taskDefinition: definition.arn,
        launchType: 'FARGATE',
        platformVersion: 'LATEST',
        desiredCount: settings.minTasks,
        deploymentMinimumHealthyPercent: 100,
        deploymentMaximumPercent: 200,
        deploymentCircuitBreaker: { enable: true, rollback: true },
        alarms: { enable: true, rollback: true, alarmNames: args.rollbackAlarmNames },
        availabilityZoneRebalancing: 'ENABLED',
        healthCheckGracePeriodSeconds: TIMINGS.healthCheckGracePeriod,
        enableExecuteCommand: false,
        enableEcsManagedTags: true,
        propagateTags: 'SERVICE',
        waitForSteadyState: true,
        networkConfiguration: {
          subnets: args.subnetIds,
          securityGroups: [args.securityGroupId],
          assignPublicIp: false,
        },
        loadBalancers: [{ targetGroupArn: entrance.targets.arn, containerName: SERVICE, containerPort: SERVICE_PORT }],
      },
      {
        ...parent,
        // The scaling decides how many tasks run, not a deployment.
        ignoreChanges: ['desiredCount'],
        dependsOn: [entrance.listener, task.policy, execution.policy],
      },
    )

    this.image = pulumi.all([service.taskDefinition, definition.arn]).apply(([runs, asked]) => {
      if (!pulumi.runtime.isDryRun() && runs !== asked)
        throw new pulumi.RunError(
          `ECS took the deployment back: ${String(runs)} runs, not ${asked}. Why is in ` +
            'docs/runbooks/running-tasks-low.md',
        )
      return args.image
    })

    const target = new aws.appautoscaling.Target(
      name,
      {
        serviceNamespace: 'ecs',
        scalableDimension: 'ecs:service:DesiredCount',
        resourceId: pulumi.interpolate`service/${cluster.cluster.name}/${service.name}`,
        minCapacity: settings.minTasks,
        maxCapacity: settings.maxTasks,
      },
      parent,
    )
    const scale = (
      use: string,
      configuration: aws.types.input.appautoscaling.PolicyTargetTrackingScalingPolicyConfiguration,
    ): void => {
      new aws.appautoscaling.Policy(
        `${name}-${use}`,
        {
          policyType: 'TargetTrackingScaling',
          serviceNamespace: target.serviceNamespace,
          scalableDimension: target.scalableDimension,
          resourceId: target.resourceId,
          targetTrackingScalingPolicyConfiguration: { ...configuration, scaleOutCooldown: 60, scaleInCooldown: 300 },
        },
        parent,
      )
    }
    scale('cpu', {
      predefinedMetricSpecification: { predefinedMetricType: 'ECSServiceAverageCPUUtilization' },
      targetValue: settings.cpuTargetPercent,
    })
    // A stalled event loop waits without using the processor: requests show what the CPU does not.
    scale('requests', {
      predefinedMetricSpecification: {
        predefinedMetricType: 'ALBRequestCountPerTarget',
        resourceLabel: pulumi.interpolate`${entrance.balancer.arnSuffix}/${entrance.targets.arnSuffix}`,
      },
      targetValue: settings.requestsPerTaskPerMinute,
    })
    this.registerOutputs({ image: this.image })
  }
}
