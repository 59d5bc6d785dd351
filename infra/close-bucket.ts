import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'

/**
 * No public access by list or policy, no access lists at all: the bucket's owner owns what is in it; and no object
 * encrypted
 * with a key that its sender keeps. The last is S3's own default, said because a default that is left out shows as a
 * change.
 * @param key who encrypts: a key of ours, with a bucket key to spare requests for it; without one, S3's own
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
