import { firstLeftOut, inLeavingOrder } from './leave-out.ts'
import type { LeaveOutRule, UrbanWard } from './leave-out.ts'

/** What one form of the rule would leave out. */
export interface LeaveOutRow extends LeaveOutRule {
  readonly wards: number
  readonly population: number
  /** Of all people in wards with a population. */
  readonly percentOfPeople: number
  /** The nets that the wards left out would have needed. */
  readonly need: number
}

/** The forms side by side. Without an urban share there are none. */
export interface LeaveOutExtent {
  readonly column: string | null
  /** People in all uploaded wards that have a population. */
  readonly population: number
  readonly rows: readonly LeaveOutRow[]
}

/** The thresholds that national programmes compare: wards urban from these shares on, and most people left out. */
const URBAN_FROM = [20, 30, 50, 75] as const
const UP_TO = [20, 30] as const

/** Shows what the rule would leave out before one is chosen: the usual forms, and the plan's own. */
export function leaveOutExtent(
  column: string | null,
  wards: readonly (UrbanWard & { readonly need: number })[],
  population: number,
  own: LeaveOutRule | null,
): LeaveOutExtent {
  const forms = UP_TO.flatMap((upToPercent) => URBAN_FROM.map((urbanFrom) => ({ urbanFrom, upToPercent })))
  const isUsual = forms.some((form) => form.urbanFrom === own?.urbanFrom && form.upToPercent === own.upToPercent)
  const all = own === null || isUsual ? forms : [...forms, own]
  const ordered = inLeavingOrder(wards, Math.min(...all.map(({ urbanFrom }) => urbanFrom)))
  return {
    column,
    population,
    rows:
      column === null
        ? []
        : all.map((form) => {
            const out = firstLeftOut(ordered, population, form)
            const sum = (of: 'population' | 'need'): number => out.reduce((total, ward) => total + ward[of], 0)
            return {
              ...form,
              wards: out.length,
              population: sum('population'),
              percentOfPeople: population === 0 ? 0 : (100 * sum('population')) / population,
              need: sum('need'),
            }
          }),
  }
}
