import { inventedFigures } from './check-figures.ts'

/** Stands for a figure that was left out. */
const LEFT_OUT = '(figure left out)'

/** A text without the figures that none of its sources bears, by `inventedFigures`. */
export function maskFigures(text: string, sources: readonly string[]): string {
  let [masked, end] = ['', 0]
  for (const figure of inventedFigures(text, sources)) {
    masked += text.slice(end, figure.start) + LEFT_OUT
    end = figure.end
  }
  return masked + text.slice(end)
}
