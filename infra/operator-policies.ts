import { OPERATOR_PREFIX, PROJECTS_PREFIX } from './prefixes.ts'

interface PolicyDocument {
  readonly Version: '2012-10-17'
  readonly Statement: readonly object[]
}

/**
 * All that an operator's task may do in AWS: read its one request, see and delete projects and the request, in every
 * version. What is in a project it cannot read. Sessions end in the session store, and the service deletes their
 * objects.
 */
export function operatorPolicy<Ref>(args: {
  bucketArn: Ref
  requestArn: Ref
  projectsArn: Ref
  keyArn: Ref
  region: string
}): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      { Sid: 'Request', Effect: 'Allow', Action: ['s3:GetObject'], Resource: [args.requestArn] },
      {
        Sid: 'Deletion',
        Effect: 'Allow',
        Action: ['s3:DeleteObject', 's3:DeleteObjectVersion'],
        Resource: [args.requestArn, args.projectsArn],
      },
      {
        Sid: 'Listing',
        Effect: 'Allow',
        Action: ['s3:ListBucket', 's3:ListBucketVersions'],
        Resource: [args.bucketArn],
        Condition: { StringLike: { 's3:prefix': [`${OPERATOR_PREFIX}*`, `${PROJECTS_PREFIX}*`] } },
      },
      {
        Sid: 'DataKey',
        Effect: 'Allow',
        Action: ['kms:Decrypt'],
        Resource: [args.keyArn],
        Condition: { StringEquals: { 'kms:ViaService': `s3.${args.region}.amazonaws.com` } },
      },
    ],
  }
}

/** Only this rule of EventBridge, in this account, may assume the role. */
export function onlyThisRule(accountId: string, ruleArn: string): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Principal: { Service: 'events.amazonaws.com' },
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId }, ArnLike: { 'aws:SourceArn': ruleArn } },
      },
    ],
  }
}

/** The rule may start this one task in this one cluster, and give it the two roles that it names. */
export function callerPolicy<Ref>(args: { taskArn: Ref; clusterArn: Ref; roleArns: readonly Ref[] }): PolicyDocument {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Start',
        Effect: 'Allow',
        Action: ['ecs:RunTask'],
        Resource: [args.taskArn],
        Condition: { ArnLike: { 'ecs:cluster': args.clusterArn } },
      },
      {
        Sid: 'HandRolesOver',
        Effect: 'Allow',
        Action: ['iam:PassRole'],
        Resource: args.roleArns,
        Condition: { StringEquals: { 'iam:PassedToService': 'ecs-tasks.amazonaws.com' } },
      },
    ],
  }
}
