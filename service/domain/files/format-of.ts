import { say } from '../said.ts'
import { BOUNDARY_FORMATS, FILE_ROLES, TABLE_FORMATS } from './formats.ts'
import type { BoundaryFormat, FileFormat, FileRole, TableFormat } from './formats.ts'
import { shownName } from './shown-name.ts'
import { refuseOtherKind } from './table/other-kinds.ts'
import { advised, unreadable } from './unreadable.ts'

const SAVE_AS = 'save-as-xlsx-or-csv'

type Formats<Name extends string> = Readonly<Record<Name, FileFormat>>

/**
 * The format to read a table as.
 * @throws Fault `unreadable-file` when its name and its bytes contradict each other
 */
export function tableFormatOf(bytes: Uint8Array, filename: string): TableFormat {
  const formats: Formats<TableFormat> = TABLE_FORMATS
  const named = formatByName(formats, filename)
  const found = formatByBytes(formats, bytes)
  if (named !== undefined && found !== undefined && named !== found) {
    const { name, endings, signature } = formats[found]
    const meant = formats[named].name
    const looks = signature === undefined ? name : say(signature.looksLike, {})
    throw unreadable(shownName(filename), say('it-is-other-format', { found: looks, meant, ending: endings[0] }))
  }
  if (found !== undefined) return found
  const missing = named && bytes.length > 0 ? formats[named].signature : undefined
  if (missing !== undefined) {
    refuseOtherKind(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), shownName(filename), SAVE_AS)
    const found = say('it-is-not', { kind: say(missing.kind, {}) })
    throw unreadable(shownName(filename), advised(found, SAVE_AS))
  }
  return named ?? 'csv'
}

/** The format to read boundaries as; undefined if none fits. */
export function boundaryFormatOf(bytes: Uint8Array, filename: string): BoundaryFormat | undefined {
  const formats: Formats<BoundaryFormat> = BOUNDARY_FORMATS
  const named = formatByName(formats, filename)
  return formatByBytes(formats, bytes) ?? (named && formats[named].signature === undefined ? named : undefined)
}

/** Whether a file's name is that of a table. */
export function hasTableName(filename: string): boolean {
  return formatByName(TABLE_FORMATS, filename) !== undefined
}

/** The name of a file's validated bytes in its session: `raw_data.csv`, `shapefile.zip`. */
export function storedNameOf(role: FileRole, filename: string): string {
  const { otherwise } = FILE_ROLES[role]
  return storedName(role, formatsOf(role).find((format) => hasNameOf(format, filename)) ?? otherwise)
}

/** Every name that validated bytes of a role can have. */
export function storedNamesOf(role: FileRole): readonly string[] {
  return formatsOf(role).map((format) => storedName(role, format))
}

export function formatsOf(role: FileRole): readonly FileFormat[] {
  const { formats }: { readonly formats: Readonly<Record<string, FileFormat>> } = FILE_ROLES[role]
  return Object.values(formats)
}

function storedName(role: FileRole, { storedAs, endings: [ending] }: FileFormat): string {
  return storedAs ?? `${FILE_ROLES[role].storedAs}.${ending}`
}

function formatByName<Name extends string>(formats: Formats<Name>, filename: string): Name | undefined {
  return namesOf(formats).find((name) => hasNameOf(formats[name], filename))
}

function formatByBytes<Name extends string>(formats: Formats<Name>, bytes: Uint8Array): Name | undefined {
  return namesOf(formats).find((name) => formats[name].signature?.isIn(bytes) === true)
}

function hasNameOf({ endings, otherEndings = [] }: FileFormat, filename: string): boolean {
  const ending = endingOf(filename)
  return ending !== undefined && [...endings, ...otherEndings].includes(ending)
}

function namesOf<Name extends string>(formats: Formats<Name>): readonly Name[] {
  return Object.keys(formats) as Name[]
}

function endingOf(filename: string): string | undefined {
  return /\.([a-z0-9]+)$/i.exec(filename)?.[1]?.toLowerCase()
}
