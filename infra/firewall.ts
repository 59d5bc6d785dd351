import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { Settings } from './settings.ts'

/** Requests one address may make in five minutes. Generous: a ministry's whole office may share one. */
const REQUESTS_PER_ADDRESS = 6_000

/** A web firewall before the balancer: AWS's managed rules and a limit for one address. */
export class Firewall extends pulumi.ComponentResource {
  constructor(
    name: string,
    args: { settings: Settings; balancerArn: pulumi.Input<string>; logsKeyArn: pulumi.Input<string> },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:Firewall', name, {}, opts)
    const parent = { parent: this }
    const watch = (
      metricName: string,
    ): { cloudwatchMetricsEnabled: boolean; metricName: string; sampledRequestsEnabled: boolean } => ({
      cloudwatchMetricsEnabled: true,
      metricName,
      sampledRequestsEnabled: false,
    })
    const managed = (rule: string, priority: number, countOnly: string[]): aws.types.input.wafv2.WebAclRule => ({
      name: rule,
      priority,
      overrideAction: { none: {} },
      visibilityConfig: watch(rule),
      statement: {
        managedRuleGroupStatement: {
          vendorName: 'AWS',
          name: rule,
          ruleActionOverrides: countOnly.map((name) => ({ name, actionToUse: { count: {} } })),
        },
      },
    })
    const acl = new aws.wafv2.WebAcl(
      name,
      {
        scope: 'REGIONAL',
        defaultAction: { allow: {} },
        visibilityConfig: watch(name),
        rules: [
          {
            name: 'rate',
            priority: 0,
            action: { block: {} },
            visibilityConfig: watch('rate'),
            statement: { rateBasedStatement: { limit: REQUESTS_PER_ADDRESS, aggregateKeyType: 'IP' } },
          },
          // The service has its own, larger limit of a body: lists of ward matches pass 8 KB.
          managed('AWSManagedRulesCommonRuleSet', 1, ['SizeRestrictions_BODY']),
          managed('AWSManagedRulesKnownBadInputsRuleSet', 2, []),
          managed('AWSManagedRulesAmazonIpReputationList', 3, []),
        ],
      },
      parent,
    )
    new aws.wafv2.WebAclAssociation(name, { resourceArn: args.balancerArn, webAclArn: acl.arn }, parent)
    // WAF writes only to groups whose name begins so.
    const log = new aws.cloudwatch.LogGroup(
      name,
      { name: `aws-waf-logs-${name}`, retentionInDays: args.settings.logRetentionDays, kmsKeyId: args.logsKeyArn },
      parent,
    )
    // The cookie is the key to a person's data: it must not stand in a log.
    new aws.wafv2.WebAclLoggingConfiguration(
      name,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [log.arn],
        redactedFields: [{ singleHeader: { name: 'cookie' } }, { singleHeader: { name: 'authorization' } }],
      },
      parent,
    )
    this.registerOutputs()
  }
}
