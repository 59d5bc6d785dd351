import type { RequestContext } from '../../context.ts'
import type { InputOf } from '../../domain/chat/tools.ts'
import { namesOf } from '../../domain/query/needed-sources.ts'
import { bytesIn } from '../../work/given.ts'
import { openViewSources } from '../view-sources.ts'
import { answerFrom, type ToolResult } from './tool-result.ts'

/** Answers a query from the current data, the newest analysis and its newest plan. */
export async function queryNewest(ctx: RequestContext, query: InputOf<'query_wards'>): Promise<ToolResult> {
  const { packed, result, plan, datasetVersion } = await openViewSources(ctx, namesOf(query))
  const sources = { packed, result, plan }
  return {
    answer: await answerFrom(
      ctx,
      'answerQuery',
      { ...sources, query, madeFrom: { datasetVersion, stale: false } },
      bytesIn(sources),
    ),
    attached: {},
  }
}
