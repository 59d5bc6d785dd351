import { ListObjectVersionsCommand, type ListObjectVersionsCommandOutput } from '@aws-sdk/client-s3'
import { Redis } from 'ioredis'
import { s3Client, type S3Address } from '../../local/prepare-bucket.ts'
import type { LocalRedis } from '../../local/redis.ts'

/** What the stores hold of sessions once everybody has left. All of it must be 0. */
export interface LeftBehind {
  /** Records and state of sessions in Redis. */
  readonly sessionKeys: number
  /** Keys of Redis that never expire, besides those that belong to no session. */
  readonly endlessKeys: number
  /** Versions of objects under `sessions/`. */
  readonly objectVersions: number
}

/** Keys that outlive sessions: a queue of erasures, and counts of names. */
const OF_NO_SESSION: ReadonlySet<string> = new Set(['erasures', 'arena:tally'])
/** A task erases every three seconds. */
const ERASED_WITHIN_MS = 60_000
const LOOK_EVERY_MS = 500

/** Looks until nothing is left, or until objects must have been erased. */
export async function leftBehind(redis: LocalRedis, s3: S3Address): Promise<LeftBehind> {
  const giveUpAt = performance.now() + ERASED_WITHIN_MS
  for (;;) {
    const left = { ...(await keysIn(redis)), objectVersions: await versionsIn(s3) }
    if (Object.values(left).every((count) => count === 0) || performance.now() > giveUpAt) return left
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS))
  }
}

async function keysIn({
  host,
  port,
  operator,
  certificates,
}: LocalRedis): Promise<Pick<LeftBehind, 'sessionKeys' | 'endlessKeys'>> {
  const client = new Redis({ host, port, ...operator, ...(certificates && { tls: { ca: certificates.ca } }) })
  try {
    let [sessionKeys, endlessKeys] = [0, 0]
    for await (const keys of client.scanStream({ count: 500 }))
      for (const key of keys as string[]) {
        if (/^(?:sess|data):/.test(key)) sessionKeys += 1
        // -1: it never expires; -2: it has gone meanwhile.
        if (!OF_NO_SESSION.has(key) && (await client.pttl(key)) === -1) endlessKeys += 1
      }
    return { sessionKeys, endlessKeys }
  } finally {
    client.disconnect()
  }
}

async function versionsIn(address: S3Address): Promise<number> {
  const s3 = s3Client(address)
  try {
    let count = 0
    let [KeyMarker, VersionIdMarker]: (string | undefined)[] = []
    do {
      const page: ListObjectVersionsCommandOutput = await s3.send(
        new ListObjectVersionsCommand({ Bucket: address.bucket, Prefix: 'sessions/', KeyMarker, VersionIdMarker }),
      )
      count += page.Versions?.length ?? 0
      KeyMarker = page.NextKeyMarker
      VersionIdMarker = page.NextVersionIdMarker
    } while (KeyMarker !== undefined)
    return count
  } finally {
    s3.destroy()
  }
}
