import { figure } from '../formats.ts'
import type { Ward } from '../wards/ward.ts'
import type { Layer } from './layers.ts'

/** One line of the legend. */
export interface LegendClass {
  readonly label: string
  /** The name of its colour in the style sheet, such as `scale-3`. */
  readonly colour: string
}

/** How the wards of a layer are divided. */
export interface Classes {
  readonly classes: readonly LegendClass[]
  /** The class of each ward by its place in the ranking; -1 without a value. */
  readonly of: readonly number[]
}

/** More classes cannot be told apart on a map. */
export const MOST_CLASSES = 5

export function classAt({ of }: Classes, ward: Ward): number {
  return of[ward.at] ?? -1
}

/**
 * Divides the wards by a layer: by its named groups, or into up to five classes of about as many wards each. Values
 * that are equal are in the same class.
 * @param wards in the order of the ranking
 */
export function classify(layer: Layer, wards: readonly Ward[]): Classes {
  if (layer.groups !== undefined) {
    const { groups } = layer
    return {
      classes: groups.map(({ label, colour }) => ({ label, colour })),
      of: wards.map((ward) => groups.findIndex(({ value }) => value === layer.valueOf(ward))),
    }
  }
  const values = wards.map((ward) => numberOrNull(layer.valueOf(ward)))
  const known = values.filter((value) => value !== null).sort((one, other) => one - other)
  const bounds = boundsOf(known)
  const of = values.map((value) => (value === null ? -1 : classOf(bounds, value)))
  return {
    classes: bounds.map((from, at) => ({
      label: rangeText(
        known.filter((value) => classOf(bounds, value) === at),
        layer.format ?? figure,
        from,
      ),
      colour: `scale-${colourOf(at, bounds.length, layer.isReversed === true)}`,
    })),
    of,
  }
}

function numberOrNull(value: number | string | null): number | null {
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}

/** The number of a class's colour: few classes are as far apart as many. Darkest is most of the risk. */
function colourOf(at: number, classes: number, isReversed: boolean): number {
  const colour = classes < 2 ? MOST_CLASSES : Math.round(1 + (at * (MOST_CLASSES - 1)) / (classes - 1))
  return isReversed ? MOST_CLASSES + 1 - colour : colour
}

/**
 * The least value of each class: each with about as many wards, or where most wards have the same value, each with
 * about as many different values.
 */
function boundsOf(sorted: readonly number[]): readonly number[] {
  const byWards = parted(sorted)
  return byWards.length > MOST_CLASSES / 2 ? byWards : parted([...new Set(sorted)])
}

/** The first of each fifth of the values, once each. */
function parted(sorted: readonly number[]): readonly number[] {
  const firsts = Array.from(
    { length: MOST_CLASSES },
    (_, at) => sorted[Math.floor((at * sorted.length) / MOST_CLASSES)] ?? NaN,
  )
  return [...new Set(firsts.filter((first) => !Number.isNaN(first)))]
}

function classOf(bounds: readonly number[], value: number): number {
  return bounds.findLastIndex((from) => value >= from)
}

function rangeText(values: readonly number[], format: (value: number) => string, from: number): string {
  const [least, greatest] = [format(values[0] ?? from), format(values.at(-1) ?? from)]
  return least === greatest ? least : `${least} – ${greatest}`
}
