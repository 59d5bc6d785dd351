import { PROJECTS_PREFIX, SESSIONS_PREFIX } from '../prefixes.ts'
import type { Recorded } from '../rehearsal/record.ts'
import { at, documentAt, every, input, listAt, type Rule, type StackView } from './rule.ts'
import { TYPE } from './types.ts'

const of = (stack: StackView, type: string, bucket: Recorded): Recorded | undefined =>
  stack.of(type).find((record) => input(record, 'bucket') === bucket.id)
const blocksAll = (record: Recorded | undefined): boolean =>
  record !== undefined &&
  ['blockPublicAcls', 'blockPublicPolicy', 'ignorePublicAcls', 'restrictPublicBuckets'].every(
    (key) => input(record, key) === true,
  )
const statements = (stack: StackView, bucket: Recorded): readonly unknown[] => {
  const policy = of(stack, TYPE.bucketPolicy, bucket)
  return policy === undefined ? [] : listAt(documentAt(policy, 'policy'), 'Statement')
}
const denies = (stack: StackView, bucket: Recorded, condition: string): boolean =>
  statements(stack, bucket).some((each) => {
    const { Effect, Principal, Action, Resource, Condition } = each as Record<string, unknown>
    return (
      Effect === 'Deny' &&
      Principal === '*' &&
      Action === 's3:*' &&
      Array.isArray(Resource) &&
      Resource.length === 2 &&
      JSON.stringify(Condition).includes(condition)
    )
  })
const isData = (bucket: Recorded): boolean => bucket.name.endsWith('-data')
const rulesOf = (stack: StackView, bucket: Recorded): readonly unknown[] =>
  listAt(of(stack, TYPE.lifecycle, bucket)?.inputs, 'rules')
const expiring = (stack: StackView, bucket: Recorded): Record<string, unknown> | undefined =>
  rulesOf(stack, bucket).find(
    (rule) =>
      (rule as Record<string, unknown>)['status'] === 'Enabled' &&
      Number(at(rule as Record<string, never>, 'expiration.days')) >= 1,
  ) as Record<string, unknown> | undefined

export const bucketRules: readonly Rule[] = [
  {
    id: 'S3.1',
    title: 'The account blocks public access to every bucket',
    check: (stack) => (stack.of(TYPE.accountAccess).some(blocksAll) ? [] : ['the account']),
  },
  every(
    'account.kept',
    "The account's guards stay when the stack that set them goes",
    TYPE.accountAccess,
    (record) => record.retainOnDelete,
    true,
  ),
  every('S3.2', 'No bucket can be read by the public', TYPE.bucket, (bucket, stack) =>
    statements(stack, bucket).every(
      (each) =>
        (each as Record<string, unknown>)['Effect'] === 'Deny' ||
        JSON.stringify((each as Record<string, unknown>)['Principal']).includes('amazonaws.com'),
    ),
  ),
  every(
    'S3.3',
    'No bucket can be written by the public',
    TYPE.bucket,
    (bucket, stack) => blocksAll(of(stack, TYPE.bucketAccess, bucket)) && input(bucket, 'acl') === undefined,
  ),
  every(
    'S3.5',
    'Buckets refuse what is not over TLS',
    TYPE.bucket,
    (bucket, stack) =>
      denies(stack, bucket, '"aws:SecureTransport":"false"') && denies(stack, bucket, '"s3:TlsVersion":"1.2"'),
  ),
  // access.table says line by line what exactly is refused.
  every('S3.6', 'Buckets refuse other accounts', TYPE.bucket, (bucket, stack) =>
    statements(stack, bucket).some(
      (each) =>
        (each as Record<string, unknown>)['Effect'] === 'Deny' &&
        JSON.stringify((each as Record<string, unknown>)['Condition']).includes('"aws:PrincipalAccount":"'),
    ),
  ),
  every('S3.8', 'Each bucket blocks public access', TYPE.bucket, (bucket, stack) =>
    blocksAll(of(stack, TYPE.bucketAccess, bucket)),
  ),
  every('S3.9', 'Requests for objects are logged', TYPE.bucket, (bucket, stack) => {
    const logging = of(stack, TYPE.bucketLogging, bucket)
    const target = stack
      .of(TYPE.bucket)
      .find((logs) => input(logging ?? bucket, 'targetBucket') === logs.id && logs !== bucket)
    const policy = target === undefined ? undefined : of(stack, TYPE.bucketPolicy, target)
    // S3 may write there only once the policy of the log bucket allows it.
    return (
      logging !== undefined &&
      policy !== undefined &&
      logging.dependsOn.includes(policy.urn) &&
      String(input(policy, 'policy')).includes('logging.s3.amazonaws.com')
    )
  }),
  every('S3.10', 'Old versions expire', TYPE.bucket, (bucket, stack) => {
    const rules = (rulesOf(stack, bucket) as readonly Record<string, never>[]).filter(
      (rule) => at(rule, 'expiration.expiredObjectDeleteMarker') === undefined,
    )
    return rules.length > 0 && rules.every((rule) => at(rule, 'noncurrentVersionExpiration.noncurrentDays') === 1)
  }),
  every(
    'S3.12',
    'Access lists are off',
    TYPE.bucket,
    (bucket, stack) =>
      input(of(stack, TYPE.ownership, bucket) ?? bucket, 'rule.objectOwnership') === 'BucketOwnerEnforced',
  ),
  every('S3.13', 'Objects expire', TYPE.bucket, (bucket, stack) => expiring(stack, bucket) !== undefined),
  every(
    'S3.14',
    'Versions are kept',
    TYPE.bucket,
    (bucket, stack) =>
      input(of(stack, TYPE.versioning, bucket) ?? bucket, 'versioningConfiguration.status') === 'Enabled',
  ),
  every('S3.17', 'Objects are encrypted with a key of our own', TYPE.bucket, (bucket, stack) => {
    const encryption = input(
      of(stack, TYPE.bucketEncryption, bucket) ?? bucket,
      'rules.0.applyServerSideEncryptionByDefault',
    )
    return (
      at(encryption, 'sseAlgorithm') === 'aws:kms' &&
      stack
        .of(TYPE.key)
        .some((key) => key.name.endsWith('-data') && key.outputs['arn'] === at(encryption, 'kmsMasterKeyId'))
    )
  }),
  every(
    'bucket.settled',
    "A bucket's encryption says what S3 would give back, so that an update without a change changes nothing",
    TYPE.bucketEncryption,
    (record) =>
      typeof input(record, 'rules.0.bucketKeyEnabled') === 'boolean' &&
      JSON.stringify(input(record, 'rules.0.blockedEncryptionTypes')) === '["SSE-C"]',
  ),
  every(
    'data.retention',
    'What a session left is gone after the retention period, half-finished uploads after a day',
    TYPE.bucket,
    (bucket, stack) => {
      if (!isData(bucket)) return true
      const rule = expiring(stack, bucket) as Record<string, never> | undefined
      return (
        at(rule, 'filter.prefix') === SESSIONS_PREFIX &&
        Number(at(rule, 'expiration.days')) <= 365 &&
        at(rule, 'abortIncompleteMultipartUpload.daysAfterInitiation') === 1
      )
    },
  ),
  every(
    'data.projects',
    'A project that is in use stays however old it is; what was replaced or half sent is gone after a day',
    TYPE.bucket,
    (bucket, stack) => {
      if (!isData(bucket)) return true
      const rules = rulesOf(stack, bucket) as readonly Record<string, never>[]
      const rule = rules.find((each) => at(each, 'filter.prefix') === PROJECTS_PREFIX)
      return (
        at(rule, 'status') === 'Enabled' &&
        at(rule, 'noncurrentVersionExpiration.noncurrentDays') === 1 &&
        at(rule, 'abortIncompleteMultipartUpload.daysAfterInitiation') === 1 &&
        rules
          .filter((each) => at(each, 'expiration.days') !== undefined)
          .every((each) => !PROJECTS_PREFIX.startsWith(String(at(each, 'filter.prefix'))))
      )
    },
  ),
  every('data.origin', "Only the app's own pages may upload from a browser", TYPE.cors, (record) =>
    listAt(record.inputs, 'corsRules').every(
      (rule) =>
        listAt(rule, 'allowedOrigins').every((origin) => /^https:\/\/[a-z0-9.-]+$/.test(String(origin))) &&
        // A form posts the upload and a link gets the download; the service needs nothing else from a browser.
        JSON.stringify([...listAt(rule, 'allowedMethods')].sort()) === '["GET","POST"]',
    ),
  ),
  every(
    'data.metrics',
    'The data bucket is measured',
    TYPE.bucketMetric,
    (record, stack) =>
      stack.of(TYPE.bucket).some((bucket) => isData(bucket) && input(record, 'bucket') === bucket.id) &&
      input(record, 'filter.prefix') === SESSIONS_PREFIX,
  ),
  every(
    'data.drawn',
    'The dashboard draws the measures of the data bucket by their filter',
    TYPE.dashboard,
    (record, stack) => {
      const filters = [...String(input(record, 'dashboardBody')).matchAll(/"FilterId","([^"]+)"/g)].map(([, id]) => id)
      const known = stack.of(TYPE.bucketMetric).map((metric) => input(metric, 'name'))
      return filters.length > 0 && filters.every((id) => known.includes(id ?? ''))
    },
  ),
  every(
    'data.protect',
    'Outside dev, a bucket is not deleted with a stack',
    TYPE.bucket,
    (bucket, stack) => stack.stage === 'dev' || (bucket.protect && input(bucket, 'forceDestroy') === false),
  ),
  every(
    'ECR.1',
    'Images are scanned',
    TYPE.repository,
    (record) => input(record, 'imageScanningConfiguration.scanOnPush') === true,
  ),
  every('ECR.2', 'Tags do not move', TYPE.repository, (record) => input(record, 'imageTagMutability') === 'IMMUTABLE'),
  every('ECR.3', 'Old images are deleted', TYPE.repository, (record, stack) =>
    stack
      .of(TYPE.repositoryLifecycle)
      .some(
        (policy) =>
          input(policy, 'repository') === record.outputs['name'] &&
          listAt(documentAt(policy, 'policy'), 'rules').length > 0,
      ),
  ),
  every(
    'image.kept',
    'Fifty builds of three parts each are kept, so that a rollback finds its image',
    TYPE.repositoryLifecycle,
    (record) => {
      const counts = listAt(documentAt(record, 'policy'), 'rules').filter(
        (rule) => at(rule, 'selection.countType') === 'imageCountMoreThan',
      )
      return counts.length === 1 && counts.every((rule) => at(rule, 'selection.countNumber') === 150)
    },
  ),
]
