import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { Certificate } from './certificate.ts'
import { nameOf } from './names.ts'
import type { Settings } from './settings.ts'
import { TIMINGS } from './timings.ts'

/** The way in: HTTPS on a load balancer in the public subnets. Plain HTTP is only redirected. */
export class Entrance extends pulumi.ComponentResource {
  readonly balancer: aws.lb.LoadBalancer
  readonly targets: aws.lb.TargetGroup
  /** The service waits for it: tasks cannot register with a target group that no listener uses. */
  readonly listener: aws.lb.Listener

  constructor(
    name: string,
    args: {
      settings: Settings
      vpcId: pulumi.Input<string>
      subnetIds: pulumi.Input<string[]>
      securityGroupId: pulumi.Input<string>
      port: number
      logs: { bucket: aws.s3.Bucket; policy: aws.s3.BucketPolicy }
    },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Entrance', name, {}, opts)
    const { settings } = args
    const parent = { parent: this }
    this.balancer = new aws.lb.LoadBalancer(
      nameOf(settings.stage, 'web'),
      {
        loadBalancerType: 'application',
        internal: false,
        subnets: args.subnetIds,
        securityGroups: [args.securityGroupId],
        dropInvalidHeaderFields: true,
        desyncMitigationMode: 'strictest',
        xffHeaderProcessingMode: 'append',
        enableDeletionProtection: settings.deletionProtection,
        idleTimeout: TIMINGS.idleTimeout,
        accessLogs: { enabled: true, bucket: args.logs.bucket.bucket, prefix: 'balancer' },
      },
      { ...parent, dependsOn: [args.logs.policy] },
    )
    this.targets = new aws.lb.TargetGroup(
      nameOf(settings.stage, 'web'),
      {
        vpcId: args.vpcId,
        targetType: 'ip',
        protocol: 'HTTP',
        port: args.port,
        deregistrationDelay: TIMINGS.deregistrationDelay,
        loadBalancingAlgorithmType: 'least_outstanding_requests',
        healthCheck: {
          path: '/livez',
          protocol: 'HTTP',
          matcher: '200',
          interval: TIMINGS.healthCheckInterval,
          timeout: TIMINGS.healthCheckTimeout,
          healthyThreshold: 2,
          unhealthyThreshold: 3,
        },
      },
      parent,
    )
    const certificateArn =
      settings.certificateArn ??
      new Certificate(name, { hostName: settings.hostName, zoneId: settings.zoneId ?? '' }, parent).arn
    this.listener = new aws.lb.Listener(
      `${name}-https`,
      {
        loadBalancerArn: this.balancer.arn,
        port: 443,
        protocol: 'HTTPS',
        certificateArn,
        sslPolicy: 'ELBSecurityPolicy-TLS13-1-2-2021-06',
        defaultActions: [{ type: 'forward', targetGroupArn: this.targets.arn }],
      },
      parent,
    )
    new aws.lb.Listener(
      `${name}-http`,
      {
        loadBalancerArn: this.balancer.arn,
        port: 80,
        protocol: 'HTTP',
        defaultActions: [{ type: 'redirect', redirect: { protocol: 'HTTPS', port: '443', statusCode: 'HTTP_301' } }],
      },
      parent,
    )
    if (settings.zoneId !== undefined) {
      new aws.route53.Record(
        `${name}-alias`,
        {
          zoneId: settings.zoneId,
          name: settings.hostName,
          type: 'A',
          aliases: [{ name: this.balancer.dnsName, zoneId: this.balancer.zoneId, evaluateTargetHealth: true }],
        },
        parent,
      )
    }
    this.registerOutputs({ dnsName: this.balancer.dnsName })
  }
}
