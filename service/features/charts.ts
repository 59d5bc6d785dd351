import { Type } from 'typebox'
import { ChartFields, chartOptions, namesOfChart } from '../domain/chart/chart-options.ts'
import { route, type Route } from '../route.ts'
import { Given } from '../work/given.ts'
import { ChosenFields } from './queries.ts'
import { ChartReply } from './replies/charts.ts'
import { openViewSources } from './view-sources.ts'

/** Bodies that fit the bundled sample: each kind has fields of its own. */
const EXAMPLES = [
  { kind: 'histogram', column: 'mean_rainfall_mm' },
  { kind: 'scatter', x: 'mean_rainfall_mm', y: 'test_positivity_rate' },
  { kind: 'box', column: 'test_positivity_rate', groupBy: 'LGA' },
  { kind: 'correlation', columns: ['mean_rainfall_mm', 'elevation_m', 'mean_EVI'] },
  { kind: 'bar', groupBy: 'LGA', measure: { measure: 'sum', column: 'population' } },
] as const

const NewChart = Type.Object({ ...ChartFields, ...ChosenFields }, { additionalProperties: false, examples: EXAMPLES })

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
