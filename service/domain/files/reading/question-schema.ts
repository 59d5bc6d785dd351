import { Type } from 'typebox'

/** Open questions about the data, for the API. It is not beside the type, so that a thread loads no schemas. */
export const QuestionsSchema = Type.Array(
  Type.Object({
    id: Type.String(),
    kind: Type.String(),
    detail: Type.String({ description: 'What was found and where, ending in the question' }),
    options: Type.Array(Type.Object({ value: Type.String(), label: Type.String() }), {
      description: 'Empty if the roles of columns are the answer',
    }),
    affects: Type.Union([Type.Literal('ranking'), Type.Literal('plan')]),
    columns: Type.Array(Type.String(), { description: 'What it is about; empty if it concerns all' }),
  }),
)
