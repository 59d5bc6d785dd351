import {
  CreateBucketCommand,
  HeadBucketCommand,
  PutBucketCorsCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketVersioningCommand,
  S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'

/** An S3 endpoint with a bucket and the credentials that may use it. */
export interface S3Address {
  readonly endpoint: string
  readonly region: string
  readonly bucket: string
  readonly accessKeyId: string
  readonly secretAccessKey: string
}

/** Days after which a session's objects are deleted, unless they were deleted sooner. */
const retentionDays = 30

/**
 * Makes the bucket if it is missing and sets it up as in production: every version kept for a day, CORS for the page's
 * origins, lifecycle rules. Each origin may contain one `*`. Resolves to what the endpoint does not support (MinIO does
 * not have CORS per bucket). Rejects on any other failure.
 */
export async function prepareBucket(address: S3Address, origins: readonly string[]): Promise<string[]> {
  const s3 = s3Client(address)
  const Bucket = address.bucket
  try {
    await s3.send(new HeadBucketCommand({ Bucket })).catch(async (error: unknown) => {
      if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 404) throw error
      await s3.send(new CreateBucketCommand({ Bucket }))
    })
    await s3.send(new PutBucketVersioningCommand({ Bucket, VersioningConfiguration: { Status: 'Enabled' } }))
    await s3.send(
      new PutBucketLifecycleConfigurationCommand({
        Bucket,
        LifecycleConfiguration: {
          Rules: [
            {
              ID: 'sessions-expire',
              Status: 'Enabled',
              Filter: { Prefix: 'sessions/' },
              Expiration: { Days: retentionDays },
            },
            {
              ID: 'old-versions-go',
              Status: 'Enabled',
              Filter: { Prefix: '' },
              NoncurrentVersionExpiration: { NoncurrentDays: 1 },
            },
          ],
        },
      }),
    )
    const cors = new PutBucketCorsCommand({
      Bucket,
      CORSConfiguration: {
        CORSRules: [
          {
            AllowedOrigins: [...origins],
            AllowedMethods: ['POST', 'GET'],
            AllowedHeaders: ['*'],
            ExposeHeaders: ['ETag'],
            MaxAgeSeconds: 600,
          },
        ],
      },
    })
    return await s3.send(cors).then(
      () => [],
      (error: unknown) => {
        if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 501) return ['CORS rules']
        throw error
      },
    )
  } finally {
    s3.destroy()
  }
}

/** A client for an endpoint that is addressed by path and need not support checksums (the Ceph gateway does not). */
export function s3Client(address: S3Address): S3Client {
  return new S3Client({
    endpoint: address.endpoint,
    region: address.region,
    forcePathStyle: true,
    credentials: { accessKeyId: address.accessKeyId, secretAccessKey: address.secretAccessKey },
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 2,
  })
}
