import type { ChartAnswer } from '../domain/chart/chart-answer.ts'
import type { ChartOptions } from '../domain/chart/chart-options.ts'
import type { QueryAnswer, WardQuery } from '../domain/query/ward-query.ts'
import { openView, type ViewInput } from './open-view.ts'

// What is asked of the joined view of data, ranking and plan, apart from the chat.

/** The answer to a query, with the caveats of the ranking or the plan that it takes fields from. */
export async function askWards(
  input: ViewInput & { readonly query: WardQuery },
): Promise<QueryAnswer & { readonly caveats: readonly string[] }> {
  const [{ askWards }, { viewCaveats }, view] = await Promise.all([
    import('../domain/query/ask-wards.ts'),
    import('../domain/query/view-caveats.ts'),
    openView(input),
  ])
  return { ...askWards(view, input.query), caveats: viewCaveats(view) }
}

/** A chart, with the caveats of the ranking or the plan that it takes fields from. */
export async function chartWards(
  input: ViewInput & { readonly chart: ChartOptions },
): Promise<ChartAnswer & { readonly caveats: readonly string[] }> {
  const [{ chartWards }, { viewCaveats }, view] = await Promise.all([
    import('../domain/chart/chart-wards.ts'),
    import('../domain/query/view-caveats.ts'),
    openView(input),
  ])
  return { ...chartWards(view, input.chart), caveats: viewCaveats(view) }
}
