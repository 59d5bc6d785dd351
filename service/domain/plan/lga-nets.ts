import type { PlannedWard } from './planned-ward.ts'

/** One LGA's part of a plan, in nets and people. Sums over the LGAs are the plan's totals. */
export interface LgaNets {
  readonly lga: string | null
  /** Wards that are planned for; those left out of the plan are not counted. */
  readonly wards: number
  readonly need: number
  readonly allocated: number
  readonly population: number
  readonly covered: number
}

/** Nets and people by LGA, in the order in which LGAs are first served. */
export function lgaNets(planned: readonly PlannedWard[]): readonly LgaNets[] {
  return [...Map.groupBy(planned, ({ lga }) => lga)].map(([lga, wards]): LgaNets => {
    const sum = (of: 'need' | 'allocated' | 'population' | 'covered'): number =>
      wards.reduce((total, ward) => total + ward[of], 0)
    // Tenths of people add up with noise in the last digits.
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
