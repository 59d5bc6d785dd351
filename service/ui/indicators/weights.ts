/** Shares are given to the service in steps of a hundredth of a percent. */
const STEPS = 10_000

/**
 * Weights that add up to exactly 1, from points in any unit. Each is a multiple of 0.0001: what rounding leaves goes to
 * those that lost most by it.
 * @param points 0 or more for each indicator
 * @returns null when a weight would be 0, or is not a number
 */
export function weightsOf(points: readonly number[]): readonly number[] | null {
  const sum = points.reduce((total, each) => total + each, 0)
  if (!(sum > 0) || !Number.isFinite(sum)) return null
  const exact = points.map((each) => (each / sum) * STEPS)
  const steps = exact.map(Math.floor)
  const left = STEPS - steps.reduce((total, each) => total + each, 0)
  const lossOf = (at: number): number => (exact[at] ?? 0) - (steps[at] ?? 0)
  const byLoss = [...steps.keys()].sort((one, other) => lossOf(other) - lossOf(one))
  for (const at of byLoss.slice(0, left)) steps[at] = (steps[at] ?? 0) + 1
  return steps.some((each) => each <= 0) ? null : steps.map((each) => each / STEPS)
}
