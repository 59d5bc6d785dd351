import { arnOf, documentOf, ownContext, STRANGER, type AccessPlaces } from './access-places.ts'
import type { Row } from './access-row.ts'
import { input, type StackView } from './rule.ts'
import { TYPE } from './types.ts'

/** The boundary of each role that has one of its own. */
const BOUNDARIES: Readonly<Record<string, 'ProbeBoundary' | 'CallerBoundary'>> = {
  probe: 'ProbeBoundary',
  caller: 'CallerBoundary',
}

type Ask = readonly [action: string, resource: string, context?: Readonly<Record<string, string>>]

/** What the roles of the stack may do, and what they may not. */
export function roleRows(stack: StackView, places: AccessPlaces): Row[] {
  const { account, region, data, logs, key } = places
  const bucket = arnOf(data)
  const logBucket = arnOf(logs)
  const session = `${bucket}/sessions/0a1b/wards.csv`
  const project = `${bucket}/projects/0a1b/manifest`
  const ofProjects: Row['want'] = stack.of(TYPE.userPool).length > 0 ? 'allow' : 'deny'
  const role = (use: string): ((want: Row['want'], asks: readonly Ask[]) => Row[]) => {
    const boundary = places.boundary(BOUNDARIES[use] ?? 'RolesBoundary')
    const principal = {
      kind: 'AWS',
      name: `arn:aws:iam::${account}:role/chatmrpt-${stack.stage}-${use}-0a1b2c3`,
    } as const
    return (want, asks) =>
      asks.map(([action, resource, context = {}]) => ({
        who: `the role ${use}`,
        want,
        request: { principal, action, resource: onDisk(resource), context: ownContext(account, context) },
        policies: { identity: places.identity(use).map(asNamed), boundary, ...policyOf(resource) },
      }))
  }
  /** The policy of the resource itself: a bucket's adds to the role's rights, a key's decides. */
  const policyOf = (resource: string): Partial<Row['policies']> => {
    for (const one of [data, logs])
      if (one !== undefined && resource.startsWith(arnOf(one))) return { resource: asNamed(places.bucketPolicy(one)) }
    const one = stack.of(TYPE.key).find((each) => arnOf(each) === resource)
    return one === undefined ? {} : { resource: documentOf(one), resourceDecides: true }
  }
  // Boundaries use physical names; the rehearsal's resources have tokens in their place.
  const named: readonly (readonly [token: string, arn: string])[] = [
    [bucket, `arn:aws:s3:::chatmrpt-${stack.stage}-data-0a1b2c3`],
    [logBucket, `arn:aws:s3:::chatmrpt-${stack.stage}-access-logs-0a1b2c3`],
    ...stack.of(TYPE.key).map((each) => [arnOf(each), `arn:aws:kms:${region}:${account}:key/${each.name}`] as const),
    ...stack
      .of(TYPE.secret)
      .map(
        (each) => [arnOf(each), `arn:aws:secretsmanager:${region}:${account}:secret:${each.name}-0a1b2c3-Xyz`] as const,
      ),
    ...stack
      .of(TYPE.repository)
      .map((each) => [arnOf(each), `arn:aws:ecr:${region}:${account}:repository/${each.name}`] as const),
    ...stack
      .of(TYPE.task)
      .map((each) => [arnOf(each), `arn:aws:ecs:${region}:${account}:task-definition/${each.name}:1`] as const),
    ...stack.of(TYPE.role).map((each) => [arnOf(each), `arn:aws:iam::${account}:role/${each.name}-0a1b2c3`] as const),
    ...stack
      .of(TYPE.logGroup)
      .map((each) => [arnOf(each), `arn:aws:logs:${region}:${account}:log-group:${each.name}`] as const),
  ]
  const onDisk = (text: string): string => named.reduce((so, [token, arn]) => so.replaceAll(token, arn), text)
  const asNamed = <Document extends object>(document: Document): Document =>
    JSON.parse(onDisk(JSON.stringify(document))) as Document
  const viaS3 = { 'kms:ViaService': `s3.${region}.amazonaws.com` }
  const group = (end: string): string => arnOf(stack.of(TYPE.logGroup).find(({ name }) => name.endsWith(end)))
  const secrets = stack.of(TYPE.secret).map(arnOf)
  const reports = String(stack.of(TYPE.canary).map((canary) => input(canary, 'artifactS3Location'))[0])
    .replace('s3://', '')
    .replace(String(logs?.outputs['bucket']), logBucket)
  const [task, execution, flow, probe, operator, caller] = [
    'task',
    'execution',
    'flow',
    'probe',
    'operator',
    'caller',
  ].map(role) as [
    ReturnType<typeof role>,
    ReturnType<typeof role>,
    ReturnType<typeof role>,
    ReturnType<typeof role>,
    ReturnType<typeof role>,
    ReturnType<typeof role>,
  ]
  const taskArn = (part: string): string =>
    arnOf(stack.of(TYPE.task).find(({ name }) => name === `chatmrpt-${stack.stage}${part}`))
  const operatorTask = taskArn('-operator')
  const inCluster = { 'ecs:cluster': arnOf(stack.of(TYPE.cluster)[0]) }
  const roleArn = (use: string): string => arnOf(stack.of(TYPE.role).find(({ name }) => name.endsWith(`-${use}`)))
  const objects = ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion']
  if (stack.of(TYPE.service).length === 0) return []
  return [
    ...task('allow', [
      ...objects.map((action): Ask => [action, session]),
      ['s3:ListBucket', bucket, { 's3:prefix': 'sessions/0a1b/' }],
      ['s3:ListBucketVersions', bucket, { 's3:prefix': 'sessions/0a1b/' }],
      ['kms:Decrypt', arnOf(key('data')), viaS3],
      ['kms:GenerateDataKey', arnOf(key('data')), viaS3],
    ]),
    ...task(ofProjects, [
      ...objects.map((action): Ask => [action, project]),
      ['s3:ListBucket', bucket, { 's3:prefix': 'projects/0a1b/' }],
      ['s3:ListBucketVersions', bucket, { 's3:prefix': 'projects/0a1b/' }],
    ]),
    ...task('deny', [
      ['s3:GetObject', project, { 'aws:SecureTransport': 'false' }],
      ['s3:GetObject', `${bucket}/operator/request.json`],
      ['s3:PutObject', `${bucket}/operator/request.json`],
      ['s3:GetObject', session, { 'aws:SecureTransport': 'false' }],
      ['s3:GetObject', session, { 's3:TlsVersion': '1.1' }],
      ['s3:GetObject', `${bucket}/other/0a1b`],
      ['s3:ListBucket', bucket],
      ['s3:ListBucket', bucket, { 's3:prefix': '' }],
      ['s3:PutBucketPolicy', bucket],
      ['s3:GetObject', `${logBucket}/balancer/x`],
      ['kms:Decrypt', arnOf(key('data'))],
      ['kms:Decrypt', arnOf(key('secrets')), viaS3],
      ...secrets.map((arn): Ask => ['secretsmanager:GetSecretValue', arn]),
      ['sts:AssumeRole', `arn:aws:iam::${account}:role/any`],
      ['bedrock:InvokeModelWithResponseStream', `arn:aws:bedrock:${region}::foundation-model/not.configured-v1:0`],
    ]),
    ...execution('allow', [
      ['ecr:GetAuthorizationToken', '*'],
      ...stack
        .of(TYPE.repository)
        .flatMap((each): Ask[] =>
          ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'].map((action) => [
            action,
            arnOf(each),
          ]),
        ),
      ...secrets.map((arn): Ask => ['secretsmanager:GetSecretValue', arn]),
      ['kms:Decrypt', arnOf(key('secrets'))],
      ['logs:CreateLogStream', `${group('-service')}:log-stream:chatmrpt/1`],
      ['logs:PutLogEvents', `${group('-service')}:log-stream:chatmrpt/1`],
    ]),
    ...execution('deny', [
      ['ecr:BatchGetImage', `arn:aws:ecr:${region}:${account}:repository/another`],
      ['secretsmanager:GetSecretValue', `arn:aws:secretsmanager:${region}:${account}:secret:another-Xyz`],
      [
        'secretsmanager:GetSecretValue',
        `arn:aws:secretsmanager:${region}:${account}:secret:chatmrpt-${stack.stage}-another-Xyz`,
      ],
      ['kms:Decrypt', arnOf(key('data'))],
      ['s3:GetObject', session],
      ['logs:PutLogEvents', `${group('-flow')}:log-stream:eni-1`],
    ]),
    ...flow('allow', [
      ['logs:PutLogEvents', `${group('-flow')}:log-stream:eni-1`],
      ['logs:CreateLogStream', `${group('-flow')}:log-stream:eni-1`],
      ['logs:DescribeLogStreams', group('-flow')],
    ]),
    ...flow('deny', [['logs:PutLogEvents', `${group('-service')}:log-stream:chatmrpt/1`]]),
    ...probe('allow', [
      ['s3:PutObject', `${reports}a`],
      ['s3:GetBucketLocation', logBucket],
      ['cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'CloudWatchSynthetics' }],
      [
        'logs:PutLogEvents',
        `arn:aws:logs:${region}:${account}:log-group:/aws/lambda/cwsyn-chatmrpt-${stack.stage}-1:log-stream:a`,
      ],
    ]),
    ...probe('deny', [
      ['s3:PutObject', `${logBucket}/balancer/a`],
      ['s3:GetObject', session],
      ['s3:PutObject', session],
      ['cloudwatch:PutMetricData', '*', { 'cloudwatch:namespace': 'ChatMRPT' }],
      ['secretsmanager:GetSecretValue', secrets[0] ?? ''],
    ]),
    ...operator('allow', [
      ['s3:GetObject', `${bucket}/operator/request.json`],
      ['s3:DeleteObjectVersion', `${bucket}/operator/request.json`],
      ['s3:DeleteObjectVersion', project],
      ['s3:ListBucket', bucket, { 's3:prefix': 'projects/0a1b/' }],
      ['s3:ListBucketVersions', bucket, { 's3:prefix': 'operator/' }],
      ['kms:Decrypt', arnOf(key('data')), viaS3],
    ]),
    ...operator('deny', [
      ['s3:GetObject', project],
      ['s3:PutObject', project],
      ['s3:GetObject', session],
      ['s3:DeleteObjectVersion', session],
      ['s3:PutObject', `${bucket}/operator/request.json`],
      ['s3:ListBucketVersions', bucket, { 's3:prefix': 'sessions/' }],
      ['kms:Decrypt', arnOf(key('data'))],
      ['bedrock:InvokeModelWithResponseStream', `arn:aws:bedrock:${region}::foundation-model/any-v1:0`],
    ]),
    ...caller('allow', [
      ['ecs:RunTask', operatorTask, inCluster],
      ['iam:PassRole', roleArn('operator'), { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }],
      ['iam:PassRole', roleArn('execution'), { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }],
    ]),
    ...caller('deny', [
      ['ecs:RunTask', operatorTask, { 'ecs:cluster': `arn:aws:ecs:${region}:${account}:cluster/another` }],
      ['ecs:RunTask', taskArn(''), inCluster],
      ['iam:PassRole', roleArn('task'), { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' }],
      ['iam:PassRole', roleArn('operator'), { 'iam:PassedToService': 'lambda.amazonaws.com' }],
      ['s3:PutObject', `${bucket}/operator/request.json`],
    ]),
    ...trusts(stack, places),
  ]
}

/** Who may assume each role. */
function trusts(stack: StackView, { account, region, role }: AccessPlaces): Row[] {
  const operatorRule = stack.of(TYPE.eventRule).find(({ name }) => name.endsWith('-operator'))
  const ecs = { 'aws:SourceAccount': account, 'aws:SourceArn': `arn:aws:ecs:${region}:${account}:service/x` }
  const foreign = { 'aws:SourceAccount': STRANGER, 'aws:SourceArn': `arn:aws:ecs:${region}:${STRANGER}:service/x` }
  const taken = (
    use: string,
    service: string,
    want: Row['want'],
    context: Readonly<Record<string, string>> = {},
  ): Row => ({
    who: `${service} takes the role ${use}:`,
    want,
    request: {
      principal: { kind: 'Service', name: service },
      action: 'sts:AssumeRole',
      resource: arnOf(role(use)),
      context,
    },
    policies: { resource: documentOf(role(use), 'assumeRolePolicy'), resourceDecides: true },
  })
  return [
    ...['task', 'execution', 'operator'].flatMap((use) => [
      taken(use, 'ecs-tasks.amazonaws.com', 'allow', ecs),
      taken(use, 'ecs-tasks.amazonaws.com', 'deny', foreign),
      taken(use, 'lambda.amazonaws.com', 'deny', ecs),
      taken(use, 'ec2.amazonaws.com', 'deny', ecs),
    ]),
    taken('caller', 'events.amazonaws.com', 'allow', {
      'aws:SourceAccount': account,
      'aws:SourceArn': `arn:aws:events:${region}:${account}:rule/${String(operatorRule?.inputs['name'])}`,
    }),
    taken('caller', 'events.amazonaws.com', 'deny', {
      'aws:SourceAccount': account,
      'aws:SourceArn': `arn:aws:events:${region}:${account}:rule/another`,
    }),
    taken('caller', 'ecs-tasks.amazonaws.com', 'deny', ecs),
    taken('flow', 'vpc-flow-logs.amazonaws.com', 'allow'),
    taken('flow', 'ecs-tasks.amazonaws.com', 'deny'),
    taken('probe', 'lambda.amazonaws.com', 'allow'),
    taken('probe', 'ecs-tasks.amazonaws.com', 'deny', ecs),
  ]
}
