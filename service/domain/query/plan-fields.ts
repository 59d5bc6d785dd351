import type { NetPlan } from '../plan/net-plan.ts'
import type { PlannedWard } from '../plan/planned-ward.ts'
import { byRow, type RowOfLabel } from './by-label.ts'
import type { FIELDS, FieldName } from './fields.ts'
import { listedColumn, textColumn, type ViewColumn } from './view-column.ts'

/** The fields of the view that a plan gives. */
export type PlanField = { [Name in FieldName]: (typeof FIELDS)[Name]['from'] extends 'plan' ? Name : never }[FieldName]

const SERVED = ['full', 'partial', 'none', 'left out'] as const

const NUMBERS: Readonly<Record<Exclude<PlanField, 'served' | 'reason'>, (ward: PlannedWard) => number>> = {
  people: ({ population }) => population,
  need: ({ need }) => need,
  nets: ({ allocated }) => allocated,
  lacking: ({ need, allocated }) => Math.max(0, need - allocated),
  covered: ({ covered }) => covered,
  coveragePercent: ({ coveragePercent }) => coveragePercent,
  allocationTier: ({ allocationTier }) => allocationTier,
}

/** What a plan says of the wards of these rows. A ward that it leaves out has no numbers, and a reason. */
export function planFields(
  rowOf: RowOfLabel,
  { wards, excluded }: NetPlan,
): (field: PlanField, name: string) => ViewColumn {
  const ofRow = byRow(rowOf, wards)
  const leftOut = byRow(rowOf, excluded)
  return (field, name) => {
    if (field === 'reason')
      return textColumn(
        name,
        leftOut.map((ward) => ward?.reason ?? null),
      )
    if (field === 'served')
      return listedColumn(
        name,
        SERVED,
        ofRow.map((ward, row) => servedOf(ward) ?? (leftOut[row] === undefined ? null : 'left out')),
      )
    const read = NUMBERS[field]
    return {
      name,
      type: 'number',
      numbers: Float64Array.from(ofRow, (ward) => (ward === undefined ? NaN : read(ward))),
    }
  }
}

function servedOf(ward: PlannedWard | undefined): (typeof SERVED)[number] | null {
  if (ward === undefined) return null
  if (ward.allocated >= ward.need) return 'full'
  return ward.allocated > 0 ? 'partial' : 'none'
}
