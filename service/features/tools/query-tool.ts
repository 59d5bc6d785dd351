import type { RequestContext } from '../../context.ts'
import { chartOptions, namesOfChart } from '../../domain/chart/chart-options.ts'
import type { InputOf } from '../../domain/chat/tools.ts'
import { namesOf } from '../../domain/query/needed-sources.ts'
import { JsonText } from '../../route.ts'
import { bytesIn } from '../../work/given.ts'
import { openViewSources } from '../view-sources.ts'
import { answerFrom, type ToolResult } from './tool-result.ts'

/** Answers a query from the current data, the newest analysis and its newest plan. */
export async function queryNewest(ctx: RequestContext, query: InputOf<'query_wards'>): Promise<ToolResult> {
  const { packed, result, plan, datasetVersion } = await openViewSources(ctx, namesOf(query))
  const sources = { packed, result, plan }
  const madeFrom = { datasetVersion, stale: false }
  return {
    answer: await answerFrom(ctx, 'answerQuery', { ...sources, query, madeFrom }, bytesIn(sources)),
    attached: {},
  }
}

/** Draws a chart of the same. */
export async function chartNewest(ctx: RequestContext, input: InputOf<'draw_chart'>): Promise<ToolResult> {
  const options = chartOptions(input)
  const { packed, result, plan, datasetVersion } = await openViewSources(ctx, namesOfChart(options))
  const sources = { packed, result, plan }
  const madeFrom = { datasetVersion, stale: false }
  const { answer, chart } = await answerFrom(
    ctx,
    'answerChart',
    { ...sources, chart: options, madeFrom },
    bytesIn(sources),
  )
  return { answer, attached: { chart: new JsonText(chart) } }
}
