/** Refuses every request to a bucket that is not over TLS 1.2 or later. */
function overTls(bucketArn: string): object[] {
  const everything = { Resource: [bucketArn, `${bucketArn}/*`], Action: 's3:*', Principal: '*' as const }
  return [
    { Sid: 'TlsOnly', Effect: 'Deny', ...everything, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    { Sid: 'ModernTlsOnly', Effect: 'Deny', ...everything, Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } },
  ]
}

/** Applies to every principal of another account that is not a service of AWS. */
const foreign = (accountId: string): object => ({
  StringNotEquals: { 'aws:PrincipalAccount': accountId },
  Bool: { 'aws:PrincipalIsAWSService': 'false' },
})

/** The data bucket's policy: nothing is granted; the task's own role carries its rights. */
export function dataBucketPolicy(bucketArn: string, accountId: string): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ...overTls(bucketArn),
      {
        Sid: 'ThisAccountOnly',
        Effect: 'Deny',
        Principal: '*',
        Action: 's3:*',
        Resource: [bucketArn, `${bucketArn}/*`],
        Condition: foreign(accountId),
      },
    ],
  })
}

/**
 * The log bucket's policy: the balancer and S3 may add their logs for this account, and nobody else may add anything.
 * In regions older than August 2022 the balancer may write as an account of AWS's own, which a Deny of foreign accounts
 * would stop. So that Deny does not cover writes to the balancer's part of the bucket, and only the Allow below opens
 * it.
 * @see https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html
 */
export function logBucketPolicy(bucketArn: string, accountId: string): string {
  const balancerLogs = `${bucketArn}/balancer/AWSLogs/${accountId}/*`
  const elsewhere = { Effect: 'Deny', Principal: '*', Condition: foreign(accountId) }
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: [
      ...overTls(bucketArn),
      { Sid: 'ThisAccountOnly', ...elsewhere, Action: 's3:*', NotResource: [balancerLogs] },
      { Sid: 'ThisAccountReads', ...elsewhere, NotAction: 's3:PutObject', Resource: [balancerLogs] },
      {
        Sid: 'BalancerLogs',
        Effect: 'Allow',
        Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: balancerLogs,
      },
      {
        Sid: 'BucketLogs',
        Effect: 'Allow',
        Principal: { Service: 'logging.s3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: `${bucketArn}/data-bucket/*`,
        Condition: { StringEquals: { 'aws:SourceAccount': accountId } },
      },
    ],
  })
}
