import t from 'tap'
import { scoreRanker } from '../../service/domain/certainty/rank-scores.ts'
import fc from '../support/properties.ts'

t.test('a rank is one more than the number of greater scores, however the scores lie', (t) => {
  const scores = fc.oneof(
    fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), { minLength: 1, maxLength: 120 }),
    fc.array(fc.integer({ min: 0, max: 5 }), { minLength: 1, maxLength: 120 }),
    fc.array(fc.constantFrom(-Infinity, 0, 1e-12, 1, 1e300), { minLength: 1, maxLength: 120 }),
  )
  fc.assert(
    fc.property(scores, fc.array(scores, { maxLength: 2 }), (first, others) => {
      const ranker = scoreRanker(first.length)
      // The same room is used again.
      for (const each of [first, ...others.filter(({ length }) => length === first.length), first]) {
        const ranks = new Uint16Array(each.length)
        ranker(Float64Array.from(each), ranks)
        const worked = each.map((score) => 1 + each.filter((other) => other > score).length)
        if (JSON.stringify([...ranks]) !== JSON.stringify(worked)) return false
      }
      return true
    }),
    { numRuns: 2_000 },
  )
  t.end()
})
