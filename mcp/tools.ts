import type { TObject } from 'typebox'
import { Value } from 'typebox/value'
import { answerFromTexts } from '../service/domain/chat/answers/from-texts.ts'
import { TOOLS, type InputOf, type ToolName } from '../service/domain/chat/tools.ts'
import { QUERY_LIMITS } from '../service/domain/query/query-limits.ts'
import type { Condition, WardQuery } from '../service/domain/query/ward-query.ts'
import { textOf } from '../service/domain/said.ts'
import { schemaRefusals } from '../service/domain/schema-refusals.ts'
import { mendInput } from '../service/features/tools/mend-input.ts'
import { Refused } from './refused.ts'
import type { ServiceSession } from './service-session.ts'
import { shown } from './shown.ts'

/** The session, and the id of the one analysis in it. */
export interface Prepared {
  readonly session: ServiceSession
  /** @throws Refused while questions about the files are open, and if they cannot be analysed */
  analysisId(): string
}

interface McpTool<Name extends ToolName> {
  readonly run: (prepared: Prepared, input: InputOf<Name>) => Promise<unknown>
}

/** The chat's tools that only read, by the chat's names and schemas, and how each is answered. */
const READERS: { readonly [Name in ReaderName]: McpTool<Name>['run'] } = {
  describe_data: async ({ session }) => shown(await session.get('/api/dataset')),
  query_wards: async ({ session }, query) => shown(await session.post('/api/query', query), QUERY_LIMITS.rows),
  draw_chart: async ({ session }, chart) => shown(await session.post('/api/charts', chart), QUERY_LIMITS.rows),
  rank_wards: async (prepared, input) => {
    prepared.analysisId()
    return shown(await prepared.session.post('/api/query', rankingQuery(input)), QUERY_LIMITS.rows)
  },
  explain_ward: async (prepared, { ward }) =>
    shown(await prepared.session.get(`/api/analyses/${prepared.analysisId()}/wards/${encodeURIComponent(ward)}`)),
  summarise_lgas: async (prepared) => {
    const { analysis } = (await prepared.session.get(`/api/analyses/${prepared.analysisId()}`)) as {
      readonly analysis: Readonly<Record<string, unknown>>
    }
    const { lgas, indicators, mode, caveats } = analysis
    return shown({ lgas, indicators, mode, caveats }, QUERY_LIMITS.rows)
  },
  explain_method: async (_, input) => answerFromTexts({ tool: 'explain_method', input }),
  answer_knowledge: async (_, input) => answerFromTexts({ tool: 'answer_knowledge', input }),
}

type ReaderName =
  | 'describe_data'
  | 'query_wards'
  | 'draw_chart'
  | 'rank_wards'
  | 'explain_ward'
  | 'summarise_lgas'
  | 'explain_method'
  | 'answer_knowledge'

/** The names of the tools, in the order in which they are listed. */
export const READER_NAMES = Object.keys(READERS) as readonly ReaderName[]

/** A tool as the protocol lists it. */
export function listedTool(name: ReaderName): {
  readonly name: string
  readonly description: string
  readonly inputSchema: TObject
  readonly annotations: { readonly readOnlyHint: true; readonly openWorldHint: false }
} {
  const { description, input } = TOOLS[name]
  return { name, description, inputSchema: input, annotations: { readOnlyHint: true, openWorldHint: false } }
}

/**
 * Carries out a call.
 * @throws Refused in words when there is no such tool, its schema does not take the input, or the service refuses
 */
export async function callTool(prepared: Promise<Prepared>, name: string, given: unknown): Promise<unknown> {
  if (!isReader(name)) throw new Refused(`There is no tool ${name}. The tools are ${READER_NAMES.join(', ')}.`)
  const { input: schema } = TOOLS[name]
  const input = mendInput(schema, given)
  if (!Value.Check(schema, input)) {
    const why = schemaRefusals(schema, Value.Errors(schema, input)).map(
      ({ pointer, said }) => `${pointer === undefined || pointer === '' ? 'it' : pointer} ${textOf(said)}`,
    )
    throw new Refused(`The tool ${name} does not take this input: ${why.slice(0, 5).join('; ')}.`)
  }
  const run = READERS[name] as (prepared: Prepared, input: unknown) => Promise<unknown>
  return run(await prepared, input)
}

function isReader(name: string): name is ReaderName {
  return Object.hasOwn(READERS, name)
}

/** A ranking as a query over the same wards. */
function rankingQuery({ order, count, lga, tier, ranking = 'composite' }: InputOf<'rank_wards'>): WardQuery {
  const [rank, score] = ranking === 'pca' ? ['@pcaRank', '@pcaScore'] : ['@rank', '@score']
  const where: Condition[] = [
    ...(lga === undefined ? [] : [{ column: '@lga', op: '=' as const, value: lga }]),
    ...(tier === undefined ? [] : [{ column: '@tier', op: '=' as const, value: tier }]),
  ]
  return {
    ...(where.length > 0 && { where }),
    select: [rank, '@ward', '@lga', '@tier', score, '@topThirdShare', '@medianRank'],
    orderBy: [{ by: rank, direction: order === 'highest' ? 'ascending' : 'descending' }],
    limit: Math.min(count ?? 10, QUERY_LIMITS.rows),
  }
}
