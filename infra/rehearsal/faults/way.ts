import { also, without, withInput, withOption } from '../change.ts'
import type { Mutant } from '../mutant.ts'
import type { Json } from '../values.ts'

const SERVICE = { kind: 'ecs/service:Service' }
const ACL = { kind: 'WebAcl' }
const TARGETS = { kind: 'TargetGroup' }
const ring = (name: string): Json => [`⟦Subnet.chatmrpt-prod-${name}-1!id⟧`, `⟦Subnet.chatmrpt-prod-${name}-2!id⟧`]

/** The way of a request, from the host name to the task. */
export const WAY: readonly Mutant[] = [
  {
    fault: 'the tasks open to the whole network',
    change: also({
      type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      name: 'extra',
      inputs: {
        securityGroupId: '⟦SecurityGroup.chatmrpt-prod-service!id⟧',
        ipProtocol: 'tcp',
        fromPort: 8_080,
        toPort: 8_080,
        cidrIpv4: '10.40.0.0/16',
      },
    }),
  },
  {
    fault: 'tasks where no way leads to their image',
    change: withInput(SERVICE, 'networkConfiguration.subnets', ring('isolated')),
  },
  {
    fault: 'tasks in the open subnets',
    change: withInput(SERVICE, 'networkConfiguration.subnets', ring('public')),
  },
  {
    fault: 'tasks in one zone alone',
    change: withInput(SERVICE, 'networkConfiguration.subnets', ['⟦Subnet.chatmrpt-prod-private-1!id⟧']),
  },
  {
    fault: 'the session store open to the whole network',
    change: also({
      type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      name: 'extra',
      inputs: {
        securityGroupId: '⟦SecurityGroup.chatmrpt-prod-redis!id⟧',
        ipProtocol: 'tcp',
        fromPort: 6_379,
        toPort: 6_379,
        cidrIpv4: '10.40.0.0/16',
      },
    }),
  },
  {
    fault: 'the tasks open to everything on every port',
    change: also({
      type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
      name: 'extra',
      inputs: { securityGroupId: '⟦SecurityGroup.chatmrpt-prod-service!id⟧', ipProtocol: '-1', cidrIpv4: '0.0.0.0/0' },
    }),
  },
  {
    fault: 'the name has an IPv6 record alone',
    change: withInput({ kind: 'route53/record:Record', name: '-alias' }, 'type', 'AAAA'),
  },
  {
    fault: 'the name leads elsewhere',
    change: withInput({ kind: 'route53/record:Record', name: '-alias' }, 'aliases.0.name', 'elsewhere.example.org'),
  },
  { fault: 'the name leads nowhere', change: without({ kind: 'route53/record:Record', name: '-alias' }) },
  { fault: 'a certificate without its proof', change: without({ kind: 'CertificateValidation' }) },
  {
    fault: 'a certificate that nobody waits to be proved',
    change: withOption({ kind: 'Listener', name: '-https' }, { dependsOn: [] }),
  },
  {
    fault: 'a person bound to one task for a week',
    change: withInput(TARGETS, 'stickiness', { type: 'lb_cookie', enabled: true, cookieDuration: 604_800 }),
  },
  {
    fault: 'a person bound to one task for a minute',
    change: withInput(TARGETS, 'stickiness', { type: 'lb_cookie', enabled: true, cookieDuration: 60 }),
  },
  {
    fault: 'a person bound to one task by the session cookie',
    change: withInput(TARGETS, 'stickiness', { type: 'app_cookie', enabled: true, cookieName: '__Host-session' }),
  },
  {
    fault: 'a browser that may not post cannot upload',
    change: withInput({ kind: 'BucketCorsConfiguration' }, 'corsRules.0.allowedMethods', ['GET']),
  },
  {
    fault: 'a browser that may not get cannot download',
    change: withInput({ kind: 'BucketCorsConfiguration' }, 'corsRules.0.allowedMethods', ['POST']),
  },
  {
    fault: 'a browser may delete',
    change: withInput({ kind: 'BucketCorsConfiguration' }, 'corsRules.0.allowedMethods', ['GET', 'POST', 'DELETE']),
  },
  { fault: 'the web firewall refuses everybody', change: withInput(ACL, 'defaultAction', { block: {} }) },
  { fault: 'managed rules only count', change: withInput(ACL, 'rules.2.overrideAction', { count: {} }) },
  { fault: 'the limit for an address only counts', change: withInput(ACL, 'rules.1.action', { count: {} }) },
  {
    fault: 'one rule of a managed group only counts',
    change: withInput(ACL, 'rules.3.statement.managedRuleGroupStatement.ruleActionOverrides', [
      { name: 'Log4JRCE_BODY', actionToUse: { count: {} } },
    ]),
  },
  {
    fault: 'a limit that an office of ten reaches',
    change: withInput(ACL, 'rules.1.statement.rateBasedStatement.limit', 100),
  },
  {
    fault: 'a limit that nobody reaches',
    change: withInput(ACL, 'rules.1.statement.rateBasedStatement.limit', 2_000_000),
  },
  { fault: 'an update lets blocked addresses in again', change: withOption({ kind: 'IpSet' }, { ignoreChanges: [] }) },
  {
    fault: "the firewall's logs keep the cookie",
    change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields.0'),
  },
  {
    fault: "the firewall's logs keep the header of a sign-in",
    change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields.1'),
  },
]
