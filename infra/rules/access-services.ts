import { arnOf, documentOf, ownContext, STRANGER, type AccessPlaces } from './access-places.ts'
import type { Row } from './access-row.ts'
import { input, type StackView } from './rule.ts'
import { TYPE } from './types.ts'

/** An account of AWS's own, by which a balancer may deliver logs in regions older than August 2022. */
const OLD_BALANCER_ACCOUNT = '156460612806'
/** What a service does with a key when it keeps something encrypted. */
const SEALING = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncryptFrom', 'kms:GenerateDataKey', 'kms:DescribeKey'] as const
const PUBLISHING = ['kms:Decrypt', 'kms:GenerateDataKey'] as const

/** What services of AWS may do with the stack's keys, topics and buckets, and strangers may not. */
export function serviceRows(stack: StackView, places: AccessPlaces): Row[] {
  const { account, region, data, logs, key } = places
  const asked = (
    who: string,
    want: Row['want'],
    [action, resource]: readonly [string, string],
    policies: Row['policies'],
    context: Readonly<Record<string, string>> = {},
  ): Row => ({
    who,
    want,
    request: { principal: { kind: 'Service', name: who }, action, resource, context },
    policies,
  })
  const byKey = (use: Parameters<AccessPlaces['key']>[0]): Row['policies'] => ({
    resource: documentOf(key(use)),
    resourceDecides: true,
  })
  const telemetry = arnOf(key('telemetry'))
  const logService = `logs.${region}.amazonaws.com`
  const groupOf = (owner: string, name: string): Record<string, string> => ({
    'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${owner}:log-group:${name}`,
  })
  const keys = [
    ...stack.of(TYPE.logGroup).flatMap((group) => {
      const name = String(input(group, 'name') ?? `${group.name}-0a1b2c3`)
      return SEALING.map((action) =>
        asked(logService, 'allow', [action, telemetry], byKey('telemetry'), groupOf(account, name)),
      )
    }),
    asked(logService, 'deny', ['kms:Decrypt', telemetry], byKey('telemetry'), groupOf(STRANGER, '/any')),
    asked(logService, 'deny', ['kms:Decrypt', arnOf(key('data'))], byKey('data'), groupOf(account, '/any')),
    ...['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'budgets.amazonaws.com'].flatMap((service) =>
      PUBLISHING.flatMap((action) => [
        asked(service, 'allow', [action, telemetry], byKey('telemetry'), { 'aws:SourceAccount': account }),
        asked(service, 'deny', [action, telemetry], byKey('telemetry'), { 'aws:SourceAccount': STRANGER }),
      ]),
    ),
  ]
  return [...keys, ...topicRows(stack, places, asked), ...bucketRows(stack, { ...places, data, logs }, asked)]
}

type Asked = (
  who: string,
  want: Row['want'],
  what: readonly [action: string, resource: string],
  policies: Row['policies'],
  context?: Readonly<Record<string, string>>,
) => Row

function topicRows(stack: StackView, { account, topicPolicy }: AccessPlaces, asked: Asked): Row[] {
  const publishes = (
    end: string,
    service: string,
    want: Row['want'],
    context: Readonly<Record<string, string>>,
  ): Row => {
    const topic = stack.of(TYPE.topic).find(({ name }) => name.endsWith(end))
    const policies = { resource: topicPolicy(topic) }
    return asked(service, want, ['sns:Publish', arnOf(topic)], policies, { 'aws:SecureTransport': 'true', ...context })
  }
  const own = { 'aws:SourceAccount': account }
  const alarms = 'cloudwatch.amazonaws.com'
  return [
    ...['-page', '-inform'].flatMap((end) => [
      publishes(end, alarms, 'allow', own),
      publishes(end, alarms, 'deny', { 'aws:SourceAccount': STRANGER }),
      publishes(end, alarms, 'deny', { ...own, 'aws:SecureTransport': 'false' }),
      publishes(end, 's3.amazonaws.com', 'deny', own),
    ]),
    publishes('-inform', 'events.amazonaws.com', 'allow', own),
    publishes('-inform', 'budgets.amazonaws.com', 'allow', own),
    publishes('-page', 'events.amazonaws.com', 'deny', own),
    publishes('-cache-events', 'elasticache.amazonaws.com', 'allow', { 'aws:SourceOwner': account }),
    publishes('-cache-events', 'elasticache.amazonaws.com', 'deny', { 'aws:SourceOwner': STRANGER }),
    publishes('-cache-events', alarms, 'deny', own),
  ]
}

function bucketRows(
  stack: StackView,
  { account, data, logs, bucketPolicy }: Pick<AccessPlaces, 'account' | 'data' | 'logs' | 'bucketPolicy'>,
  asked: Asked,
): Row[] {
  const byLogs = { resource: bucketPolicy(logs) }
  const service = { ...ownContext(account), 'aws:PrincipalIsAWSService': 'true', 'aws:SourceAccount': account }
  const delivery = 'logdelivery.elasticloadbalancing.amazonaws.com'
  const prefix = String(stack.of(TYPE.balancer).map((record) => input(record, 'accessLogs.prefix'))[0])
  const target = String(stack.of(TYPE.bucketLogging).map((record) => input(record, 'targetPrefix'))[0])
  const balancerLog = `${arnOf(logs)}/${prefix}/AWSLogs/${account}/elasticloadbalancing/x.log.gz`
  const stranger = (bucket: typeof data, action: string): Row => ({
    who: 'another account',
    want: 'deny',
    request: {
      principal: { kind: 'AWS', name: `arn:aws:iam::${STRANGER}:role/any` },
      action,
      resource: `${arnOf(bucket)}/sessions/x`,
      context: ownContext(STRANGER),
    },
    // The stranger's own account allows it everything.
    policies: {
      identity: [{ Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] }],
      resource: bucketPolicy(bucket),
    },
  })
  return [
    asked(delivery, 'allow', ['s3:PutObject', balancerLog], byLogs, service),
    // Where the balancer delivers by its old account, no Deny of foreign accounts applies to it.
    asked(delivery, 'allow', ['s3:PutObject', balancerLog], byLogs, ownContext(OLD_BALANCER_ACCOUNT)),
    asked(delivery, 'deny', ['s3:GetObject', balancerLog], byLogs, service),
    asked(delivery, 'deny', ['s3:PutObject', `${arnOf(logs)}/data-bucket/x`], byLogs, service),
    asked('logging.s3.amazonaws.com', 'allow', ['s3:PutObject', `${arnOf(logs)}/${target}x`], byLogs, service),
    asked('logging.s3.amazonaws.com', 'deny', ['s3:PutObject', `${arnOf(logs)}/${target}x`], byLogs, {
      ...service,
      'aws:SourceAccount': STRANGER,
    }),
    ...['s3:GetObject', 's3:PutObject', 's3:ListBucket'].flatMap((action) => [
      stranger(data, action),
      stranger(logs, action),
    ]),
  ]
}
