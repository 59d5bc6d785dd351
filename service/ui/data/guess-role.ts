import type { UploadedFile } from '../../features/replies/files.ts'

export type Role = UploadedFile['role']
export const ROLES: readonly Role[] = ['wards', 'boundaries', 'facilities']

/** So much of a text is enough to see its header. */
const HEAD_BYTES = 8 * 1024
const FACILITY_WORDS = /facilit|orgunit|period|tested|dhis/i

/**
 * What a file probably is, by its ending, its name, and the header if it is text. A person can change it.
 * @param endings those of the formats of boundaries, such as `.zip`
 */
export async function guessRole(file: File, endings: readonly string[]): Promise<Role> {
  const name = file.name.toLowerCase()
  if (endings.some((ending) => name.endsWith(ending))) return 'boundaries'
  const head = /\.(?:csv|tsv|txt)$/.test(name) ? await file.slice(0, HEAD_BYTES).text() : ''
  const [header = ''] = head.split(/\r?\n/)
  return FACILITY_WORDS.test(`${name} ${header}`) ? 'facilities' : 'wards'
}
