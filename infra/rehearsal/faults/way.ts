import { also, without, withInput, withOption } from '../change.ts'
import { ofKind, type Mutant } from '../mutant.ts'
import type { Json } from '../values.ts'

const SERVICE = { kind: 'ecs/service:Service' }
const ACL = { kind: 'WebAcl' }
const TARGETS = { kind: 'TargetGroup' }
const HTTPS = { kind: 'Listener', name: '-https' }
const ALIAS = { kind: 'route53/record:Record', name: '-alias' }
const CORS = { kind: 'BucketCorsConfiguration' }
const SUBNETS = 'networkConfiguration.subnets'
const subnet = (name: string): string => `⟦Subnet.chatmrpt-prod-${name}!id⟧`
const ring = (name: string): Json => [subnet(`${name}-1`), subnet(`${name}-2`)]
/** A further rule that lets something in to a group. */
const ingress = (group: string, more: Readonly<Record<string, Json>>): Mutant['change'] =>
  also({
    type: 'aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule',
    name: 'extra',
    inputs: { securityGroupId: `⟦SecurityGroup.chatmrpt-prod-${group}!id⟧`, ...more },
  })

/** The way of a request, from the host name to the task. */
export const WAY: readonly Mutant[] = [
  ...ofKind(
    'a network opened too wide',
    {
      fault: 'the tasks open to the whole network',
      change: ingress('service', { ipProtocol: 'tcp', fromPort: 8_080, toPort: 8_080, cidrIpv4: '10.40.0.0/16' }),
    },
    [
      {
        fault: 'the session store open to the whole network',
        change: ingress('cache', { ipProtocol: 'tcp', fromPort: 6_379, toPort: 6_379, cidrIpv4: '10.40.0.0/16' }),
      },
      {
        fault: 'the tasks open to everything on every port',
        change: ingress('service', { ipProtocol: '-1', cidrIpv4: '0.0.0.0/0' }),
      },
      {
        fault: 'the balancer reaches the tasks on every port',
        change: withInput({ kind: 'SecurityGroupIngressRule', name: 'balancer-to-service' }, 'fromPort', 1),
      },
    ],
  ),
  ...ofKind(
    'tasks in the wrong subnets',
    {
      fault: 'tasks in subnets without a route to their image',
      change: withInput(SERVICE, SUBNETS, ring('isolated')),
    },
    [
      { fault: 'tasks in the open subnets', change: withInput(SERVICE, SUBNETS, ring('public')) },
      { fault: 'tasks in one zone alone', change: withInput(SERVICE, SUBNETS, [subnet('private-1')]) },
      {
        fault: "one zone's tasks in a subnet without a route to their image",
        change: withInput(SERVICE, SUBNETS, [subnet('private-1'), subnet('isolated-2')]),
      },
    ],
  ),
  ...ofKind(
    'a name that does not lead to the balancer',
    { fault: 'the name has an IPv6 record alone', change: withInput(ALIAS, 'type', 'AAAA') },
    [
      { fault: 'the name leads elsewhere', change: withInput(ALIAS, 'aliases.0.name', 'elsewhere.example.org') },
      { fault: 'the name leads nowhere', change: without(ALIAS) },
      { fault: 'the name is another name for a name', change: withInput(ALIAS, 'type', 'CNAME') },
    ],
  ),
  ...ofKind(
    'a certificate that nobody proves',
    { fault: 'a certificate without its proof', change: without({ kind: 'CertificateValidation' }) },
    [
      { fault: 'a certificate used before it is proved', change: withOption(HTTPS, { dependsOn: [] }) },
      {
        fault: 'the certificate that is proved is not the one in use',
        change: withOption({ kind: 'CertificateValidation' }, { dependsOn: [] }),
      },
      {
        fault: 'the certificate in use is not the one that is proved',
        change: withInput(HTTPS, 'certificateArn', '⟦Certificate.chatmrpt-prod-other!arn⟧'),
      },
    ],
  ),
  ...ofKind(
    'a person bound to one task',
    {
      fault: 'a person bound to one task for a week',
      change: withInput(TARGETS, 'stickiness', { type: 'lb_cookie', enabled: true, cookieDuration: 604_800 }),
    },
    [
      {
        fault: 'a person bound to one task for a minute',
        change: withInput(TARGETS, 'stickiness', { type: 'lb_cookie', enabled: true, cookieDuration: 60 }),
      },
      {
        fault: 'a person bound to one task by the session cookie',
        change: withInput(TARGETS, 'stickiness', { type: 'app_cookie', enabled: true, cookieName: '__Host-session' }),
      },
      {
        fault: 'a person bound to one group of tasks by the listener',
        change: withInput(HTTPS, 'defaultActions.0.forward', {
          targetGroups: [{ arn: '⟦TargetGroup.chatmrpt-prod-web!arn⟧' }],
          stickiness: { enabled: true, duration: 86_400 },
        }),
      },
    ],
  ),
  ...ofKind(
    'a browser that may not do its work',
    {
      fault: 'a browser that may not post cannot upload',
      change: withInput(CORS, 'corsRules.0.allowedMethods', ['GET']),
    },
    [
      {
        fault: 'a browser that may not get cannot download',
        change: withInput(CORS, 'corsRules.0.allowedMethods', ['POST']),
      },
      {
        fault: 'a browser may delete',
        change: withInput(CORS, 'corsRules.0.allowedMethods', ['GET', 'POST', 'DELETE']),
      },
      {
        fault: 'a browser may put, and the form posts',
        change: withInput(CORS, 'corsRules.0.allowedMethods', ['GET', 'PUT']),
      },
    ],
  ),
  ...ofKind(
    'a firewall with another default',
    { fault: 'the web firewall refuses everybody', change: withInput(ACL, 'defaultAction', { block: {} }) },
    [
      { fault: 'the web firewall has no default', change: withInput(ACL, 'defaultAction') },
      {
        fault: 'the web firewall both lets in and refuses',
        change: withInput(ACL, 'defaultAction', { allow: {}, block: {} }),
      },
      { fault: 'an address that was to be refused is let in', change: withInput(ACL, 'rules.0.action', { allow: {} }) },
    ],
  ),
  ...ofKind(
    'a firewall that only counts',
    { fault: 'managed rules only count', change: withInput(ACL, 'rules.2.overrideAction', { count: {} }) },
    [
      { fault: 'the limit for an address only counts', change: withInput(ACL, 'rules.1.action', { count: {} }) },
      {
        fault: 'an address that was to be refused is counted',
        change: withInput(ACL, 'rules.0.action', { count: {} }),
      },
      {
        fault: 'one rule of a managed group only counts',
        change: withInput(ACL, 'rules.3.statement.managedRuleGroupStatement.ruleActionOverrides', [
          { name: 'Log4JRCE_BODY', actionToUse: { count: {} } },
        ]),
      },
    ],
  ),
  {
    fault: 'a limit that an office of ten reaches',
    change: withInput(ACL, 'rules.1.statement.rateBasedStatement.limit', 100),
  },
  {
    fault: 'a limit that nobody reaches',
    change: withInput(ACL, 'rules.1.statement.rateBasedStatement.limit', 2_000_000),
  },
  { fault: 'an update lets blocked addresses in again', change: withOption({ kind: 'IpSet' }, { ignoreChanges: [] }) },
  ...ofKind(
    'logs that keep what signs somebody in',
    {
      fault: "the firewall's logs keep the cookie",
      change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields.0'),
    },
    [
      {
        fault: "the firewall's logs keep the header of a sign-in",
        change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields.1'),
      },
      {
        fault: "the firewall's logs keep queries, and so the code of a sign-in",
        change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields.2'),
      },
      {
        fault: "the firewall's logs keep everything",
        change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields'),
      },
      {
        fault: "the firewall's logs leave out the cookie's attributes and keep the cookie",
        change: withInput({ kind: 'WebAclLoggingConfiguration' }, 'redactedFields.0.singleHeader.name', 'set-cookie'),
      },
    ],
  ),
]
