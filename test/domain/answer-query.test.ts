import { readFileSync } from 'node:fs'
import t from 'tap'
import { answerQuery } from '../../service/domain/chat/answers/query.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { viewWards } from '../../service/domain/query/ward-view.ts'
import type { WardQuery } from '../../service/domain/query/ward-query.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'

const MADE = { datasetVersion: 7, stale: false }
const CSV = `WardName,LGA,population,rainfall
Kuka,Alpha,1000,10.5
Baure,Alpha,2000,
Dutse,Beta,3000,20
Gawo,,4000,40
`

async function answer(query: WardQuery, csv: string | Uint8Array = CSV): Promise<ReturnType<typeof answerQuery>> {
  const dataset = joinWards(await readWards(Buffer.from(csv), 'wards.csv'), null)
  return answerQuery(viewWards({ dataset, result: null, plan: null }), query, MADE)
}

t.test('a count says how many wards of how many, by which conditions, and what was not compared', async (t) => {
  const { text, basis } = await answer({
    where: [{ column: 'rainfall', op: '>', value: 15 }],
    measures: [{ measure: 'count' }],
  })
  t.equal(
    text,
    '2 of 4 wards, the wards where rainfall is more than 15. ' +
      '1 ward has no value of "rainfall" and satisfies no comparison with it.',
  )
  t.strictSame(basis, [
    'Dataset version 7.',
    'Asked: This gives the number of the wards where rainfall is more than 15.',
  ])
  t.equal((await answer({ measures: [{ measure: 'count' }] })).text, 'There are 4 wards.')
})

t.test('figures of all wards are stated with what they rest on', async (t) => {
  const { text, table } = await answer({
    measures: [
      { measure: 'sum', column: 'population' },
      { measure: 'mean', column: 'rainfall' },
      { measure: 'correlation', column: 'population', with: 'rainfall' },
    ],
  })
  // Of 1000, 3000, 4000 and 10.5, 20, 40: the deviations' products over the roots of their squares.
  const r = 42500 / Math.sqrt(4666666.6666667 * 453.5)
  t.equal(
    text,
    'Of all 4 wards: the sum of population is 10,000; the mean of rainfall is 23.5; the correlation of population ' +
      `and rainfall (Pearson's r) is ${r.toFixed(4).replace(/0+$/, '')} over 3 wards. ` +
      'Figures of "rainfall" rest on 3 of 4 wards; 1 has no value.',
  )
  t.strictSame(table?.columns, [
    'sum of population',
    'mean of rainfall',
    'correlation of population and rainfall',
    'n of correlation of population and rainfall',
  ])
})

t.test('groups are told one by one, also that of the wards without one', async (t) => {
  const { text, table } = await answer({ groupBy: ['lga'], measures: [{ measure: 'share', column: 'population' }] })
  t.equal(
    text,
    'All 4 wards, by LGA (3 in all). Alpha: the share of population is 30 percent; ' +
      'Beta: the share of population is 30 percent; LGA not known: the share of population is 40 percent. ' +
      '1 ward has no value of "lga": they are a group of their own.',
  )
  t.strictSame(table?.rows, [
    ['Alpha', 0.3],
    ['Beta', 0.3],
    [null, 0.4],
  ])
})

t.test('wards are listed with what was asked of them, and which rows they are', async (t) => {
  const { text, table } = await answer({
    select: ['ward', 'population'],
    orderBy: [{ by: 'population', direction: 'descending' }],
    limit: 2,
    offset: 1,
  })
  t.equal(
    text,
    'All 4 wards. These are 2 to 3 by population, the greatest first: Dutse (population 3,000); Baure (population 2,000).',
  )
  t.strictSame(table, {
    columns: ['ward', 'population'],
    rows: [
      ['Dutse', 3_000],
      ['Baure', 2_000],
    ],
  })
  const none = await answer({ where: [{ column: 'lga', op: '=', value: 'Alfa' }] })
  t.equal(
    none.text,
    '0 of 4 wards, the wards where LGA is "Alfa". No ward has "Alfa" as its lga; the nearest is "Alpha". ' +
      '1 ward has no value of "lga" and satisfies no comparison with it.',
  )
  t.equal(none.table, undefined)
})

t.test('fields of the ranking are called by their labels, and its caveats travel with the answer', async (t) => {
  const dataset = joinWards(
    await readWards(readFileSync(new URL('../../service/sample/wards.csv', import.meta.url)), 'wards.csv'),
    null,
  )
  const result = analyse(dataset)
  const { text, basis } = answerQuery(
    viewWards({ dataset, result, plan: null }),
    { where: [{ column: 'medianRank', op: '<=', value: 3 }], measures: [{ measure: 'count' }] },
    MADE,
  )
  const few = result.wards.filter(({ robustness }) => robustness.medianRank <= 3).length
  t.match(text, `${String(few)} of 60 wards, the wards where median model rank is at most 3.`)
  for (const caveat of result.caveats) t.ok(basis.includes(caveat), caveat)
})

t.test('nothing in a name or a value can act in the words', async (t) => {
  const { text, table } = await answer(
    { where: [{ column: 'LGA', op: '!=', value: '<b>\u202e](http://x)' }], select: ['ward', 'pop<i>'] },
    'WardName,LGA,pop<i>\n<script>\u0007,A,1\nKuka,B,2\n',
  )
  t.notMatch(JSON.stringify([text, table]), /[<>\u202e\u0007]|\]\(/)
})
