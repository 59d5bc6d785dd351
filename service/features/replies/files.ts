import { Type, type Static } from 'typebox'
import { FileRoleSchema } from '../../domain/files/role-schema.ts'
import { Questions, Reading, ReadingChoices } from './reading.ts'
import { OpenedReply, ProjectSlot } from './projects.ts'
import { Bbox, Columns, Count, Findings, Id, listOf, Moment, Names, oneOf, Text } from './parts.ts'

const File = Type.Object(
  {
    id: Id,
    role: FileRoleSchema,
    filename: Text,
    bytes: Count,
    createdAt: Moment,
    state: oneOf('awaiting-upload', 'ready'),
    pieces: Type.Optional(Count),
    announced: Type.Optional(Type.String({ description: 'The SHA-256 that was announced, as hexadecimal digits' })),
    sha256: Type.Optional(Type.String({ description: 'Of the bytes that were validated and stored' })),
    rows: Type.Optional(Count),
    columns: Type.Optional(Columns),
    keyColumns: Type.Optional(Names),
    duplicates: Type.Optional(Names),
    features: Type.Optional(Count),
    crs: Type.Optional(Text),
    sourceCrs: Type.Optional(Text),
    fields: Type.Optional(Names),
    bbox: Type.Optional(Bbox),
    points: Type.Optional(Count),
    facilities: Type.Optional(Count),
    wards: Type.Optional(Count),
    months: Type.Optional(Names),
    refusedRows: Type.Optional(Count),
    refused: Type.Optional(listOf({ line: Count, facility: Text, reason: Text })),
    findings: Type.Optional(Findings),
    areas: Type.Optional(Names),
    rowsHash: Type.Optional(Text),
    reading: Type.Optional(Reading),
    roles: Type.Optional(Names),
    questions: Type.Optional(Questions),
    choices: Type.Optional(ReadingChoices),
    offered: Type.Optional(
      Type.Object(
        { filename: Text, choices: ReadingChoices },
        { description: 'What was settled for an earlier file with the same header: send it to settle this one alike' },
      ),
    ),
  },
  {
    description:
      'Once it is ready, with what was found in it: a ward table has rows and columns, boundaries have features, a ' +
      'facility table has facilities',
  },
)

export type UploadedFile = Static<typeof File>

/** Either part is there: the file by what was found in it, or the project file and how it was opened. */
export const CompletedReply = Type.Union([Type.Object({ file: File }), OpenedReply])

const Upload = {
  method: Type.Literal('POST'),
  url: Text,
  fields: Type.Record(Type.String(), Type.String(), {
    description: 'Form fields to send as they are, before the file, which comes last as `file`',
  }),
  expiresAt: Moment,
} as const

const PieceUpload = Type.Object({
  number: Type.Integer({ minimum: 1, description: 'Its place in the file' }),
  bytes: Type.Integer({ minimum: 0, description: 'Its exact size' }),
  ...Upload,
})

export const FileReply = Type.Object({ file: File })
export const FilesReply = Type.Object({ files: Type.Array(File) })
export const UploadReply = Type.Object({
  file: Type.Union([File, ProjectSlot]),
  upload: Type.Union([Type.Object(Upload), Type.Array(PieceUpload)], {
    description: 'For a file that is sent in pieces, a post for each',
  }),
})
export const PiecesReply = Type.Object({
  arrived: Type.Array(Count, { description: 'Numbers of the pieces that have arrived whole, from 1' }),
  missing: Type.Array(PieceUpload, { description: 'The others, each with a post that is new' }),
})

export type FilesReply = Static<typeof FilesReply>
export type UploadReply = Static<typeof UploadReply>
export type PiecesReply = Static<typeof PiecesReply>
