/** Refuses every request that is not over TLS 1.2 or later, and every principal of another account. */
function groundRules(bucketArn: string, accountId: string): object[] {
  const everything = { Resource: [bucketArn, `${bucketArn}/*`], Action: 's3:*', Principal: '*' as const }
  return [
    { Sid: 'TlsOnly', Effect: 'Deny', ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'ModernTlsOnly', Effect: 'Deny', ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
    {
      Sid: 'ThisAccountOnly',
      Effect: 'Deny',
      ...everything,
      Condition: {
        StringNotEquals: { 'aws:PrincipalAccount': accountId },
        Bool: { 'aws:PrincipalIsAWSService': 'false' },
      },
    },
  ]
}

/** The data bucket's policy: the ground rules and nothing granted; the task's own role carries its rights. */
export function dataBucketPolicy(bucketArn: string, accountId: string): string {
  return JSON.stringify({ Version: '2012-10-17', Statement: groundRules(bucketArn, accountId) })
}

/** The log bucket's policy: besides the ground rules, the balancer and S3 may add their logs for this account. */
export function logBucketPolicy(bucketArn: string, accountId: string): string {
  const from = { StringEquals: { 'aws:SourceAccount': accountId } }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ...groundRules(bucketArn, accountId),
      {
        Sid: 'BalancerLogs',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `${bucketArn}/balancer/AWSLogs/${accountId}/*`,
      },
      {
        Sid: 'BucketLogs',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `${bucketArn}/data-bucket/*`,
        Condition: from,
      },
    ],
  })
}
