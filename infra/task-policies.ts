interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly object[]
}

/** Tasks of this account's ECS, and nobody else's, may take the role. */
export function tasksMayAssume(accountId: string, region: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [{
      Effect: 'Allow', Principal: { Service: 'ecs-tasks.amazonaws.com' }, Action: 'sts:AssumeRole',
      Condition: { StringEquals: { 'aws:SourceAccount': accountId }, ArnLike: { 'aws:SourceArn': `arn:aws:ecs:${region}:${accountId}:*` } }
    }]
  }
}

/** All the service may do in AWS: objects under one prefix of one bucket, with one key, through S3 alone. */
export function taskPolicy<Ref>(args: { bucketArn: Ref; sessionObjectsArn: Ref; prefix: string; keyArn: Ref; region: string }): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'SessionObjects', Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion', 's3:PutObject', 's3:DeleteObject', 's3:DeleteObjectVersion'], Resource: [args.sessionObjectsArn] },
      { Sid: 'SessionListing', Effect: 'Allow', Action: ['s3:ListBucket', 's3:ListBucketVersions'], Resource: [args.bucketArn], Condition: { StringLike: { 's3:prefix': `${args.prefix}*` } } },
      { Sid: 'DataKey', Effect: 'Allow', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: [args.keyArn], Condition: { StringEquals: { 'kms:ViaService': `s3.${args.region}.amazonaws.com` } } }
    ]
  }
}

/** What ECS does for the task before it runs: its image, its secrets, its log streams. The task itself never has these rights. */
export function executionPolicy<Ref>(args: { repositoryArn: Ref; secretArns: Ref[]; secretsKeyArn: Ref; logStreamsArn: Ref }): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      // This one action knows no resources.
      { Sid: 'RegistryToken', Effect: 'Allow', Action: ['ecr:GetAuthorizationToken'], Resource: ['*'] },
      { Sid: 'Image', Effect: 'Allow', Action: ['ecr:BatchCheckLayerAvailability', 'ecr:GetDownloadUrlForLayer', 'ecr:BatchGetImage'], Resource: [args.repositoryArn] },
      { Sid: 'Secrets', Effect: 'Allow', Action: ['secretsmanager:GetSecretValue'], Resource: args.secretArns },
      { Sid: 'SecretsKey', Effect: 'Allow', Action: ['kms:Decrypt'], Resource: [args.secretsKeyArn] },
      { Sid: 'Logs', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: [args.logStreamsArn] }
    ]
  }
}
