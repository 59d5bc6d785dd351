/** One figure of a benchmark: what was measured, and the most that it may be. */
export interface Figure {
  readonly name: string
  readonly value: number
  /** Such as `ms`, `s`, `MiB`, `×`. */
  readonly unit: string
  readonly most?: number
}

/** Whether a figure keeps its bound; true where it has none. */
export function isWithin({ value, most = Infinity }: Figure): boolean {
  return value <= most
}

/** `0.32 s, within 0.45 s` */
export function textOf(figure: Figure): string {
  const { value, unit, most } = figure
  const bound = most === undefined ? '' : `, ${isWithin(figure) ? 'within' : 'OVER'} ${most} ${unit}`
  return `${roundedTo(value)} ${unit}${bound}`
}

/**
 * Prints a figure. Under `npm run bench` it goes into the table at the end of the run, too. A figure over its bound
 * makes the process end with 1.
 */
export function report(figure: Figure): void {
  console.log(`${figure.name}: ${textOf(figure)}`)
  if (!isWithin(figure)) process.exitCode = 1
  process.send?.(figure)
}

function roundedTo(value: number): string {
  return value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2)
}
