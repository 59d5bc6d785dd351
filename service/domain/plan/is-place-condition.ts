import type { PlaceCondition, PlanCondition } from './plan-conditions.ts'

/** Whether a condition names places or tiers. The others compare numbers. */
export function isPlaceCondition(condition: PlanCondition): condition is PlaceCondition {
  const { value } = condition
  return Array.isArray(value) && value.every((each) => typeof each === 'string')
}
