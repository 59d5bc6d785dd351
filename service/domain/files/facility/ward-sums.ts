import type { SeenFacility } from './place-register.ts'
import { known, type ReportStore } from './report-store.ts'

/** Fewer counts can be the sums of others by accident. */
const FEWEST_COUNTS = 4
const FEWEST_OTHERS = 2

/** What the reports of one ward and period count together. */
interface WardPeriod {
  readonly counts: Float64Array
  reports: number
}

/**
 * The facilities of which every report counts exactly what the others of its ward count together in its period,
 * whatever they are called. Costs one pass over the reports.
 */
export function sumsUnderOtherNames(
  store: ReportStore,
  facilities: readonly SeenFacility[],
  leftOut: ReadonlySet<number>,
): readonly number[] {
  const wards = new Map<string, WardPeriod>()
  const keyOf = (slot: number): string =>
    `${String(facilities[store.facilityOf(slot)]?.ward)} ${String(store.periodOf(slot))}`
  for (let slot = 0; slot < store.size; slot += 1) {
    if (leftOut.has(slot)) continue
    const ward = wards.get(keyOf(slot)) ?? { counts: new Float64Array(store.width), reports: 0 }
    wards.set(keyOf(slot), ward)
    store.counts(slot).forEach((count, place) => {
      ward.counts[place] = (ward.counts[place] ?? 0) + known(count)
    })
    ward.reports += 1
  }
  /** The counts that agree, by facility; -1 once a report does not. */
  const agreed = new Int32Array(facilities.length)
  for (let slot = 0; slot < store.size; slot += 1) {
    const facility = store.facilityOf(slot)
    const ward = wards.get(keyOf(slot))
    if (leftOut.has(slot) || ward === undefined || agreed[facility] === -1) continue
    const counts = store.counts(slot)
    const isSum = counts.every((count, place) => 2 * known(count) === ward.counts[place])
    // The sum of one facility is that facility.
    const filled = ward.reports > FEWEST_OTHERS ? counts.reduce((sum, count) => sum + (known(count) > 0 ? 1 : 0), 0) : 0
    agreed[facility] = isSum ? (agreed[facility] ?? 0) + filled : -1
  }
  return facilities.flatMap((_, facility) => ((agreed[facility] ?? 0) >= FEWEST_COUNTS ? [facility] : []))
}
