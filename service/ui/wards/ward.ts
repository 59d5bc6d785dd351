import type { Analysis } from '../../features/replies/analyses.ts'
import type { Shapes } from '../../features/replies/dataset.ts'
import { plain } from './plain.ts'

/** A ranked ward, and where it is on the map. */
export interface Ward {
  /** Its place in the ranking, from 0. */
  readonly at: number
  readonly ranked: Analysis['wards'][number]
  /** Its label: no other ward of the ranking has the same. */
  readonly name: string
  /** Name and code in the letters that a search compares. */
  readonly sought: string
  /** The LGA, or `''` where the data have none. */
  readonly lga: string
  /** The place of its boundary among the shapes; null without one. */
  readonly shape: number | null
}

/** A ranking as the page shows it. */
export interface Ranking {
  readonly analysis: Analysis
  /** From most to least at risk. */
  readonly wards: readonly Ward[]
}

/**
 * The wards of a ranking, from most to least at risk.
 * @param shapes null where there are no boundaries
 */
export function wardsOf(analysis: Analysis, shapes: Shapes | null): readonly Ward[] {
  const shapeOf = new Map<string, number>()
  for (const [at, { properties }] of (shapes?.features ?? []).entries())
    if (properties.matched) shapeOf.set(properties.wardName, at)
  return analysis.wards.map((ranked, at) => ({
    at,
    ranked,
    name: ranked.wardName,
    sought: plain(`${ranked.wardName} ${ranked.wardCode ?? ''}`),
    lga: ranked.lga ?? '',
    shape: shapeOf.get(ranked.wardName) ?? null,
  }))
}

/** The LGAs of the wards, by name. */
export function lgasOf(wards: readonly Ward[]): readonly string[] {
  return [...new Set(wards.map(({ lga }) => lga))].filter((lga) => lga !== '').sort(byName)
}

const byName = (one: string, other: string): number => one.localeCompare(other)

/**
 * The number by which the address bar names a ward: its place by name, from 1. It is the same after another ranking of
 * the same wards, and tells nothing of them.
 */
export function numberOf(wards: readonly Ward[], ward: Ward): number {
  return inOrder(wards).findIndex(({ name }) => name === ward.name) + 1
}

/** The ward of that number, or null. */
export function wardOfNumber(wards: readonly Ward[], number: number): Ward | null {
  return inOrder(wards)[number - 1] ?? null
}

function inOrder(wards: readonly Ward[]): readonly Ward[] {
  return [...wards].sort((one, other) => (one.name < other.name ? -1 : 1))
}
