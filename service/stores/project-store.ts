import { Fault } from '../domain/fault.ts'
import type { Person } from '../session/person.ts'
import { ProjectKey, type ProjectSeals } from '../session/project-seals.ts'
import { SealBroken } from '../session/seal.ts'
import type { SessionScope } from '../session/scope.ts'
import { enqueueProjectErasure } from './erasures.ts'
import { violation, type Bucket } from './objects.ts'
import { projectContents, type FileToSave } from './project-content.ts'
import { DELETED, listedProjects, manifestName, MOST_VERSIONS, USED, type ListedProject } from './project-listing.ts'
import {
  MOST_MANIFEST_BYTES,
  openManifest,
  sealManifest,
  type ProjectContent,
  type ProjectManifest,
} from './project-manifest.ts'
import { projectObjects, PROJECTS_PREFIX } from './project-objects.ts'
import { requireRoom } from './project-quota.ts'
import { takeTurn } from './project-turns.ts'
import type { RedisConnection } from './redis.ts'

/** A project as its person may use it. `version` grows with every save and every new name. */
export interface SavedProject extends ProjectManifest {
  readonly id: string
  readonly version: number
  /** When it was last saved, renamed or opened. */
  readonly usedAt: number
  readonly key: ProjectKey
  /** Whether its key is wrapped under the newest secret. */
  readonly isCurrent: boolean
  readonly manifestVersionId: string
}

/** The saved projects of the person who is signed in. No method takes an id of a person. */
export interface ProjectStore {
  /** The last used first. */
  list(): Promise<readonly SavedProject[]>
  /** @throws Fault `not-found` alike when the id is another person's, unknown or malformed; the first case is counted */
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

const LIST_ATTEMPTS = 3
/** Manifests that are fetched at a time. */
const MANIFESTS_AT_ONCE = 10

interface Options {
  readonly redis: RedisConnection
  readonly bucket: Bucket
  readonly seals: ProjectSeals
  readonly now: () => number
  readonly onForeignId: () => void
  /** For what was left behind and will be deleted by the sweep; never with user data. */
  readonly warn: (error: unknown, message: string) => void
}

export function projectStore(scope: SessionScope, options: Options): ProjectStore {
  const { redis, bucket, seals, now, onForeignId, warn } = options
  const person = (): Person => signedIn(scope)
  const objects = projectObjects(bucket, () => `${PROJECTS_PREFIX}${person().personId}/`)
  const contents = projectContents(objects, bucket, warn)

  const listed = async (under: string): Promise<readonly ListedProject[]> =>
    listedProjects(await objects.list(under)).filter(({ versions, isDeleted }) => versions.length > 0 && !isDeleted)

  /** Null when another version has taken its place meanwhile. */
  const open = async ({ id, versions, usedAt }: ListedProject): Promise<SavedProject | null> => {
    const version = versions.at(-1) ?? 0
    const name = `${id}/${manifestName(version)}`
    const found = await objects.get(name, MOST_MANIFEST_BYTES)
    if (found === null) return null
    try {
      const { key, isCurrent, manifest } = openManifest(seals, person(), objects.keyOf(name), found.bytes)
      if (found.ownerTag !== key.ownerTag) throw violation(bucket.metrics, 'owner-tag')
      return { ...manifest, id, version, usedAt, key, isCurrent, manifestVersionId: found.versionId }
    } catch (error) {
      if (error instanceof SealBroken) throw violation(bucket.metrics, 'seal', error)
      throw error
    }
  }

  /** Every project under a prefix. A list is taken again when a version that it names is gone. */
  const openAll = async (under: string): Promise<readonly SavedProject[]> => {
    for (let attempt = 1; attempt <= LIST_ATTEMPTS; attempt += 1) {
      const projects = await listed(under)
      const opened: (SavedProject | null)[] = []
      for (let at = 0; at < projects.length; at += MANIFESTS_AT_ONCE)
        opened.push(...(await Promise.all(projects.slice(at, at + MANIFESTS_AT_ONCE).map(open))))
      if (opened.every((project) => project !== null)) return opened
    }
    throw new Fault('conflict', 'The projects are being changed on another device. Send the request again.')
  }

  const list = async (): Promise<readonly SavedProject[]> =>
    [...(await openAll(''))].sort((one, other) => other.usedAt - one.usedAt)

  /**
   * Writes the version after `before`, if that is still the present one. The list is asked again at the end, since the
   * turn may have been lost.
   * @param before the version it was made from; null for the first
   */
  const commit = async (
    id: string,
    key: ProjectKey,
    manifest: ProjectManifest,
    before: number | null,
  ): Promise<SavedProject | 'taken' | 'overtaken' | 'gone'> => {
    const version = (before ?? 0) + 1
    const name = `${id}/${manifestName(version)}`
    const newest = async (): Promise<number | undefined> => (await listed(`${id}/`))[0]?.versions.at(-1)
    const present = before === null ? before : ((await newest()) ?? 'gone')
    if (present !== before) return present === 'gone' ? present : 'taken'
    const sealed = sealManifest(seals, person(), key, objects.keyOf(name), manifest)
    const put = await objects.putNew(name, sealed, { ownerTag: key.ownerTag, save: manifest.content.save })
    if (put === null) return 'taken'
    const written = await newest()
    if (written !== version) return written === undefined ? 'gone' : 'overtaken'
    return { ...manifest, id, version, usedAt: now(), key, isCurrent: true, manifestVersionId: put.versionId }
  }

  /** @param added the content that only this version has; null when it has that of the version before */
  const write = async (
    id: string,
    key: ProjectKey,
    manifest: ProjectManifest,
    before: number | null,
    added: ProjectContent | null,
  ): Promise<SavedProject> => {
    if (before === MOST_VERSIONS) throw new Fault('conflict', 'The project was saved too often. Save it as a new one.')
    const written = (await takeTurn(redis, id, () => commit(id, key, manifest, before))) ?? 'taken'
    if (typeof written !== 'string') return written
    // Another version may have been made of an overtaken one, and then it needs this content.
    if (added !== null && written !== 'overtaken')
      await contents.remove(id, added).catch((error: unknown) => {
        warn(error, 'The content of a project that was not saved is left for the sweep')
      })
    throw written === 'gone' ? notFound() : changedElsewhere()
  }

  const remove = async ({ id, key }: SavedProject): Promise<void> => {
    await objects.put(`${id}/${DELETED}`, Buffer.alloc(0), { ownerTag: key.ownerTag })
    await enqueueProjectErasure(redis, `${person().personId}/${id}`)
  }

  const change: ProjectStore['change'] = async (before, { name = before.name, file }) => {
    const { id, key, version } = before
    if (file !== undefined)
      requireRoom(
        (await list()).filter((other) => other.id !== id),
        { projects: 1, bytes: file.bytes },
      )
    const content = file === undefined ? null : await contents.store(id, key, file)
    const manifest: ProjectManifest = {
      name,
      createdAt: before.createdAt,
      savedAt: content === null ? before.savedAt : now(),
      content: content ?? before.content,
    }
    const after = await write(id, key, manifest, version, content)
    try {
      await objects.remove([{ name: `${id}/${manifestName(version)}`, versionId: before.manifestVersionId }])
      if (content !== null) await contents.remove(id, before.content)
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
      const [project] = await openAll(`${id}/`)
      if (project === undefined) throw notFound()
      return project
    },

    async create(name, file) {
      requireRoom(await list(), { projects: 1, bytes: file.bytes })
      const [id, key] = [seals.mintId(person()), ProjectKey.make()]
      const content = await contents.store(id, key, file)
      const manifest = { name, createdAt: now(), savedAt: now(), content }
      const project = await write(id, key, manifest, null, content)
      try {
        // Two devices may have saved at the same time. What is too much is taken back.
        requireRoom(await list(), { projects: 0, bytes: 0 })
        return project
      } catch (error) {
        await remove(project)
        throw error
      }
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

/** @throws Fault `sign-in-needed` */
function signedIn({ person }: SessionScope): Person {
  if (person === null)
    throw new Fault('sign-in-needed', 'Projects are kept for people who sign in. Sign in first, at /auth/login.')
  return person
}

function notFound(): Fault {
  return new Fault('not-found', 'There is nothing with this id.')
}

function changedElsewhere(): Fault {
  return new Fault(
    'conflict',
    'The project was changed on another device meanwhile; nothing was saved. Open it again, or save as a new project.',
  )
}
