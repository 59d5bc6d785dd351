/** A ward as the leave-out rule sees it. */
export interface UrbanWard {
  /** The ward's label, which decides between wards of equal rank. */
  readonly wardName: string
  readonly rank: number
  readonly population: number
  /** In percent; null if it is missing. Then the ward is not known to be urban and stays in. */
  readonly urbanShare: number | null
  /** True if it is protected or a named exception. The rule does not touch it. */
  readonly isExempt: boolean
}

export interface LeaveOutRule {
  /** A ward is urban from this share on, in percent. */
  readonly urbanFrom: number
  /** The most people that may be left out, in percent of `allPeople`. */
  readonly upToPercent: number
}

/**
 * The urban wards that a plan leaves out, as national programmes do when nets are too few: from the lowest-ranked
 * upwards, a ward is left out while the sum with it is at most the given share of all people. The ward that would cross
 * stays in, and so do all above it. Wards of equal rank go in the order of their labels.
 * @param allPeople people in all uploaded wards that have a population
 * @returns the wards left out, in the order in which they were left out
 */
export function leftOut<Ward extends UrbanWard>(
  wards: readonly Ward[],
  allPeople: number,
  rule: LeaveOutRule,
): readonly Ward[] {
  return firstLeftOut(inLeavingOrder(wards, rule.urbanFrom), allPeople, rule)
}

/** The wards that are urban from this share on and that the rule may leave out, in the order in which it does. */
export function inLeavingOrder<Ward extends UrbanWard>(wards: readonly Ward[], urbanFrom: number): readonly Ward[] {
  return wards
    .filter(({ urbanShare, isExempt }) => !isExempt && urbanShare !== null && urbanShare >= urbanFrom)
    .sort((one, other) => other.rank - one.rank || (one.wardName < other.wardName ? -1 : 1))
}

/** As `leftOut`, of wards that are in their order already. Those that are less urban stay in. */
export function firstLeftOut<Ward extends UrbanWard>(
  ordered: readonly Ward[],
  allPeople: number,
  { urbanFrom, upToPercent }: LeaveOutRule,
): readonly Ward[] {
  const out: Ward[] = []
  let people = 0
  for (const ward of ordered) {
    if ((ward.urbanShare ?? -Infinity) < urbanFrom) continue
    people += ward.population
    if (people * 100 > upToPercent * allPeople) break
    out.push(ward)
  }
  return out
}
