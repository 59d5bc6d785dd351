import { quoted } from '../quoted.ts'
import type { WardNeed } from './hand-out.ts'
import type { ExcludedWard, PlanTotals } from './net-plan.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { PlanColumn } from './plan-columns.ts'
import { PLAN_NUMBERS } from './plan-limits.ts'
import { outsideReason } from './plan-scope.ts'
import type { PlannedWard, PlanParameters } from './planned-ward.ts'
import { whyProtected } from './rules/protection.ts'
import type { SettledInputs } from './settled-inputs.ts'

interface Plan {
  readonly parameters: PlanParameters
  readonly totals: PlanTotals
  readonly wards: readonly PlannedWard[]
  readonly excluded: readonly ExcludedWard[]
  readonly inputs: SettledInputs
  readonly basis: Pick<PlanBasis, 'wards'>
  readonly candidates: readonly WardNeed[]
}

/** What a reader must know of how the rules met these data. */
export function ruleCaveats(plan: Plan): readonly string[] {
  return [
    ...scopeCaveats(plan),
    ...orderCaveats(plan),
    ...householdCaveats(plan),
    ...protectionCaveats(plan),
    ...reserveCaveats(plan),
    ...remainingCaveats(plan),
  ]
}

function scopeCaveats({ parameters: { where }, excluded }: Plan): readonly string[] {
  if (where === null) return []
  const outside = excluded.filter(({ rule }) => rule === 'where').length
  return [`${String(outside)} wards are left out: ${outsideReason(where)}.`]
}

function orderCaveats({ inputs: { order }, basis }: Plan): readonly string[] {
  if (order === null) return []
  const missing = wardsWithout(basis, order)
  return missing.length === 0
    ? []
    : [
        `${String(missing.length)} wards have no value in ${quoted(order.name)} and are served last: ` +
          `${missing.join(', ')}.`,
      ]
}

/** Names the wards whose own household size is missing or not possible. */
function householdCaveats({ inputs: { households }, parameters, basis }: Plan): readonly string[] {
  if (households === null) return []
  const { minimum, maximum } = PLAN_NUMBERS.householdSize
  const wrong = basis.wards.filter((_, place) => {
    const size = households.values[place] ?? NaN
    return !(size >= minimum && size <= maximum)
  })
  return wrong.length === 0
    ? []
    : [
        `${String(wrong.length)} wards have no household size from ${String(minimum)} to ${String(maximum)} people in ` +
          `${quoted(households.name)}, so ${String(parameters.householdSize)} was used: ` +
          `${wrong.map(({ wardName }) => wardName).join(', ')}.`,
      ]
}

/** Says which wards a missing value leaves unprotected, and which protected ones an exception leaves out. */
function protectionCaveats({ inputs: { protection, exceptions }, basis }: Plan): readonly string[] {
  const missing = protection.least.flatMap(({ column }) => {
    const wards = wardsWithout(basis, column)
    return wards.length === 0
      ? []
      : [
          `${String(wards.length)} wards have no value in ${quoted(column.name)}, which therefore does not protect ` +
            `them: ${wards.join(', ')}.`,
        ]
  })
  const outAlthough = [...exceptions].flatMap(([place, exception]) => {
    const ward = basis.wards[place]
    const why = exception.in || ward === undefined ? null : whyProtected(ward, place, protection)
    return why === null || ward === undefined
      ? []
      : [`${ward.wardName} is left out by name although it would be protected: ${why}.`]
  })
  return [...missing, ...outAlthough]
}

function reserveCaveats({ totals }: Plan): readonly string[] {
  return totals.reserve > 0 && totals.reserve === totals.stock
    ? ['The whole stock is held back, so no ward gets a net.']
    : []
}

/** Says why nets remain, and which wards whole bales leave short of their need. */
function remainingCaveats({ totals, parameters, wards }: Plan): readonly string[] {
  const { remaining } = totals
  const short = wards.filter(({ allocated, need }) => allocated < need)
  const [next] = short
  const isFull = next === undefined
  const { baleSize, lastWard } = parameters
  const why = isFull
    ? 'every planned ward has its full need'
    : baleSize !== null
      ? 'they fill no whole bale'
      : `they are fewer than ${next.wardName} needs`
  const rounded =
    baleSize === null ? [] : short.filter(({ allocated, need }) => allocated > 0 && need - allocated < baleSize)
  return [
    ...(remaining > 0 && (isFull || baleSize !== null || lastWard === 'whole')
      ? [`${String(remaining)} nets remain: ${why}.`]
      : []),
    ...(rounded.length > 0
      ? [
          `${String(rounded.length)} wards get less than one bale below their need, because bales are not opened: ` +
            `${rounded.map(({ wardName }) => wardName).join(', ')}.`,
        ]
      : []),
  ]
}

function wardsWithout({ wards }: Pick<PlanBasis, 'wards'>, { values }: PlanColumn): readonly string[] {
  return wards.flatMap(({ wardName }, place) => (Number.isNaN(values[place] ?? NaN) ? [wardName] : []))
}
