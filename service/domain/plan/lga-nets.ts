import type { PlannedWard } from './planned-ward.ts'

/** One LGA's part of a plan, in nets and people. The sums over all LGAs are the plan's totals. */
export interface LgaNets {
  readonly lga: string | null
  /** Wards in the plan. Wards that the plan leaves out are not counted. */
  readonly wards: number
  readonly need: number
  readonly allocated: number
  readonly population: number
  readonly covered: number
}

/** Sums up nets and people by LGA, in the order in which LGAs are first served. */
export function lgaNets(planned: readonly PlannedWard[]): readonly LgaNets[] {
  return [...Map.groupBy(planned, ({ lga }) => lga)].map(([lga, wards]): LgaNets => {
    const sum = (of: 'need' | 'allocated' | 'population' | 'covered'): number =>
      wards.reduce((total, ward) => total + ward[of], 0)
    // Sums of tenths of people have rounding noise in the last digits.
    return {
      lga,
      wards: wards.length,
      need: sum('need'),
      allocated: sum('allocated'),
      population: sum('population'),
      covered: Math.round(sum('covered') * 1e6) / 1e6,
    }
  })
}
