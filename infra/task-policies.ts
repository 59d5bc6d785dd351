interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly object[]
}

/** Only tasks of this account's ECS may assume the role. */
export function tasksMayAssume(accountId: string, region: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'ecs-tasks.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: {
          StringEquals: { 'aws:SourceAccount': accountId },
          ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${region}:${accountId}:*` },
        },
      },
    ],
  }
}

/** Names of Bedrock profiles that use several regions begin with the part of the world in which requests stay. */
const PROFILE = /^(us|us-gov|eu|apac|au|jp|ca|global)\.(?=.)/

/**
 * The configured models and nothing else of Bedrock. A profile may reach its model in any region of the profile, so the
 * model is opened in every region, but only for requests through the profile.
 * @see https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 */
function modelStatements(modelIds: readonly string[], region: string, accountId: string): object[] {
  // The service uses Converse with streaming; this is the action that allows it.
  const grant = { Effect: 'Allow', Action: ['bedrock:InvokeModelWithResponseStream'] }
  const lent = modelIds.filter((id) => PROFILE.test(id))
  const profiles = lent.map((id) => `arn:aws:bedrock:${region}:${accountId}:inference-profile/${id}`)
  const own = modelIds
    .filter((id) => !lent.includes(id))
    .map((id) => `arn:aws:bedrock:${region}::foundation-model/${id}`)
  return [
    ...(modelIds.length > 0 ? [{ Sid: 'Models', ...grant, Resource: [...own, ...profiles] }] : []),
    ...(lent.length > 0
      ? [
          {
            Sid: 'ModelsOfProfiles',
            ...grant,
            Resource: lent.map((id) => `arn:aws:bedrock:*::foundation-model/${id.replace(PROFILE, '')}`),
            Condition: { StringEquals: { 'bedrock:InferenceProfileArn': profiles } },
          },
        ]
      : []),
  ]
}

/**
 * All that the service may do in AWS: use objects under its own prefixes of one bucket, with one key, through S3 alone;
 * and call the configured models.
 */
export function taskPolicy<Ref>(args: {
  bucketArn: Ref
  /** The objects under each of `prefixes`. */
  objectArns: readonly Ref[]
  prefixes: readonly string[]
  keyArn: Ref
  region: string
  accountId: string
  modelIds: readonly string[]
}): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Objects',
        Effect: 'Allow',
        Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'],
        Resource: args.objectArns,
      },
      {
        Sid: 'Listing',
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:ListBucketVersions'],
        Resource: [args.bucketArn],
        Condition: { StringLike: { 's3:prefix': args.prefixes.map((prefix) => `${prefix}*`) } },
      },
      {
        Sid: 'DataKey',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: [args.keyArn],
        Condition: { StringEquals: { 'kms:ViaService': `s3.${args.region}.amazonaws.com` } },
      },
      ...modelStatements([...new Set(args.modelIds)], args.region, args.accountId),
    ],
  }
}

/**
 * What ECS does for the task before it runs: its image, its secrets, its log streams. The task itself never has these
 * rights.
 */
export function executionPolicy<Ref>(args: {
  repositoryArn: Ref
  secretArns: Ref[]
  secretsKeyArn: Ref
  logStreamsArn: Ref
}): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      // This one action does not take resources.
      { Sid: 'RegistryToken', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
      {
        Sid: 'Image',
        Effect: 'Allow',
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'],
        Resource: [args.repositoryArn],
      },
      { Sid: 'Secrets', Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: args.secretArns },
      { Sid: 'SecretsKey', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [args.secretsKeyArn] },
      {
        Sid: 'Logs',
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [args.logStreamsArn],
      },
    ],
  }
}
