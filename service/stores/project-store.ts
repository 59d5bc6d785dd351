import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { Person } from '../session/person.ts'
import { ProjectKey, type ProjectSeals } from '../session/project-seals.ts'
import type { SessionScope } from '../session/scope.ts'
import { enqueueProjectErasure } from './erasures.ts'
import type { Bucket } from './objects.ts'
import { projectContents, type FileToSave } from './project-content.ts'
import { DELETED, manifestName, USED } from './project-listing.ts'
import type { ProjectContent, ProjectManifest } from './project-manifest.ts'
import { projectObjects, PROJECTS_PREFIX } from './project-objects.ts'
import { requireRoom } from './project-quota.ts'
import { waitForTurn } from './project-turns.ts'
import { notFound, projectVersions, type SavedProject } from './project-versions.ts'
import type { RedisConnection } from './redis.ts'

/** The saved projects of the person who is signed in. No method takes an id of a person. */
export interface ProjectStore {
  /** The last used first. */
  list(): Promise<readonly SavedProject[]>
  /**
   * @throws Fault `not-found` alike when the id is another person's, unknown or malformed; the first case is counted
   */
  find(id: string): Promise<SavedProject>
  /**
   * @throws Fault `projects-full` past 20 projects, `too-large` past 1 GiB; nothing was saved
   */
  create(name: string, file: FileToSave): Promise<SavedProject>
  /**
   * Writes the next version, with another name, another content or both.
   * @throws Fault `conflict` when `project` is no longer the present version, `not-found` when it was deleted,
   * `too-large` past 1 GiB; nothing was changed
   */
  change(project: SavedProject, change: { readonly name?: string; readonly file?: FileToSave }): Promise<SavedProject>
  /** The file of a project, piece by piece. Each is opened before the next is fetched. */
  read(project: SavedProject): AsyncGenerator<Buffer>
  /**
   * The file of a project in one buffer.
   * @param gone aborted when the bytes are let go
   * @throws Fault `busy` when requests already hold too many bytes of large objects
   */
  readWhole(project: SavedProject, gone: AbortSignal): Promise<Buffer>
  /**
   * Notes that a project was used now. Its key is wrapped again when that was done under an earlier secret: so a secret
   * may go once it is older than projects are kept. That is a next version, which is returned.
   */
  touch(project: SavedProject): Promise<SavedProject>
  /** Ends a project: from now on it does not exist for anybody. Its objects are erased by the next round. */
  remove(project: SavedProject): Promise<void>
}

interface Options {
  readonly redis: RedisConnection
  readonly bucket: Bucket
  readonly seals: ProjectSeals
  /** How much one person may keep. */
  readonly limits: { readonly projects: number; readonly bytes: number }
  readonly now: () => number
  readonly onForeignId: () => void
  /** For what was left behind and will be deleted by the sweep; never with user data. */
  readonly warn: (error: unknown, message: string) => void
}

export function projectStore(scope: SessionScope, options: Options): ProjectStore {
  const { redis, bucket, seals, limits, now, onForeignId, warn } = options
  const person = (): Person => signedIn(scope)
  const objects = projectObjects(bucket, () => `${PROJECTS_PREFIX}${person().personId}/`)
  const contents = projectContents(objects, bucket, warn)
  const versions = projectVersions(objects, contents, { redis, bucket, seals, person, now, warn })

  const list = async (): Promise<readonly SavedProject[]> =>
    [...(await versions.openAll(''))].sort((one, other) => other.usedAt - one.usedAt)

  const remove = async ({ id, key }: SavedProject): Promise<void> => {
    await objects.put(`${id}/${DELETED}`, Buffer.alloc(0), { ownerTag: key.ownerTag })
    await enqueueProjectErasure(redis, `${person().personId}/${id}`)
  }

  const requireRoomBeside = async (id: string, bytes: number): Promise<void> => {
    const others = (await list()).filter((other) => other.id !== id)
    requireRoom(others, { projects: 1, bytes }, limits)
  }

  /**
   * Stores a file and writes the version that names it. What the person keeps is counted before the file is stored, and
   * again in the person's turn when its bytes are known: of two devices that save at once, the second counts the first.
   */
  const keep = async (
    id: string,
    key: ProjectKey,
    file: FileToSave,
    before: number | null,
    manifestOf: (content: ProjectContent) => ProjectManifest,
  ): Promise<SavedProject> => {
    await requireRoomBeside(id, file.bytes)
    const content = await contents.store(id, key, file)
    const turn = { isCounted: false }
    try {
      return await waitForTurn(redis, person().personId, async () => {
        await requireRoomBeside(id, content.bytes)
        turn.isCounted = true
        return await versions.write(id, key, manifestOf(content), before, content)
      })
    } catch (error) {
      // Once it was counted, the write itself knows whether a version names the content.
      if (!turn.isCounted)
        await contents.remove(id, content).catch((cause: unknown) => {
          warn(cause, 'The content of a project that was not saved is left for the sweep')
        })
      throw error
    }
  }

  const change: ProjectStore['change'] = async (before, { name = before.name, file }) => {
    const { id, key, version } = before
    const after =
      file === undefined
        ? await versions.write(id, key, { ...manifestIn(before), name }, version, null)
        : await keep(id, key, file, version, (content) => ({ ...manifestIn(before), name, savedAt: now(), content }))
    try {
      await objects.remove([{ name: `${id}/${manifestName(version)}`, versionId: before.manifestVersionId }])
      if (file !== undefined) await contents.remove(id, before.content)
    } catch (error) {
      warn(error, 'The version before is left for the sweep')
    }
    return after
  }

  return {
    list,

    async find(id) {
      const origin = seals.originOf(person(), id)
      if (origin === 'foreign') {
        onForeignId()
        throw notFound()
      }
      if (!/^[A-Za-z0-9_-]{40}$/.test(id)) throw notFound()
      const [project] = await versions.openAll(`${id}/`)
      if (project === undefined) throw notFound()
      return project
    },

    async create(name, file) {
      const manifestOf = (content: ProjectContent): ProjectManifest => {
        return { name, createdAt: now(), savedAt: now(), content }
      }
      return await keep(seals.mintId(person()), ProjectKey.make(), file, null, manifestOf)
    },

    change,

    read: (project) => contents.read(project.id, project.key, project.content),

    readWhole: (project, gone) => contents.readWhole(project.id, project.key, project.content, gone),

    async touch(project) {
      const { id, key, isCurrent } = project
      await objects.put(`${id}/${USED}`, Buffer.alloc(0), { ownerTag: key.ownerTag })
      return isCurrent ? { ...project, usedAt: now() } : await change(project, {})
    },

    remove,
  }
}

function manifestIn({ name, createdAt, savedAt, content }: SavedProject): ProjectManifest {
  return { name, createdAt, savedAt, content }
}

/** @throws Fault `sign-in-needed` */
function signedIn({ person }: SessionScope): Person {
  if (person === null) throw new Fault('sign-in-needed', say('projects-of-signed-in', {}))
  return person
}
