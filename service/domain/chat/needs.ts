import { chartOptions, namesOfChart } from '../chart/chart-options.ts'
import { namesOf, neededSources } from '../query/needed-sources.ts'
import type { Outline } from './outline.ts'
import type { Need } from './tool-spec.ts'
import { needsOf } from './tools.ts'
import type { ToolCall } from './tools.ts'
import type { PlainKind } from '../said.ts'

/** The kind of the text for what is missing. */
export const MISSING: Readonly<Record<Need, PlainKind>> = {
  data: 'no-data-yet',
  boundaries: 'no-boundaries-no-map',
  analysis: 'no-analysis-yet',
  plan: 'no-plan-yet',
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
