import { scaleLinear } from 'd3-scale'
import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import { askWards } from '../query/ask-wards.ts'
import { measureName } from '../query/measure-name.ts'
import { measureWords, toldBy, wardsWhere, type Told } from '../query/query-words.ts'
import type { Measure, WardQuery } from '../query/ward-query.ts'
import type { WardView } from '../query/ward-view.ts'
import { figureText, type ChartAnswer } from './chart-answer.ts'
import { MOST_BARS, type ChartOptions } from './chart-options.ts'
import { BOTTOM, bottomAxis, FILL, RIGHT, rowLabels, TICKS, TOP, WIDTH, wholeChart } from './plot.ts'
import { element } from './svg-element.ts'

const ROW = 22
const HALF_BAR = 8
/** How many bars of single wards are drawn if nobody says. */
const USUAL_WARDS = 20
/** The room for the figure behind the longest bar. */
const FIGURE_ROOM = 64

type BarOptions = Extract<ChartOptions, { kind: 'bar' }>

/** Draws a bar for each group, with a measure of it as its length, or for each ward, with a value of it. */
export function drawBars(view: WardView, options: BarOptions): ChartAnswer {
  const { groupBy, measure, insteadOfPie = false } = options
  const told = toldBy(view)
  const { name, query } = queryOf(options)
  const { rows, total, rowsUsed, rowsWithoutValue, notes, columns } = askWards(view, query)
  const what = groupBy === undefined ? told(measure.column ?? '') : lengthWords(measure, told)
  const by = groupBy === undefined ? 'ward' : told(groupBy)
  const bars = rows.map(([label = null, value = null]) => ({
    label: label === null ? `${by} not known` : String(label),
    value: typeof value === 'number' ? value : null,
  }))
  const words =
    groupBy === undefined
      ? `This draws a bar for each of ${wardsWhere(options.where, told)}: its ${what}.`
      : `This draws a bar for each ${by} of ${wardsWhere(options.where, told)}: ${what}.`
  const height = TOP + BOTTOM + ROW * Math.max(1, bars.length)
  const middleOf = (row: number): number => TOP + ROW * (row + 0.5)
  const { labels, left } = rowLabels(
    bars.map(({ label }) => label),
    middleOf,
  )
  const values = bars.flatMap(({ value }) => value ?? [])
  const x = scaleLinear(
    [Math.min(0, ...values), Math.max(0, ...values, values.length === 0 ? 1 : 0)],
    [left, WIDTH - RIGHT - FIGURE_ROOM],
  ).nice(TICKS)
  return {
    words,
    figures: bars
      .slice(0, 10)
      .map(({ label, value }) => `${label}: ${value === null ? 'no value' : figureText(value)}.`),
    svg: wholeChart({ height, heading: `${what} by ${by}`, description: words }, [
      bottomAxis(x, TOP, height - BOTTOM, name),
      labels,
      ...bars.flatMap(({ value }, row) => {
        const [from, to] = [x(Math.min(0, value ?? 0)), x(Math.max(0, value ?? 0))]
        return [
          element('rect', { x: from, y: middleOf(row) - HALF_BAR, width: to - from, height: 2 * HALF_BAR, fill: FILL }),
          element('text', { x: to + 4, y: middleOf(row) + 4 }, value === null ? 'no value' : figureText(value)),
        ]
      }),
    ]),
    table: {
      columns: [{ name: groupBy ?? 'ward', type: columns[0]?.type ?? 'text' }, ...columns.slice(1, 2)],
      rows: rows.map((row) => row.slice(0, 2)),
    },
    rowsUsed,
    rowsWithoutValue,
    notes: [
      ...(insteadOfPie
        ? ['Bars are drawn where a pie was asked for: lengths can be compared better than slices.']
        : []),
      ...(rows.length < total ? [`These are ${String(rows.length)} of ${String(total)} bars.`] : []),
      ...notes,
    ],
  }
}

/** The query whose rows are the bars, and the name of their lengths. */
function queryOf({ where, groupBy, measure, limit, order }: BarOptions): { name: string; query: WardQuery } {
  const common = where === undefined ? {} : { where }
  if (groupBy !== undefined) {
    const name = measureName(measure)
    const orderBy = order === undefined ? {} : { orderBy: [{ by: name, direction: order }] }
    const query = { ...common, groupBy: [groupBy], measures: [measure], ...orderBy, limit: limit ?? MOST_BARS }
    return { name, query }
  }
  const { column } = measure
  if (column === undefined)
    throw new Fault('invalid-input', say('cannot-draw-chart', {}), {
      errors: [{ pointer: '/measure/column', said: say('bars-need', {}) }],
    })
  return {
    name: column,
    query: {
      ...common,
      select: ['@ward', column],
      orderBy: [{ by: column, direction: order ?? 'descending' }],
      limit: limit ?? USUAL_WARDS,
    },
  }
}

/** What the bars of groups show: `the number of wards`, `the mean of elevation`. */
function lengthWords(measure: Measure, told: Told): string {
  const words = measureWords(measure, told)
  return measure.measure === 'count' && measure.column === undefined ? 'the number of wards' : words
}
