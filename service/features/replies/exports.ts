import { Type, type Static } from 'typebox'
import { ExportKindSchema } from '../../domain/exports/kind-schema.ts'
import { PROJECT_KIND } from '../../domain/project/contents.ts'
import { Count, Download, Id, Moment, Stale, Version } from './parts.ts'

const Export = Type.Object({
  id: Id,
  kind: Type.Union([ExportKindSchema, Type.Literal(PROJECT_KIND)]),
  analysisId: Type.Optional(Id),
  planId: Type.Optional(Id),
  bytes: Count,
  datasetVersion: Version,
  createdAt: Moment,
  stale: Stale,
})

export const ExportReply = Type.Object({ export: Export, download: Download })
export const ExportsReply = Type.Object({ exports: Type.Array(Export) })
export const ExportInChat = Type.Object({ ...Export.properties, download: Download })

export type ExportReply = Static<typeof ExportReply>
