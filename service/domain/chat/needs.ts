import { chartOptions, namesOfChart } from '../chart/chart-options.ts'
import { namesOf, neededSources } from '../query/needed-sources.ts'
import type { Outline } from './outline.ts'
import type { Need } from './tool-spec.ts'
import { needsOf } from './tools.ts'
import type { ToolCall } from './tools.ts'

/** What to say when something is missing. */
export const MISSING: Readonly<Record<Need, string>> = {
  data: 'There are no data in this session yet. Upload a ward table first.',
  boundaries:
    'The data have no boundaries, so there is no map. Upload a boundary file, or see the figures without one.',
  analysis: 'There is no analysis yet.',
  plan: 'There is no net plan yet. Say how many nets there are.',
} as const

/**
 * The first thing that a call needs and the session does not have; null if nothing is missing.
 * @throws Fault `invalid-input` when the fields of a chart are not those of its kind
 */
export function missingFor(call: ToolCall, { dataset, analysis, plan }: Outline): Need | null {
  const has: Readonly<Record<Need, boolean>> = {
    data: dataset !== null,
    boundaries: dataset?.hasBoundaries === true,
    analysis: analysis !== null,
    plan: plan !== null,
  }
  const needed = [...needsOf(call), ...sourcesOf(call, dataset)]
  return needed.find((need) => !has[need]) ?? null
}

/** What the fields of a query or a chart are taken from, besides the data: a plan is made from an analysis. */
function sourcesOf(call: ToolCall, dataset: Outline['dataset']): readonly Need[] {
  if ((call.tool !== 'query_wards' && call.tool !== 'draw_chart') || dataset === null) return []
  const sources = neededSources(
    call.tool === 'query_wards' ? namesOf(call.input) : namesOfChart(chartOptions(call.input)),
    dataset.columns.map(({ name }) => name),
  )
  return (['analysis', 'plan'] as const).filter((source) => sources.has(source))
}
