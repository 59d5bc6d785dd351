import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { containerDefinition, operatorContainer, type ContainerPlaces } from './container.ts'
import { boundaryArn } from './names.ts'
import { callerPolicy, onlyThisRule, operatorPolicy } from './operator-policies.ts'
import { OPERATOR_PREFIX, OPERATOR_REQUEST, PROJECTS_PREFIX } from './prefixes.ts'
import type { Settings } from './settings.ts'
import { tasksMayAssume } from './task-policies.ts'

/**
 * What an operator may have done: an administrator leaves one object, `operator/request.json`, and a rule starts one
 * task that does what it asks for and ends. The task is of the service's image with a fixed program and a role of its
 * own. The rule's role can start this task and no other, and nobody can start it with another command: whoever may call
 * RunTask may change the command, and so only the rule may, which changes nothing.
 */
export class Operator extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: {
      settings: Settings
      image: string
      accountId: string
      cluster: aws.ecs.Cluster
      executionRole: aws.iam.Role
      places: ContainerPlaces<pulumi.Output<string>>
      subnetIds: pulumi.Input<string[]>
      securityGroupId: pulumi.Input<string>
      bucket: aws.s3.Bucket
      dataKeyArn: pulumi.Output<string>
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Operator', name, {}, opts)
    const { settings, accountId, bucket, cluster } = args
    const parent = { parent: this }
    const use = `${name}-operator`

    const role = new aws.iam.Role(
      use,
      {
        assumeRolePolicy: JSON.stringify(tasksMayAssume(accountId, settings.region)),
        permissionsBoundary: boundaryArn(settings, accountId, 'roles'),
      },
      parent,
    )
    new aws.iam.RolePolicy(
      use,
      {
        role: role.id,
        policy: pulumi.jsonStringify(
          operatorPolicy({
            bucketArn: bucket.arn,
            requestArn: pulumi.interpolate`${bucket.arn}/${OPERATOR_PREFIX}*`,
            projectsArn: pulumi.interpolate`${bucket.arn}/${PROJECTS_PREFIX}*`,
            keyArn: args.dataKeyArn,
            region: settings.region,
          }),
        ),
      },
      parent,
    )
    const task = new aws.ecs.TaskDefinition(
      use,
      {
        family: use,
        skipDestroy: true,
        cpu: '512',
        memory: '1024',
        networkMode: 'awsvpc',
        requiresCompatibilities: ['FARGATE'],
        runtimePlatform: { cpuArchitecture: settings.architecture, operatingSystemFamily: 'LINUX' },
        taskRoleArn: role.arn,
        executionRoleArn: args.executionRole.arn,
        containerDefinitions: pulumi.jsonStringify([
          operatorContainer(containerDefinition(settings, args.image, args.places)),
        ]),
      },
      parent,
    )

    new aws.s3.BucketNotification(use, { bucket: bucket.id, eventbridge: true }, parent)
    const rule = new aws.cloudwatch.EventRule(
      use,
      {
        // Named here, so that its role can name it before it is made.
        name: use,
        description: `ChatMRPT ${settings.stage}: an operator has left a request`,
        eventPattern: pulumi.jsonStringify({
          source: ['aws.s3'],
          'detail-type': ['Object Created'],
          detail: { bucket: { name: [bucket.bucket] }, object: { key: [OPERATOR_REQUEST] } },
        }),
      },
      parent,
    )
    const caller = new aws.iam.Role(
      `${name}-caller`,
      {
        assumeRolePolicy: JSON.stringify(
          onlyThisRule(accountId, `arn:aws:events:${settings.region}:${accountId}:rule/${use}`),
        ),
        permissionsBoundary: boundaryArn(settings, accountId, 'caller'),
      },
      parent,
    )
    const mayCall = new aws.iam.RolePolicy(
      `${name}-caller`,
      {
        role: caller.id,
        policy: pulumi.jsonStringify(
          callerPolicy({
            taskArn: task.arn,
            clusterArn: cluster.arn,
            roleArns: [role.arn, args.executionRole.arn],
          }),
        ),
      },
      parent,
    )
    new aws.cloudwatch.EventTarget(
      use,
      {
        rule: rule.name,
        arn: cluster.arn,
        roleArn: caller.arn,
        ecsTarget: {
          taskDefinitionArn: task.arn,
          taskCount: 1,
          launchType: 'FARGATE',
          platformVersion: 'LATEST',
          enableExecuteCommand: false,
          networkConfiguration: {
            subnets: args.subnetIds,
            securityGroups: [args.securityGroupId],
            assignPublicIp: false,
          },
        },
      },
      { ...parent, dependsOn: [mayCall] },
    )
    this.registerOutputs()
  }
}
