import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { MANAGED_RULES } from './firewall-rules.ts'
import type { Settings } from './settings.ts'

/**
 * Requests that one address may make in five minutes. It is generous: a ministry's whole office may share one address.
 */
const REQUESTS_PER_ADDRESS = 6_000

/**
 * A web firewall in front of the balancer: addresses that an operator blocks, a limit for each address, and AWS's
 * managed rules.
 */
export class Firewall extends pulumi.ComponentResource {
  /** Its name in CloudWatch. */
  readonly name: pulumi.Output<string>

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
    const blocked = new aws.wafv2.IpSet(
      `${name}-blocked`,
      { name: `${name}-blocked`, scope: 'REGIONAL', ipAddressVersion: 'IPV4', addresses: [] },
      // What an operator adds with infra/block-address.sh stays until an operator removes it.
      { ...parent, ignoreChanges: ['addresses'] },
    )
    const acl = new aws.wafv2.WebAcl(
      name,
      {
        scope: 'REGIONAL',
        defaultAction: { allow: {} },
        visibilityConfig: watch(name),
        rules: [
          {
            name: 'blocked',
            priority: 0,
            action: { block: {} },
            visibilityConfig: watch('blocked'),
            statement: { ipSetReferenceStatement: { arn: blocked.arn } },
          },
          {
            name: 'rate',
            priority: 1,
            action: { block: {} },
            visibilityConfig: watch('rate'),
            statement: { rateBasedStatement: { limit: REQUESTS_PER_ADDRESS, aggregateKeyType: 'IP' } },
          },
          // The service has its own, larger limit for a body: lists of ward matches pass 8 KB.
          ...MANAGED_RULES.map((rule, index) =>
            managed(rule, 2 + index, rule === 'AWSManagedRulesCommonRuleSet' ? ['SizeRestrictions_BODY'] : []),
          ),
        ],
      },
      parent,
    )
    new aws.wafv2.WebAclAssociation(name, { resourceArn: args.balancerArn, webAclArn: acl.arn }, parent)
    // WAF writes only to log groups whose name begins like this.
    const log = new aws.cloudwatch.LogGroup(
      name,
      { name: `aws-waf-logs-${name}`, retentionInDays: args.settings.logRetentionDays, kmsKeyId: args.logsKeyArn },
      parent,
    )
    // The cookie is the key to a person's data, and the query of /auth/callback holds a code: neither may be in a log.
    new aws.wafv2.WebAclLoggingConfiguration(
      name,
      {
        resourceArn: acl.arn,
        logDestinationConfigs: [log.arn],
        redactedFields: [
          { singleHeader: { name: 'cookie' } },
          { singleHeader: { name: 'authorization' } },
          { queryString: {} },
        ],
      },
      parent,
    )
    this.name = acl.name
    this.registerOutputs({ name: this.name })
  }
}
