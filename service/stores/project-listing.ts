/** An object of a saved project as the store lists it. */
export interface ListedObject {
  /** Below the folder of its person: `{projectId}/{name}`. */
  readonly name: string
  /** Milliseconds since 1970, by the store's clock. */
  readonly modifiedAt: number
}

/** What the names of a project's objects tell, without opening any of them. */
export interface ListedProject {
  readonly id: string
  /** Ascending. The last one is the present one. */
  readonly versions: readonly number[]
  /** When it was last saved, renamed or opened. Milliseconds since 1970; 0 when nothing tells it. */
  readonly usedAt: number
  /** When anything of it was last written but the mark of its use. */
  readonly writtenAt: number
  /** Whether its deletion has begun: it no longer exists for anybody. */
  readonly isDeleted: boolean
  /** The folders of its contents, of which the present version names one. */
  readonly saves: readonly string[]
}

const MANIFEST = /^manifest-(\d{6})$/
const CONTENT = /^(save-[A-Za-z0-9_-]{16})\/\d{1,4}$/
export const MOST_VERSIONS = 999_999

/** Overwritten at each opening, so that its date is that of the last use. */
export const USED = 'used'
/** Written before anything is deleted, so that a deletion that breaks off is carried on. */
export const DELETED = 'deleted'

/** The name of a version's manifest. Each name is written once, so the first of two writers wins. */
export function manifestName(version: number): string {
  return `manifest-${String(version).padStart(6, '0')}`
}

/**
 * Puts listed objects together by project.
 * @param objects in the order of their names, as the store lists them
 */
export function listedProjects(objects: readonly ListedObject[]): readonly ListedProject[] {
  const byId = Map.groupBy(objects, ({ name }) => name.slice(0, name.indexOf('/')))
  return [...byId].map(([id, own]) => listedProject(id, own))
}

function listedProject(id: string, objects: readonly ListedObject[]): ListedProject {
  const named = objects.map(({ name, modifiedAt }) => ({ name: name.slice(id.length + 1), modifiedAt }))
  const manifests = named.flatMap(({ name, modifiedAt }) => {
    const [, version] = MANIFEST.exec(name) ?? []
    return version === undefined ? [] : [{ version: Number(version), modifiedAt }]
  })
  const used = named.filter(({ name }) => name === USED)
  return {
    id,
    versions: manifests.map(({ version }) => version).sort((one, other) => one - other),
    usedAt: latest([...manifests, ...used]),
    writtenAt: latest(named.filter(({ name }) => name !== USED)),
    isDeleted: named.some(({ name }) => name === DELETED),
    saves: [...new Set(named.flatMap(({ name }) => CONTENT.exec(name)?.[1] ?? []))],
  }
}

function latest(objects: readonly { readonly modifiedAt: number }[]): number {
  return objects.reduce((newest, { modifiedAt }) => Math.max(newest, modifiedAt), 0)
}
