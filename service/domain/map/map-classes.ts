import type { Tier } from '../ranking/analysis-result.ts'
import type { ResultFeature } from './result-map.ts'

/** Lines over a fill, so that a class is told from the others without colour. */
export type Hatch = 'plain' | 'rising' | 'crossed' | 'dotted'

/** How the wards of one class are drawn, on the map and in its key. */
export interface MapClass {
  /** Its letter in the key. */
  readonly letter: string
  readonly label: string
  readonly fill: string
  readonly hatch: Hatch
}

/** How a map is drawn: its classes, and which of them a ward is in. */
export interface MapLook<Name extends string = string> {
  /** Tells this map from others in the same page. */
  readonly id: string
  readonly classes: Readonly<Record<Name, MapClass>>
  readonly classOf: (ward: ResultFeature['properties']) => Name
  /** Wards with a thick border, and what it means. */
  readonly thick?: { readonly label: string; readonly has: (ward: ResultFeature['properties']) => boolean }
  /** A few words that are written on a ward; null for most wards. */
  readonly labelOf?: (ward: ResultFeature['properties']) => string | null
}

/** A boundary that no ward of the table was joined to. */
export const NO_WARD: MapClass = {
  letter: '–',
  label: 'no ward in the table',
  fill: '#ffffff',
  hatch: 'dotted',
} as const

export type TierClass = Tier | 'none'

/** The tiers, dark to light: in grey they keep their order, and the middle one is hatched. */
export const TIER_CLASSES: Readonly<Record<TierClass, MapClass>> = {
  High: { letter: 'H', label: 'High', fill: '#b2182b', hatch: 'plain' },
  Medium: { letter: 'M', label: 'Medium', fill: '#fdae61', hatch: 'rising' },
  Low: { letter: 'L', label: 'Low', fill: '#ffffbf', hatch: 'plain' },
  none: NO_WARD,
} as const

export function tierClassOf({ tier }: ResultFeature['properties']): TierClass {
  return tier ?? 'none'
}
