import { Type, type Static } from 'typebox'
import { ChartFields } from '../chart/chart-options.ts'
import { ExportKindSchema } from '../exports/kind-schema.ts'
import { EXPORTS } from '../exports/kinds.ts'
import { PLAN_NUMBERS } from '../plan/plan-limits.ts'
import { PlanChoices, SpokenChoices } from '../plan/plan-options.ts'
import { FIELDS } from '../query/fields.ts'
import { QueryFields } from '../query/ward-query.ts'
import { tool } from './tool-spec.ts'
import type { Need, Made, ToolSource, ToolSpec } from './tool-spec.ts'

const Mode = Type.Union([Type.Literal('standard'), Type.Literal('legacy')], {
  description: 'standard unless the person asks to repeat what the earlier system showed',
})
const Name = Type.String({ minLength: 1, maxLength: 200 })
const Ranking = Type.Union([Type.Literal('composite'), Type.Literal('pca')])
const { totalNets: _, ...PlanChanges } = SpokenChoices
const Tier = Type.Union([Type.Literal('High'), Type.Literal('Medium'), Type.Literal('Low')])
/** What a person takes to be true of a ward. The answer says first whether it is. */
const Claimed = {
  claimedRank: Type.Optional(
    Type.Integer({ minimum: 1, maximum: 1_000_000, description: 'the rank it is said to have' }),
  ),
  claimedTier: Type.Optional(Tier),
} as const
const Places = {
  wards: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 20 })),
  lgas: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 20 })),
  tier: Type.Optional(Tier),
} as const

const closed = { additionalProperties: false } as const
const FIELD_NAMES: readonly string[] = Object.keys(FIELDS)

/**
 * What a question may lead to: a closed list of typed calls, chosen by rules or by a model. No call takes an id. Its
 * data, analysis and plan are always those of the request's own session.
 */
export const TOOLS = {
  describe_data: tool({
    description: 'What data there are: wards, boundaries, indicators, what is missing.',
    example: 'Describe my data',
    input: Type.Object({}, closed),
    from: 'data',
    needs: ['data'],
  }),
  check_quality: tool({
    description: 'What is wrong with the data: gaps, duplicates, unmatched wards, assumptions.',
    example: 'Check data quality',
    input: Type.Object({}, closed),
    from: 'data',
    needs: ['data'],
  }),
  describe_variable: tool({
    description: 'One column of the data: its range, its gaps, and the wards with the greatest and least values.',
    example: 'Summarise the rainfall',
    input: Type.Object({ variable: Name }, closed),
    from: 'data',
    needs: ['data'],
  }),
  ward_values: tool({
    description:
      'What the data say about one or several wards: the values of named columns, such as the population, or of all.',
    example: 'What is the population of Tudun Kuka?',
    input: Type.Object(
      {
        wards: Type.Array(Name, { minItems: 1, maxItems: 20 }),
        columns: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 50 })),
        beside: Type.Optional(
          Type.Literal('lga', { description: 'to show the mean of the wards of the same LGA beside each value' }),
        ),
      },
      closed,
    ),
    from: 'data',
    needs: ['data'],
  }),
  query_wards: tool({
    description:
      'Any figure or list of the wards: count, sum, mean, weightedMean, median, min, max, sd, quantile, share or ' +
      'correlation of columns, for all wards, for those that satisfy conditions, or for each group; or the wards ' +
      `themselves, in any order. Columns are those of the data, spelled exactly, and ${FIELD_NAMES.join(', ')}. ` +
      'Without groupBy and measures it lists wards. Examples of its input. The high-risk wards of Gwale ' +
      'with rainfall ' +
      'over 800: {"where": [{"column": "tier", "op": "=", "value": "High"}, {"column": "lga", "op": "=", "value": ' +
      '"Gwale"}, {"column": "rainfall", "op": ">", "value": 800}]}. Mean rainfall of each tier: ' +
      '{"groupBy": ["tier"], ' +
      '"measures": [{"measure": "mean", "column": "rainfall"}]}. The three with most people: {"select": ["ward", ' +
      '"population"], "orderBy": [{"by": "population", "direction": "descending"}], "limit": 3}. The share of all ' +
      'people by LGA: {"groupBy": ["lga"], "measures": [{"measure": "share", "column": "population"}]}.',
    example: 'How many wards have rainfall above 800?',
    input: Type.Object(
      {
        ...QueryFields,
        claimedCount: Type.Optional(
          Type.Integer({
            minimum: 1,
            maximum: 1_000_000,
            description: 'how many wards or groups the person takes these to be',
          }),
        ),
      },
      closed,
    ),
    from: 'feature',
    needs: ['data'],
  }),
  draw_chart: tool({
    description:
      'A chart of the wards, of all or of those that satisfy conditions: a histogram, bars, a scatter plot with its ' +
      'correlation, boxes by group, or a matrix of correlations. Conditions and columns are those of query_wards. ' +
      'Examples of its input: {"kind": "histogram", "column": "rainfall"}; {"kind": "scatter", "x": "rainfall", "y": ' +
      '"test_positivity_rate"}; {"kind": "box", "column": "rainfall", "groupBy": "lga"}; {"kind": "bar", "groupBy": ' +
      '"tier", "measure": {"measure": "count"}}; {"kind": "bar", "measure": {"measure": "sum", "column": ' +
      '"population"}, "limit": 10}; {"kind": "correlation", "columns": ["rainfall", "elevation"]}. There ' +
      'are no pies: ' +
      'draw bars with "insteadOfPie": true.',
    example: 'Histogram of rainfall',
    input: Type.Object(ChartFields, closed),
    from: 'feature',
    needs: ['data'],
  }),
  propose_analysis: tool({
    description: 'What was read of the data and which indicators are suggested for a ranking, each with its reason.',
    example: 'Which indicators do you suggest?',
    input: Type.Object(
      {
        insteadOf: Type.Optional(
          Type.Literal('ranking', { description: 'if a ranking was asked for and there is none' }),
        ),
      },
      closed,
    ),
    from: 'data',
    needs: ['data'],
  }),
  run_analysis: tool({
    description:
      'Make a new ranking of the wards by chosen indicators. Leave indicators out to use the suggested ones.',
    example: 'Run the analysis',
    input: Type.Object(
      {
        indicators: Type.Optional(Type.Array(Name, { minItems: 2, maxItems: 10 })),
        directions: Type.Optional(
          Type.Record(Type.String({ maxLength: 200 }), Type.Union([Type.Literal('direct'), Type.Literal('inverse')])),
        ),
        mode: Type.Optional(Mode),
      },
      closed,
    ),
    from: 'feature',
    needs: ['data'],
    makes: 'analysis',
  }),
  rank_wards: tool({
    description: 'The wards most or least at risk, all or of one LGA or tier.',
    example: 'Which wards are at highest risk?',
    input: Type.Object(
      {
        order: Type.Union([Type.Literal('highest'), Type.Literal('lowest')]),
        count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        lga: Type.Optional(Name),
        tier: Type.Optional(Tier),
        ranking: Type.Optional(Ranking),
      },
      closed,
    ),
    from: 'result',
    needs: ['data', 'analysis'],
  }),
  explain_ward: tool({
    description:
      'Why a ward has its rank; with a focus, which indicator counts most, what would take it out of its tier, or ' +
      'whether it is safe.',
    example: 'Why is Tudun Kuka ranked where it is?',
    input: Type.Object(
      {
        ward: Name,
        focus: Type.Optional(
          Type.Union([Type.Literal('contributions'), Type.Literal('leaving-tier'), Type.Literal('safety')]),
        ),
        ...Claimed,
      },
      closed,
    ),
    from: 'result',
    needs: ['data', 'analysis'],
  }),
  near_wards: tool({
    description: 'The true places of the wards whose names are nearest to one that the data do not have.',
    example: 'Explain Tudun Kukar',
    input: Type.Object({ written: Name, wards: Type.Array(Name, { minItems: 1, maxItems: 6 }), ...Claimed }, closed),
    from: 'result',
    needs: ['data', 'analysis'],
  }),
  compare_wards: tool({
    description: 'Wards side by side.',
    example: 'Compare Tudun Kuka and Unguwar Lemo',
    input: Type.Object({ wards: Type.Array(Name, { minItems: 2, maxItems: 20 }) }, closed),
    from: 'result',
    needs: ['data', 'analysis'],
  }),
  show_map: tool({
    description:
      'A map of one variable of the data for all wards, or of the risk (no variable), of all wards or of some tiers or ' +
      'LGAs.',
    example: 'Show the risk map',
    input: Type.Object(
      {
        variable: Type.Optional(Name),
        tiers: Type.Optional(Type.Array(Tier, { minItems: 1, maxItems: 3 })),
        lgas: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 20 })),
      },
      closed,
    ),
    from: 'feature',
    needs: ({ variable }) => (variable === undefined ? ['data', 'boundaries', 'analysis'] : ['data', 'boundaries']),
  }),
  summarise_lgas: tool({
    description: 'The ranking summarised by LGA; of one LGA, its place among them first.',
    example: 'Summarise by LGA',
    input: Type.Object({ lga: Type.Optional(Name) }, closed),
    from: 'result',
    needs: ['data', 'analysis'],
  }),
  compare_rankings: tool({
    description: 'How far the composite and the PCA ranking agree, and whether PCA is suitable.',
    example: 'Do PCA and the composite score agree?',
    input: Type.Object({}, closed),
    from: 'result',
    needs: ['data', 'analysis'],
  }),
  plan_nets: tool({
    description:
      'Allocate a stock of bed nets by the ranking, for all wards or for those of `where`, with a reserve, a buffer, ' +
      'protected wards or exceptions where the person asks for them.',
    example: 'Plan 20,000 nets',
    input: Type.Object(SpokenChoices, closed),
    from: 'feature',
    needs: ['data', 'analysis'],
    makes: 'plan',
  }),
  change_plan: tool({
    description: 'What if: the last plan with other choices.',
    example: 'And if we only had 15,000 nets?',
    input: Type.Object({ totalNets: Type.Optional(PlanChoices.totalNets), ...PlanChanges }, closed),
    from: 'feature',
    needs: ['data', 'analysis', 'plan'],
    makes: 'plan',
  }),
  plan_facts: tool({
    description:
      'What the last plan says: its totals, what remains, whom it covers, who gets a part, nothing or is left out, ' +
      'who comes first and last, nets by LGA, or the nets of some places.',
    example: 'How many nets remain?',
    input: Type.Object(
      {
        about: Type.Union([
          Type.Literal('totals'),
          Type.Literal('remaining'),
          Type.Literal('partial'),
          Type.Literal('none'),
          Type.Literal('left-out'),
          Type.Literal('order'),
          Type.Literal('lgas'),
          Type.Literal('places'),
        ]),
        ...Places,
      },
      closed,
    ),
    from: 'feature',
    needs: ['data', 'analysis', 'plan'],
  }),
  count_nets_needed: tool({
    description: 'How many nets all wards or some of them need, whatever the stock is. It makes no plan.',
    example: 'How many nets would cover everybody?',
    input: Type.Object(
      {
        ...Places,
        tiers: Type.Optional(
          Type.Array(Tier, { minItems: 2, maxItems: 3, description: 'several tiers together, in place of `tier`' }),
        ),
        stock: Type.Optional(
          Type.Integer({ ...PLAN_NUMBERS.totalNets, description: 'a number of nets that is asked to be enough' }),
        ),
        rule: PlanChoices.rule,
        householdSize: PlanChoices.householdSize,
        populationColumn: PlanChoices.populationColumn,
      },
      closed,
    ),
    from: 'feature',
    needs: ['data', 'analysis'],
  }),
  export_result: tool({
    description: 'Make a file to download.',
    example: 'Download the ranking as CSV',
    input: Type.Object({ kind: ExportKindSchema }, closed),
    from: 'feature',
    needs: ({ kind }) => (EXPORTS[kind].plan === 'required' ? ['data', 'analysis', 'plan'] : ['data', 'analysis']),
    makes: 'export',
  }),
  explain_method: tool({
    description: 'How a part of the method works.',
    example: 'Explain the method',
    input: Type.Object({ topic: Type.Optional(Name) }, closed),
    from: 'texts',
    needs: [],
  }),
  answer_knowledge: tool({
    description:
      'General knowledge of malaria and of insecticide-treated nets, from a small bundled text with sources.',
    example: 'How does malaria spread?',
    input: Type.Object({ topic: Name }, closed),
    from: 'texts',
    needs: [],
  }),
} as const

export type ToolName = keyof typeof TOOLS

/** The input of a tool. */
export type InputOf<Name extends ToolName> = Static<(typeof TOOLS)[Name]['input']>

/** One choice of a tool with its input. */
export type CallOf<Name extends ToolName> = {
  readonly [Each in Name]: { readonly tool: Each; readonly input: InputOf<Each> }
}[Name]
export type ToolCall = CallOf<ToolName>

/** The tools whose answers come from this source. */
export type ToolFrom<Source extends ToolSource> = {
  [Name in ToolName]: (typeof TOOLS)[Name]['from'] extends Source ? Name : never
}[ToolName]

export const TOOL_NAMES: readonly ToolName[] = Object.keys(TOOLS) as readonly ToolName[]

/** Whether a call's answer comes from this source. */
export function isFrom<Source extends ToolSource>(call: ToolCall, source: Source): call is CallOf<ToolFrom<Source>> {
  return TOOLS[call.tool].from === source
}

/** What this call needs, in the order in which it is asked for. */
export function needsOf({ tool, input }: ToolCall): readonly Need[] {
  const { needs } = TOOLS[tool] as ToolSpec
  return typeof needs === 'function' ? needs(input as Record<string, unknown>) : needs
}

/** What a tool makes; null if it only answers. */
export function madeBy(name: ToolName): Made | null {
  return (TOOLS[name] as ToolSpec).makes ?? null
}
