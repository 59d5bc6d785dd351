import { Type, type Static } from 'typebox'
import { DECIMAL_SIGNS, THOUSANDS_SIGNS } from '../../domain/files/reading/choices.ts'
import { COLUMN_ROLES, type ColumnRole } from '../../domain/files/reading/roles.ts'
import { Count, listOf, Names, oneOf, orNull, Text } from './parts.ts'

const Role = Type.Unsafe<ColumnRole>(Type.Union(COLUMN_ROLES.map((role) => Type.Literal(role))))
const Name = Type.String({ minLength: 1, maxLength: 200 })

/** What a person settles about the reading of a file. What is given replaces the earlier choice, null takes it back. */
export const ReadingBody = Type.Object(
  {
    sheet: Type.Optional(orNull(Name)),
    layer: Type.Optional(orNull(Name)),
    encoding: Type.Optional(orNull(Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_.:-]+$' }))),
    decimal: Type.Optional(orNull(oneOf(...DECIMAL_SIGNS))),
    thousands: Type.Optional(orNull(oneOf(...THOUSANDS_SIGNS))),
    missing: Type.Optional(orNull(Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20 }))),
    headerRow: Type.Optional(orNull(Type.Integer({ minimum: 1, maximum: 10_000 }))),
    columns: Type.Optional(
      Type.Record(Name, orNull(Role), {
        maxProperties: 500,
        description: 'Roles by the name of the column, as `reading.columns` shows it',
      }),
    ),
    answers: Type.Optional(
      Type.Record(Type.String({ minLength: 1, maxLength: 200 }), orNull(Name), {
        maxProperties: 200,
        description: 'The chosen option of each question, by its id',
      }),
    ),
  },
  { additionalProperties: false },
)
export type ReadingBody = Static<typeof ReadingBody>

/** What was settled about a file. */
export const ReadingChoices = Type.Object(
  {
    sheet: Type.Optional(Text),
    layer: Type.Optional(Text),
    encoding: Type.Optional(Text),
    decimal: Type.Optional(oneOf(...DECIMAL_SIGNS)),
    thousands: Type.Optional(oneOf(...THOUSANDS_SIGNS)),
    missing: Type.Optional(Names),
    headerRow: Type.Optional(Count),
    columns: Type.Optional(Type.Record(Text, Role)),
    answers: Type.Optional(Type.Record(Text, Text)),
  },
  { description: 'What was settled, as it was sent' },
)

/** What a file was taken for. */
export const Reading = Type.Object({
  sheet: orNull(Text),
  sheets: Names,
  layer: orNull(Text),
  layers: Names,
  encoding: orNull(Text),
  decimal: orNull(Text),
  thousands: orNull(Text),
  missing: Names,
  headerRow: orNull(Count),
  columns: listOf({
    name: Text,
    role: Role,
    guessed: Type.Boolean({ description: 'False where a person settled the role' }),
    why: Text,
    sample: Names,
  }),
  answers: Type.Optional(Type.Record(Text, Text, { description: 'The answers that were given, by question' })),
})

const question = {
  id: Text,
  kind: Text,
  detail: Text,
  options: listOf({ value: Text, label: Text }),
  affects: Type.Union([Type.Literal('ranking'), Type.Literal('plan')], {
    description: 'What is refused with `unsettled` while it is open: everything from the ranking on, or plans alone',
  }),
  columns: Type.Array(Text, {
    description: 'The columns it is about: only what uses one of them waits for it. Empty: everything waits',
  }),
} as const

/** What only a person can know about a file, and has not said yet. */
export const Questions = listOf(question)
/** The same in a dataset, with the file whose reading takes the answer. */
export const DatasetQuestions = listOf({ ...question, fileId: Text })

export type Question = Static<typeof Questions>[number]
export type DatasetQuestion = Static<typeof DatasetQuestions>[number]
export type Reading = Static<typeof Reading>
