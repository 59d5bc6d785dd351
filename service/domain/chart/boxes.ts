import { scaleLinear } from 'd3-scale'
import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import { groupRows } from '../query/group-rows.ts'
import { valuesOf } from '../query/measures.ts'
import { quantileOf } from '../query/statistics.ts'
import { compareBy, valueAt } from '../query/view-column.ts'
import type { WardView } from '../query/ward-view.ts'
import { figureText, type ChartAnswer } from './chart-answer.ts'
import { MOST_BARS, type ChartOptions } from './chart-options.ts'
import { drawnWards, notDrawn } from './drawn-wards.ts'
import { BOTTOM, bottomAxis, FILL, RIGHT, rowLabels, TICKS, TOP, WIDTH, wholeChart } from './plot.ts'
import { rangeOf } from './scatter.ts'
import { element, rounded, type SvgElement } from './svg-element.ts'

const ROW = 24
const HALF_BOX = 7

/** A group's box: quartiles of type 7; whiskers to the last values within 1.5 times the box; others are outliers. */
export interface Box {
  readonly group: string | number | null
  readonly values: number
  readonly least: number
  readonly lower: number
  readonly median: number
  readonly upper: number
  readonly greatest: number
  readonly whiskers: readonly [number, number]
  readonly outliers: Float64Array
}

/** Draws a box for each group of wards. */
export function drawBoxes(view: WardView, options: Extract<ChartOptions, { kind: 'box' }>): ChartAnswer {
  const { columns, rows, told, which, rowsWithoutValue, notes } = drawnWards(view, options.where, (reader) => ({
    column: reader.numbers(options.column, '/column', say('a-box-plot', {})),
    groups: reader.column(options.groupBy, '/groupBy'),
  }))
  const order = compareBy(columns.groups, false)
  const groups = [...groupRows([columns.groups], rows)].sort((one, other) => order(one.first, other.first))
  const boxes = groups.flatMap(
    ({ first, rows: own }) => boxOf(valueAt(columns.groups, first), valuesOf(columns.column, own)) ?? [],
  )
  if (boxes.length > MOST_BARS)
    throw new Fault('invalid-input', say('cannot-draw-chart', {}), {
      errors: [
        {
          pointer: '/groupBy',
          said: say('too-many-groups', { count: boxes.length, most: MOST_BARS }),
        },
      ],
    })
  const [name, by] = [told(options.column), told(options.groupBy)]
  const words = `This draws a box plot of ${name} of ${which}, with a box for each ${by}.`
  const drawn = boxes.reduce((sum, { values }) => sum + values, 0)
  const height = TOP + BOTTOM + ROW * Math.max(1, boxes.length)
  const middleOf = (row: number): number => TOP + ROW * (row + 0.5)
  const { labels, left } = rowLabels(
    boxes.map(({ group }) => (group === null ? `${by} not known` : String(group))),
    middleOf,
  )
  const x = scaleLinear(rangeOf(Float64Array.from(boxes.flatMap(({ least, greatest }) => [least, greatest]))), [
    left,
    WIDTH - RIGHT,
  ]).nice(TICKS)
  return {
    words,
    figures: [
      `There are ${figureText(boxes.length)} boxes of ${figureText(drawn)} values in all.`,
      ...boxes
        .slice(0, 5)
        .map(
          ({ group, median }) =>
            `The median of ${group === null ? `${by} not known` : String(group)} is ${figureText(median)}.`,
        ),
    ],
    svg: wholeChart({ height, heading: `${name} by ${by}: n = ${String(drawn)}`, description: words }, [
      bottomAxis(x, TOP, height - BOTTOM, name),
      labels,
      ...boxes.flatMap((box, row) => drawBox(box, x, middleOf(row))),
    ]),
    table: {
      columns: [
        { name: options.groupBy, type: columns.groups.type },
        ...['values', 'least', 'lower quartile', 'median', 'upper quartile', 'greatest', 'outliers'].map((each) => ({
          name: each,
          type: 'number' as const,
        })),
      ],
      rows: boxes.map(({ group, values, least, lower, median, upper, greatest, outliers }) => [
        group,
        values,
        least,
        lower,
        median,
        upper,
        greatest,
        outliers.length,
      ]),
    },
    rowsUsed: rows.length,
    rowsWithoutValue,
    notes: [...notDrawn(rows.length - drawn, name), ...notes],
  }
}

/** The box of a group; null if it has no value. */
export function boxOf(group: Box['group'], values: Float64Array): Box | null {
  if (values.length === 0) return null
  const sorted = values.toSorted()
  const [lower, upper] = [quantileOf(sorted, 0.25), quantileOf(sorted, 0.75)]
  const reach = 1.5 * (upper - lower)
  const inside = sorted.filter((value) => value >= lower - reach && value <= upper + reach)
  return {
    group,
    values: sorted.length,
    least: sorted[0] ?? NaN,
    lower,
    median: quantileOf(sorted, 0.5),
    upper,
    greatest: sorted.at(-1) ?? NaN,
    whiskers: [inside[0] ?? lower, inside.at(-1) ?? upper],
    outliers: sorted.filter((value) => value < lower - reach || value > upper + reach),
  }
}

function drawBox(
  { lower, median, upper, whiskers, outliers }: Box,
  x: (value: number) => number,
  y: number,
): SvgElement[] {
  const [from, to] = whiskers
  const dots = Array.from(outliers, (value) => `M${rounded(x(value))} ${rounded(y)}h0`).join('')
  return [
    element('line', { x1: x(from), x2: x(to), y1: y, y2: y, stroke: '#222222', 'stroke-width': 1 }),
    element('rect', {
      x: x(lower),
      y: y - HALF_BOX,
      width: x(upper) - x(lower),
      height: 2 * HALF_BOX,
      fill: '#c3d5e6',
      stroke: FILL,
    }),
    element('line', {
      x1: x(median),
      x2: x(median),
      y1: y - HALF_BOX,
      y2: y + HALF_BOX,
      stroke: '#222222',
      'stroke-width': 2,
    }),
    ...(dots === ''
      ? []
      : [element('path', { d: dots, fill: 'none', stroke: FILL, 'stroke-width': 4, 'stroke-linecap': 'round' })]),
  ]
}
