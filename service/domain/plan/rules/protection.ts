import { quoted } from '../../quoted.ts'
import type { PlanWard } from '../plan-basis.ts'
import type { PlanColumn } from '../plan-columns.ts'

/** Which wards the urban rule does not touch, with the columns that it names looked up. */
export interface Protection {
  readonly tierHigh: boolean
  readonly least: readonly { readonly column: PlanColumn; readonly from: number }[]
}

/** Why a ward is protected, all reasons in one sentence; null if it is not. A missing value protects nothing. */
export function whyProtected(ward: PlanWard, place: number, { tierHigh, least }: Protection): string | null {
  if (!tierHigh && least.length === 0) return null
  const reasons = [
    ...(tierHigh && ward.tier === 'High' ? ['tier High'] : []),
    ...least.flatMap(({ column, from }) => {
      const value = column.values[place] ?? NaN
      return value >= from ? [`${quoted(column.name)} is ${String(value)}, at least ${String(from)}`] : []
    }),
  ]
  return reasons.length === 0 ? null : reasons.join('; ')
}
