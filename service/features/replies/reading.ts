import { Type, type Static } from 'typebox'
import { DECIMAL_SIGNS, THOUSANDS_SIGNS } from '../../domain/files/reading/choices.ts'
import { SaidSchema } from '../../domain/said-schema.ts'
import { COLUMN_ROLES, type ColumnRole } from '../../domain/files/reading/roles.ts'
import { Count, listOf, Names, oneOf, orNull, Text } from './parts.ts'

const Role = Type.Unsafe<ColumnRole>(Type.Union(COLUMN_ROLES.map((role) => Type.Literal(role))))
const Name = Type.String({ minLength: 1, maxLength: 200 })

const Encoding = Type.String({ minLength: 1, maxLength: 40, pattern: '^[A-Za-z0-9_.:-]+$' })
const Missing = Type.Array(Type.String({ minLength: 1, maxLength: 40 }), { maxItems: 20 })
const HeaderRow = Type.Integer({ minimum: 1, maximum: 10_000 })
const Answer = Type.String({ maxLength: 200 })
const ANSWERS = { maxProperties: 200, description: 'The chosen option of each question, by its id' } as const
const COLUMNS = {
  maxProperties: 500,
  description: 'Roles by the name of the column, as `reading.columns` shows it',
} as const

/** What a person settles about the reading of a file. What is given replaces the earlier choice, null takes it back. */
export const ReadingBody = Type.Object(
  {
    sheet: Type.Optional(orNull(Name)),
    layer: Type.Optional(orNull(Name)),
    encoding: Type.Optional(orNull(Encoding)),
    decimal: Type.Optional(orNull(oneOf(...DECIMAL_SIGNS))),
    thousands: Type.Optional(orNull(oneOf(...THOUSANDS_SIGNS))),
    missing: Type.Optional(orNull(Missing)),
    headerRow: Type.Optional(orNull(HeaderRow)),
    columns: Type.Optional(Type.Record(Name, orNull(Role), COLUMNS)),
    answers: Type.Optional(Type.Record(Name, orNull(Answer), ANSWERS)),
  },
  { additionalProperties: false },
)

/** What was settled, as a project file has it: the same, and nothing is taken back. */
export const SavedChoices = Type.Object(
  {
    sheet: Type.Optional(Name),
    layer: Type.Optional(Name),
    encoding: Type.Optional(Encoding),
    decimal: Type.Optional(oneOf(...DECIMAL_SIGNS)),
    thousands: Type.Optional(oneOf(...THOUSANDS_SIGNS)),
    missing: Type.Optional(Missing),
    headerRow: Type.Optional(HeaderRow),
    columns: Type.Optional(Type.Record(Name, Role, COLUMNS)),
    answers: Type.Optional(Type.Record(Name, Answer, ANSWERS)),
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
  answers: Type.Optional(
    Type.Record(Text, Text, { description: 'The chosen option of each question, by the id of the question' }),
  ),
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
})

const question = {
  id: Text,
  kind: Text,
  detail: Text,
  said: Type.Optional(SaidSchema),
  options: listOf({ value: Text, label: Text, said: Type.Optional(SaidSchema) }),
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
