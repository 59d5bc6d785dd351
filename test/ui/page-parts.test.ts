import t from 'tap'
import type { Column } from '../../service/features/replies/parts.ts'
import { decisionQueue } from '../../service/ui/data/decision-queue.ts'
import { chosenOf, groupColumns, makeChoices } from '../../service/ui/indicators/choices.ts'
import { classify } from '../../service/ui/map/classes.ts'
import type { Layer } from '../../service/ui/map/layers.ts'
import { isInside, indexShapes } from '../../service/ui/map/shape-index.ts'
import type { PlacedShape } from '../../service/ui/map/place-shapes.ts'
import { sortWards, type ValueColumn } from '../../service/ui/results/values.ts'
import { seenCsv } from '../../service/ui/results/seen-csv.ts'
import { filterWards, NO_FILTER } from '../../service/ui/wards/filter.ts'
import { plain } from '../../service/ui/wards/plain.ts'
import type { Ward } from '../../service/ui/wards/ward.ts'

/** Wards with these values, in the order of a ranking. */
const wardsWith = (
  values: readonly (number | string | null)[],
): readonly (Ward & { value: number | string | null })[] =>
  values.map((value, at) => ({
    at,
    name: `Ward ${String(at)}`,
    sought: `ward ${String(at)} w${String(at)}`,
    lga: at % 2 === 0 ? 'Even' : 'Odd',
    shape: null,
    ranked: { tier: at < 2 ? 'High' : 'Low', wardCode: `W${String(at)}` } as Ward['ranked'],
    value,
  }))
const layer: Layer = {
  id: 'x',
  label: 'x',
  section: 'ranking',
  valueOf: (ward) => (ward as Ward & { value: number }).value,
}

t.test('classify() makes classes of about as many wards, and of values where most wards are alike', async (t) => {
  const even = classify(layer, wardsWith(Array.from({ length: 50 }, (_, at) => at)))
  t.strictSame(
    even.classes.map(({ label }) => label),
    ['0 – 9', '10 – 19', '20 – 29', '30 – 39', '40 – 49'],
  )
  const covered = classify(layer, wardsWith([...Array<number>(40).fill(0), 37.5, 100, 100, 100, null]))
  t.strictSame(
    covered.classes.map(({ label }) => label),
    ['0', '37.5', '100'],
  )
  t.strictSame(
    covered.classes.map(({ colour }) => colour),
    ['scale-1', 'scale-3', 'scale-5'],
    'few classes are as far apart as many',
  )
  t.strictSame(covered.of.slice(-5), [1, 2, 2, 2, -1], 'a ward without a value is in no class')
  t.strictSame(classify(layer, wardsWith([null, null])).classes, [])
})

t.test('a point is inside a shape by its rings: holes are outside, and the index finds the right one', async (t) => {
  const square = (left: number, top: number, side: number): Float64Array =>
    Float64Array.of(left, top, left + side, top, left + side, top + side, left, top + side, left, top)
  const withHole: PlacedShape = { rings: [square(0, 0, 10), square(4, 4, 2)], box: [0, 0, 10, 10], centre: [5, 5] }
  const inHole: PlacedShape = { rings: [square(4, 4, 2)], box: [4, 4, 6, 6], centre: [5, 5] }
  t.ok(isInside(withHole, 1, 1))
  t.notOk(isInside(withHole, 5, 5))
  const shapeAt = indexShapes({ shapes: [withHole, inHole], wide: 10, high: 10 })
  t.strictSame([shapeAt(1, 1), shapeAt(5, 5), shapeAt(11, 5)], [0, 1, null])
})

t.test('filterWards() takes LGA, tier, class and letters together, whatever their accents', async (t) => {
  const wards = wardsWith([1, 2, 3, 4])
  const names = (filter: Partial<typeof NO_FILTER>): readonly string[] =>
    filterWards(wards, { ...NO_FILTER, ...filter }, classify(layer, wards)).map(({ name }) => name)
  t.strictSame(names({ lga: 'Odd' }), ['Ward 1', 'Ward 3'])
  t.strictSame(names({ lga: 'Odd', tier: 'High' }), ['Ward 1'])
  t.strictSame(names({ class: 3 }), ['Ward 3'])
  t.strictSame(names({ find: 'w2' }), ['Ward 2'], 'by code')
  t.equal(plain('Ƙofar-Mátá'), 'kofar mata')
})

t.test('sortWards() puts wards without a value last, both ways, and keeps the ranking among equals', async (t) => {
  const wards = wardsWith([2, null, 1, 2])
  const column: ValueColumn = {
    heading: 'x',
    valueOf: (ward) => (ward as Ward & { value: number }).value,
  }
  const order = (isDown: boolean): readonly number[] => sortWards(wards, column, isDown).map(({ at }) => at)
  t.strictSame(order(false), [2, 0, 3, 1])
  t.strictSame(order(true), [0, 3, 2, 1])
})

t.test('seenCsv() quotes what has to be quoted, and no cell is read as a formula', async (t) => {
  const column: ValueColumn = {
    heading: 'a "b", c',
    valueOf: (ward) => (ward as Ward & { value: string }).value,
  }
  t.equal(
    seenCsv(wardsWith(['=1+1', '-3', 'x;y', null, '@SUM(A1)']), [column]),
    '\ufeff"a ""b"", c"\r\n\'=1+1\r\n-3\r\n"x;y"\r\n\r\n\'@SUM(A1)\r\n',
  )
})

const column = (name: string, more: Partial<Column> = {}): Column => ({
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
  ...more,
})

t.test('an indicator without a direction cannot be ranked by until a person says which way it points', async (t) => {
  const columns = [column('a'), column('b'), column('c', { suggested: false, direction: null })]
  const choices = makeChoices()
  t.strictSame(chosenOf(columns, choices).choice.indicators, ['a', 'b'])
  choices.tick('c', true)
  t.strictSame([chosenOf(columns, choices).undirected, chosenOf(columns, choices).isReady], [['c'], false])
  choices.turn('c', 'inverse')
  t.strictSame(chosenOf(columns, choices).choice, {
    indicators: ['a', 'b', 'c'],
    directions: { a: 'direct', b: 'direct', c: 'inverse' },
    mode: 'standard',
  })
})

t.test('copies are grouped under the column that they repeat', async (t) => {
  const copy = column('b', { suggested: false, why: 'it repeats the values of "a" times 100' })
  const { suggested, others, copies } = groupColumns([column('a'), copy, column('c', { suggested: false })])
  t.strictSame(
    [
      suggested.map(({ name }) => name),
      others.map(({ name }) => name),
      [...copies].map(([of, all]) => [of, all.length]),
    ],
    [['a'], ['c'], [['a', 1]]],
  )
})

t.test(
  'a hundred decisions at once are all sent, in their order, and one that is refused holds up no other',
  async (t) => {
    const sent: string[] = []
    const queue = decisionQueue(
      async (choices, what) => {
        if (choices.some(({ ward }) => ward === 'w50')) throw new Error('refused')
        sent.push(...choices.map(({ ward }) => `${what} ${ward}`))
      },
      async (action) =>
        action(new AbortController().signal).then(
          () => true,
          () => false,
        ),
    )
    const taken = await Promise.all(
      Array.from({ length: 100 }, (_, at) =>
        queue.push([{ ward: `w${String(at)}`, boundary: 'b' }], at % 2 === 0 ? 'accept' : 'refuse'),
      ),
    )
    t.equal(taken.filter((isTaken) => !isTaken).length, 1)
    t.equal(sent.length, 99)
    t.strictSame(sent.slice(0, 2), ['accept w0', 'refuse w1'])
    t.equal(queue.waiting.value, 0)
  },
)
