import type { WardNeed } from './hand-out.ts'
import type { PlanParameters } from './planned-ward.ts'

/** How many planned wards, and people in them, are below a threshold of urban share, and how many at or above it. */
export interface UrbanExtentRow {
  readonly thresholdPercent: number
  readonly wardsBelow: number
  readonly wardsAtOrAbove: number
  readonly populationBelow: number
  readonly populationAtOrAbove: number
}

/** The table of urban extent. `unknown` names the wards without an urban share. No row counts them. */
export interface UrbanExtent {
  readonly column: string | null
  readonly rows: readonly UrbanExtentRow[]
  readonly unknown: readonly string[]
}

const THRESHOLDS = [30, 50, 75, 100] as const

/**
 * Shows what a threshold would do before one is chosen: 30, 50, 75 and 100 percent, and the plan's own.
 * @param wards those that the plan could serve, before the leave-out rule
 */
export function urbanExtent({
  parameters,
  wards,
}: {
  readonly parameters: PlanParameters
  readonly wards: readonly WardNeed[]
}): UrbanExtent {
  const known = wards.flatMap(({ urbanShare, population }) => (urbanShare === null ? [] : [{ urbanShare, population }]))
  const thresholds = [
    ...new Set([...THRESHOLDS, ...(parameters.urbanThreshold === null ? [] : [parameters.urbanThreshold])]),
  ].sort((one, other) => one - other)
  const people = (of: readonly { readonly population: number }[]): number =>
    of.reduce((sum, { population }) => sum + population, 0)
  return {
    column: parameters.urbanColumn,
    rows:
      parameters.urbanColumn === null
        ? []
        : thresholds.map((thresholdPercent) => {
            const below = known.filter(({ urbanShare }) => urbanShare < thresholdPercent)
            const above = known.filter(({ urbanShare }) => urbanShare >= thresholdPercent)
            return {
              thresholdPercent,
              wardsBelow: below.length,
              wardsAtOrAbove: above.length,
              populationBelow: people(below),
              populationAtOrAbove: people(above),
            }
          }),
    unknown: wards.filter(({ urbanShare }) => urbanShare === null).map(({ wardName }) => wardName),
  }
}
