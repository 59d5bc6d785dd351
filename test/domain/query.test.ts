import t from 'tap'
import { askWards } from '../../service/domain/query/ask-wards.ts'
import { textColumn, type ViewColumn } from '../../service/domain/query/view-column.ts'
import { MEASURES, type Condition, type Measure, type WardQuery } from '../../service/domain/query/ward-query.ts'
import type { WardView } from '../../service/domain/query/ward-view.ts'
import { answerOf, type PlainWard } from '../../docs/recompute-query.ts'
import fc from '../support/properties.ts'
import { refusal, textsAndPlaces } from '../support/refusal.ts'

const NUMBERS = ['a', 'b'] as const
const TEXTS = ['lga', 'class'] as const

/** The view of plain wards, whose columns are `ward`, `lga`, `class`, `a` and `b`. */
function viewOf(wards: readonly PlainWard[]): WardView {
  const columns = new Map<string, ViewColumn>([
    ...NUMBERS.map((name): [string, ViewColumn] => [
      name,
      { name, type: 'number', numbers: Float64Array.from(wards, (ward) => (ward[name] as number | null) ?? NaN) },
    ]),
    ...['ward', ...TEXTS].map((name): [string, ViewColumn] => [
      name,
      textColumn(
        name,
        wards.map((ward) => ward[name] as string | null),
      ),
    ]),
  ])
  return {
    result: null,
    plan: null,
    positivity: [],
    rows: wards.length,
    labels: wards.map(({ ward }) => String(ward)),
    names: [...columns.keys()],
    find: (name) => {
      const column = columns.get(name.replace('@', ''))
      return column === undefined ? { is: 'unknown' } : { is: 'column', field: null, column }
    },
  }
}

const number = fc.integer({ min: -20, max: 20 }).map((value) => value / 4)
const text = fc.constantFrom('north', 'south', 'mid')
const wards = fc
  .array(
    fc.record({
      a: fc.option(number),
      b: fc.option(number),
      lga: fc.option(text),
      class: fc.option(text),
    }),
    { maxLength: 40 },
  )
  .map((rows): PlainWard[] => rows.map((row, at) => ({ ...row, ward: `W${String(at).padStart(2, '0')}` })))

const ofNumbers = fc.oneof(
  fc.record({
    of: fc.record({
      figure: fc.constantFrom('mean', 'median', 'sum', 'min', 'max'),
      by: fc.constantFrom('lga', 'class'),
    }),
    op: fc.constantFrom('=', '!=', '<', '<=', '>', '>=' as const),
    value: number,
  }),
  fc.record({
    op: fc.constantFrom('<', '<=', '>', '>='),
    value: fc.record({
      figure: fc.constantFrom('mean', 'median'),
      by: fc.option(fc.constantFrom('lga', 'class'), { nil: undefined }),
    }),
  }),
  fc.record({ op: fc.constantFrom('=', '!=', '<', '<=', '>', '>=' as const), value: number }),
  fc.record({ op: fc.constantFrom('in', 'not in'), value: fc.array(number, { minLength: 1, maxLength: 3 }) }),
  fc.tuple(number, number).map(([one, other]) => ({
    op: 'between' as const,
    value: [Math.min(one, other), Math.max(one, other)],
  })),
  fc.record({ op: fc.constantFrom('missing', 'present') }),
)
const ofTexts = fc.oneof(
  fc.record({ op: fc.constantFrom('=', '!='), value: text }),
  fc.record({ op: fc.constantFrom('in', 'not in'), value: fc.array(text, { minLength: 1, maxLength: 2 }) }),
  fc.record({ op: fc.constant('contains'), value: fc.constantFrom('o', 'th', 'mid') }),
  fc.record({ op: fc.constantFrom('missing', 'present') }),
)
/** An alternative in another column. */
const ofOthers = fc.oneof(
  fc.tuple(fc.constantFrom(...NUMBERS), ofNumbers).map(([column, other]) => ({ column, ...other })),
  fc.tuple(fc.constantFrom(...TEXTS), ofTexts).map(([column, other]) => ({ column, ...other })),
)
const conditionOf = (columns: readonly string[], comparison: fc.Arbitrary<object>): fc.Arbitrary<Condition> =>
  fc
    .tuple(fc.constantFrom(...columns), comparison, fc.array(fc.oneof(comparison, ofOthers), { maxLength: 2 }))
    .map(([column, first, or]) => Object.assign({ column }, first, or.length > 0 && { or }) as unknown as Condition)
const where = fc.array(fc.oneof(conditionOf(NUMBERS, ofNumbers), conditionOf(TEXTS, ofTexts)), { maxLength: 3 })

const measure = fc.constantFrom(...MEASURES).chain((kind): fc.Arbitrary<Measure> =>
  fc
    .record({
      column: fc.constantFrom(...NUMBERS),
      other: fc.constantFrom(...NUMBERS),
      q: fc.double({ min: 0, max: 1, noNaN: true }),
    })
    .map(({ column, other, q }) => ({
      measure: kind,
      column,
      ...(kind === 'weightedMean' && { weight: other }),
      ...(kind === 'correlation' && { with: other }),
      ...(kind === 'quantile' && { q }),
    })),
)
const rows = {
  percent: fc.option(fc.double({ min: 0.5, max: 100, noNaN: true }), { nil: undefined }),
  limit: fc.option(fc.integer({ min: 1, max: 50 }), { nil: undefined }),
  offset: fc.integer({ min: 0, max: 9 }),
}
const lists = fc.record({
  where,
  select: fc.uniqueArray(fc.constantFrom('ward', ...NUMBERS, ...TEXTS), { minLength: 1 }),
  orderBy: fc.uniqueArray(
    fc.record({ by: fc.constantFrom(...NUMBERS, ...TEXTS), direction: fc.constantFrom('ascending', 'descending') }),
    { minLength: 1, maxLength: 2, selector: ({ by }) => by },
  ),
  each: fc.option(fc.record({ column: fc.constantFrom(...TEXTS, ...NUMBERS), rows: fc.integer({ min: 1, max: 3 }) }), {
    nil: undefined,
  }),
  ...rows,
})
const figures = fc.record({
  where,
  groupBy: fc.option(fc.uniqueArray(fc.constantFrom(...TEXTS, ...NUMBERS), { minLength: 1, maxLength: 2 }), {
    nil: undefined,
  }),
  measures: fc.array(measure, { minLength: 1, maxLength: 4 }),
  ...rows,
})

const counts = fc.record({
  where,
  groupBy: fc.uniqueArray(fc.constantFrom(...TEXTS, ...NUMBERS), { minLength: 1, maxLength: 2 }),
  measures: fc.constant([{ measure: 'count' as const }]),
  having: fc.array(
    fc.record({
      by: fc.constant('count'),
      op: fc.constantFrom('=', '!=', '<', '<=', '>', '>='),
      value: fc.integer({ min: 0, max: 4 }),
    }),
    { minLength: 1, maxLength: 2 },
  ),
  ...rows,
})

/** Leaves out what is undefined: the schema has no place for it, and a part cannot go with the first of each group. */
const plain = (query: object): WardQuery => {
  const { percent, ...others } = JSON.parse(JSON.stringify(query)) as WardQuery
  return { ...others, ...(percent !== undefined && others.each === undefined && { percent }) }
}

t.test('any query is answered as an independent calculation answers it', async () => {
  fc.assert(
    fc.property(wards, fc.oneof(lists, figures, counts).map(plain), (wards, query) => {
      const answer = askWards(viewOf(wards), query)
      const expected = answerOf(wards, query)
      same(answer.rows, expected)
      const used = answerOf(wards, { where: query.where ?? [], measures: [{ measure: 'count' }] })[0]?.[0]
      if (answer.rowsUsed !== used) throw new Error(`${String(answer.rowsUsed)} wards used, not ${String(used)}`)
    }),
    { numRuns: 2_000 },
  )
})

/** Figures may differ by the rounding of their sums; everything else is the same. */
function same(rows: readonly (readonly unknown[])[], expected: readonly (readonly unknown[])[]): void {
  const isNear = (one: unknown, other: unknown): boolean =>
    typeof one === 'number' && typeof other === 'number' ? Math.abs(one - other) <= 1e-6 : one === other
  const fits =
    rows.length === expected.length &&
    rows.every(
      (row, at) => row.length === expected[at]?.length && row.every((cell, n) => isNear(cell, expected[at]?.[n])),
    )
  if (!fits) throw new Error(`${JSON.stringify(rows)} where ${JSON.stringify(expected)} follows`)
}

const WARDS: readonly PlainWard[] = [
  { ward: 'Kuka', lga: 'Alpha', class: 'urban', a: 1, b: 10 },
  { ward: 'Baure', lga: 'Alpha', class: null, a: 2, b: 10 },
  { ward: 'Dutse', lga: 'Béta', class: 'rural', a: null, b: 30 },
  { ward: 'Gawo', lga: 'Béta', class: 'rural', a: 4, b: null },
]
const ask = (query: WardQuery): ReturnType<typeof askWards> => askWards(viewOf(WARDS), query)

t.test('figures of a small table, worked out by hand', async (t) => {
  const {
    columns,
    rows: cells,
    rowsWithoutValue,
    notes,
  } = ask({
    measures: [
      { measure: 'count' },
      { measure: 'sum', column: 'a' },
      { measure: 'mean', column: 'a' },
      { measure: 'weightedMean', column: 'a', weight: 'b' },
      { measure: 'median', column: 'a' },
      { measure: 'sd', column: 'a' },
      { measure: 'quantile', column: 'a', q: 0.25 },
      { measure: 'correlation', column: 'a', with: 'b' },
    ],
  })
  t.strictSame(
    columns.map(({ name }) => name),
    [
      'count',
      'sum of a',
      'mean of a',
      'mean of a weighted by b',
      'median of a',
      'sd of a',
      '0.25 quantile of a',
      'correlation of a and b',
      'n of correlation of a and b',
    ],
  )
  // 1, 2, 4: mean 7/3, squares 16/9 + 1/9 + 25/9 over n − 1. Of a and b only two wards have both, and their b is equal.
  t.strictSame(cells, [[4, 7, 7 / 3, 1.5, 2, Math.sqrt(7 / 3), 1.5, null, 2]])
  t.strictSame(rowsWithoutValue, [
    { column: 'a', wards: 1 },
    { column: 'b', wards: 1 },
  ])
  t.strictSame(notes, [
    'Figures of "a" rest on 3 of 4 wards; 1 has no value.',
    'Figures of "b" rest on 3 of 4 wards; 1 has no value.',
  ])
})

t.test('a missing value satisfies no comparison, is counted, and is a group of its own', async (t) => {
  const below = ask({ where: [{ column: 'a', op: '<', value: 100 }], measures: [{ measure: 'count' }] })
  const other = ask({ where: [{ column: 'a', op: '!=', value: 100 }], measures: [{ measure: 'count' }] })
  const none = ask({ where: [{ column: 'class', op: 'not in', value: ['urban'] }], select: ['ward'] })
  t.strictSame([below.rows, other.rows, none.rows], [[[3]], [[3]], [['Dutse'], ['Gawo']]])
  t.strictSame(below.rowsWithoutValue, [{ column: 'a', wards: 1 }])
  t.strictSame(below.notes, ['1 ward has no value of "a" and satisfies no comparison with it.'])
  const groups = ask({ groupBy: ['class'], orderBy: [{ by: 'count', direction: 'descending' }] })
  t.strictSame(groups.rows, [
    ['rural', 2],
    ['urban', 1],
    [null, 1],
  ])
  t.strictSame(groups.notes, ['1 ward has no value of "class": they are a group of their own.'])
})

t.test('texts are compared without case, accents and spaces, unless one is exactly the same', async (t) => {
  const of = (value: string): unknown => ask({ where: [{ column: 'lga', op: '=', value }], select: ['ward'] }).rows
  t.strictSame(of(' beta '), [['Dutse'], ['Gawo']])
  const twins = WARDS.map((ward, at) => ({ ...ward, lga: at === 0 ? 'BETA' : 'beta' }))
  const exact = askWards(viewOf(twins), { where: [{ column: 'lga', op: '=', value: 'BETA' }], select: ['ward'] })
  t.strictSame(exact.rows, [['Kuka']])
  const both = askWards(viewOf(twins), { where: [{ column: 'lga', op: '=', value: 'Beta' }], select: ['ward'] })
  t.equal(both.rows.length, 4)
  t.strictSame(both.notes, ['"Beta" stands for "BETA", "beta".'])
})

t.test('a text that no ward has gives no ward, and says which are the nearest', async (t) => {
  const { rows: cells, notes } = ask({ where: [{ column: 'lga', op: '=', value: 'Alfa' }], select: ['ward'] })
  t.strictSame(cells, [])
  t.strictSame(notes, ['No ward has "Alfa" as its lga; the nearest is "Alpha".'])
})

t.test('the words of a query are a sentence with all of its parts', async (t) => {
  t.equal(
    ask({
      where: [
        { column: 'a', op: '>', value: 1, or: [{ op: 'missing' }] },
        { column: 'lga', op: 'in', value: ['Alpha', 'Béta'] },
        { column: 'b', op: 'between', value: [5, 40] },
      ],
      select: ['ward', 'a'],
      orderBy: [{ by: 'b', direction: 'descending' }],
      limit: 1,
    }).words,
    'This lists ward and a of the wards where a is more than 1 or is missing, and lga is one of "Alpha", "Béta", ' +
      'and b is between 5 and 40, ordered by b (descending); the first 1.',
  )
  t.equal(
    ask({ groupBy: ['lga'], measures: [{ measure: 'sd', column: 'a' }, { measure: 'count' }], offset: 1, limit: 5 })
      .words,
    'This gives the standard deviation of a and the number of all wards, for each lga, ordered by lga; ' +
      'from row 2 on, at most 5.',
  )
})

t.test('what does not fit the data is refused, each part with a pointer', async (t) => {
  const wrong = (query: WardQuery): unknown => textsAndPlaces(refusal(() => ask(query)).errors)
  t.strictSame(wrong({ where: [{ column: 'clas', op: '=', value: 'x' }] }), [
    { pointer: '/where/0/column', detail: 'there is no column and no field "clas"; the nearest is "class"' },
  ])
  t.strictSame(
    wrong({
      where: [
        { column: 'a', op: '>', value: 'much' },
        { column: 'lga', op: '<', value: 3 },
      ],
    }),
    [
      { pointer: '/where/0/value', detail: '"a" holds numbers, and "much" is not a number' },
      { pointer: '/where/1/value', detail: '"lga" holds text; "<" needs numbers' },
    ],
  )
  t.strictSame(wrong({ measures: [{ measure: 'mean', column: 'lga' }, { measure: 'sum' }] }), [
    { pointer: '/measures/0/column', detail: '"lga" holds text; "mean" needs numbers' },
    { pointer: '/measures/1/column', detail: '"sum" needs a column' },
  ])
  t.strictSame(
    wrong({
      measures: [
        { measure: 'quantile', column: 'a' },
        { measure: 'sum', column: 'a', q: 0.5 },
      ],
    }),
    [
      { pointer: '/measures/0/q', detail: '"quantile" needs "q"' },
      { pointer: '/measures/1/q', detail: '"q" belongs to "quantile", not to "sum"' },
    ],
  )
  t.strictSame(wrong({ where: [{ column: 'a', op: 'between', value: [3, 1] }] }), [
    { pointer: '/where/0/value', detail: 'the first end of "between" must not be greater than the second' },
  ])
  t.strictSame(
    wrong({
      where: [
        { column: 'a', op: 'in', value: 3 },
        { column: 'a', op: 'missing', value: 3 },
      ],
    }),
    [
      { pointer: '/where/0/value', detail: '"in" needs a list of values' },
      { pointer: '/where/1/value', detail: '"missing" takes no value' },
    ],
  )
  t.strictSame(wrong({ groupBy: ['lga'], select: ['ward'], orderBy: [{ by: 'a', direction: 'ascending' }] }), [
    { pointer: '/select', detail: 'columns of single wards cannot be selected together with groups or measures' },
    {
      pointer: '/orderBy/0/by',
      detail: '"a" is neither a group nor a measure of this query; it has "lga", "count"',
    },
  ])
})

t.test('a number may be written as text, which some models do', async (t) => {
  t.strictSame(ask({ where: [{ column: 'a', op: '>=', value: ' 2.0' }], select: ['ward'] }).rows, [['Baure'], ['Gawo']])
})

t.test('rows stop before 64 kB, and a note says so', async (t) => {
  const many = Array.from({ length: 500 }, (_, at) => ({
    ward: `${'w'.repeat(180)}${String(at)}`,
    lga: 'L',
    class: null,
    a: at,
    b: 1,
  }))
  const { rows: cells, total, notes } = askWards(viewOf(many), { select: ['ward', 'lga'], limit: 500 })
  t.ok(Buffer.byteLength(JSON.stringify(cells)) <= 64 * 1024)
  t.ok(cells.length > 300 && cells.length < 500)
  t.equal(total, 500)
  t.match(notes.at(-1), new RegExp(`^Only ${String(cells.length)} rows are given`))
})

/** As many wards as groups, whose columns count how often they are looked at. */
function countedView(count: number): { readonly view: WardView; readonly looks: () => number } {
  let looks = 0
  const plain = viewOf(
    Array.from({ length: count }, (_, at) => ({
      ward: `w${String((at * 7) % count)}`,
      lga: null,
      class: null,
      a: at + 1,
      b: 1,
    })),
  )
  const counted = (column: ViewColumn): ViewColumn =>
    column.type === 'text'
      ? {
          ...column,
          get values() {
            looks += 1
            return column.values
          },
        }
      : {
          ...column,
          numbers: new Proxy(column.numbers, {
            get(numbers, name) {
              looks += 1
              return Reflect.get(numbers, name) as unknown
            },
          }),
        }
  const columns = new Map<string, ReturnType<WardView['find']>>()
  const find = (name: string): ReturnType<WardView['find']> => {
    const found = columns.get(name) ?? plain.find(name)
    const kept = found.is === 'column' && !columns.has(name) ? { ...found, column: counted(found.column) } : found
    columns.set(name, kept)
    return kept
  }
  return { view: { ...plain, find }, looks: () => looks }
}

t.test('groups are ordered without looking through their column at every comparison', async (t) => {
  const { view, looks } = countedView(500)
  const { rows: cells } = askWards(view, { groupBy: ['ward'], orderBy: [{ by: 'ward', direction: 'descending' }] })
  t.equal(cells[0]?.[0], 'w99')
  t.ok(looks() < 5 * 500, `${String(looks())} looks`)
})

t.test('the sum that shares are parts of is worked out once for all groups', async (t) => {
  const { view, looks } = countedView(500)
  const { rows: cells } = askWards(view, { groupBy: ['ward'], measures: [{ measure: 'share', column: 'a' }] })
  t.equal(cells.find(([ward]) => ward === 'w0')?.[1], 1 / ((500 * 501) / 2))
  t.ok(looks() < 20 * 500, `${String(looks())} looks`)
})

t.test('the values that all conditions compare with are bounded', async (t) => {
  const fifty = Array.from({ length: 50 }, (_, at) => `x${String(at)}`)
  const most: Condition[] = Array.from({ length: 12 }, () => ({ column: 'ward', op: 'in', value: fifty }))
  t.equal(ask({ where: most }).total, 0)
  const { errors } = refusal(() =>
    ask({
      where: most,
      measures: [{ measure: 'share', column: 'a', part: [{ column: 'ward', op: '=', value: 'x' }] }],
    }),
  )
  t.strictSame(textsAndPlaces(errors), [
    { pointer: '/measures/0/part/0', detail: 'all conditions together compare with at most 600 values' },
  ])
})

t.test('what is nearest is said of the first three unknown names', async (t) => {
  const unknown = ['Baur', 'Gawa', 'Baura', 'Gaw', 'Bau']
  const { notes } = ask({ where: [{ column: 'ward', op: 'in', value: unknown }] })
  t.equal(notes.filter((note) => note.includes('the nearest')).length, 3)
  t.equal(notes.filter((note) => note.startsWith('No ward has')).length, 5)
})

t.test('wards are compared with the mean of their own group, and one without a group satisfies none', async (t) => {
  const wards: readonly PlainWard[] = [
    { ward: 'Kuka', lga: 'Alpha', class: null, a: 1, b: 0 },
    { ward: 'Baure', lga: 'Alpha', class: null, a: 3, b: 0 },
    { ward: 'Dutse', lga: 'Beta', class: null, a: 10, b: 0 },
    { ward: 'Gawo', lga: 'Beta', class: null, a: 20, b: 0 },
    { ward: 'Rogo', lga: null, class: null, a: 99, b: 0 },
  ]
  // The mean of Alpha is 2, that of Beta 15; that of all is 26.6.
  const answer = askWards(viewOf(wards), {
    where: [{ column: 'a', op: '>', value: { figure: 'mean', by: 'lga' } }],
    select: ['ward'],
  })
  t.strictSame(answer.rows, [['Baure'], ['Gawo']])
  t.match(answer.words, /where a is more than its mean over the wards of the same lga/)
  t.strictSame(answer.notes, [
    'Each ward is compared with the mean of "a" over the wards with the same "lga" that have a value.',
  ])
  const unknown = { where: [{ column: 'a', op: '>' as const, value: { figure: 'mean' as const, by: 'x' } }] }
  const { errors } = refusal(() => askWards(viewOf(wards), unknown))
  t.strictSame(
    errors.map(({ pointer }) => pointer),
    ['/where/0/value/by'],
  )
})

t.test('alternatives of two columns are one condition, and the first wards of each group are a list', async (t) => {
  const either = ask({
    where: [{ column: 'a', op: '<', value: 2, or: [{ column: 'class', op: '=', value: 'rural' }] }],
    select: ['ward'],
  })
  t.strictSame(either.rows, [['Dutse'], ['Gawo'], ['Kuka']])
  t.match(either.words, /where either a is less than 2 or class is "rural"/)
  const first = ask({
    select: ['ward'],
    orderBy: [{ by: 'b', direction: 'descending' }],
    each: { column: 'lga', rows: 1 },
  })
  t.strictSame(first.rows, [['Baure'], ['Dutse']])
  t.equal(first.total, 2)
  t.match(first.words, /of all wards, of each lga only the first, ordered by b \(descending\)/)
  const { errors } = refusal(() => ask({ groupBy: ['lga'], each: { column: 'lga', rows: 1 } }))
  t.strictSame(
    errors.map(({ pointer }) => pointer),
    ['/each'],
  )
})
