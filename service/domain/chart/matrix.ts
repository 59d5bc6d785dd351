import { pairsOf } from '../query/measures.ts'
import { correlationOf } from '../query/statistics.ts'
import type { WardView } from '../query/ward-view.ts'
import { figureText, type ChartAnswer } from './chart-answer.ts'
import type { ChartOptions } from './chart-options.ts'
import { drawnWards } from './drawn-wards.ts'
import { RIGHT, rowLabels, TOP, WIDTH, wholeChart } from './plot.ts'
import { element } from './svg-element.ts'
import { say } from '../said.ts'

const ROW = 32
/** The room for the numbers of the columns, above their cells. */
const HEADER = 20

/** Draws the correlation of each two columns as a matrix, each over the wards that have both values. */
export function drawMatrix(view: WardView, options: Extract<ChartOptions, { kind: 'correlation' }>): ChartAnswer {
  const names = [...new Set(options.columns)]
  const { columns, rows, told, which, rowsWithoutValue, notes } = drawnWards(view, options.where, (reader) =>
    Object.fromEntries(
      names.map((name, at) => [
        `c${String(at)}`,
        reader.numbers(name, `/columns/${String(at)}`, say('a-correlation', {})),
      ]),
    ),
  )
  const read = names.flatMap((_, at) => columns[`c${String(at)}`] ?? [])
  const pairOf = (one: number, other: number): { r: number; n: number } => {
    const [a, b] = [read[one], read[other]]
    if (a === undefined || b === undefined) return { r: NaN, n: 0 }
    const [ones, others] = pairsOf(a, b, rows)
    return { r: correlationOf(ones, others), n: ones.length }
  }
  const pairs = names.flatMap((_, one) =>
    names.slice(one + 1).map((_, offset) => ({ one, other: one + 1 + offset, ...pairOf(one, one + 1 + offset) })),
  )
  const labelsShown = names.map((name, at) => `${String(at + 1)}. ${told(name)}`)
  const words = `This draws the correlations (Pearson's r) of ${names.map(told).join(', ')} of ${which}.`
  const middleOf = (row: number): number => TOP + HEADER + ROW * (row + 0.5)
  const { labels, left } = rowLabels(labelsShown, middleOf)
  const cell = Math.min(64, (WIDTH - RIGHT - left) / names.length)
  const cells = names.flatMap((_, row) =>
    names.flatMap((_, column) => {
      const r = row === column ? 1 : (pairs.find((pair) => isOf(pair, row, column))?.r ?? NaN)
      const [x, y] = [left + cell * column, middleOf(row) - ROW / 2]
      return [
        element('rect', { x, y, width: cell, height: ROW, fill: shadeOf(r), stroke: '#ffffff' }),
        element(
          'text',
          {
            x: x + cell / 2,
            y: y + ROW / 2 + 4,
            'text-anchor': 'middle',
            fill: Math.abs(r) > 0.6 ? '#ffffff' : '#222222',
          },
          Number.isNaN(r) ? '–' : r.toFixed(2),
        ),
      ]
    }),
  )
  const strongest = pairs
    .filter(({ r }) => !Number.isNaN(r))
    .toSorted((one, other) => Math.abs(other.r) - Math.abs(one.r))
  const wordsOf = ({ one, other, r, n }: (typeof pairs)[number]): string =>
    `${told(names[one] ?? '')} and ${told(names[other] ?? '')}: r is ${figureText(r)} over ${figureText(n)} wards.`
  return {
    words,
    figures: strongest.slice(0, 5).map(wordsOf),
    svg: wholeChart(
      {
        height: TOP + HEADER + ROW * names.length + 16,
        heading: `Correlations of ${String(names.length)} columns (Pearson's r)`,
        description: `${words} ${strongest.slice(0, 5).map(wordsOf).join(' ')}`,
      },
      [
        element(
          'g',
          { 'text-anchor': 'middle' },
          ...names.map((_, at) => element('text', { x: left + cell * (at + 0.5), y: TOP + 12 }, String(at + 1))),
        ),
        labels,
        ...cells,
      ],
    ),
    table: {
      columns: [
        { name: 'column', type: 'text' },
        { name: 'other column', type: 'text' },
        { name: "Pearson's r", type: 'number' },
        { name: 'wards', type: 'number' },
      ],
      rows: pairs.map(({ one, other, r, n }) => [names[one] ?? '', names[other] ?? '', Number.isNaN(r) ? null : r, n]),
    },
    rowsUsed: rows.length,
    rowsWithoutValue,
    notes: [...notes],
  }
}

function isOf(pair: { readonly one: number; readonly other: number }, row: number, column: number): boolean {
  return (pair.one === row && pair.other === column) || (pair.one === column && pair.other === row)
}

/** From red (−1) over white (0) to blue (1). In grey the strength is seen, and the sign is in the figure. */
function shadeOf(r: number): string {
  if (Number.isNaN(r)) return '#eeeeee'
  const end = r < 0 ? [178, 24, 43] : [43, 92, 138]
  const part = end.map((channel) => Math.round(255 + (channel - 255) * Math.abs(r)))
  return `#${part.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`
}
