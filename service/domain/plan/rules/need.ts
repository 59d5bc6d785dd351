import type { PlanParameters } from '../planned-ward.ts'

/**
 * The nets that a population needs.
 * - Per person: ⌈population / people per net⌉, where the WHO planning rule has 1.8 people per net. It is computed as a
 *   fraction of whole numbers (1.8 is 9 / 5), so that rounding errors add no net.
 * - Household: ⌈population / size⌉ · ⌈size / 2⌉.
 * - Legacy: ⌈max(population / 1.8, ⌈population / size⌉)⌉, in the arithmetic of the earlier system.
 * @param householdSize of this ward, people
 */
export function netsNeeded(
  population: number,
  { rule, peoplePerNet, mode }: Pick<PlanParameters, 'rule' | 'peoplePerNet' | 'mode'>,
  householdSize: number | null,
): number {
  const size = householdSize ?? 1
  if (mode === 'legacy') return Math.ceil(Math.max(population / 1.8, Math.ceil(population / size)))
  if (rule === 'household') return Math.ceil(population / size) * Math.ceil(size / 2)
  const [people, nets] = fractionOf(peoplePerNet)
  return Math.ceil((population * nets) / people)
}

/** How many of these people the nets cover. */
export function peopleCovered(population: number, nets: number, peoplePerNet: number): number {
  const [people, each] = fractionOf(peoplePerNet)
  return Math.min(population, (nets * people) / each)
}

/** A number of at most two decimals as a fraction in lowest terms. */
function fractionOf(value: number): readonly [number, number] {
  const [over, under] = [Math.round(value * 100), 100]
  let [one, other] = [over, under]
  while (other !== 0) [one, other] = [other, one % other]
  return [over / one, under / one]
}
