import { checkFigures } from './check-figures.ts'

/** Stands for a figure that was left out. */
const LEFT_OUT = '(figure left out)'

/** A text without the figures that none of its sources bears, by `checkFigures`. */
export function maskFigures(text: string, sources: readonly string[]): string {
  // The longest first, so that no figure is taken for a part of another.
  const invented = checkFigures(text, sources).toSorted((one, other) => other.length - one.length)
  return invented.reduce((masked, figure) => masked.replaceAll(new RegExp(`(?<![\\p{L}\\d]|\\d[.,])${figure.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&')}(?![\\p{L}\\d]|[.,]\\d)`, 'gu'), LEFT_OUT), text)
}
