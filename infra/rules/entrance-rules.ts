import { SERVICE_PORT } from '../ports.ts'
import type { Recorded } from '../rehearsal/record.ts'
import { SUFFIX_LENGTH } from '../names.ts'
import { at, every, input, listAt, publicUrlOf, whole, type Rule } from './rule.ts'
import { isRing, rings } from './network-rules.ts'
import { TYPE } from './types.ts'

const STRONG_TLS: ReadonlySet<unknown> = new Set([
  'ELBSecurityPolicy-TLS13-1-2-2021-06',
  'ELBSecurityPolicy-TLS13-1-3-2021-06',
  'ELBSecurityPolicy-TLS13-1-2-Res-2021-06',
])
/** A physical name of a balancer or a target group is a logical one and a suffix, 32 characters in all. */
const fits = (record: Recorded): boolean => record.name.length + SUFFIX_LENGTH <= 32

export const entranceRules: readonly Rule[] = [
  every(
    'ELB.1',
    'Plain HTTP is only sent on to HTTPS',
    TYPE.listener,
    (record) =>
      input(record, 'protocol') === 'HTTPS' ||
      (input(record, 'defaultActions.0.type') === 'redirect' &&
        input(record, 'defaultActions.0.redirect.protocol') === 'HTTPS' &&
        input(record, 'defaultActions.0.redirect.statusCode') === 'HTTP_301'),
  ),
  every(
    'ELB.4',
    'Invalid headers are dropped',
    TYPE.balancer,
    (record) => input(record, 'dropInvalidHeaderFields') === true,
  ),
  every(
    'ELB.5',
    'The balancer keeps access logs, and may write them',
    TYPE.balancer,
    (record, stack) =>
      input(record, 'accessLogs.enabled') === true &&
      stack
        .of(TYPE.bucketPolicy)
        .some(
          (policy) =>
            record.dependsOn.includes(policy.urn) &&
            String(input(policy, 'policy')).includes('logdelivery.elasticloadbalancing.amazonaws.com'),
        ),
  ),
  every(
    'ELB.6',
    'The balancer cannot be deleted by mistake',
    TYPE.balancer,
    (record) => input(record, 'enableDeletionProtection') === true,
  ),
  every('ELB.12', 'Requests that two servers could read differently are refused', TYPE.balancer, (record) =>
    ['defensive', 'strictest'].includes(String(input(record, 'desyncMitigationMode'))),
  ),
  every('ELB.13', 'The balancer is in every zone, in the open subnets', TYPE.balancer, (record, stack) =>
    isRing(input(record, 'subnets'), rings(stack).open),
  ),
  every('ELB.16', 'A web firewall is in front of the balancer', TYPE.balancer, (record, stack) =>
    stack.of(TYPE.aclAssociation).some((association) => input(association, 'resourceArn') === record.outputs['arn']),
  ),
  every(
    'ELB.17',
    'Listeners speak TLS 1.2 or 1.3 with strong ciphers',
    TYPE.listener,
    (record) => input(record, 'protocol') !== 'HTTPS' || STRONG_TLS.has(input(record, 'sslPolicy')),
  ),
  every('WAF.10', 'The web firewall has rules', TYPE.acl, (record) => listAt(record.inputs, 'rules').length > 0, true),
  every(
    'firewall.default',
    'The web firewall lets through what no rule refuses',
    TYPE.acl,
    (record) => JSON.stringify(input(record, 'defaultAction')) === '{"allow":{}}',
    true,
  ),
  every(
    'firewall.refuses',
    'Rules of the web firewall refuse; only the size of a body is counted alone',
    TYPE.acl,
    (record) =>
      listAt(record.inputs, 'rules').every((rule) => {
        const counted = listAt(rule, 'statement.managedRuleGroupStatement.ruleActionOverrides').map((each) =>
          at(each, 'name'),
        )
        return (
          (JSON.stringify(at(rule, 'action')) === '{"block":{}}' ||
            JSON.stringify(at(rule, 'overrideAction')) === '{"none":{}}') &&
          counted.every((name) => name === 'SizeRestrictions_BODY')
        )
      }),
    true,
  ),
  every(
    'firewall.limit',
    'One address may make as many requests as an office behind it, and not many more',
    TYPE.acl,
    (record) => {
      const limits = listAt(record.inputs, 'rules').flatMap(
        (rule) => at(rule, 'statement.rateBasedStatement.limit') ?? [],
      )
      return limits.length === 1 && Number(limits[0]) >= 2_000 && Number(limits[0]) <= 20_000
    },
    true,
  ),
  every(
    'firewall.addresses',
    'An operator can have an address refused, and an update does not let it in again',
    TYPE.acl,
    (record, stack) =>
      stack
        .of(TYPE.addressSet)
        .some(
          (set) =>
            set.ignoreChanges.includes('addresses') &&
            listAt(record.inputs, 'rules').some(
              (rule) =>
                at(rule, 'statement.ipSetReferenceStatement.arn') === set.outputs['arn'] && at(rule, 'priority') === 0,
            ),
        ),
    true,
  ),
  every(
    'WAF.11',
    'The web firewall keeps logs, without cookies and without queries',
    TYPE.acl,
    (record, stack) =>
      stack
        .of(TYPE.aclLogging)
        .some(
          (logging) =>
            input(logging, 'resourceArn') === record.outputs['arn'] &&
            ['"cookie"', '"authorization"', '{"queryString":{}}'].every((field) =>
              JSON.stringify(input(logging, 'redactedFields') ?? []).includes(field),
            ),
        ),
    true,
  ),
  every(
    'WAF.12',
    'Each rule of the web firewall is measured',
    TYPE.acl,
    (record) =>
      listAt(record.inputs, 'rules').every((rule) => JSON.stringify(rule).includes('"cloudwatchMetricsEnabled":true')),
    true,
  ),
  whole('entrance.certificate', 'HTTPS uses a certificate that has been proved, and forwards to the tasks', (stack) =>
    stack
      .of(TYPE.listener)
      .some(
        (record) =>
          input(record, 'protocol') === 'HTTPS' &&
          input(record, 'port') === 443 &&
          (stack
            .of(TYPE.certificateProof)
            .some(({ outputs }) => outputs['certificateArn'] === input(record, 'certificateArn')) ||
            String(input(record, 'certificateArn')).startsWith('arn:aws:acm:')) &&
          stack
            .of(TYPE.targets)
            .some(({ outputs }) => outputs['arn'] === input(record, 'defaultActions.0.targetGroupArn')),
      ),
  ),
  every(
    'entrance.targets',
    'Targets are addresses of tasks on the port the service listens on',
    TYPE.targets,
    (record) =>
      input(record, 'targetType') === 'ip' &&
      input(record, 'protocol') === 'HTTP' &&
      input(record, 'port') === SERVICE_PORT,
  ),
  every(
    'entrance.health',
    'A target is healthy while its process serves: a session store that is down must not replace every task',
    TYPE.targets,
    (record) =>
      input(record, 'healthCheck.path') === '/livez' &&
      input(record, 'healthCheck.matcher') === '200' &&
      Number(input(record, 'healthCheck.timeout')) < Number(input(record, 'healthCheck.interval')),
  ),
  {
    id: 'entrance.name',
    title: 'The host name leads to the balancer by IPv4; a certificate that AWS renews keeps the record that proves it',
    check: (stack) => {
      const alias = stack.of(TYPE.record).filter((record) => listAt(record.inputs, 'aliases').length > 0)
      const leads = alias.some(
        (record) =>
          input(record, 'type') === 'A' &&
          stack.of(TYPE.balancer).some(({ outputs }) => outputs['dnsName'] === input(record, 'aliases.0.name')),
      )
      // A balancer without IPv6 addresses does not answer AAAA queries.
      const beyond = alias.filter((record) => input(record, 'type') !== 'A').map(({ name }) => name)
      const proofs = stack.of(TYPE.certificateProof)
      const isProved = (certificate: Recorded): boolean =>
        proofs.some(
          (proof) =>
            proof.dependsOn.includes(certificate.urn) &&
            stack.of(TYPE.listener).some((listener) => listener.dependsOn.includes(proof.urn)),
        )
      const certificates = stack.of(TYPE.certificate)
      return [
        // Where the stack has no zone, somebody points the name by hand.
        ...(certificates.length > 0 && !leads ? ['the A record'] : []),
        ...beyond,
        ...certificates.filter((each) => !isProved(each)).map(({ name }) => `the certificate ${name}`),
      ]
    },
  },
  every(
    'entrance.sticky',
    'Any task serves any request: nobody is bound to one',
    TYPE.targets,
    (record) => input(record, 'stickiness.enabled') !== true,
  ),
  every('entrance.spread', 'No listener binds anybody to one group of tasks', TYPE.listener, (record) =>
    listAt(record.inputs, 'defaultActions').every((action) => at(action, 'forward.stickiness.enabled') !== true),
  ),
  every(
    'probe.outside',
    'A canary asks from outside every five minutes, with code of this stack, at the address people type',
    TYPE.canary,
    (record, stack) =>
      input(record, 'schedule.expression') === 'rate(5 minutes)' &&
      input(record, 'runConfig.environmentVariables.PROBE_URL') === publicUrlOf(stack) &&
      (stack.of(TYPE.service).length === 0 || input(record, 'startCanary') === true) &&
      input(record, 'vpcConfig') === undefined &&
      stack.of(TYPE.object).some((object) => input(object, 'key') === input(record, 's3Key')) &&
      stack
        .of(TYPE.rolePolicy)
        .some((policy) => policy.name.endsWith('-probe') && record.dependsOn.includes(policy.urn)),
  ),
  every('entrance.names', "The balancer's name fits with its suffix", TYPE.balancer, fits),
  every('entrance.target-names', "The target group's name fits with its suffix", TYPE.targets, fits),
  every(
    'entrance.idle',
    'Idle connections close before the service would close them',
    TYPE.balancer,
    (record) => Number(input(record, 'idleTimeout')) <= 60,
  ),
  every(
    'entrance.forwarded',
    "The balancer adds the client's address itself",
    TYPE.balancer,
    (record) => input(record, 'xffHeaderProcessingMode') === 'append',
  ),
]
