import type { PlanOptions } from './plan-options.ts'

/**
 * The options of a plan with some of them changed. What only the former choice took goes with it: the per-person rule
 * takes no household size, the household rule no people per net, and legacy mode has a rule of its own.
 */
export function changeOptions(before: PlanOptions, changes: Partial<PlanOptions>): PlanOptions {
  const { householdSize, rule, mode, peoplePerNet, peoplePerNetSource, ...others } = { ...before, ...changes }
  const isLegacy = mode === 'legacy' && changes.rule === undefined
  const isOfHouseholds = isLegacy || rule === 'household'
  return {
    ...others,
    ...(rule !== undefined && !isLegacy && { rule }),
    ...(mode !== undefined && (isLegacy || mode === 'standard') && { mode }),
    ...(householdSize !== undefined && isOfHouseholds && { householdSize }),
    ...(peoplePerNet !== undefined && !isOfHouseholds && { peoplePerNet }),
    ...(peoplePerNetSource !== undefined && !isOfHouseholds && { peoplePerNetSource }),
  }
}
