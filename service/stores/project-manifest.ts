import type { Person } from '../session/person.ts'
import type { ProjectKey, ProjectSeals } from '../session/project-seals.ts'
import { SealBroken } from '../session/seal.ts'

/** The file of a saved project, in pieces, each sealed for its own place. */
export interface ProjectContent {
  /** Its folder: a content is never overwritten, so an earlier one is whole until the new one is. */
  readonly save: string
  readonly bytes: number
  /** CRC-32 of the file, for a ZIP that holds it. */
  readonly crc: number
  /** In their order. */
  readonly pieces: readonly { readonly bytes: number; readonly versionId: string }[]
}

/** What is known of a saved project beside its content. Times in milliseconds since 1970. */
export interface ProjectManifest {
  readonly name: string
  readonly createdAt: number
  readonly savedAt: number
  readonly content: ProjectContent
}

const FORMAT = 1
export const MOST_MANIFEST_BYTES = 64 * 1024

interface ManifestForm {
  readonly format: number
  readonly key: string
  readonly sealed: string
}

/**
 * A manifest as it is stored: the project's key, wrapped for its person under the newest secret, and the rest sealed
 * under that key, both for this place alone.
 */
export function sealManifest(
  seals: ProjectSeals,
  person: Person,
  key: ProjectKey,
  place: string,
  manifest: ProjectManifest,
): Buffer {
  const form: ManifestForm = {
    format: FORMAT,
    key: seals.wrap(person, place, key).toString('base64url'),
    sealed: key.seal(place, Buffer.from(JSON.stringify(manifest))).toString('base64url'),
  }
  return Buffer.from(JSON.stringify(form))
}

/** @throws SealBroken when it was not sealed for this person and place, was altered, or has another form */
export function openManifest(
  seals: ProjectSeals,
  person: Person,
  place: string,
  bytes: Buffer,
): { readonly key: ProjectKey; readonly isCurrent: boolean; readonly manifest: ProjectManifest } {
  const form = formOf(bytes)
  const wrapped = Buffer.from(form.key, 'base64url')
  const key = seals.open(person, place, wrapped)
  const manifest = JSON.parse(key.open(place, Buffer.from(form.sealed, 'base64url')).toString()) as ProjectManifest
  return { key, isCurrent: seals.isCurrent(wrapped), manifest }
}

function formOf(bytes: Buffer): ManifestForm {
  try {
    const form = JSON.parse(bytes.toString()) as ManifestForm
    if (form.format === FORMAT) return form
  } catch (cause) {
    throw new SealBroken({ cause })
  }
  throw new SealBroken()
}
