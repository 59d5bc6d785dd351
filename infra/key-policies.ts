interface Statement {
  readonly Sid: string
  readonly Effect: 'Allow'
  readonly Principal: Readonly<Record<string, string | readonly string[]>>
  readonly Action: readonly string[]
  readonly Resource: '*'
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>
}

export interface KeyPolicy {
  readonly Version: '2012-10-17'
  readonly Statement: readonly Statement[]
}

const USE = ['kms:Encrypt', 'kms:Decrypt', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:DescribeKey'] as const

/** The account's own IAM policies decide who may use the key. */
export function accountKeyPolicy(accountId: string): KeyPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'Account',
        Effect: 'Allow',
        Principal: { AWS: `arn:aws:iam::${accountId}:root` },
        Action: ['kms:*'],
        Resource: '*',
      },
    ],
  }
}

/** Besides the account: log groups of this region, and services that publish to an encrypted topic. */
export function telemetryKeyPolicy(accountId: string, region: string): KeyPolicy {
  return {
    Version: '2012-10-17',
    Statement: [
      ...accountKeyPolicy(accountId).Statement,
      {
        Sid: 'Logs',
        Effect: 'Allow',
        Principal: { Service: `logs.${region}.amazonaws.com` },
        Action: USE,
        Resource: '*',
        Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${accountId}:*` } },
      },
      {
        Sid: 'Messages',
        Effect: 'Allow',
        Principal: { Service: ['cloudwatch.amazonaws.com', 'events.amazonaws.com', 'budgets.amazonaws.com'] },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey*'],
        Resource: '*',
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
    ],
  }
}
