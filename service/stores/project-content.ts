import { randomBytes } from 'node:crypto'
import { crc32 } from 'node:zlib'
import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import { PIECE_BYTES } from '../domain/project/kept-limits.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { ProjectKey } from '../session/project-seals.ts'
import { SealBroken } from '../session/seal.ts'
import { violation, type Bucket } from './objects.ts'
import type { ProjectContent } from './project-manifest.ts'
import type { ProjectObjects } from './project-objects.ts'

/** The bytes of a file that is about to be saved, in pieces of any size; `bytes` is how many there are. */
export interface FileToSave {
  readonly bytes: number
  readonly body: () => AsyncIterable<Uint8Array>
}

/** Files of saved projects, so large that they are never whole in memory, each piece sealed for its own place. */
export interface ProjectContents {
  /** Stores all pieces or, when that fails, none. */
  store(id: string, key: ProjectKey, file: FileToSave): Promise<ProjectContent>
  /**
   * Each piece is opened before the next is fetched.
   * @throws Fault `conflict` when the content was replaced or deleted, `object-store-unavailable` for foreign bytes
   */
  read(id: string, key: ProjectKey, content: ProjectContent): AsyncGenerator<Buffer>
  /**
   * The whole file, in one buffer.
   * @param gone aborted when the bytes are let go
   * @throws Fault as `read` does; `busy` when requests already hold too many bytes of large objects
   */
  readWhole(id: string, key: ProjectKey, content: ProjectContent, gone: AbortSignal): Promise<Buffer>
  remove(id: string, content: Pick<ProjectContent, 'save' | 'pieces'>): Promise<void>
}

/** What a seal adds at most. */
const SEAL_BYTES = 64

export function projectContents(
  objects: ProjectObjects,
  { metrics, room }: Pick<Bucket, 'metrics' | 'room'>,
  warn: (error: unknown, message: string) => void,
): ProjectContents {
  const nameOf = (id: string, save: string, at: number): string => `${id}/${save}/${String(at)}`

  const remove: ProjectContents['remove'] = async (id, { save, pieces }) => {
    await objects.remove(pieces.map(({ versionId }, at) => ({ name: nameOf(id, save, at), versionId })))
  }

  async function* read(id: string, key: ProjectKey, { save, pieces }: ProjectContent): AsyncGenerator<Buffer> {
    for (const [at, { bytes, versionId }] of pieces.entries()) {
      const name = nameOf(id, save, at)
      const found = await objects.get(name, bytes + SEAL_BYTES, versionId)
      if (found === null) throw new Fault('conflict', say('project-changed-or-deleted', {}))
      if (found.ownerTag !== key.ownerTag) throw violation(metrics, 'owner-tag')
      yield opened(metrics, key, objects.keyOf(name), found.bytes)
    }
  }

  return {
    async store(id, key, file) {
      const save = `save-${randomBytes(12).toString('base64url')}`
      const pieces: { bytes: number; versionId: string }[] = []
      let [crc, bytes] = [0, 0]
      try {
        for await (const piece of inPieces(file.body())) {
          const name = nameOf(id, save, pieces.length)
          const sealed = key.seal(objects.keyOf(name), piece)
          const { versionId } = await objects.put(name, sealed, { ownerTag: key.ownerTag })
          pieces.push({ bytes: piece.length, versionId })
          crc = crc32(piece, crc)
          bytes += piece.length
        }
        return { save, bytes, crc, pieces }
      } catch (error) {
        await remove(id, { save, pieces }).catch((cause: unknown) => {
          warn(cause, 'The pieces of a project that was not saved are left for the sweep')
        })
        throw error
      }
    },

    read,

    async readWhole(id, key, content, gone) {
      const letGo = room.take(content.bytes)
      try {
        const bytes = Buffer.alloc(content.bytes)
        let at = 0
        for await (const piece of read(id, key, content)) at += piece.copy(bytes, at)
        if (gone.aborted) letGo()
        else gone.addEventListener('abort', letGo, { once: true })
        return bytes
      } catch (error) {
        letGo()
        throw error
      }
    },

    remove,
  }
}

function opened(metrics: Metrics, key: ProjectKey, place: string, sealed: Buffer): Buffer {
  try {
    return key.open(place, sealed)
  } catch (error) {
    if (error instanceof SealBroken) throw violation(metrics, 'seal', error)
    throw error
  }
}

/** The same bytes in pieces of 8 MiB, the last one smaller. */
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let [waiting, length]: [Uint8Array[], number] = [[], 0]
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + PIECE_BYTES - length)
      waiting.push(part)
      length += part.length
      at += part.length
      if (length < PIECE_BYTES) continue
      yield Buffer.concat(waiting)
      ;[waiting, length] = [[], 0]
    }
  }
  if (length > 0) yield Buffer.concat(waiting)
}
