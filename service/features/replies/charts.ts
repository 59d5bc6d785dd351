import { Type, type Static } from 'typebox'
import { Names, Text } from './parts.ts'
import { asked, restsOn } from './queries.ts'

const svg = Type.String({ description: 'An SVG document that loads and runs nothing: show it as an image' })
const table = Type.Object({ columns: asked.columns, rows: asked.rows }, { description: 'The figures of the chart' })

export const ChartReply = Type.Object({
  words: Type.String({ description: 'What is drawn of which wards, as a sentence' }),
  figures: Type.Array(Text, { description: 'The main figures, as sentences' }),
  svg,
  table,
  rowsUsed: asked.rowsUsed,
  rowsWithoutValue: asked.rowsWithoutValue,
  notes: Names,
  ...restsOn,
})
export const ChartInChat = Type.Object({ words: Text, svg, table })
export type ChartReply = Static<typeof ChartReply>
