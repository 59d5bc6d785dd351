import { readConfig } from '../../service/config/config.ts'
import { destinationOf } from '../destinations.ts'
import { secretsIn, tokensIn, type Recorded } from '../rehearsal/record.ts'
import { at, documentAt, every, input, listAt, publicUrlOf, regionOf, type Rule, type StackView } from './rule.ts'
import { wrongAnswers } from './access-table.ts'
import { environmentOf } from './task-rules.ts'
import { TYPE } from './types.ts'

interface Statement {
  readonly Effect?: string
  readonly Action?: string | readonly string[]
  readonly Resource?: string | readonly string[]
  readonly Principal?: unknown
  readonly Condition?: unknown
}

const many = (value: string | readonly string[] | undefined): readonly string[] =>
  value === undefined ? [] : typeof value === 'string' ? [value] : value
const statementsOf = (record: Recorded, path = 'policy'): readonly Statement[] =>
  listAt(documentAt(record, path), 'Statement') as readonly Statement[]

/** Every action that a role of this stack may be given. One that is not here is a mistake or needs a decision. */
const ACTIONS: ReadonlySet<string> = new Set([
  's3:GetObject',
  's3:GetObjectVersion',
  's3:PutObject',
  's3:DeleteObject',
  's3:DeleteObjectVersion',
  's3:ListBucket',
  's3:ListBucketVersions',
  'kms:Decrypt',
  'kms:GenerateDataKey',
  'bedrock:InvokeModelWithResponseStream',
  'secretsmanager:GetSecretValue',
  'ecr:GetAuthorizationToken',
  'ecr:BatchCheckLayerAvailability',
  'ecr:GetDownloadUrlForLayer',
  'ecr:BatchGetImage',
  'logs:CreateLogStream',
  'logs:PutLogEvents',
  'logs:DescribeLogStreams',
  'logs:CreateLogGroup',
  's3:GetBucketLocation',
  's3:ListAllMyBuckets',
  'cloudwatch:PutMetricData',
  'ecs:RunTask',
  'iam:PassRole',
])
/** The actions that do not take resources. */
const WITHOUT_RESOURCE: ReadonlySet<string> = new Set([
  'ecr:GetAuthorizationToken',
  's3:ListAllMyBuckets',
  'cloudwatch:PutMetricData',
])
const TRUSTED: ReadonlySet<unknown> = new Set([
  'ecs-tasks.amazonaws.com',
  'vpc-flow-logs.amazonaws.com',
  'lambda.amazonaws.com',
  'events.amazonaws.com',
])

const wellFormed = (record: Recorded, path: string): boolean =>
  at(documentAt(record, path), 'Version') === '2012-10-17' &&
  statementsOf(record, path).length > 0 &&
  statementsOf(record, path).every(
    ({ Effect, Action }) =>
      (Effect === 'Allow' || Effect === 'Deny') &&
      many(Action).length > 0 &&
      many(Action).every((action) => /^[a-z0-9-]+:[A-Za-z*]+$/.test(action)),
  )

/** The parts of the world that a Bedrock profile may be for. */
const PLACES: ReadonlySet<string> = new Set(['us', 'us-gov', 'eu', 'apac', 'au', 'jp', 'ca', 'global'])

/**
 * What a task with models may ask of Bedrock: these, from its own region, and a profile's models in the profile's
 * regions.
 */
function modelRights(stack: StackView, region: string): unknown[] {
  const ids = [...new Set(modelIdsOf(stack))]
  const account =
    /^arn:aws:iam::(\d{12}):/.exec(
      stack
        .of(TYPE.key)
        .map((key) => JSON.stringify(at(documentAt(key, 'policy'), 'Statement.0.Principal.AWS')).slice(1))[0] ?? '',
    )?.[1] ?? ''
  const lent = ids.filter((id) => PLACES.has(id.slice(0, id.indexOf('.'))))
  const profiles = lent.map((id) => `arn:aws:bedrock:${region}:${account}:inference-profile/${id}`)
  return [
    ...(ids.length > 0
      ? [
          [
            'Allow',
            ['bedrock:InvokeModelWithResponseStream'],
            [
              ...ids
                .filter((id) => !lent.includes(id))
                .map((id) => `arn:aws:bedrock:${region}::foundation-model/${id}`),
              ...profiles,
            ],
            null,
          ],
        ]
      : []),
    ...(lent.length > 0
      ? [
          [
            'Allow',
            ['bedrock:InvokeModelWithResponseStream'],
            lent.map((id) => `arn:aws:bedrock:*::foundation-model/${id.slice(id.indexOf('.') + 1)}`),
            { StringEquals: { 'bedrock:InferenceProfileArn': profiles } },
          ],
        ]
      : []),
  ]
}

/**
 * The models of Bedrock, as the service reads its environment; an environment that it cannot read is reported by
 * another rule.
 */
function modelIdsOf(stack: StackView): string[] {
  try {
    return readConfig(environmentOf(stack))
      .config.models.filter(({ provider }) => provider === 'bedrock')
      .map(({ modelId }) => modelId)
  } catch {
    return []
  }
}

/** What the task's own role may do, written a second time and independently of the code that grants it. */
function taskRights(stack: StackView): string[] {
  const policies = stack.of(TYPE.rolePolicy).filter(({ name }) => name.endsWith('-task'))
  const data = stack.of(TYPE.bucket).find(({ name }) => name.endsWith('-data'))
  const key = stack.of(TYPE.key).find(({ name }) => name.endsWith('-data'))
  const bucket = String(data?.outputs['arn'])
  const region = regionOf(stack)
  const found = policies
    .flatMap((policy) => statementsOf(policy))
    .map(({ Effect, Action, Resource, Condition }) =>
      JSON.stringify([Effect, [...many(Action)].sort(), many(Resource), Condition ?? null]),
    )
  const parts = stack.of(TYPE.userPool).length > 0 ? ['sessions/*', 'projects/*'] : ['sessions/*']
  const wanted = [
    [
      'Allow',
      ['s3:DeleteObject', 's3:DeleteObjectVersion', 's3:GetObject', 's3:GetObjectVersion', 's3:PutObject'],
      parts.map((part) => `${bucket}/${part}`),
      null,
    ],
    ['Allow', ['s3:ListBucket', 's3:ListBucketVersions'], [bucket], { StringLike: { 's3:prefix': parts } }],
    [
      'Allow',
      ['kms:Decrypt', 'kms:GenerateDataKey'],
      [String(key?.outputs['arn'])],
      { StringEquals: { 'kms:ViaService': `s3.${region}.amazonaws.com` } },
    ],
    ...modelRights(stack, region),
  ].map((each) => JSON.stringify(each))
  return [
    ...found.filter((each) => !wanted.includes(each)).map((each) => `${each} is too much`),
    ...wanted.filter((each) => !found.includes(each)).map((each) => `${each} is missing`),
  ]
}

export const accessRules: readonly Rule[] = [
  every('IAM.1', 'No policy allows everything', TYPE.rolePolicy, (record) =>
    statementsOf(record).every(({ Effect, Action }) => Effect === 'Deny' || !many(Action).includes('*')),
  ),
  every('IAM.21', 'No policy allows all of a service', TYPE.rolePolicy, (record) =>
    statementsOf(record).every(
      ({ Effect, Action }) => Effect === 'Deny' || many(Action).every((action) => !action.includes('*')),
    ),
  ),
  every(
    'iam.documents',
    'Policies are well formed and grant known actions only',
    TYPE.rolePolicy,
    (record) =>
      wellFormed(record, 'policy') &&
      statementsOf(record)
        .flatMap(({ Action }) => many(Action))
        .every((action) => ACTIONS.has(action)),
  ),
  every('iam.resources', 'Policies name what they open', TYPE.rolePolicy, (record) =>
    statementsOf(record).every(
      ({ Action, Resource }) =>
        many(Resource).length > 0 &&
        many(Resource).every(
          (resource) => resource !== '*' || many(Action).every((action) => WITHOUT_RESOURCE.has(action)),
        ),
    ),
  ),
  every(
    'iam.trust',
    'Roles are taken by the one AWS service they are for',
    TYPE.role,
    (record) =>
      wellFormed(record, 'assumeRolePolicy') &&
      statementsOf(record, 'assumeRolePolicy').every(
        ({ Principal, Action }) =>
          Action === 'sts:AssumeRole' && TRUSTED.has((Principal as Record<string, unknown>)['Service']),
      ),
  ),
  {
    id: 'iam.task',
    title:
      'The task reaches the sessions of one bucket, and with sign-in the projects, with one key and the models it is told ' +
      'of, and nothing else',
    check: taskRights,
  },
  {
    id: 'access.table',
    title: 'Policies answer each line of the table of access as they must, what is allowed and what is not',
    check: wrongAnswers,
  },
  every('iam.boundary', 'Each role has the boundary that was made for it', TYPE.role, (record) => {
    const kind = ['probe', 'caller'].find((use) => record.name.endsWith(`-${use}`)) ?? 'roles'
    return new RegExp(`:policy/chatmrpt-[a-z]+-[a-z0-9-]+-${kind}$`).test(String(input(record, 'permissionsBoundary')))
  }),
  {
    id: 'bootstrap.kept',
    title: 'What other stacks of the account stand on stays when the bootstrap goes',
    check: (stack) =>
      stack.all
        .filter(
          ({ type, inputs }) =>
            /^bootstrap:AWS::(IAM::OIDCProvider|S3::Bucket|KMS::Key)$/.test(type) &&
            inputs['DeletionPolicy'] !== 'Retain',
        )
        .map(({ name }) => name),
  },
  every(
    'secrets.recovery',
    'A secret that is deleted by mistake can be restored for weeks',
    TYPE.secret,
    (record, stack) => Number(input(record, 'recoveryWindowInDays')) >= (stack.stage === 'dev' ? 7 : 30),
  ),
  every('KMS.2', 'No role may decrypt with every key', TYPE.rolePolicy, (record, stack) =>
    statementsOf(record).every(
      ({ Action, Resource }) =>
        !many(Action).some((action) => action.startsWith('kms:')) ||
        many(Resource).every((resource) => stack.of(TYPE.key).some((key) => key.outputs['arn'] === resource)),
    ),
  ),
  every(
    'KMS.3',
    'A key is not deleted by mistake',
    TYPE.key,
    (record, stack) => input(record, 'deletionWindowInDays') === 30 && (stack.stage === 'dev' || record.protect),
  ),
  every('KMS.4', 'Keys rotate each year', TYPE.key, (record) => input(record, 'enableKeyRotation') === true),
  every(
    'KMS.5',
    'Keys are not public',
    TYPE.key,
    (record) =>
      wellFormed(record, 'policy') &&
      statementsOf(record).every(
        ({ Principal, Condition }) =>
          Principal !== '*' &&
          !JSON.stringify(Principal).includes('"*"') &&
          (Condition !== undefined || JSON.stringify(Principal).includes(':root"')),
      ),
  ),
  every('SecretsManager.1', 'Secrets rotate by themselves', TYPE.secret, (record, stack) =>
    stack.of(TYPE.secretRotation).some((rotation) => input(rotation, 'secretId') === record.id),
  ),
  every('secrets.key', 'Secrets are encrypted with a key that the task may not use', TYPE.secret, (record, stack) =>
    stack.of(TYPE.key).some((key) => key.name.endsWith('-secrets') && key.outputs['arn'] === input(record, 'kmsKeyId')),
  ),
  every(
    'secrets.sealed',
    "A secret's value is secret to Pulumi too",
    TYPE.secretVersion,
    (record) =>
      record.secretInputs.includes('secretString') &&
      secretsIn(input(record, 'secretString')).length > 0 &&
      secretsIn(input(record, 'secretString')).length === tokensIn(input(record, 'secretString')).length,
  ),
  {
    id: 'secrets.spread',
    title: 'A generated secret goes to Secrets Manager and the session store, and nowhere else',
    check: (stack) =>
      stack.all
        .filter(
          (record) =>
            secretsIn(record.inputs).length > 0 && record.type !== TYPE.secretVersion && record.type !== TYPE.cacheUser,
        )
        .map(({ name, type }) => `${type} ${name}`),
  },
  every('SNS.1', 'Topics are encrypted', TYPE.topic, (record, stack) =>
    stack.of(TYPE.key).some((key) => key.id === input(record, 'kmsMasterKeyId')),
  ),
  every('SNS.4', 'Only services, and those for this account, may publish', TYPE.topic, (record, stack) =>
    stack
      .of(TYPE.topicPolicy)
      .some(
        (policy) =>
          input(policy, 'arn') === record.outputs['arn'] &&
          statementsOf(policy).every(
            ({ Effect, Principal, Condition }) =>
              Effect === 'Deny' ||
              (/^\{"Service":"[a-z0-9]+\.amazonaws\.com"\}$/.test(JSON.stringify(Principal)) &&
                /"aws:Source(Account|Owner)":"\d{12}"/.test(JSON.stringify(Condition))),
          ),
      ),
  ),
  every('sns.tls', 'Topics refuse what is not over TLS', TYPE.topic, (record, stack) =>
    stack
      .of(TYPE.topicPolicy)
      .some(
        (policy) =>
          input(policy, 'arn') === record.outputs['arn'] &&
          statementsOf(policy).some(
            ({ Effect, Principal, Condition }) =>
              Effect === 'Deny' &&
              Principal === '*' &&
              JSON.stringify(Condition).includes('"aws:SecureTransport":"false"'),
          ),
      ),
  ),
  every('sns.readers', 'Somebody hears each topic', TYPE.topic, (record, stack) =>
    stack.of(TYPE.subscription).some((subscription) => input(subscription, 'topic') === record.outputs['arn']),
  ),
  every('sns.destinations', 'Each destination is of the kind it is subscribed as', TYPE.subscription, (record) => {
    const destination = destinationOf(String(input(record, 'endpoint')))
    return (
      destination !== undefined &&
      destination.protocol === input(record, 'protocol') &&
      (destination.protocol !== 'https' || record.secretInputs.includes('endpoint'))
    )
  }),
  {
    id: 'sns.once',
    title: 'Nobody is both woken and informed: one incident is one message',
    check: (stack) => {
      const heard = (end: string): unknown[] =>
        stack
          .of(TYPE.subscription)
          .filter(({ inputs }) =>
            stack.of(TYPE.topic).some(({ name, outputs }) => name.endsWith(end) && outputs['arn'] === inputs['topic']),
          )
          .map(({ inputs }) => inputs['endpoint'])
      return heard('-page')
        .filter((endpoint) => heard('-inform').includes(endpoint))
        .map(String)
    },
  },
  every(
    'Cognito.1',
    'Sign-in watches for stolen passwords',
    TYPE.userPool,
    (record) =>
      input(record, 'userPoolAddOns.advancedSecurityMode') === 'ENFORCED' && input(record, 'userPoolTier') === 'PLUS',
    true,
  ),
  every(
    'Cognito.2',
    'Nobody signs up by themselves, and everybody has a second factor',
    TYPE.userPool,
    (record) =>
      input(record, 'adminCreateUserConfig.allowAdminCreateUserOnly') === true &&
      input(record, 'mfaConfiguration') === 'ON',
    true,
  ),
  every(
    'Cognito.3',
    'Passwords are long and mixed',
    TYPE.userPool,
    (record) =>
      Number(input(record, 'passwordPolicy.minimumLength')) >= 8 &&
      ['requireLowercase', 'requireUppercase', 'requireNumbers', 'requireSymbols'].every(
        (key) => input(record, `passwordPolicy.${key}`) === true,
      ),
    true,
  ),
  every(
    'sign-in.client',
    'The service proves itself where it asks who signed in, and the answer goes to its own address alone',
    TYPE.userPoolClient,
    (record, stack) =>
      input(record, 'generateSecret') === true &&
      stack.of(TYPE.userPool).some(({ id }) => id === input(record, 'userPoolId')) &&
      JSON.stringify(input(record, 'allowedOauthFlows')) === '["code"]' &&
      input(record, 'preventUserExistenceErrors') === 'ENABLED' &&
      input(record, 'enableTokenRevocation') === true &&
      JSON.stringify(input(record, 'callbackUrls')) === JSON.stringify([`${publicUrlOf(stack)}/auth/callback`]) &&
      JSON.stringify(input(record, 'logoutUrls')) === JSON.stringify([`${publicUrlOf(stack)}/`]),
    true,
  ),
]
