import t from 'tap'
import { rateContestants, type PairCounts } from '../../service/domain/arena/rating.ts'
import fc from '../support/properties.ts'

const met = (a: string, b: string, winsA: number, winsB: number, ties = 0, bad = 0): PairCounts => ({
  a,
  b,
  winsA,
  winsB,
  ties,
  bad,
})
const strengthOf = (rating: number): number => 10 ** ((rating - 1_500) / 400)

t.test('rateContestants() equals the ratings worked out by hand for three wins against one', async (t) => {
  // The imagined draws are even, so q = 1/p. With 3 + ½ wins: 4p/(p + 1/p) + p/(p + 1) = 3.5. This is
  // 3p³ + p² − 5p − 7 = 0. Its only positive root is p = 1.60713 (3 × 4.15097 + 2.58287 − 8.03565 − 7 = 0.00013).
  // 1500 + 400 log₁₀ 1.60713 = 1500 + 400 × 0.206051 = 1582.42.
  const [first, second] = rateContestants(['b', 'a'], [met('a', 'b', 3, 1)])
  t.equal(first?.name, 'a')
  const p = strengthOf(first!.rating)
  t.ok(Math.abs(3 * p ** 3 + p ** 2 - 5 * p - 7) < 1e-9, `p = ${String(p)}`)
  t.equal(Math.round(first!.rating * 100) / 100, 1_582.42)
  t.equal(Math.round(second!.rating * 100) / 100, 1_417.58)
  // Information in ln p: 4 pq/(p + q)² = 4/(p + 1/p)² = 0.80465 shared, and p/(p + 1)² = 0.23645 for each imagined
  // draw. By symmetry the diagonal of the inverse is (1/(0.23645 + 2 × 0.80465) + 1/0.23645)/2
  // = (0.54174 + 4.22923)/2 = 2.38549;
  // 400/ln 10 × √2.38549 = 173.718 × 1.54450 = 268.3.
  t.equal(Math.round(first!.standardError * 10) / 10, 268.3)
  t.match(first, { games: 4, wins: 3, losses: 1, ties: 0, bad: 0 })
  t.match(second, { games: 4, wins: 1, losses: 3 })
})

t.test('rateContestants() ignores battles that neither won, and gives 1500 without a game', async (t) => {
  t.match(rateContestants(['a', 'b'], []), [
    { name: 'a', rating: 1_500, games: 0 },
    { name: 'b', rating: 1_500, games: 0 },
  ])
  t.match(rateContestants(['a', 'b'], [met('a', 'b', 0, 0, 0, 9)]), [
    { rating: 1_500, games: 0, bad: 9 },
    { rating: 1_500, games: 0, bad: 9 },
  ])
  t.strictSame(rateContestants([], []), [])
  const [one] = rateContestants(['a', 'b'], [met('a', 'b', 1_000, 0)])
  t.ok(Number.isFinite(one?.rating), `a contestant that won every game has a rating: ${String(one?.rating)}`)
  t.match(
    rateContestants(['a', 'b'], [met('a', 'gone', 50, 0)]),
    [{ rating: 1_500, games: 0 }, { rating: 1_500 }],
    'a name that is not asked for counts for nobody',
  )
})

const NAMES = ['a', 'b', 'c', 'd'] as const
const count = fc.nat({ max: 40 })
const counts = fc.array(
  fc
    .record({
      a: fc.constantFrom(...NAMES),
      b: fc.constantFrom(...NAMES),
      winsA: count,
      winsB: count,
      ties: count,
      bad: count,
    })
    .filter(({ a, b }) => a !== b),
  { maxLength: 12 },
)
const ratingsBy = (found: ReturnType<typeof rateContestants>): Map<string, number> =>
  new Map(found.map(({ name, rating }) => [name, rating]))
const near = (one: number | undefined, other: number | undefined): boolean =>
  Math.abs((one ?? NaN) - (other ?? NaN)) < 1e-4

t.test('rateContestants() finds the maximum of the likelihood for any counts', { timeout: 60_000 }, async (t) => {
  fc.assert(
    fc.property(counts, (pairs) => {
      const found = rateContestants(NAMES, pairs)
      const ratings = ratingsBy(found)
      // The wins of each contestant equal those its rating predicts: the derivative of the likelihood is 0.
      for (const { name, rating, wins, ties, standardError } of found) {
        const own = strengthOf(rating)
        const expected = pairs.reduce(
          (sum, { a, b, winsA, winsB, ties: drawn }) => {
            const other = a === name ? b : b === name ? a : undefined
            return other === undefined
              ? sum
              : sum + ((winsA + winsB + drawn) * own) / (own + strengthOf(ratings.get(other)!))
          },
          own / (own + 1),
        )
        if (Math.abs(expected - (wins + ties / 2 + 0.5)) > 1e-6) return false
        if (!(standardError > 0 && Number.isFinite(standardError))) return false
      }
      return found.every(({ rating }, at) => at === 0 || rating <= found[at - 1]!.rating)
    }),
    { numRuns: 2_000 },
  )
  t.pass('wins are as expected, errors positive, the best comes first')

  fc.assert(
    fc.property(counts, (pairs) => {
      const ratings = ratingsBy(rateContestants(NAMES, pairs))
      const turned = ratingsBy(
        rateContestants(
          NAMES,
          pairs.map(({ a, b, winsA, winsB, ties, bad }) => met(b, a, winsB, winsA, ties, bad)),
        ),
      )
      const reversed = ratingsBy(
        rateContestants(
          NAMES,
          pairs.map(({ a, b, winsA, winsB, ties, bad }) => met(a, b, winsB, winsA, ties, bad)),
        ),
      )
      return NAMES.every(
        (name) => near(turned.get(name), ratings.get(name)) && near(reversed.get(name), 3_000 - ratings.get(name)!),
      )
    }),
    { numRuns: 100 },
  )
  t.pass('places do not count, and with every result turned round the ratings mirror at 1500')

  fc.assert(
    fc.property(counts, (pairs) => {
      const before = ratingsBy(rateContestants(NAMES, pairs)).get('a')!
      return ratingsBy(rateContestants(NAMES, [...pairs, met('a', 'b', 1, 0)])).get('a')! > before
    }),
    { numRuns: 100 },
  )
  t.pass('a win never costs its winner')

  const errorAfter = (games: number): number =>
    rateContestants(['a', 'b'], [met('a', 'b', games, games)])[0]!.standardError
  t.ok(errorAfter(1) > errorAfter(10) && errorAfter(10) > errorAfter(100), 'more games, less doubt')
})
