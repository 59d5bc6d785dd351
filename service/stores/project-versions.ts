import { Fault } from '../domain/fault.ts'
import { say } from '../domain/said.ts'
import type { Person } from '../session/person.ts'
import type { ProjectKey, ProjectSeals } from '../session/project-seals.ts'
import { SealBroken } from '../session/seal.ts'
import { violation, type Bucket } from './objects.ts'
import type { ProjectContents } from './project-content.ts'
import { listedProjects, manifestName, MOST_VERSIONS, type ListedProject } from './project-listing.ts'
import {
  MOST_MANIFEST_BYTES,
  openManifest,
  sealManifest,
  type ProjectContent,
  type ProjectManifest,
} from './project-manifest.ts'
import type { ProjectObjects } from './project-objects.ts'
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

/** The versions of one person's projects. */
export interface ProjectVersions {
  /**
   * The present version of every project whose name begins with `under`.
   * @throws Fault `conflict` when others keep changing them
   */
  openAll(under: string): Promise<readonly SavedProject[]>
  /**
   * Writes the version after `before`.
   * @param before the version it was made from; null for the first
   * @param added the content that only this version has; null when it has that of the version before
   * @throws Fault `conflict` when `before` is no longer the present one, `not-found` when the project was deleted
   */
  write(
    id: string,
    key: ProjectKey,
    manifest: ProjectManifest,
    before: number | null,
    added: ProjectContent | null,
  ): Promise<SavedProject>
}

interface Options {
  readonly redis: RedisConnection
  readonly bucket: Bucket
  readonly seals: ProjectSeals
  readonly person: () => Person
  readonly now: () => number
  readonly warn: (error: unknown, message: string) => void
}

const LIST_ATTEMPTS = 3
/** Manifests that are fetched at a time. */
const MANIFESTS_AT_ONCE = 10

export function projectVersions(
  objects: ProjectObjects,
  contents: Pick<ProjectContents, 'remove'>,
  { redis, bucket, seals, person, now, warn }: Options,
): ProjectVersions {
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
  const openAll: ProjectVersions['openAll'] = async (under) => {
    for (let attempt = 1; attempt <= LIST_ATTEMPTS; attempt += 1) {
      const projects = await listed(under)
      const opened: (SavedProject | null)[] = []
      for (let at = 0; at < projects.length; at += MANIFESTS_AT_ONCE)
        opened.push(...(await Promise.all(projects.slice(at, at + MANIFESTS_AT_ONCE).map(open))))
      if (opened.every((project) => project !== null)) return opened
    }
    throw new Fault('conflict', say('projects-changing', {}))
  }

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

  const write: ProjectVersions['write'] = async (id, key, manifest, before, added) => {
    if (before === MOST_VERSIONS) throw new Fault('conflict', say('project-saved-too-often', {}))
    const written = (await takeTurn(redis, id, () => commit(id, key, manifest, before))) ?? 'taken'
    if (typeof written !== 'string') return written
    // Another version may have been made of an overtaken one, and then it needs this content.
    if (added !== null && written !== 'overtaken')
      await contents.remove(id, added).catch((error: unknown) => {
        warn(error, 'The content of a project that was not saved is left for the sweep')
      })
    throw written === 'gone' ? notFound() : changedElsewhere()
  }

  return { openAll, write }
}

export function notFound(): Fault {
  return new Fault('not-found', say('nothing-with-id', {}))
}

function changedElsewhere(): Fault {
  return new Fault('conflict', say('project-changed-meanwhile', {}))
}
