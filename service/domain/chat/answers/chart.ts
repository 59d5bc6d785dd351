import { chartWards } from '../../chart/chart-wards.ts'
import type { ChartAnswer } from '../../chart/chart-answer.ts'
import type { ChartOptions } from '../../chart/chart-options.ts'
import { viewCaveats } from '../../query/view-caveats.ts'
import type { WardView } from '../../query/ward-view.ts'
import type { Answer, MadeFrom } from '../answer.ts'
import { basisOf, named, plainSentence } from './wording.ts'

/** A chart as it goes with a reply. */
export type ShownChart = Pick<ChartAnswer, 'words' | 'svg' | 'table'>

/**
 * Draws a chart and says what it shows: its main figures, and what is not drawn.
 * @throws Fault `invalid-input` with a pointer to each part that does not fit the data
 */
export function answerChart(
  view: WardView,
  options: ChartOptions,
  madeFrom: MadeFrom,
): { readonly answer: Answer; readonly chart: ShownChart } {
  const { words, figures, svg, table, notes } = chartWards(view, options)
  return {
    answer: {
      text: [words, ...figures, ...notes].map(plainSentence).join(' '),
      table: {
        columns: table.columns.map(({ name }) => named(name)),
        rows: table.rows.map((row) => row.map((cell) => (typeof cell === 'string' ? named(cell) : cell))),
      },
      basis: basisOf(madeFrom, viewCaveats(view), view.result?.mode),
    },
    chart: { words: plainSentence(words), svg, table },
  }
}
