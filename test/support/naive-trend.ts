/** Values of one season, each at a time of its own. */
export type Season = readonly { readonly time: number; readonly value: number }[]

/** The slopes between all pairs of values of one season, the least first. */
export function naiveSlopes(seasons: readonly Season[]): number[] {
  const slopes: number[] = []
  for (const season of seasons)
    for (const one of season)
      for (const other of season)
        if (one.time < other.time) slopes.push((other.value - one.value) / (other.time - one.time))
  return slopes.sort((one, other) => one - other)
}

/**
 * The bounds of the trend by trying out every order of the values of every season: the widest pair of slopes, k-th
 * least and k-th greatest, whose tail has at most 2.5 % of all orders. Null where even the first one has more.
 */
export function naiveBounds(seasons: readonly Season[]): readonly [number, number] | null {
  const slopes = naiveSlopes(seasons)
  const counts = seasons
    .map(({ length }) => ordersOf(Array.from({ length }, (_, at) => at)).map(fallsIn))
    .reduce((all, own) => all.flatMap((sum) => own.map((falls) => sum + falls)), [0])
  let best = 0
  for (let k = 1; k <= Math.floor(slopes.length / 2); k += 1)
    if (counts.filter((falls) => falls < k).length / counts.length <= 0.025) best = k
  return best === 0 ? null : [slopes[best - 1] ?? NaN, slopes[slopes.length - best] ?? NaN]
}

function ordersOf(values: readonly number[]): number[][] {
  if (values.length < 2) return [[...values]]
  return values.flatMap((first, at) => ordersOf(values.toSpliced(at, 1)).map((rest) => [first, ...rest]))
}

function fallsIn(order: readonly number[]): number {
  let falls = 0
  for (let one = 0; one < order.length; one += 1)
    for (let other = one + 1; other < order.length; other += 1) if ((order[one] ?? 0) > (order[other] ?? 0)) falls += 1
  return falls
}
