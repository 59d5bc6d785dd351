import t from 'tap'
import { rateOf } from '../../service/domain/rate-interval.ts'
import { theilSen } from '../../service/domain/theil-sen.ts'
import { naiveBounds, naiveSlopes } from '../support/naive-trend.ts'
import fc from '../support/properties.ts'

const years = (values: readonly number[]): { time: number; value: number }[] =>
  values.map((value, at) => ({ time: 2019 + at, value }))

t.test('a trend of five years, worked by hand', (t) => {
  // 10, 12, 11, 15, 18. Slopes a year apart: 2, −1, 4, 3; two: 0.5, 1.5, 3.5; three: 5/3, 2; four: 2.
  // Sorted: −1, 0.5, 1.5, 5/3, 2, 2, 2, 3, 3.5, 4. The median of ten is the mean of the fifth and sixth: 2.
  // Of 120 orders one has no falling pair (0.83 %), and four have one (together 4.17 %, too many): so k is 1.
  t.strictSame(theilSen([years([10, 12, 11, 15, 18])]), { slope: 2, low: -1, high: 4, pairs: 10 })
  t.end()
})

t.test('twelve months of two years: each month is compared with itself', (t) => {
  // One slope a month, 1 to 12: their median is 6.5. The tail is that of twelve coins: P(at most 2) = 79/4096 = 1.93 %,
  // P(at most 3) = 299/4096 = 7.3 %. So the bounds are the third least and the third greatest.
  const months = Array.from({ length: 12 }, (_, month) => years([50 * (month % 3), 50 * (month % 3) + month + 1]))
  t.strictSame(theilSen(months), { slope: 6.5, low: 3, high: 10, pairs: 12 })
  t.end()
})

t.test('where few values cannot bound a trend, it has no bounds; without a pair there is none', (t) => {
  t.match(theilSen([years([1, 2, 3, 5])]), { low: null, high: null, pairs: 6 })
  t.equal(theilSen([years([4]), years([5]), []]), null)
  t.equal(theilSen([]), null)
  t.end()
})

t.test('slope and bounds are those of trying out every order of the values', (t) => {
  const value = fc.integer({ min: -20, max: 20 })
  const season = fc
    .uniqueArray(fc.integer({ min: 2015, max: 2025 }), { maxLength: 5 })
    .chain((times) =>
      fc
        .array(value, { minLength: times.length, maxLength: times.length })
        .map((values) => times.toSorted().map((time, at) => ({ time, value: values[at] ?? 0 }))),
    )
  let bounded = 0
  fc.assert(
    fc.property(fc.array(season, { minLength: 1, maxLength: 2 }), (seasons) => {
      const slopes = naiveSlopes(seasons)
      const found = theilSen(seasons)
      if (slopes.length === 0) return t.equal(found, null)
      const middle = [slopes[(slopes.length - 1) >> 1] ?? NaN, slopes[slopes.length >> 1] ?? NaN]
      const bounds = naiveBounds(seasons)
      if (bounds !== null) bounded += 1
      return t.strictSame(found, {
        slope: ((middle[0] ?? NaN) + (middle[1] ?? NaN)) / 2,
        low: bounds?.[0] ?? null,
        high: bounds?.[1] ?? null,
        pairs: slopes.length,
      })
    }),
    { numRuns: 100 },
  )
  t.ok(bounded > 5, `${String(bounded)} of the drawn trends have bounds`)
  t.end()
})

/** P(at most `most` events) when `mean` are expected. */
function poissonUpTo(most: number, mean: number): number {
  let [term, sum] = [Math.exp(-mean), 0]
  for (let events = 0; events <= most; events += 1) {
    sum += term
    term *= mean / (events + 1)
  }
  return sum
}

/** The mean at which a falling function of it is 0.025, by halving. */
function meanWhere(chance: (mean: number) => number, isFalling: boolean): number {
  let [low, high] = [0, 1_000]
  for (let step = 0; step < 200; step += 1) {
    const middle = (low + high) / 2
    if (chance(middle) > 0.025 === isFalling) low = middle
    else high = middle
  }
  return low
}

t.test("Byar's bounds of a rate lie within 1 % of the exact ones of Poisson", (t) => {
  for (const events of [5, 10, 25, 60, 200]) {
    const rate = rateOf(events, 2_000)
    const low = meanWhere((mean) => 1 - poissonUpTo(events - 1, mean), false)
    const high = meanWhere((mean) => poissonUpTo(events, mean), true)
    t.equal(rate?.perThousand, events / 2)
    t.ok(Math.abs((rate?.low ?? NaN) * 2 - low) / low < 0.01, `${String(events)}: ${String(low)}`)
    t.ok(Math.abs((rate?.high ?? NaN) * 2 - high) / high < 0.01, `${String(events)}: ${String(high)}`)
  }
  // 10 · (1 − 1/90 − 1.96 / (3 · √10))³ and 11 · (1 − 1/99 + 1.96 / (3 · √11))³.
  const ten = rateOf(10, 1_000)
  t.ok(Math.abs((ten?.low ?? NaN) - 10 * (1 - 1 / 90 - 1.959964 / (3 * Math.sqrt(10))) ** 3) < 1e-5)
  t.ok(Math.abs((ten?.high ?? NaN) - 11 * (1 - 1 / 99 + 1.959964 / (3 * Math.sqrt(11))) ** 3) < 1e-5)
  t.equal(rateOf(0, 500)?.low, 0)
  t.equal(rateOf(3, 0), null)
  t.equal(rateOf(3, NaN), null)
  t.end()
})
