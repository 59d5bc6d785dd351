import type { Tier } from '../../features/replies/parts.ts'
import { classAt, type Classes } from '../map/classes.ts'
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

/** Letters without capitals, accents and signs, so that `ƙofar-mata` is found by `kofar mata`. */
export function plain(text: string): string {
  return text
    .normalize('NFD')
    .toLowerCase()
    .replaceAll(/[ɓƁ]/g, 'b')
    .replaceAll(/[ɗƊ]/g, 'd')
    .replaceAll(/[ƙƘ]/g, 'k')
    .replaceAll(/\p{M}/gu, '')
    .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
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
      (find === '' || plain(`${ward.name} ${ward.ranked.wardCode ?? ''}`).includes(find)),
  )
}
