import { num, type Ward } from '../answers/truth.ts'

/** What a ward needs and gets in a plan worked out by hand. */
export interface Planned {
  readonly ward: Ward
  readonly need: number
  readonly nets: number
  readonly covered: number
}

/**
 * Hands out a stock: wards below an urban share of 75 % first, by rank, each its whole need until the stock is used up.
 * One net for 1.8 people; with `household`, half as many nets as a household has people, rounded up.
 */
export function planned(
  wards: readonly Ward[],
  stock: number,
  { household, urbanShare = 'urbanPercentage' }: { household?: number; urbanShare?: string } = {},
): readonly Planned[] {
  const isUrban = (ward: Ward): number => Number((num(ward, urbanShare) ?? 0) >= 75)
  let left = stock
  return wards
    .toSorted((one, other) => isUrban(one) - isUrban(other) || one.rank - other.rank)
    .map((ward) => {
      const people = num(ward, 'population') ?? 0
      const need =
        household === undefined
          ? Math.ceil((people * 10) / 18)
          : Math.ceil(people / household) * Math.ceil(household / 2)
      const nets = Math.min(need, left)
      left -= nets
      return { ward, need, nets, covered: Math.min(people, nets * 1.8) }
    })
}
