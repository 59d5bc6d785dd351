import type { Tier } from '../../features/replies/parts.ts'
import { classAt, type Classes } from '../map/classes.ts'
import { plain } from './plain.ts'
import type { Ward } from './ward.ts'

/** Which wards are shown, on the map, in the tables and in what is saved of them. */
export interface Filter {
  /** Letters of the ward's name, as they were typed. */
  readonly find: string
  readonly lga: string | null
  readonly tier: Tier | null
  /** A class of the legend that is shown alone. */
  readonly class: number | null
}

export const NO_FILTER: Filter = { find: '', lga: null, tier: null, class: null } as const

export function isFiltered({ find, lga, tier, class: alone }: Filter): boolean {
  return find !== '' || lga !== null || tier !== null || alone !== null
}

/**
 * The wards that satisfy the filter, in their order.
 * @param classes those of the legend, which the filter's class is of
 */
export function filterWards(wards: readonly Ward[], filter: Filter, classes: Classes | null): readonly Ward[] {
  const { lga, tier, class: alone } = filter
  const find = plain(filter.find)
  return wards.filter(
    (ward) =>
      (lga === null || ward.lga === lga) &&
      (tier === null || ward.ranked.tier === tier) &&
      (alone === null || classes === null || classAt(classes, ward) === alone) &&
      (find === '' || ward.sought.includes(find)),
  )
}
