import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'

/**
 * No public access by access list or policy, and no access lists at all: the bucket's owner owns what is in it. No
 * object may be encrypted with a key that its sender keeps. That is S3's own default; it is set here because a default
 * that is left out shows as a change.
 * @param key the key that encrypts: one of ours, with a bucket key to save requests for it; without it, S3's own
 */
export function closeBucket(name: string, bucket: aws.s3.Bucket, parent: pulumi.Resource, key?: aws.kms.Key): void {
  new aws.s3.BucketPublicAccessBlock(
    name,
    {
      bucket: bucket.id,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    },
    { parent },
  )
  new aws.s3.BucketOwnershipControls(
    name,
    { bucket: bucket.id, rule: { objectOwnership: 'BucketOwnerEnforced' } },
    { parent },
  )
  const applyServerSideEncryptionByDefault =
    key === undefined ? { sseAlgorithm: 'AES256' } : { sseAlgorithm: 'aws:kms', kmsMasterKeyId: key.arn }
  new aws.s3.BucketServerSideEncryptionConfiguration(
    name,
    {
      bucket: bucket.id,
      rules: [
        { applyServerSideEncryptionByDefault, bucketKeyEnabled: key !== undefined, blockedEncryptionTypes: ['SSE-C'] },
      ],
    },
    { parent },
  )
}
