import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import type { AccessLogs } from './access-logs.ts'
import { dataBucketPolicy } from './bucket-policies.ts'
import { closeBucket } from './close-bucket.ts'
import { OPERATOR_PREFIX, PROJECTS_PREFIX, SESSIONS_PREFIX } from './prefixes.ts'
import type { Settings } from './settings.ts'

/**
 * The bucket of people's data: encrypted, versioned because validated files are read by their version, and emptied by
 * age.
 */
export class UserData extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket

  constructor(
    name: string,
    args: { settings: Settings; accountId: string; key: aws.kms.Key; logs: AccessLogs },
    opts?: pulumi.ComponentResourceOptions,
  ) {
    super('chatmrpt:infra:UserData', name, {}, opts)
    const { settings, accountId, key, logs } = args
    const parent = { parent: this }
    this.bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: !settings.deletionProtection },
      { ...parent, protect: settings.deletionProtection },
    )
    const bucket = this.bucket.id
    closeBucket(name, this.bucket, this, key)
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket, versioningConfiguration: { status: 'Enabled' } },
      parent,
    )
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket,
        rules: [
          {
            id: 'sessions',
            status: 'Enabled',
            filter: { prefix: SESSIONS_PREFIX },
            expiration: { days: settings.dataRetentionDays },
            // One day is the least that S3 counts: after it, what was deleted or replaced is gone for good.
            noncurrentVersionExpiration: { noncurrentDays: 1 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
          {
            // A project is as old as its last use, which S3 does not know: the service's own sweep deletes it.
            id: 'projects',
            status: 'Enabled',
            filter: { prefix: PROJECTS_PREFIX },
            noncurrentVersionExpiration: { noncurrentDays: 1 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
          {
            id: 'operator',
            status: 'Enabled',
            filter: { prefix: OPERATOR_PREFIX },
            expiration: { days: 1 },
            noncurrentVersionExpiration: { noncurrentDays: 1 },
          },
          {
            id: 'delete-markers',
            status: 'Enabled',
            filter: { prefix: '' },
            expiration: { expiredObjectDeleteMarker: true },
          },
        ],
      },
      { ...parent, dependsOn: [versioning] },
    )
    new aws.s3.BucketLogging(
      name,
      { bucket, targetBucket: logs.bucket.id, targetPrefix: 'data-bucket/' },
      { ...parent, dependsOn: [logs.policy] },
    )
    new aws.s3.BucketCorsConfiguration(
      name,
      {
        bucket,
        corsRules: [
          {
            allowedOrigins: [`https://${settings.hostName}`],
            allowedMethods: ['POST', 'GET'],
            allowedHeaders: ['*'],
            exposeHeaders: ['ETag'],
            maxAgeSeconds: 3_600,
          },
        ],
      },
      parent,
    )
    new aws.s3.BucketMetric(name, { bucket, name: 'sessions', filter: { prefix: SESSIONS_PREFIX } }, parent)
    new aws.s3.BucketPolicy(
      name,
      { bucket, policy: this.bucket.arn.apply((arn) => dataBucketPolicy(arn, accountId)) },
      parent,
    )
    this.registerOutputs({ bucket: this.bucket.bucket })
  }
}
