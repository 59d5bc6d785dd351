import { Type, type Static } from 'typebox'
import { Count, Id, listOf, oneOf, orNull, Text, Version } from './parts.ts'

const Cell = orNull(Type.Union([Type.String(), Type.Number()]))

/** Rows of cells, in the order of the columns. */
export const asked = {
  words: Type.String({ description: 'The whole query as a sentence' }),
  columns: listOf({ name: Text, type: oneOf('number', 'text') }),
  rows: Type.Array(Type.Array(Cell), { description: 'Cells in the order of `columns`; null where a value is missing' }),
  total: Type.Integer({ minimum: 0, description: 'Rows before `limit` and `offset`' }),
  rowsUsed: Type.Integer({ minimum: 0, description: 'Wards that satisfy the conditions' }),
  rowsWithoutValue: Type.Array(Type.Object({ column: Text, wards: Count }), {
    description:
      'Wards without a value, where there are any: of a column with a condition among all wards, of another among ' +
      'those that satisfy the conditions',
  }),
  notes: Type.Array(Text, { description: 'What rests on missing or filled values, and who is left out' }),
} as const

/** What the answer rests on. */
export const restsOn = {
  caveats: Type.Array(Text, { description: 'Those of the ranking and the plan, where fields of them are used' }),
  datasetVersion: Version,
  analysisId: Type.Optional(Id),
  planId: Type.Optional(Id),
} as const

export const QueryReply = Type.Object({ ...asked, ...restsOn })
export type QueryReply = Static<typeof QueryReply>
