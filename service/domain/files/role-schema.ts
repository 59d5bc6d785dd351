import { Type } from 'typebox'
import { FILE_ROLE_NAMES, type FileRole } from './formats.ts'

/** The role of a file, for the API. It is not beside the table, so that a thread loads no schemas. */
export const FileRoleSchema = Type.Unsafe<FileRole>(Type.Union(FILE_ROLE_NAMES.map((role) => Type.Literal(role))))
