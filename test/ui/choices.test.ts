import t from 'tap'
import type { Column } from '../../service/features/replies/parts.ts'
import { chosenOf, makeChoices } from '../../service/ui/indicators/choices.ts'
import { refusedCopiesOf } from '../../service/ui/indicators/copies.ts'
import { strongPairs } from '../../service/ui/indicators/strong-pairs.ts'
import { weightsOf } from '../../service/ui/indicators/weights.ts'

t.test('weightsOf() gives shares of 0.0001 that add up to 1, whatever the points are', async (t) => {
  t.strictSame(weightsOf([3, 1]), [0.75, 0.25])
  t.strictSame(weightsOf([1, 1, 1]), [0.3334, 0.3333, 0.3333])
  t.strictSame(weightsOf([0.1, 0.2, 0.7]), [0.1, 0.2, 0.7])
  for (let count = 2; count <= 10; count += 1)
    for (let seed = 1; seed < 50; seed += 1) {
      const points = Array.from({ length: count }, (_, at) => 1 + ((seed * (at + 7) * 7919) % 1000))
      const weights = weightsOf(points) ?? []
      const sum = points.reduce((total, each) => total + each, 0)
      t.ok(Math.abs(weights.reduce((total, each) => total + each, 0) - 1) < 1e-9, points.join())
      t.ok(
        points.every((each, at) => Math.abs(each / sum - (weights[at] ?? NaN)) < 0.0001),
        'none is further from its share than a step',
      )
    }
})

t.test('weightsOf() has no answer where an indicator would not count', async (t) => {
  for (const points of [[0, 1], [NaN, 1], [0, 0], [1e-9, 1], [-1, 2], [Infinity, 1], []])
    t.equal(weightsOf(points), null, points.join())
})

const column = (name: string): Column => ({
  name,
  type: 'number',
  missing: 0,
  min: 0,
  max: 1,
  indicator: true,
  direction: 'direct',
  reason: null,
  suggested: true,
  why: '',
  kind: null,
})

t.test('weights go with a choice only in the standard method, and a column that ranks is not held back', async (t) => {
  const columns = [column('a'), column('b')]
  const choices = makeChoices()
  choices.isWeighted = true
  choices.weigh('a', 4)
  choices.compareWith = 'b'
  choices.allowCopies = true
  t.strictSame(chosenOf(columns, choices).choice, {
    indicators: ['a', 'b'],
    directions: { a: 'direct', b: 'direct' },
    mode: 'standard',
    weights: { a: 0.8, b: 0.2 },
    allowCopies: true,
  })
  choices.compareWith = 'c'
  choices.mode = 'legacy'
  t.strictSame(
    [chosenOf(columns, choices).choice.weights, chosenOf(columns, choices).choice.compareWith],
    [undefined, 'c'],
  )
  choices.mode = 'standard'
  choices.weigh('b', 0)
  t.strictSame([chosenOf(columns, choices).isUnweighted, chosenOf(columns, choices).isReady], [true, false])
})

t.test('refused copies are the indicators at the places that the refusal names', async (t) => {
  const refusal = { kind: 'invalid-input', errors: [{ pointer: '/indicators/1' }] }
  t.strictSame(refusedCopiesOf(refusal, ['a', 'b']), ['b'])
  const other = { kind: 'invalid-input', errors: [{ pointer: '/weights/a' }] }
  t.strictSame(refusedCopiesOf(other, ['a', 'b']), [])
  t.strictSame(refusedCopiesOf({ kind: 'stale', errors: [] }, ['a', 'b']), [])
})

t.test('pairs above 0.8 or below −0.8 measure much the same; one without an r does not', async (t) => {
  const rows = [
    ['a', 'b', 0.81, 9],
    ['a', 'c', -0.9, 9],
    ['b', 'c', 0.8, 9],
    ['b', 'd', null, 0],
  ] as const
  t.strictSame(strongPairs({ table: { columns: [], rows: rows.map((row) => [...row]) } }), [
    { one: 'a', other: 'b', r: 0.81 },
    { one: 'a', other: 'c', r: -0.9 },
  ])
})
