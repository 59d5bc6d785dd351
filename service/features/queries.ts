import { Type } from 'typebox'
import { namesOf } from '../domain/query/needed-sources.ts'
import { QueryFields } from '../domain/query/ward-query.ts'
import { route, type Route } from '../route.ts'
import { Given } from '../work/given.ts'
import { QueryReply } from './replies/queries.ts'
import { openViewSources } from './view-sources.ts'

const Id = Type.String({ maxLength: 200 })

/** An analysis and a plan to take fields from, for routes that ask the joined view. */
export const ChosenFields = { analysisId: Type.Optional(Id), planId: Type.Optional(Id) } as const

const NewQuery = Type.Object({ ...QueryFields, ...ChosenFields }, { additionalProperties: false })

export function queryRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/query',
      status: 200,
      reply: QueryReply,
      body: NewQuery,
      summary:
        "Ask the session's own wards: conditions, groups, measures, order. Columns are those of the data and the " +
        'fields of the ranking and the plan; without ids, of the newest analysis and its newest plan',
      handle: async (ctx, { body: { analysisId, planId, ...query } }) => {
        const chosen = { ...(analysisId !== undefined && { analysisId }), ...(planId !== undefined && { planId }) }
        const sources = await openViewSources(ctx, namesOf(query), chosen)
        const answer = await ctx.work('askWards', {
          query,
          packed: new Given(sources.packed),
          result: sources.result && new Given(sources.result),
          plan: sources.plan && new Given(sources.plan),
        })
        return { ...answer, datasetVersion: sources.datasetVersion, ...sources.used }
      },
    }),
  ]
}
