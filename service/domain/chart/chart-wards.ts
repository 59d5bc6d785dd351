import type { WardView } from '../query/ward-view.ts'
import { drawBars } from './bars.ts'
import { drawBoxes } from './boxes.ts'
import type { ChartAnswer } from './chart-answer.ts'
import type { ChartOptions } from './chart-options.ts'
import { drawHistogram } from './histogram.ts'
import { drawMatrix } from './matrix.ts'
import { drawReports } from './reports.ts'
import { drawScatter } from './scatter.ts'

/**
 * Draws a chart of the joined view as an SVG document that loads and runs nothing, with its figures as a table.
 * @throws Fault `invalid-input` with a pointer to each part that does not fit the data
 */
export function chartWards(view: WardView, options: ChartOptions): ChartAnswer {
  switch (options.kind) {
    case 'histogram':
      return drawHistogram(view, options)
    case 'bar':
      return drawBars(view, options)
    case 'scatter':
      return drawScatter(view, options)
    case 'box':
      return drawBoxes(view, options)
    case 'correlation':
      return drawMatrix(view, options)
    case 'reports':
      return drawReports(view, options)
  }
}
