import { Readable } from 'node:stream'
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectVersionsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { createPresignedPost } from '@aws-sdk/s3-presigned-post'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Config } from '../config/config.ts'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { S3Operation, S3Outcome } from '../metrics/metric-names.ts'
import type { Metrics } from '../metrics/metrics.ts'
import { SealBroken } from '../session/seal.ts'
import type { SessionScope } from '../session/scope.ts'
import { openRoom, type Room } from './room.ts'
import { sha256 } from '../work/sha256.ts'
import type { MadeContent, StoredObject } from './workspace.ts'

/** The bucket, for work without a session: health checks and erasure. Everything else goes through `objectStore`. */
export interface Bucket {
  readonly s3: S3Client
  readonly name: string
  readonly metrics: Metrics
  /** Room for the bytes that requests hold. */
  readonly room: Room
}

export interface PresignedUpload {
  readonly method: 'POST'
  readonly url: string
  readonly fields: Readonly<Record<string, string>>
  readonly expiresAt: string
}

/** One session's objects under `sessions/{session_id}/`. No method takes a key: the server makes all names. */
export interface ObjectStore {
  /** A form with which a browser may post one file of these sizes to this name, for 15 minutes. */
  presignUpload(name: string, bytes: { readonly least: number; readonly most: number }): Promise<PresignedUpload>
  /** A URL that downloads one version as a file, for 60 seconds. */
  presignDownload(object: StoredObject, filename: string): Promise<{ url: string; expiresAt: string }>
  /**
   * What a browser uploaded.
   * @throws Fault `not-found` when nothing was uploaded, `too-large` past `maxBytes`, `busy` when requests already hold
   * too many bytes of large objects
   */
  readUpload(name: string, maxBytes: number): Promise<{ bytes: Buffer; versionId: string }>
  /** The sizes of what a browser uploaded under this name, by their whole names. */
  uploadSizes(name: string): Promise<ReadonlyMap<string, number>>
  /**
   * What a browser uploaded in pieces, in one buffer. `missing` are the places in the list of those that did not arrive
   * or are not as long as they must be.
   * @throws Fault `busy` when requests already hold too many bytes of large objects
   */
  readPieces(
    pieces: readonly { readonly name: string; readonly bytes: number }[],
  ): Promise<{ bytes: Buffer; versions: readonly string[]; missing: readonly number[] }>
  put(name: string, bytes: Uint8Array, contentType: string): Promise<StoredObject>
  /**
   * Stores content that is made while it is sent. Its size and hash are sent first, so that the store takes all of it
   * or nothing: a file that breaks off leaves no object behind.
   */
  putMade(name: string, content: MadeContent, contentType: string): Promise<StoredObject>
  /**
   * Exactly the bytes that were put.
   * @throws Fault `object-store-unavailable` when the bytes differ or belong to another session
   */
  read(object: StoredObject): Promise<Buffer>
  /** Seals and stores what only the service reads. */
  putSealed(name: string, bytes: Uint8Array): Promise<void>
  /** Null when there is none. */
  readSealed(name: string): Promise<Buffer | null>
  /** Deletes these versions. It is not a failure when a version is already gone. */
  remove(objects: readonly Pick<StoredObject, 'name' | 'versionId'>[]): Promise<void>
}

const UPLOAD_SECONDS = 900
const DOWNLOAD_SECONDS = 60
export const ANSWER_MS = 2_700
/**
 * The slowest network that still counts as working, in bytes a millisecond: the time a body may take grows with its
 * size.
 */
export const LEAST_BYTES_PER_MS = 4_000
/** How many pieces of one upload are fetched at a time. */
const PIECES_AT_ONCE = 8
const LARGEST_SEALED = 256 * 1024 * 1024
/** The metadata that says whose an object is. */
export const OWNER = 'owner'

export function connectBucket(config: Config, metrics: Metrics): Bucket {
  const { bucket, region, endpoint } = config.objects
  const s3 = new S3Client({
    region,
    ...(endpoint !== undefined && { endpoint, forcePathStyle: true }),
    // Otherwise a presigned upload carries the checksum of an empty body.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    maxAttempts: 3,
    requestHandler: {
      connectionTimeout: 1_000,
      httpAgent: { keepAlive: true, maxSockets: 50 },
      httpsAgent: { keepAlive: true, maxSockets: 50 },
    },
  })
  return { s3, name: bucket, metrics, room: openRoom() }
}

/** @throws Fault `object-store-unavailable` when the store does not answer */
export async function checkBucket(bucket: Bucket): Promise<void> {
  // Under the prefix that the task's role may list: it may not list the whole bucket.
  await ask(bucket, 'ListObjects', ANSWER_MS, (abortSignal) =>
    bucket.s3.send(new ListObjectsV2Command({ Bucket: bucket.name, Prefix: 'sessions/', MaxKeys: 1 }), { abortSignal }),
  )
}

/**
 * Deletes every version of every object of an ended session. Takes a data id, since a queue asks for it and not a
 * request.
 */
export async function eraseObjects(bucket: Bucket, dataId: string): Promise<void> {
  if (!/^[A-Za-z0-9_-]{32}$/.test(dataId)) throw new Error('Cannot erase: the queue holds no data id')
  await eraseVersions(bucket, `sessions/${dataId}/`, () => true)
}

/**
 * Deletes every version of every object under a prefix.
 * @param isDue whether a version is to be deleted now
 */
export async function eraseVersions(
  bucket: Bucket,
  Prefix: string,
  isDue: (version: { readonly Key?: string | undefined; readonly LastModified?: Date | undefined }) => boolean,
): Promise<void> {
  for (;;) {
    const page = await ask(bucket, 'ListObjectVersions', ANSWER_MS, (abortSignal) =>
      bucket.s3.send(new ListObjectVersionsCommand({ Bucket: bucket.name, Prefix }), { abortSignal }),
    )
    const Objects = [...(page.Versions ?? []), ...(page.DeleteMarkers ?? [])]
      .filter(isDue)
      .map(({ Key, VersionId }) => ({ Key, VersionId }))
    if (Objects.length === 0) return
    const { Errors = [] } = await ask(bucket, 'DeleteObjects', ANSWER_MS, (abortSignal) =>
      bucket.s3.send(new DeleteObjectsCommand({ Bucket: bucket.name, Delete: { Objects, Quiet: true } }), {
        abortSignal,
      }),
    )
    if (Errors.length > 0) throw new Error(`Cannot erase ${String(Errors.length)} objects: ${String(Errors[0]?.Code)}`)
  }
}

/** @param gone aborted when the reply is; until then the request holds what it has read */
export function objectStore(bucket: Bucket, scope: SessionScope, gone: AbortSignal): ObjectStore {
  const { s3, name: Bucket, metrics, room } = bucket

  const get = async (
    name: string,
    maxBytes: number,
    VersionId?: string,
  ): Promise<{ bytes: Buffer; versionId: string }> => {
    const Key = scope.objectKey(name)
    const deadlineMs = ANSWER_MS + maxBytes / LEAST_BYTES_PER_MS
    return ask(bucket, 'GetObject', deadlineMs, async (abortSignal) => {
      const headersLate = new AbortController()
      // The deadline ends with the headers: a later abort would cut the body.
      const timer = setTimeout(() => {
        headersLate.abort()
      }, ANSWER_MS)
      const reply = await s3
        .send(new GetObjectCommand({ Bucket, Key, ...(VersionId !== undefined && { VersionId }) }), {
          abortSignal: AbortSignal.any([abortSignal, headersLate.signal]),
        })
        .finally(() => {
          clearTimeout(timer)
        })
      const body = reply.Body as Readable
      const length = reply.ContentLength
      let letGo: (() => void) | undefined
      try {
        if (reply.Metadata?.[OWNER] !== scope.ownerTag) throw violation(metrics, 'owner-tag')
        if (length === undefined) throw new Error('The store did not say how many bytes it sends')
        if (length > maxBytes)
          throw new Fault('too-large', say('object-larger-than-announced', { bytes: length, most: maxBytes }))
        letGo = room.take(length)
        const bytes = await readWhole(body, length)
        if (gone.aborted) letGo()
        else gone.addEventListener('abort', letGo, { once: true })
        return { bytes, versionId: reply.VersionId ?? 'null' }
      } catch (error) {
        letGo?.()
        // A body that nobody reads would hold its connection forever.
        body.destroy()
        throw error
      }
    })
  }

  /** One piece of an upload; null when it did not arrive, or not whole. */
  const pieceOf = async ({
    name,
    bytes,
  }: {
    readonly name: string
    readonly bytes: number
  }): Promise<{ bytes: Buffer; versionId: string } | null> => {
    const read = await get(name, bytes).catch((error: unknown) => {
      if (error instanceof Fault && ['not-found', 'too-large'].includes(error.kind)) return null
      throw error
    })
    return read?.bytes.length === bytes ? read : null
  }

  const putMade = async (
    name: string,
    { bytes, sha256, body }: MadeContent,
    ContentType: string,
  ): Promise<StoredObject> => {
    // Checked before the store is called: a closed scope is not a failure of the store.
    const [Key, Metadata] = [scope.objectKey(name), { [OWNER]: scope.ownerTag }]
    const send = async (abortSignal: AbortSignal): Promise<string | undefined> => {
      const sending = new AbortController()
      const stream = body instanceof Uint8Array ? null : Readable.from(body(), { objectMode: false })
      stream?.once('error', (error) => {
        sending.abort(error)
      })
      const command = new PutObjectCommand({
        Bucket,
        Key,
        Body: stream ?? (body as Uint8Array),
        ContentLength: bytes,
        ContentType,
        Metadata,
      })
      // Otherwise the signer hashes the body again, on the event loop.
      command.middlewareStack.add(
        (next) => (args) => {
          ;(args.request as { headers: Record<string, string> }).headers['x-amz-content-sha256'] =
            Buffer.from(sha256).toString('hex')
          return next(args)
        },
        { step: 'build', name: 'knownBodyHash' },
      )
      try {
        return (await s3.send(command, { abortSignal: AbortSignal.any([abortSignal, sending.signal]) })).VersionId
      } catch (error) {
        throw sending.signal.aborted
          ? new MakingFailed('The file could not be made to its end', { cause: sending.signal.reason })
          : error
      } finally {
        stream?.destroy()
      }
    }
    // The SDK repeats requests that it can start again. It cannot restart a stream, and the other side may close a kept
    // connection at any time.
    const versionId = await ask(bucket, 'PutObject', ANSWER_MS + bytes / LEAST_BYTES_PER_MS, (abortSignal) =>
      send(abortSignal).catch((error: unknown) => {
        const isBrokenOff = ['timeout', 'unavailable'].includes(outcomeOf(error)) && !abortSignal.aborted
        if (body instanceof Uint8Array || error instanceof MakingFailed || !isBrokenOff) throw error
        return send(abortSignal)
      }),
    )
    if (versionId === undefined) throw new Error('The data bucket keeps no versions: turn versioning on')
    return { name, versionId, sha256: Buffer.from(sha256).toString('base64url'), bytes }
  }
  const put = async (name: string, bytes: Uint8Array, contentType: string): Promise<StoredObject> =>
    putMade(name, { bytes: bytes.length, sha256: await sha256(bytes), body: bytes }, contentType)

  return {
    async presignUpload(name, { least, most }) {
      const key = scope.objectKey(name)
      const { url, fields } = await ask(bucket, 'PresignPost', ANSWER_MS, () =>
        createPresignedPost(s3, {
          Bucket,
          Key: key,
          Expires: UPLOAD_SECONDS,
          Fields: { [`x-amz-meta-${OWNER}`]: scope.ownerTag },
          Conditions: [
            ['content-length-range', least, most],
            ['eq', `$x-amz-meta-${OWNER}`, scope.ownerTag],
          ],
        }),
      )
      return { method: 'POST', url, fields, expiresAt: inSeconds(UPLOAD_SECONDS) }
    },

    async presignDownload(object, filename) {
      const command = new GetObjectCommand({
        Bucket,
        Key: scope.objectKey(object.name),
        VersionId: object.versionId,
        ResponseContentDisposition: `attachment; filename="${filename}"`,
        ResponseCacheControl: 'no-store',
      })
      const url = await ask(bucket, 'PresignGet', ANSWER_MS, () =>
        getSignedUrl(s3, command, { expiresIn: DOWNLOAD_SECONDS }),
      )
      return { url, expiresAt: inSeconds(DOWNLOAD_SECONDS) }
    },

    readUpload: (name, maxBytes) => get(name, maxBytes),

    async uploadSizes(name) {
      const prefix = scope.objectKey(name)
      // A slot has fewer pieces than a page of the list has places.
      const { Contents = [] } = await ask(bucket, 'ListObjects', ANSWER_MS, (abortSignal) =>
        s3.send(new ListObjectsV2Command({ Bucket, Prefix: `${prefix}/` }), { abortSignal }),
      )
      return new Map(Contents.map(({ Key = '', Size = 0 }) => [`${name}${Key.slice(prefix.length)}`, Size]))
    },

    async readPieces(pieces) {
      const length = pieces.reduce((sum, piece) => sum + piece.bytes, 0)
      const letGo = room.take(length)
      const [versions, missing] = [pieces.map(() => ''), new Array<number>()]
      try {
        const bytes = Buffer.alloc(length)
        const ends = pieces.map((_, at) => pieces.slice(0, at + 1).reduce((sum, piece) => sum + piece.bytes, 0))
        const waiting = pieces.entries()
        const readNext = async (): Promise<void> => {
          for (const [at, piece] of waiting) {
            const read = await pieceOf(piece)
            if (read === null) missing.push(at)
            else {
              bytes.set(read.bytes, (ends[at] ?? 0) - piece.bytes)
              versions[at] = read.versionId
            }
          }
        }
        await Promise.all(Array.from({ length: PIECES_AT_ONCE }, readNext))
        if (gone.aborted) letGo()
        else gone.addEventListener('abort', letGo, { once: true })
        return { bytes, versions, missing: missing.sort((one, other) => one - other) }
      } catch (error) {
        letGo()
        throw error
      }
    },

    put,

    putMade,

    async read(object) {
      const { bytes } = await get(object.name, object.bytes, object.versionId).catch((error: unknown) => {
        if (error instanceof Fault && error.kind === 'not-found')
          throw new Fault('no-data', say('stored-file-gone', {}), { cause: error })
        if (error instanceof Fault && error.kind === 'too-large') throw violation(metrics, 'hash', error)
        throw error
      })
      if ((await sha256(bytes)).toString('base64url') !== object.sha256) throw violation(metrics, 'hash')
      return bytes
    },

    async putSealed(name, bytes) {
      await put(name, scope.seal(scope.objectKey(name), bytes), 'application/octet-stream')
    },

    async readSealed(name) {
      try {
        return scope.open(scope.objectKey(name), (await get(name, LARGEST_SEALED)).bytes)
      } catch (error) {
        if (error instanceof Fault && error.kind === 'not-found') return null
        if (error instanceof SealBroken) throw violation(metrics, 'seal', error)
        throw error
      }
    },

    async remove(objects) {
      const Objects = objects.map(({ name, versionId }) => ({ Key: scope.objectKey(name), VersionId: versionId }))
      await ask(bucket, 'DeleteObjects', ANSWER_MS, (abortSignal) =>
        s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }), { abortSignal }),
      )
    },
  }
}

/** The source of a file failed while it was sent: the store is not at fault. */
class MakingFailed extends Error {}

export function violation(metrics: Metrics, wall: 'owner-tag' | 'hash' | 'seal', cause?: unknown): Fault {
  metrics.isolationViolation(wall)
  return new Fault('object-store-unavailable', say('object-not-opened', {}), { cause })
}

/** Reads into one buffer of the announced size, so that no file is in memory twice. */
async function readWhole(body: Readable, length: number): Promise<Buffer> {
  const bytes = Buffer.alloc(length)
  let at = 0
  for await (const chunk of body as AsyncIterable<Uint8Array>) {
    if (at + chunk.length > length) throw new Error('More bytes came than were announced')
    bytes.set(chunk, at)
    at += chunk.length
  }
  if (at < length) throw new Error('Fewer bytes came than were announced')
  return bytes
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString()
}

/** Runs one S3 operation within its deadline, counts it, and turns every failure into one of two faults. */
export async function ask<T>(
  { metrics }: Bucket,
  operation: S3Operation,
  deadlineMs: number,
  send: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  const deadline = AbortSignal.timeout(Math.ceil(deadlineMs))
  try {
    const reply = await send(deadline)
    metrics.s3Access(operation, 'ok')
    return reply
  } catch (error) {
    if (error instanceof Fault) throw error
    if (error instanceof MakingFailed) throw error.cause
    const outcome = outcomeOf(error)
    metrics.s3Access(operation, outcome)
    if (outcome === 'not-found') throw new Fault('not-found', say('no-such-object', {}), { cause: error })
    throw new Fault('object-store-unavailable', say('file-store-silent', {}), { cause: error })
  }
}

function outcomeOf(error: unknown): S3Outcome {
  const { name = '', $metadata } = error as { name?: string; $metadata?: { httpStatusCode?: number } }
  const status = $metadata?.httpStatusCode
  if (name === 'NoSuchKey' || name === 'NoSuchVersion' || status === 404) return 'not-found'
  if (status !== undefined && status >= 400 && status < 500) return 'refused'
  return name === 'AbortError' || name === 'TimeoutError' ? 'timeout' : 'unavailable'
}
