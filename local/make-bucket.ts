import { setTimeout as pause } from 'node:timers/promises'
import { prepareBucket } from './prepare-bucket.ts'
import { readStackOptions } from './stack-options.ts'

/** Prepares the bucket that S3_ENDPOINT, S3_BUCKET and the AWS credentials name, for `docker compose up`; tries for 60 s. */
async function main(): Promise<void> {
  const { s3, port } = readStackOptions([], { ...process.env, REDIS_URL: '' })
  if (s3 === undefined) throw new Error('Cannot make a bucket: S3_ENDPOINT is not set')
  const origins = [`http://127.0.0.1:${String(port)}`, `http://localhost:${String(port)}`]
  const deadline = Date.now() + 60_000
  for (;;) {
    try {
      const lacking = await prepareBucket(s3, origins)
      console.log(
        `bucket ${s3.bucket} at ${s3.endpoint} is ready${lacking.length === 0 ? '' : `, without ${lacking.join(', ')}`}`,
      )
      return
    } catch (error) {
      if (Date.now() > deadline) throw error
      await pause(500)
    }
  }
}

await main()
