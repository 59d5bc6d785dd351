import { inventedFigures } from './check-figures.ts'

/** Stands in place of a figure that was left out. */
const LEFT_OUT = '(figure left out)'

/** Removes from a text the figures that `inventedFigures` finds in none of its sources. */
export function maskFigures(text: string, sources: readonly string[]): string {
  let [masked, end] = ['', 0]
  for (const figure of inventedFigures(text, sources)) {
    masked += text.slice(end, figure.start) + LEFT_OUT
    end = figure.end
  }
  return masked + text.slice(end)
}
