import { Type } from 'typebox'
import { EXPORT_KINDS, type ExportKind } from './kinds.ts'

/**
 * The name of a kind of export, for the API and the chat. It is not beside the table, so that a thread loads no
 * schemas.
 */
export const ExportKindSchema = Type.Unsafe<ExportKind>(Type.Union(EXPORT_KINDS.map((kind) => Type.Literal(kind))))
