import { GetObjectCommand, ListObjectVersionsCommand, S3ServiceException, type S3Client } from '@aws-sdk/client-s3'
import { s3Client } from '../local/prepare-bucket.ts'
import type { StackRecord } from '../local/run-record.ts'
import type { Canaries } from './canaries.ts'
import { leaksInObject, type Leak } from './leaks.ts'

export interface SearchedObjects {
  readonly leaks: readonly Leak[]
  /** The number of versions that were read. */
  readonly objects: number
  readonly bytes: number
}

const AT_ONCE = 4
const ATTEMPTS = 20
const PAUSE_MS = 500

/** Searches every version of every object of the bucket, with the operator's credentials; erased ones cannot leak. */
export async function searchObjects(canaries: Canaries, s3: StackRecord['s3']): Promise<SearchedObjects> {
  const client = s3Client({ ...s3, region: 'us-east-1' })
  const leaks: Leak[] = []
  let [objects, bytes] = [0, 0]
  try {
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = []
    do {
      const page = await patiently(
        async () => await client.send(new ListObjectVersionsCommand({ Bucket: s3.bucket, KeyMarker, VersionIdMarker })),
      )
      const waiting = [...(page?.Versions ?? [])]
      await Promise.all(
        Array.from({ length: AT_ONCE }, async () => {
          for (let version = waiting.shift(); version !== undefined; version = waiting.shift()) {
            const { Key = '', VersionId } = version
            const body = await patiently(async () => await bodyOf(client, s3.bucket, Key, VersionId))
            if (body === undefined) continue
            objects += 1
            bytes += body.length
            for (const detail of leaksInObject(canaries, Key, body))
              leaks.push({ where: `object ${patternOf(Key)}`, detail })
          }
        }),
      )
      KeyMarker = page?.NextKeyMarker
      VersionIdMarker = page?.NextVersionIdMarker
    } while (KeyMarker !== undefined)
  } finally {
    client.destroy()
  }
  return { leaks, objects, bytes }
}

async function bodyOf(client: S3Client, Bucket: string, Key: string, VersionId: string | undefined): Promise<Buffer> {
  const { Body } = await client.send(new GetObjectCommand({ Bucket, Key, VersionId }))
  return Buffer.from((await Body?.transformToByteArray()) ?? [])
}

/** Undefined if it is gone. A gateway that is down on purpose comes back. */
async function patiently<T>(ask: () => Promise<T>): Promise<T | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask()
    } catch (error) {
      if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined
      if (attempt === ATTEMPTS) throw error
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS))
    }
  }
}

function patternOf(key: string): string {
  return key.replaceAll(/[A-Za-z0-9_-]{20,}/g, '…')
}
