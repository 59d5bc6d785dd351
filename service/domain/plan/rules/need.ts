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
  const { people, nets } = fractionOf(peoplePerNet)
  return Math.ceil((population * nets) / people)
}

/** How many of these people the nets cover. */
export function peopleCovered(population: number, allocated: number, peoplePerNet: number): number {
  const { people, nets } = fractionOf(peoplePerNet)
  return Math.min(population, (allocated * people) / nets)
}

/**
 * People per net, of at most two decimals, as a fraction in lowest terms. It is computed for every ward, where swapping
 * by lists would take longer than all the rest.
 */
function fractionOf(peoplePerNet: number): { readonly people: number; readonly nets: number } {
  const hundredths = Math.round(peoplePerNet * 100)
  let divisor = hundredths
  let rest = 100
  while (rest !== 0) {
    const next = divisor % rest
    divisor = rest
    rest = next
  }
  return { people: hundredths / divisor, nets: 100 / divisor }
}
