import { scaleLinear } from 'd3-scale'
import { correlationOf } from '../query/statistics.ts'
import { isMissing } from '../query/view-column.ts'
import { QUERY_LIMITS } from '../query/query-limits.ts'
import type { WardView } from '../query/ward-view.ts'
import { figureText, type ChartAnswer } from './chart-answer.ts'
import type { ChartOptions } from './chart-options.ts'
import { drawnWards, notDrawn } from './drawn-wards.ts'
import { BOTTOM, bottomAxis, FILL, leftAxis, RIGHT, TICKS, TOP, WIDTH, wholeChart } from './plot.ts'
import { element, rounded } from './svg-element.ts'
import { say } from '../said.ts'

const HEIGHT = 480
const LEFT = 84

/** Draws a dot for each ward that has both values, with their correlation and its number of wards. */
export function drawScatter(view: WardView, options: Extract<ChartOptions, { kind: 'scatter' }>): ChartAnswer {
  const { columns, rows, told, which, rowsWithoutValue, notes } = drawnWards(view, options.where, (reader) => ({
    x: reader.numbers(options.x, '/x', say('a-scatter-plot', {})),
    y: reader.numbers(options.y, '/y', say('a-scatter-plot', {})),
  }))
  const both = rows.filter((row) => !isMissing(columns.x, row) && !isMissing(columns.y, row))
  const xs = Float64Array.from(both, (row) => columns.x.numbers[row] ?? NaN)
  const ys = Float64Array.from(both, (row) => columns.y.numbers[row] ?? NaN)
  const r = correlationOf(xs, ys)
  const [xName, yName] = [told(options.x), told(options.y)]
  const words = `This draws a scatter plot of ${yName} by ${xName} of ${which}.`
  const x = scaleLinear(rangeOf(xs), [LEFT, WIDTH - RIGHT]).nice(TICKS)
  const y = scaleLinear(rangeOf(ys), [HEIGHT - BOTTOM, TOP]).nice(TICKS)
  const dots = Array.from(both, (_, at) => `M${rounded(x(xs[at] ?? NaN))} ${rounded(y(ys[at] ?? NaN))}h0`).join('')
  const correlation = Number.isNaN(r)
    ? `There is no correlation of ${figureText(both.length)} wards: one of the columns does not tell them apart.`
    : `Pearson's r is ${figureText(r)} over ${figureText(both.length)} wards.`
  const shown = both.subarray(0, QUERY_LIMITS.rows)
  return {
    words,
    figures: [correlation],
    svg: wholeChart(
      {
        height: HEIGHT,
        heading: `${yName} by ${xName}: ${Number.isNaN(r) ? '' : `r = ${r.toFixed(3)}, `}n = ${String(both.length)}`,
        description: `${words} ${correlation}`,
      },
      [
        bottomAxis(x, TOP, HEIGHT - BOTTOM, xName),
        leftAxis(y, LEFT, WIDTH - RIGHT, yName),
        element('path', { d: dots, fill: 'none', stroke: FILL, 'stroke-width': 6, 'stroke-linecap': 'round' }),
      ],
    ),
    table: {
      columns: [
        { name: 'ward', type: 'text' },
        { name: options.x, type: 'number' },
        { name: options.y, type: 'number' },
      ],
      rows: Array.from(shown, (row, at) => [view.labels[row] ?? '', xs[at] ?? null, ys[at] ?? null]),
    },
    rowsUsed: rows.length,
    rowsWithoutValue,
    notes: [
      ...notDrawn(rows.length - both.length, `${xName} or ${yName}`),
      ...(shown.length < both.length
        ? [`The table has the first ${String(shown.length)} of ${String(both.length)} wards; the chart has all.`]
        : []),
      ...notes,
    ],
  }
}

/** From the least to the greatest value, and never a single point. */
export function rangeOf(values: Float64Array): [number, number] {
  const least = values.reduce((one, other) => Math.min(one, other), Infinity)
  const greatest = values.reduce((one, other) => Math.max(one, other), -Infinity)
  if (!Number.isFinite(least)) return [0, 1]
  return least === greatest ? [least - 1, greatest + 1] : [least, greatest]
}
