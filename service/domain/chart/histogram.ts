import { scaleLinear } from 'd3-scale'
import { valuesOf } from '../query/measures.ts'
import type { WardView } from '../query/ward-view.ts'
import { figureText, type ChartAnswer } from './chart-answer.ts'
import type { ChartOptions } from './chart-options.ts'
import { drawnWards, notDrawn } from './drawn-wards.ts'
import { BOTTOM, bottomAxis, FILL, leftAxis, RIGHT, TICKS, TOP, WIDTH, wholeChart } from './plot.ts'
import { element } from './svg-element.ts'
import { say } from '../said.ts'

const HEIGHT = 420
const LEFT = 72

/** The wards in a range of values: `from` and more, less than `to`; the last range holds its end, too. */
export interface Bin {
  readonly from: number
  readonly to: number
  readonly wards: number
}

/** Draws how many wards have values in each of some equal ranges. */
export function drawHistogram(view: WardView, options: Extract<ChartOptions, { kind: 'histogram' }>): ChartAnswer {
  const { columns, rows, told, which, rowsWithoutValue, notes } = drawnWards(view, options.where, (reader) => ({
    column: reader.numbers(options.column, '/column', say('a-histogram', {})),
  }))
  const values = valuesOf(columns.column, rows)
  const bins = binsOf(values)
  const name = told(options.column)
  const words = `This draws a histogram of ${name} of ${which}.`
  const x = scaleLinear([bins[0]?.from ?? 0, bins.at(-1)?.to ?? 1], [LEFT, WIDTH - RIGHT])
  const most = Math.max(1, ...bins.map(({ wards }) => wards))
  const y = scaleLinear([0, most], [HEIGHT - BOTTOM, TOP]).nice(TICKS)
  const bars = bins
    .filter(({ wards }) => wards > 0)
    .map(({ from, to, wards }) =>
      element('rect', {
        x: x(from),
        y: y(wards),
        width: x(to) - x(from),
        height: y(0) - y(wards),
        fill: FILL,
        stroke: '#ffffff',
      }),
    )
  const tallest = bins.find(({ wards }) => wards === most)
  return {
    words,
    figures: [
      `${figureText(values.length)} wards have a value${
        values.length === 0 ? '' : `, from ${figureText(leastOf(values))} to ${figureText(greatestOf(values))}`
      }.`,
      ...(tallest === undefined || values.length === 0
        ? []
        : [`Most are from ${figureText(tallest.from)} to ${figureText(tallest.to)}: ${figureText(tallest.wards)}.`]),
    ],
    svg: wholeChart({ height: HEIGHT, heading: `Histogram of ${name}`, description: words }, [
      bottomAxis(x, TOP, HEIGHT - BOTTOM, name),
      leftAxis(y, LEFT, WIDTH - RIGHT, 'wards'),
      ...bars,
    ]),
    table: {
      columns: [
        { name: `${options.column} from`, type: 'number' },
        { name: 'to', type: 'number' },
        { name: 'wards', type: 'number' },
      ],
      rows: bins.map(({ from, to, wards }) => [from, to, wards]),
    },
    rowsUsed: rows.length,
    rowsWithoutValue,
    notes: [...notDrawn(rows.length - values.length, name), ...notes],
  }
}

/** Equal ranges with round ends, about as many as Sturges' rule asks for: log2 of the values and one. */
export function binsOf(values: Float64Array): readonly Bin[] {
  if (values.length === 0) return []
  const [least, greatest] = [leastOf(values), greatestOf(values)]
  if (least === greatest) return [{ from: least, to: greatest, wards: values.length }]
  const wanted = Math.ceil(Math.log2(values.length)) + 1
  const ends = scaleLinear([least, greatest], [0, 1]).nice(wanted).ticks(wanted)
  const last = ends.length - 2
  const counts = new Uint32Array(Math.max(0, ends.length - 1))
  for (const value of values) {
    const bin = Math.min(
      last,
      ends.findLastIndex((end) => value >= end),
    )
    counts[bin] = (counts[bin] ?? 0) + 1
  }
  return Array.from(counts, (wards, at) => ({ from: ends[at] ?? NaN, to: ends[at + 1] ?? NaN, wards }))
}

/** There may be more values than a call takes arguments. */
function leastOf(values: Float64Array): number {
  return values.reduce((one, other) => Math.min(one, other), Infinity)
}

function greatestOf(values: Float64Array): number {
  return values.reduce((one, other) => Math.max(one, other), -Infinity)
}
