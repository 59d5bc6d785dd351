/** What draws are made from, as analysis_results.json has it. */
export interface DrawnResults {
  readonly indicators: readonly {
    readonly name: string
    readonly direction: string
    readonly guessed: boolean
    readonly why: string | null
    readonly min: number
    readonly max: number
  }[]
  readonly imputations: readonly {
    readonly ward: string
    readonly column: string
    readonly neighbours: readonly string[]
  }[]
  readonly positivity: readonly {
    readonly column: string
    readonly wards: readonly { readonly ward: string | null; readonly tested: number; readonly positive: number }[]
  }[]
  readonly wards: readonly {
    readonly wardName: string
    readonly indicators: readonly { readonly name: string; readonly raw: number; readonly normalised: number }[]
  }[]
}

/** One ranking that could as well have been chosen, and what was drawn for it. */
export interface Draw {
  /** By the place of the ward in the file; 1 is most at risk. */
  readonly ranks: readonly number[]
  readonly weights: readonly number[]
  /** The place of the indicator that was left out; the number of indicators if none was. */
  readonly leftOut: number
  /** Whether each indicator was turned, whose direction nothing says. */
  readonly turned: readonly boolean[]
  /** The same of those whose direction nothing says alone. */
  readonly unsureTurned: readonly boolean[]
  /** The normal deviate of each ward's measured positivity: 0 without tests. Empty if nothing was measured. */
  readonly positivity: readonly number[]
  /** The sum of the deviates of each ward's filled-in values, for wards that have some. */
  readonly filled: ReadonlyMap<number, number>
  /** The weighted mean of each ward. */
  readonly scores: readonly number[]
  /** The normalised values that were drawn, one indicator after the other, before any is turned. */
  readonly values: readonly (readonly number[])[]
  /** The next normal deviate of the draw's numbers: for what a plan draws and the ranking does not. */
  readonly next: () => number
}

const Z = 1.959963984540054

/** The numbers of one draw: sfc32, seeded from seed and draw by SplitMix32; see docs/recompute.md. */
export function numbersOf(seed: number, draw: number) {
  let state = (seed ^ Math.imul(draw + 1, 0x9e3779b9)) | 0
  const seeded = (): number => {
    state = (state + 0x9e3779b9) | 0
    let mixed = Math.imul(state ^ (state >>> 16), 0x21f0aaad)
    mixed = Math.imul(mixed ^ (mixed >>> 15), 0x735a2d97)
    return mixed ^ (mixed >>> 15)
  }
  let [a, b, c, counter] = [seeded(), seeded(), seeded(), 1]
  const word = (): number => {
    const out = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + out) | 0
    return out >>> 0
  }
  for (let skipped = 0; skipped < 12; skipped += 1) word()
  const uniform = (): number => (word() + 0.5) / 2 ** 32
  const left: number[] = []
  const normal = (): number => {
    const spare = left.pop()
    if (spare !== undefined) return spare
    for (;;) {
      const x = 2 * uniform() - 1
      const y = 2 * uniform() - 1
      const radius = x * x + y * y
      if (radius === 0 || radius >= 1) continue
      const scale = Math.sqrt((-2 * Math.log(radius)) / radius)
      left.push(y * scale)
      return x * scale
    }
  }
  const gamma = (shape: number): number => {
    const d = shape - 1 / 3
    for (;;) {
      const x = normal()
      const v = (1 + x * (1 / Math.sqrt(9 * d))) ** 3
      if (v <= 0) continue
      if (Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
    }
  }
  return { uniform, normal, gamma }
}

/** All draws of a file, in their order. */
export function drawAgain(results: DrawnResults, seed: number, draws: number): readonly Draw[] {
  const { indicators, wards } = results
  const count = indicators.length
  const values = indicators.map((_, at) => wards.map((ward) => ward.indicators[at]?.normalised ?? NaN))
  const unsure = indicators.flatMap(({ guessed, why }, at) => (guessed && why === null ? [at] : []))
  const measured = measuredShares(results)
  const gaps = filledGaps(results, values)
  return Array.from({ length: draws }, (_, draw): Draw => {
    const { uniform, normal, gamma } = numbersOf(seed, draw)
    const drawn = indicators.map(() => gamma(4))
    const sum = drawn.reduce((total, weight) => total + weight, 0)
    const weights = drawn.map((weight) => weight / sum)
    const leftOut = count < 3 ? count : Math.floor(uniform() * (count + 1))
    const turned = unsure.map(() => uniform() >= 0.5)
    const used = weights.map((weight, at) =>
      at === leftOut ? 0 : turned[unsure.indexOf(at)] === true ? -weight : weight,
    )
    const scores = wards.map((_ward, place) =>
      used.reduce((score, weight, at) => (weight === 0 ? score : score + weight * (values[at]?.[place] ?? NaN)), 0),
    )
    const add = (place: number, move: number): void => {
      scores[place] = (scores[place] ?? NaN) + move
    }
    const drawnValues = values.map((column) => [...column])
    const put = (at: number, place: number, value: number): void => {
      const column = drawnValues[at]
      if (column !== undefined) column[place] = value
    }
    const positivity = measured.length === 0 ? [] : wards.map(() => 0)
    for (const { at, shares } of measured)
      shares.forEach((share, place) => {
        if (share === null) return
        const deviate = normal()
        positivity[place] = (positivity[place] ?? 0) + deviate
        const value = share.centre + share.spread * deviate
        add(place, (used[at] ?? NaN) * (value - (values[at]?.[place] ?? NaN)))
        put(at, place, value)
      })
    const filled = new Map<number, number>()
    for (const { at, place, spread } of gaps) {
      const deviate = normal()
      filled.set(place, (filled.get(place) ?? 0) + deviate)
      add(place, (used[at] ?? NaN) * spread * deviate)
      put(at, place, (values[at]?.[place] ?? NaN) + spread * deviate)
    }
    const sorted = scores.toSorted((one, other) => other - one)
    const first = new Map<number, number>()
    sorted.forEach((score, place) => {
      if (!first.has(score)) first.set(score, place + 1)
    })
    return {
      ranks: scores.map((score) => first.get(score) ?? NaN),
      weights,
      leftOut,
      turned: indicators.map((_, at) => turned[unsure.indexOf(at)] === true),
      unsureTurned: turned,
      positivity,
      filled,
      scores,
      values: drawnValues,
      next: normal,
    }
  })
}

/** The middle of the Wilson interval of some counts and half of it in standard deviations, in percent; null of none. */
export function intervalOf(counts: { readonly tested: number; readonly positive: number } | undefined) {
  const { tested, positive } = counts ?? { tested: 0, positive: 0 }
  if (tested === 0) return null
  const share = positive / tested
  const shrunk = 1 + Z ** 2 / tested
  const middle = (100 * (share + Z ** 2 / (2 * tested))) / shrunk
  const half = (100 * Z * Math.sqrt((share * (1 - share)) / tested + Z ** 2 / (4 * tested ** 2))) / shrunk
  return { middle, deviation: half / Z }
}

/** Each measured share as the middle of its Wilson interval, and half of the interval in standard deviations. */
function measuredShares({ indicators, positivity, wards }: DrawnResults) {
  return indicators.flatMap(({ name, direction, min, max }, at) => {
    const counts = positivity.find(({ column }) => column === name)
    if (counts === undefined || max === min) return []
    const shares = wards.map(({ wardName }) => {
      const interval = intervalOf(counts.wards.findLast(({ ward }) => ward === wardName))
      if (interval === null) return null
      const scaled = (interval.middle - min) / (max - min)
      return { centre: direction === 'inverse' ? 1 - scaled : scaled, spread: interval.deviation / (max - min) }
    })
    return [{ at, shares }]
  })
}

/** Each filled-in value of an indicator, with the standard deviation of the values that it is the mean of. */
function filledGaps({ indicators, imputations, wards }: DrawnResults, values: readonly (readonly number[])[]) {
  const placeOf = new Map(wards.map(({ wardName }, place) => [wardName, place]))
  return imputations.flatMap(({ ward, column, neighbours }) => {
    const at = indicators.findIndex(({ name }) => name === column)
    const place = placeOf.get(ward)
    if (at < 0 || place === undefined) return []
    const isFilled = (name: string): boolean =>
      imputations.some((other) => other.column === column && other.ward === name)
    const own = wards.map(({ wardName }) => wardName).filter((name) => !isFilled(name))
    const sources = neighbours.length >= 2 ? neighbours : own
    return [{ at, place, spread: deviation(sources.map((name) => values[at]?.[placeOf.get(name) ?? -1] ?? NaN)) }]
  })
}

function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1))
}
