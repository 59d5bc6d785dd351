import { Type } from 'typebox'
import { ChartFields, chartOptions, namesOfChart } from '../domain/chart/chart-options.ts'
import { route, type Route } from '../route.ts'
import { Given } from '../work/given.ts'
import { ChosenFields } from './queries.ts'
import { ChartReply } from './replies/charts.ts'
import { openViewSources } from './view-sources.ts'

const NewChart = Type.Object({ ...ChartFields, ...ChosenFields }, { additionalProperties: false })

export function chartRoutes(): Route[] {
  return [
    route({
      method: 'POST',
      url: '/api/charts',
      status: 200,
      reply: ChartReply,
      body: NewChart,
      summary:
        "Draw the session's own wards as a histogram, bars, a scatter plot, boxes by group or a matrix of " +
        'correlations; fields and ids are those of a query',
      handle: async (ctx, { body: { analysisId, planId, ...fields } }) => {
        const chart = chartOptions(fields)
        const chosen = { ...(analysisId !== undefined && { analysisId }), ...(planId !== undefined && { planId }) }
        const sources = await openViewSources(ctx, namesOfChart(chart), chosen)
        const answer = await ctx.work('chartWards', {
          chart,
          packed: new Given(sources.packed),
          result: sources.result && new Given(sources.result),
          plan: sources.plan && new Given(sources.plan),
        })
        return { ...answer, datasetVersion: sources.datasetVersion, ...sources.used }
      },
    }),
  ]
}
