import {
  DeleteObjectsCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3ServiceException,
  type ListObjectsV2CommandOutput,
} from '@aws-sdk/client-s3'
import { Fault } from '../domain/fault.ts'
import { ANSWER_MS, ask, LEAST_BYTES_PER_MS, OWNER, violation, type Bucket } from './objects.ts'
import type { ListedObject } from './project-listing.ts'

export const PROJECTS_PREFIX = 'projects/'

/** Which content a manifest names, for the sweep, which opens no manifest. */
const SAVE = 'save'

export interface FetchedObject {
  readonly bytes: Buffer
  readonly versionId: string
  /** Whose it is said to be. The reader compares it with the tag of its project's key. */
  readonly ownerTag: string | undefined
  readonly save: string | undefined
}

export interface ObjectTags {
  readonly ownerTag: string
  readonly save?: string
}

/** The objects of one person's projects. Their names are made by the server. */
export interface ProjectObjects {
  /** The whole key of a name: what its bytes are sealed for. */
  keyOf(name: string): string
  /** Everything whose name begins with `under`, in the order of the names. */
  list(under: string): Promise<readonly ListedObject[]>
  /** Null when there is no such object. */
  get(name: string, mostBytes: number, versionId?: string): Promise<FetchedObject | null>
  put(name: string, bytes: Uint8Array, tags: ObjectTags): Promise<{ readonly versionId: string }>
  /** Null when the name is taken: of several writers, one succeeds. */
  putNew(name: string, bytes: Uint8Array, tags: ObjectTags): Promise<{ readonly versionId: string } | null>
  /** Deletes these versions. It is not a failure when one is already gone. */
  remove(objects: readonly { readonly name: string; readonly versionId: string }[]): Promise<void>
}

const NAME = /^[A-Za-z0-9_-]{40}\/(?:[A-Za-z0-9_-]{1,40}(?:\/\d{1,4})?)?$/

/** @param folder what all keys begin with, `projects/{personId}/`; asked each time, since a scope may have closed */
export function projectObjects(bucket: Bucket, folder: () => string): ProjectObjects {
  const { s3, name: Bucket } = bucket
  const keyOf = (name: string): string => {
    if (!NAME.test(name)) throw new RangeError(`Cannot use ${JSON.stringify(name)} as the name of a project's object`)
    return folder() + name
  }
  const send = async (
    name: string,
    bytes: Uint8Array,
    { ownerTag, save }: ObjectTags,
    condition: { readonly IfNoneMatch?: '*' },
  ): Promise<{ readonly versionId: string } | null> => {
    const command = new PutObjectCommand({
      Bucket,
      Key: keyOf(name),
      Body: bytes,
      ContentLength: bytes.length,
      ContentType: 'application/octet-stream',
      Metadata: { [OWNER]: ownerTag, ...(save !== undefined && { [SAVE]: save }) },
      ...condition,
    })
    const reply = await ask(bucket, 'PutObject', ANSWER_MS + bytes.length / LEAST_BYTES_PER_MS, (abortSignal) =>
      s3.send(command, { abortSignal }).catch((error: unknown) => {
        // 409 comes when another conditional write to this name is under way.
        const isTaken = error instanceof S3ServiceException && [409, 412].includes(error.$metadata.httpStatusCode ?? 0)
        if (condition.IfNoneMatch === undefined || !isTaken) throw error
        return null
      }),
    )
    if (reply === null) return null
    if (reply.VersionId === undefined) throw new Error('The data bucket keeps no versions: turn versioning on')
    return { versionId: reply.VersionId }
  }

  return {
    keyOf,

    async list(under) {
      const [begin, listed]: [number, ListedObject[]] = [folder().length, []]
      for await (const { Contents = [] } of pagesOf(bucket, { Prefix: under === '' ? folder() : keyOf(under) }))
        for (const { Key = '', LastModified } of Contents)
          listed.push({ name: Key.slice(begin), modifiedAt: LastModified?.getTime() ?? 0 })
      return listed
    },

    async get(name, mostBytes, versionId) {
      const command = new GetObjectCommand({
        Bucket,
        Key: keyOf(name),
        ...(versionId !== undefined && { VersionId: versionId }),
      })
      try {
        return await ask(bucket, 'GetObject', ANSWER_MS + mostBytes / LEAST_BYTES_PER_MS, async (abortSignal) => {
          const { Body, ContentLength = Infinity, Metadata, VersionId = '' } = await s3.send(command, { abortSignal })
          if (ContentLength > mostBytes) throw violation(bucket.metrics, 'hash')
          const bytes = Buffer.from((await Body?.transformToByteArray()) ?? [])
          return { bytes, versionId: VersionId, ownerTag: Metadata?.[OWNER], save: Metadata?.[SAVE] }
        })
      } catch (error) {
        if (error instanceof Fault && error.kind === 'not-found') return null
        throw error
      }
    },

    async put(name, bytes, tags) {
      const put = await send(name, bytes, tags, {})
      if (put === null) throw new Error('A write without a condition cannot come too late')
      return put
    },

    putNew: (name, bytes, tags) => send(name, bytes, tags, { IfNoneMatch: '*' }),

    async remove(objects) {
      if (objects.length === 0) return
      const Objects = objects.map(({ name, versionId }) => ({ Key: keyOf(name), VersionId: versionId }))
      await ask(bucket, 'DeleteObjects', ANSWER_MS, (abortSignal) =>
        s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }), { abortSignal }),
      )
    },
  }
}

/** The ids of everybody who keeps a project, for the sweep. */
export async function peopleWithProjects(bucket: Bucket): Promise<readonly string[]> {
  const people: string[] = []
  for await (const { CommonPrefixes = [] } of pagesOf(bucket, { Prefix: PROJECTS_PREFIX, Delimiter: '/' }))
    people.push(...CommonPrefixes.map(({ Prefix = '' }) => Prefix.slice(PROJECTS_PREFIX.length, -1)))
  return people
}

async function* pagesOf(
  bucket: Bucket,
  what: { readonly Prefix: string; readonly Delimiter?: string },
): AsyncGenerator<ListObjectsV2CommandOutput> {
  let next: string | undefined
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket.name,
      ...what,
      ...(next !== undefined && { ContinuationToken: next }),
    })
    const page = await ask(bucket, 'ListObjects', ANSWER_MS, (abortSignal) => bucket.s3.send(command, { abortSignal }))
    yield page
    next = page.NextContinuationToken
  } while (next !== undefined)
}
