import * as aws from '@pulumi/aws'
import * as awsx from '@pulumi/awsx'
import * as pulumi from '@pulumi/pulumi'
import type { AddressPlan } from './address-plan.ts'
import { boundaryArn } from './names.ts'
import type { Settings } from './settings.ts'

/** Three rings of subnets: the balancer's, the tasks', and the cache's. No route leads out of the last. */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>
  readonly publicSubnetIds: pulumi.Output<string[]>
  readonly privateSubnetIds: pulumi.Output<string[]>
  readonly isolatedSubnetIds: pulumi.Output<string[]>
  readonly balancerGroup: aws.ec2.SecurityGroup
  readonly serviceGroup: aws.ec2.SecurityGroup
  readonly cacheGroup: aws.ec2.SecurityGroup

  constructor(
    name: string,
    args: {
      settings: Settings
      plan: AddressPlan
      ports: { service: number; cache: number }
      logsKeyArn: pulumi.Input<string>
      accountId: string
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Network', name, {}, opts)
    const { settings, plan, ports } = args
    const parent = { parent: this }
    const vpc = new awsx.ec2.Vpc(
      name,
      {
        cidrBlock: settings.cidrBlock,
        numberOfAvailabilityZones: settings.availabilityZones,
        enableDnsHostnames: true,
        enableDnsSupport: true,
        subnetStrategy: 'Auto',
        subnetSpecs: [
          { type: 'Public', name: 'public', cidrBlocks: [...plan.publicBlocks] },
          { type: 'Isolated', name: 'isolated', cidrBlocks: [...plan.isolatedBlocks] },
          { type: 'Private', name: 'private', cidrBlocks: [...plan.privateBlocks] },
        ],
        natGateways: { strategy: settings.natGateways },
        // Most of the traffic is objects: through the gateway it costs nothing and never crosses the internet. `Auto`
        // puts the gateway into the route tables of these subnets; otherwise it would not be used.
        vpcEndpointStrategy: 'Auto',
        vpcEndpointSpecs: [{ serviceName: `com.amazonaws.${settings.region}.s3`, vpcEndpointType: 'Gateway' }],
      },
      {
        ...parent,
        // The component would give public subnets automatic public addresses; the balancer brings its own.
        transforms: [
          ({ type, props, opts: options }) =>
            type === 'aws:ec2/subnet:Subnet'
              ? { props: { ...props, mapPublicIpOnLaunch: false }, opts: options }
              : undefined,
        ],
      },
    )
    this.vpcId = vpc.vpcId
    this.publicSubnetIds = vpc.publicSubnetIds
    this.privateSubnetIds = vpc.privateSubnetIds
    this.isolatedSubnetIds = vpc.isolatedSubnetIds

    new aws.ec2.DefaultSecurityGroup(name, { vpcId: vpc.vpcId, ingress: [], egress: [] }, parent)
    this.balancerGroup = new aws.ec2.SecurityGroup(
      `${name}-balancer`,
      { vpcId: vpc.vpcId, description: 'The load balancer: HTTP and HTTPS from anywhere' },
      parent,
    )
    this.serviceGroup = new aws.ec2.SecurityGroup(
      `${name}-service`,
      { vpcId: vpc.vpcId, description: 'The tasks: from the load balancer only' },
      parent,
    )
    this.cacheGroup = new aws.ec2.SecurityGroup(
      `${name}-cache`,
      { vpcId: vpc.vpcId, description: 'The session store: from the tasks only' },
      parent,
    )
    for (const port of [80, 443]) {
      new aws.vpc.SecurityGroupIngressRule(
        `${name}-balancer-from-world-${String(port)}`,
        {
          securityGroupId: this.balancerGroup.id,
          ipProtocol: 'tcp',
          fromPort: port,
          toPort: port,
          cidrIpv4: '0.0.0.0/0',
          description: port === 80 ? 'Only to be sent on to HTTPS' : 'HTTPS',
        },
        parent,
      )
    }
    this.#allow(`${name}-balancer-to-service`, this.balancerGroup, this.serviceGroup, ports.service)
    this.#allow(`${name}-service-to-cache`, this.serviceGroup, this.cacheGroup, ports.cache)
    new aws.vpc.SecurityGroupEgressRule(
      `${name}-service-to-aws`,
      {
        securityGroupId: this.serviceGroup.id,
        ipProtocol: 'tcp',
        fromPort: 443,
        toPort: 443,
        cidrIpv4: '0.0.0.0/0',
        description: 'AWS APIs: S3, ECR, logs, secrets',
      },
      parent,
    )

    const flowLogs = new aws.cloudwatch.LogGroup(
      `${name}-flow`,
      { retentionInDays: settings.logRetentionDays, kmsKeyId: args.logsKeyArn },
      parent,
    )
    const flowRole = new aws.iam.Role(
      `${name}-flow`,
      {
        permissionsBoundary: boundaryArn(settings, args.accountId, 'roles'),
        assumeRolePolicy: JSON.stringify({
          Version: '2012-10-17',
          Statement: [
            { Effect: 'Allow', Principal: { Service: 'vpc-flow-logs.amazonaws.com' }, Action: 'sts:AssumeRole' },
          ],
        }),
      },
      parent,
    )
    new aws.iam.RolePolicy(
      `${name}-flow`,
      {
        role: flowRole.id,
        policy: pulumi.jsonStringify({
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['logs:CreateLogStream', 'logs:PutLogEvents', 'logs:DescribeLogStreams'],
              Resource: [flowLogs.arn, pulumi.interpolate`${flowLogs.arn}:*`],
            },
          ],
        }),
      },
      parent,
    )
    new aws.ec2.FlowLog(
      name,
      {
        vpcId: vpc.vpcId,
        trafficType: 'ALL',
        logDestinationType: 'cloud-watch-logs',
        logDestination: flowLogs.arn,
        iamRoleArn: flowRole.arn,
        maxAggregationInterval: 600,
      },
      parent,
    )
    this.registerOutputs({ vpcId: this.vpcId })
  }

  /** One port, opened at both ends: out of one group and into the other. */
  #allow(name: string, from: aws.ec2.SecurityGroup, to: aws.ec2.SecurityGroup, port: number): void {
    const span = { ipProtocol: 'tcp', fromPort: port, toPort: port }
    new aws.vpc.SecurityGroupEgressRule(
      name,
      { ...span, securityGroupId: from.id, referencedSecurityGroupId: to.id },
      { parent: this },
    )
    new aws.vpc.SecurityGroupIngressRule(
      name,
      { ...span, securityGroupId: to.id, referencedSecurityGroupId: from.id },
      { parent: this },
    )
  }
}
