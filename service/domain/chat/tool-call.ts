import { Type, type Static, type TObject } from 'typebox'
import { ExportKindSchema } from '../exports/kind-schema.ts'

/**
 * What a question may lead to: a closed list of typed calls, chosen by rules or by a model. None takes an id of anything:
 * the data, the analysis and the plan a call works on are always those of the request's own session.
 */
export interface ToolSpec {
  /** When to choose it, for a model and for the docs. */
  readonly description: string
  readonly input: TObject
}

const Mode = Type.Union([Type.Literal('standard'), Type.Literal('legacy')], {
  description: 'standard unless the person asks to repeat what the earlier system showed',
})
const Name = Type.String({ minLength: 1, maxLength: 200 })
const Ranking = Type.Union([Type.Literal('composite'), Type.Literal('pca')])

const PlanChoices = {
  urbanThreshold: Type.Optional(
    Type.Number({ minimum: 0, maximum: 100, description: 'Percent; wards below it are served first' }),
  ),
  ranking: Type.Optional(Ranking),
  rule: Type.Optional(Type.Union([Type.Literal('per-person'), Type.Literal('household')])),
  householdSize: Type.Optional(Type.Number({ minimum: 1, maximum: 50 })),
  mode: Type.Optional(Mode),
} as const
const TotalNets = Type.Integer({ minimum: 0, maximum: 1_000_000_000 })

const closed = { additionalProperties: false } as const

/** The tools by name; a call's input is checked against its schema before anything is done. */
export const TOOLS = {
  describe_data: {
    description: 'What data there are: wards, boundaries, indicators, what is missing.',
    input: Type.Object({}, closed),
  },
  check_quality: {
    description: 'What is the matter with the data: gaps, duplicates, unmatched wards, assumptions.',
    input: Type.Object({}, closed),
  },
  describe_variable: {
    description: 'One column of the data: its range, its gaps, and the wards with the greatest and least values.',
    input: Type.Object({ variable: Name }, closed),
  },
  ward_values: {
    description:
      'What the data say of one ward or several: the values of named columns, such as the population, or of all.',
    input: Type.Object(
      {
        wards: Type.Array(Name, { minItems: 1, maxItems: 20 }),
        columns: Type.Optional(Type.Array(Name, { minItems: 1, maxItems: 50 })),
      },
      closed,
    ),
  },
  run_analysis: {
    description: 'Rank the wards anew by chosen indicators. Leave indicators out to use all candidates.',
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
  },
  rank_wards: {
    description: 'The wards most or least at risk, all or of one LGA or tier.',
    input: Type.Object(
      {
        order: Type.Union([Type.Literal('highest'), Type.Literal('lowest')]),
        count: Type.Optional(Type.Integer({ minimum: 1, maximum: 1_000 })),
        lga: Type.Optional(Name),
        tier: Type.Optional(Type.Union([Type.Literal('High'), Type.Literal('Medium'), Type.Literal('Low')])),
        ranking: Type.Optional(Ranking),
      },
      closed,
    ),
  },
  explain_ward: { description: 'Why a ward stands where it stands.', input: Type.Object({ ward: Name }, closed) },
  compare_wards: {
    description: 'Wards side by side.',
    input: Type.Object({ wards: Type.Array(Name, { minItems: 2, maxItems: 20 }) }, closed),
  },
  show_map: {
    description: 'A map of the risk (no variable) or of one variable of the data.',
    input: Type.Object({ variable: Type.Optional(Name) }, closed),
  },
  summarise_lgas: { description: 'The ranking rolled up to LGAs.', input: Type.Object({}, closed) },
  compare_rankings: {
    description: 'How far the composite and the PCA ranking agree, and whether PCA is suitable.',
    input: Type.Object({}, closed),
  },
  plan_nets: {
    description: 'Hand out a stock of bed nets by the ranking.',
    input: Type.Object({ totalNets: TotalNets, ...PlanChoices }, closed),
  },
  change_plan: {
    description: 'What if: the last plan with other choices.',
    input: Type.Object({ totalNets: Type.Optional(TotalNets), ...PlanChoices }, closed),
  },
  export_result: {
    description: 'Make a file to download.',
    input: Type.Object({ kind: ExportKindSchema }, closed),
  },
  explain_method: {
    description: 'How a part of the method works.',
    input: Type.Object({ topic: Type.Optional(Name) }, closed),
  },
  answer_knowledge: {
    description:
      'General knowledge of malaria and of insecticide-treated nets, from a small bundled text with sources.',
    input: Type.Object({ topic: Name }, closed),
  },
} as const satisfies Record<string, ToolSpec>

export type ToolName = keyof typeof TOOLS

/** One choice of a tool with its input. */
export type ToolCall = {
  readonly [Name in ToolName]: { readonly tool: Name; readonly input: Static<(typeof TOOLS)[Name]['input']> }
}[ToolName]
