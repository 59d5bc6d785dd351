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
