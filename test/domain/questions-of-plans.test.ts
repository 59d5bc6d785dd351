import t from 'tap'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { makeQuestion, questionId, type Question } from '../../service/domain/files/reading/question.ts'
import { say } from '../../service/domain/said.ts'
import { exportPlan } from '../../service/domain/exports/export-plan.ts'
import { packBasis, unpackBasis } from '../../service/domain/plan/pack-basis.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import type { PlanBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { refusal } from '../support/refusal.ts'
import { NOT_DRAWN } from '../support/stated-certainty.ts'

const HEADER = 'WardName,rainfall,tpr,population,urban_share'

async function datasetOf(
  rows: readonly string[],
  answers: Readonly<Record<string, string>> = {},
  header = HEADER,
): Promise<Dataset> {
  return joinWards(await readWards(Buffer.from([header, ...rows].join('\n')), 'w.csv', { answers }), null)
}

async function basisOf(...input: Parameters<typeof datasetOf>): Promise<PlanBasis> {
  const dataset = await datasetOf(...input)
  return unpackBasis(packBasis(planBasis(dataset, analyse(dataset))))
}

const FRACTIONS = ['A,9,30,1800,0.9', 'B,8,20,900,0.1', 'C,7,10,450,1']
const THOUSANDS = ['A,9,30,12.4,10', 'B,8,20,9.8,20', 'C,7,10,15.3,30']

t.test('planNets() asks whether urban shares up to 1 are percent, and follows the answer', async (t) => {
  const fractions = await basisOf(FRACTIONS)
  t.match(
    refusal(() => planNets(fractions, { totalNets: 600 })),
    {
      kind: 'unsettled',
      message: /No value of the urban share "urban_share" is above 1\. Shares of one and percent/,
      questions: [
        {
          id: 'urban-share-unit:urban_share',
          kind: 'urban-share-unit',
          options: [{ value: 'share' }, { value: 'percent' }],
          affects: 'plan',
          columns: ['urban_share'],
        },
      ],
    },
  )
  const order = async (answer: string): Promise<unknown> => {
    const plan = planNets(await basisOf(FRACTIONS, { 'urban-share-unit:urban_share': answer }), { totalNets: 600 })
    return plan.wards.map(({ wardName, urbanShare, allocationTier, allocated }) => [
      wardName,
      urbanShare,
      allocationTier,
      allocated,
    ])
  }
  // Shares of one: only B is below 75 percent, so it is served before A.
  t.strictSame(await order('share'), [
    ['B', 10, 1, 500],
    ['A', 90, 2, 100],
    ['C', 100, 2, 0],
  ])
  t.strictSame(await order('percent'), [
    ['A', 0.9, 1, 600],
    ['B', 0.1, 1, 0],
    ['C', 1, 1, 0],
  ])
  t.equal(refusal(() => planNets(fractions, { totalNets: 600, mode: 'legacy' })).kind, 'unsettled')
})

t.test('planNets() carries an answer as a caveat, and takes an option that is not there for no answer', async (t) => {
  const answered = await basisOf(FRACTIONS, { 'urban-share-unit:urban_share': 'share' })
  t.ok(
    planNets(answered, { totalNets: 1 }).caveats.includes(
      'A person said what "urban_share" holds: Shares of one: 0.8 is 80 percent.',
    ),
  )
  const strange = await basisOf(FRACTIONS, { 'urban-share-unit:urban_share': 'toString' })
  t.equal(refusal(() => planNets(strange, { totalNets: 1 })).kind, 'unsettled')
})

t.test('planNets() asks about people that no ward has, and follows the answer', async (t) => {
  const id = 'implausible-people:population'
  const few = await basisOf(THOUSANDS)
  t.match(
    refusal(() => planNets(few, { totalNets: 1 })),
    {
      kind: 'unsettled',
      questions: [{ id, options: [{ value: 'people' }, { value: 'thousands' }, { value: 'other' }] }],
    },
  )
  const needs = async (answer: string): Promise<unknown> =>
    planNets(await basisOf(THOUSANDS, { [id]: answer }), { totalNets: 99_999 }).wards.map(({ need }) => need)
  // ⌈12,400 / 1.8⌉, ⌈9,800 / 1.8⌉, ⌈15,300 / 1.8⌉, and the same of 12.4, 9.8 and 15.3.
  t.strictSame(await needs('thousands'), [6889, 5445, 8500])
  t.strictSame(await needs('people'), [7, 6, 9])
  const other = await basisOf(THOUSANDS, { [id]: 'other' })
  t.match(
    refusal(() => planNets(other, { totalNets: 1 })),
    {
      kind: 'invalid-input',
      errors: [{ pointer: '/populationColumn' }],
    },
  )
  const many = await basisOf(['A,9,30,700000,10', 'B,8,25,810000,20', 'C,7,10,900000,30'])
  t.match(
    refusal(() => planNets(many, { totalNets: 1 })),
    {
      questions: [{ id, options: [{ value: 'people' }, { value: 'other' }] }],
    },
  )
})

t.test('planNets() asks nothing of shares in percent, of yes and no, and of plausible people', async (t) => {
  for (const [rows, header] of [
    [['A,9,30,1800,90', 'B,8,20,900,0.5', 'C,7,10,450,0'], HEADER],
    [['A,9,30,1800,1', 'B,8,20,900,0', 'C,7,10,450,1'], 'WardName,rainfall,tpr,population,Urban'],
    [['A,9,30,1800,0', 'B,8,20,900,0', 'C,7,10,450,0'], HEADER],
    [['A,9,30,100,50', 'B,8,20,100,50', 'C,7,10,100,50'], HEADER],
    [['A,9,30,500000,50', 'B,8,20,500000,50', 'C,7,10,1e99,50'], HEADER],
  ] as const)
    t.equal(planNets(await basisOf(rows, {}, header), { totalNets: 100 }).totals.stock, 100)
})

t.test('what could be wrong with the population stands in the plan and its file, and not in the ranking', async (t) => {
  const people = [12400, 9800, 15300, 8700, 124000, 11050, 9420, 13870, 7650, -99999]
  const rows = people.map(
    (count, at) => `${'ABCDEFGHIJ'[at] ?? ''},${String(at + 0.5)},${String(90 - at)},${String(count)},5`,
  )
  const dataset = await datasetOf(rows)
  const result = analyse(dataset, { indicators: ['rainfall', 'tpr'], allowCopies: true })
  const plan = planNets(unpackBasis(packBasis(planBasis(dataset, result))), { totalNets: 5000 })
  const csv = [...exportPlan({ ...plan, datasetVersion: 1 }, NOT_DRAWN)].join('')
  for (const caveat of [
    // By hand: quartiles 9420 and 13870, so that the fences are 3 · 4450 beyond them.
    '"population" has 1 values far from the rest (outside -3930 to 27220), used as they are: E 124000.',
    '-99999 in "population" was taken as a missing value: nobody counts fewer than no people (1: J (line 11)).',
  ]) {
    t.equal(plan.caveats.filter((text) => text === caveat).length, 1, caveat)
    t.ok(csv.includes(caveat.replaceAll('"', '""')), 'in itn_plan.csv, too')
    t.notOk(result.caveats.includes(caveat), 'the ranking does not use the population')
  }
})

t.test('a value that no ward can have is a caveat of the ranking that uses its column', async (t) => {
  const dataset = await datasetOf(['A,-3.4e38,30,1800,90', 'B,8,20,900,10', 'C,7,10,450,100', 'D,6,9,450,100'])
  const about = /in "rainfall" was taken as a missing value/
  const caveatsOf = (indicators: readonly string[]): string => analyse(dataset, { indicators }).caveats.join('\n')
  t.match(caveatsOf(['rainfall', 'tpr']), about)
  t.notMatch(caveatsOf(['tpr', 'urban_share']), about)
})

t.test('a question blocks what it could change, and nothing else', async (t) => {
  const question = (columns: readonly string[], affects: Question['affects'] = 'ranking'): Question =>
    makeQuestion({
      id: questionId('sentinel', ...columns),
      kind: 'sentinel',
      said: say('sentinel', { value: -9999, columns, more: '' }),
      options: [
        { value: 'missing', said: say('means-missing', { value: -9999 }) },
        { value: 'value', said: say('was-measured', { value: -9999 }) },
      ],
      affects,
      columns,
    })
  const rows = ['A,9,30,1800,90', 'B,8,20,900,10', 'C,7,10,450,50']
  const dataset = await datasetOf(rows)
  const asked = (...questions: Question[]): Dataset => ({ ...dataset, table: { ...dataset.table, questions } })
  for (const columns of [[], ['rainfall'], ['unused', 'tpr']])
    t.match(
      refusal(() => analyse(asked(question(columns)))),
      {
        kind: 'unsettled',
        message: /^Cannot rank the wards before a question is answered: -9999 stands in /,
        questions: [{ columns }],
      },
    )
  for (const open of [question(['population']), question([], 'plan'), question(['rainfall'], 'plan')])
    t.equal(analyse(asked(open)).wards.length, 3)
  t.equal(analyse(asked(question(['rainfall'])), { indicators: ['tpr', 'population'] }).wards.length, 3)

  const planOf = (open: Question): unknown => planNets(planBasis(asked(open), analyse(dataset)), { totalNets: 1 })
  for (const open of [question(['population']), question(['urban_share'], 'plan'), question([], 'plan')])
    t.equal(refusal(() => planOf(open)).kind, 'unsettled')
  t.match(planOf(question(['unused'])), { totals: { stock: 1 } })
  t.match(
    planNets(planBasis(asked(question(['urban_share'])), analyse(dataset)), { totalNets: 1, urbanColumn: 'tpr' }),
    { totals: { stock: 1 } },
    'a question about a column that this plan does not use',
  )
})

t.test('planNets() takes the column that a person settled, then the usual names, then the newest year', async (t) => {
  const rows = ['A,9,30,1800,100,300', 'B,8,20,900,200,400']
  const taken = async (header: string): Promise<unknown> => {
    const { parameters, caveats } = planNets(await basisOf(rows, {}, header), { totalNets: 1 })
    return [parameters.populationColumn, caveats.some((text) => text.includes('was taken, and not'))]
  }
  t.strictSame(await taken('WardName,rainfall,tpr,pop_2013,pop_2023,x'), ['pop_2023', true])
  t.strictSame(await taken('WardName,rainfall,tpr,pop_2013,pop,x'), ['pop', true])
  t.strictSame(await taken('WardName,rainfall,tpr,Est_Pop,u5_population,x'), ['Est_Pop', false])
  const dataset = await datasetOf(rows, {}, 'WardName,rainfall,tpr,population,Guests,x')
  const column = { name: 'Guests', role: 'population', guessed: false, why: 'a person said so', sample: [] } as const
  const settled = {
    ...dataset,
    table: { ...dataset.table, reading: { ...dataset.table.reading, columns: [column] } },
  }
  t.equal(planNets(planBasis(settled, analyse(settled)), { totalNets: 1 }).parameters.populationColumn, 'Guests')
})
