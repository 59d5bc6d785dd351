import type { PlannedWard } from './planned-ward.ts'

/** The part of one LGA or state in a plan, in nets and people. The sums over all of them are the plan's totals. */
export interface AreaNets {
  /** Wards in the plan. Wards that the plan leaves out are not counted. */
  readonly wards: number
  readonly need: number
  readonly allocated: number
  readonly population: number
  readonly covered: number
}

/** Sums up nets and people by LGA, in the order in which LGAs are first served. */
export function lgaNets(planned: readonly PlannedWard[]): readonly (AreaNets & { readonly lga: string | null })[] {
  return [...Map.groupBy(planned, ({ lga }) => lga)].map(([lga, wards]) => ({ lga, ...areaNets(wards) }))
}

/** Sums up nets and people by state, in the order in which states are first served. */
export function stateNets(planned: readonly PlannedWard[]): readonly (AreaNets & { readonly state: string | null })[] {
  return [...Map.groupBy(planned, ({ state }) => state)].map(([state, wards]) => ({ state, ...areaNets(wards) }))
}

function areaNets(wards: readonly PlannedWard[]): AreaNets {
  const sum = (of: 'need' | 'allocated' | 'population' | 'covered'): number =>
    wards.reduce((total, ward) => total + ward[of], 0)
  return {
    wards: wards.length,
    need: sum('need'),
    allocated: sum('allocated'),
    population: sum('population'),
    // Sums of tenths of people have rounding noise in the last digits.
    covered: Math.round(sum('covered') * 1e6) / 1e6,
  }
}
