import type { ChartOptions } from '../../../chart/chart-options.ts'
import type { ToolCall } from '../../tools.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Bound } from './bind.ts'
import { field, outlineColumn } from './draft.ts'
import type { Asking } from './draft.ts'
import { whereOf } from './common.ts'

const MOST_COLUMNS = 12

/** A chart, or a question about what it lacks; null if it is a map that is drawn. */
export function chartOf(asking: Asking, bound: Bound): readonly ToolCall[] | Meaning | null {
  const { draft, outline } = asking
  if (draft.wards.length > 0 || draft.isWeighted) return null
  const where = whereOf(asking)
  const named = [...bound.columns.map(({ column }) => column), ...bound.measures.flatMap(({ column = [] }) => column)]
  const ordered = bound.orders.flatMap(({ by }) => (by === null ? [] : [by === 'risk' ? field(asking, 'score') : by]))
  const columns = [...new Set([...named, ...ordered])]
  if (columns.length === 0 && draft.speaksOfRisk && outline.analysis !== null) columns.push(field(asking, 'score'))
  const [one, other] = columns
  const [group] = draft.groups
  const said = draft.charts.find((kind) => kind !== 'plot') ?? 'plot'
  const isCorrelation = said === 'correlation' || (draft.isCorrelation && said === 'plot' && columns.length > 2)
  const draw = (input: ChartOptions): readonly ToolCall[] => [{ tool: 'draw_chart', input }]
  if (isCorrelation) {
    const own = columns.length > 1 ? columns : (outline.analysis?.indicators ?? suggested(asking))
    if (own.length < 2) return ask('Which columns shall the matrix compare?')
    return draw({ kind: 'correlation', ...where, columns: own.slice(0, MOST_COLUMNS) })
  }
  if (said === 'box') {
    if (one === undefined) return askColumn(asking, (name) => `Box plot of ${name} by LGA`)
    const by = group ?? (outline.analysis === null ? undefined : field(asking, 'tier'))
    return by === undefined
      ? ask('By which groups: by LGA?', [`Box plot of ${one} by LGA`])
      : draw({ kind: 'box', ...where, column: one, groupBy: by })
  }
  if (said === 'scatter' || (said === 'plot' && columns.length === 2 && group === undefined)) {
    if (one === undefined || other === undefined || columns.length > 2)
      return one === undefined || columns.length > 2
        ? ask('Which two columns shall the scatter plot compare?')
        : ask(
            `Which column shall ${one} be plotted against?`,
            suggested(asking)
              .filter((name) => name !== one)
              .slice(0, 4)
              .map((name) => `Scatter plot of ${one} against ${name}`),
          )
    // "A against B" has A upwards.
    return draw(
      draft.isVersus
        ? { kind: 'scatter', ...where, x: other, y: one }
        : { kind: 'scatter', ...where, x: one, y: other },
    )
  }
  if (said === 'histogram' && one === undefined && draft.texts[0] !== undefined)
    return draw({ kind: 'bar', ...where, groupBy: draft.texts[0], measure: { measure: 'count' } })
  if (columns.length > 1)
    return ask(
      'One column in a chart at a time: which one?',
      columns.slice(0, 4).map((name) => `Histogram of ${name}`),
    )
  if (said === 'bar' || said === 'pie' || (said === 'plot' && group !== undefined))
    return draw(barOf(asking, bound, one, said === 'pie'))
  if (said === 'histogram') {
    if (one === undefined) return askColumn(asking, (name) => `Histogram of ${name}`)
    if (group !== undefined) return draw({ kind: 'box', ...where, column: one, groupBy: group })
    return draw({ kind: 'histogram', ...where, column: one })
  }
  return null
}

/** Bars of groups; without a group, bars of single wards. */
function barOf(asking: Asking, bound: Bound, column: string | undefined, isPie: boolean): ChartOptions {
  const { draft } = asking
  const asksTiers = draft.subjects.has('tiers') || (draft.speaksOfRisk && column === field(asking, 'score') && isPie)
  const [text] = draft.texts
  const group =
    draft.groups[0] ??
    text ??
    (asksTiers ? field(asking, 'tier') : undefined) ??
    (draft.subjects.has('lgas') ? field(asking, 'lga') : undefined)
  const height = !(asksTiers && draft.speaksOfRisk && column === field(asking, 'score')) ? column : undefined
  const own = bound.measures.find((measure) => measure.column === height && height !== undefined)
  const isPeople = height !== undefined && outlineColumn(asking, height)?.kind === 'population'
  const measure =
    own ??
    (height === undefined
      ? { measure: 'count' as const }
      : { measure: isPeople ? ('sum' as const) : ('mean' as const), column: height })
  const by = group ?? (height === undefined ? field(asking, 'tier') : undefined)
  const [order] = bound.orders
  return {
    kind: 'bar',
    ...whereOf(asking),
    ...(by !== undefined && { groupBy: by }),
    measure,
    ...(draft.limit !== null && { limit: Math.min(60, draft.limit) }),
    ...(order !== undefined && order.direction !== 'unclear' && { order: order.direction }),
    ...(isPie && { insteadOfPie: true }),
  }
}

function suggested({ dataset }: Asking): readonly string[] {
  return dataset.columns.filter((column) => column.suggested).map(({ name }) => name)
}

function askColumn(asking: Asking, message: (name: string) => string): Meaning {
  return ask('Of which column?', suggested(asking).slice(0, 4).map(message))
}
