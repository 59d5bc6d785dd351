import * as aws from '@pulumi/aws'
import type * as pulumi from '@pulumi/pulumi'

/** No public access by list or policy, and no access lists at all: the bucket's owner owns what is in it. */
export function closeBucket(name: string, bucket: aws.s3.Bucket, parent: pulumi.Resource): void {
  new aws.s3.BucketPublicAccessBlock(name, { bucket: bucket.id, blockPublicAcls: true, blockPublicPolicy: true, ignorePublicAcls: true, restrictPublicBuckets: true }, { parent })
  new aws.s3.BucketOwnershipControls(name, { bucket: bucket.id, rule: { objectOwnership: 'BucketOwnerEnforced' } }, { parent })
}
