import * as aws from '@pulumi/aws'
import * as pulumi from '@pulumi/pulumi'
import { logBucketPolicy } from './bucket-policies.ts'
import { closeBucket } from './close-bucket.ts'
import type { Settings } from './settings.ts'

/**
 * Where the load balancer and the data bucket log requests. The balancer can write only to a bucket that is encrypted
 * with S3's own keys.
 */
export class AccessLogs extends pulumi.ComponentResource {
  readonly bucket: aws.s3.Bucket
  /** The balancer checks when it is created that it may write here, so everything that writes here waits for this. */
  readonly policy: aws.s3.BucketPolicy

  constructor(name: string, args: { settings: Settings; accountId: string }, opts?: pulumi.ComponentResourceOptions) {
    super('chatmrpt:infra:AccessLogs', name, {}, opts)
    const { settings, accountId } = args
    this.bucket = new aws.s3.Bucket(
      name,
      { forceDestroy: !settings.deletionProtection },
      { parent: this, protect: settings.deletionProtection },
    )
    closeBucket(name, this.bucket, this)
    const versioning = new aws.s3.BucketVersioning(
      name,
      { bucket: this.bucket.id, versioningConfiguration: { status: 'Enabled' } },
      { parent: this },
    )
    new aws.s3.BucketLifecycleConfiguration(
      name,
      {
        bucket: this.bucket.id,
        rules: [
          {
            id: 'expire',
            status: 'Enabled',
            filter: { prefix: '' },
            expiration: { days: settings.logRetentionDays },
            noncurrentVersionExpiration: { noncurrentDays: 1 },
            abortIncompleteMultipartUpload: { daysAfterInitiation: 1 },
          },
        ],
      },
      { parent: this, dependsOn: [versioning] },
    )
    this.policy = new aws.s3.BucketPolicy(
      name,
      { bucket: this.bucket.id, policy: this.bucket.arn.apply((arn) => logBucketPolicy(arn, accountId)) },
      { parent: this },
    )
    this.registerOutputs({ bucket: this.bucket.bucket })
  }
}
