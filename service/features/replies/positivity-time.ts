import { Type } from 'typebox'
import { Count, listOf, Names, oneOf, orNull, Text } from './parts.ts'

const Percent = Type.Number({ minimum: 0, maximum: 100 })
const Year = Type.Integer({ minimum: 1900, maximum: 2100 })
const Rate = Type.Number({ minimum: 0 })

/** Asks for figures of each year, and of a season. It is the same in a question and in its reply. */
export const TimeChoices = Type.Object(
  {
    seasonMonths: Type.Optional(
      Type.Array(Type.Integer({ minimum: 1, maximum: 12 }), {
        minItems: 1,
        maxItems: 12,
        uniqueItems: true,
        description:
          'Calendar months of the season, the first month first: [7, 8, 9, 10] in the Sahel, [11, 12, 1, 2] over the ' +
          'turn of the year. Without it all months count, because rains differ between the north and the south',
      }),
    ),
  },
  {
    additionalProperties: false,
    description: 'Adds columns of each year, of the season of each year, and of the trend',
  },
)

export const TimeFrame = Type.Object({
  unit: oneOf('week', 'month', 'quarter', 'half', 'year'),
  periods: Names,
  years: Type.Array(Year),
  seasonYears: Type.Array(Year),
})

const YearFigures = listOf({
  year: Year,
  tested: Count,
  positive: Count,
  tpr: orNull(Percent),
  low: orNull(Percent),
  high: orNull(Percent),
  reports: Count,
  expected: Count,
  completeness: orNull(Percent),
})

export const WardTime = Type.Object({
  years: YearFigures,
  seasons: YearFigures,
  trend: orNull(
    Type.Object(
      { slope: Type.Number(), low: orNull(Type.Number()), high: orNull(Type.Number()), pairs: Count },
      { description: 'The Theil–Sen slope of positivity in percentage points a year, with 95 % bounds' },
    ),
  ),
  undated: Type.Object({ reports: Count, tested: Count, positive: Count }),
  reports: Type.Array(Count),
  tested: Type.Array(Count),
  positive: Type.Array(Count),
})

const YearIncidence = listOf({ year: Year, perThousand: Rate, low: Rate, high: Rate })

export const WardIncidence = Type.Object(
  { people: Type.Number(), years: YearIncidence, seasons: YearIncidence },
  { description: "Positive tests per 1,000 people, with Byar's 95 % bounds" },
)

export const TimeColumns = Type.Object({
  positivity: Names,
  seasonPositivity: Names,
  completeness: Names,
  incidence: Names,
  seasonIncidence: Names,
  trend: Text,
  trendLow: Text,
  trendHigh: Text,
  people: orNull(Text),
})
