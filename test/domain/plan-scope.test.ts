import t from 'tap'
import type { PlanBasis } from '../../service/domain/plan/plan-basis.ts'
import { changeOptions } from '../../service/domain/plan/change-options.ts'
import type { Fault } from '../../service/domain/fault.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import type { PlanCondition } from '../../service/domain/plan/plan-conditions.ts'
import { outsideReason } from '../../service/domain/plan/plan-scope.ts'

const LGAS = ['Arewa', 'Bunza', null]
const PEOPLE = [900, 1_800, 2_700, NaN, 450, 3_600]

/** Six wards by rank: two High, two Medium, two Low; the third and the sixth have no LGA, the fourth no population. */
const BASIS: PlanBasis = {
  wards: PEOPLE.map((_, at) => ({
    wardCode: `W${String(at + 1)}`,
    wardName: `Ward ${String(at + 1)}`,
    lga: LGAS[at % 3] ?? null,
    state: null,
    rank: at + 1,
    tier: at < 2 ? ('High' as const) : at < 4 ? ('Medium' as const) : ('Low' as const),
    pcaRank: null,
  })),
  columns: [{ name: 'population', kind: 'population', isYesNo: false, values: Float64Array.from(PEOPLE) }],
  unusable: [],
  columnFindings: [],
  positivity: [],
  pcaReasons: ['not computed'],
  caveats: [],
  questions: [],
  answers: {},
}

function plannedBy(where: readonly PlanCondition[]): readonly string[] {
  return planNets(BASIS, { totalNets: 10_000, where: where.map((each) => ({ ...each })) }).wards.map(
    ({ wardName }) => wardName,
  )
}

t.test(
  'planNets() plans for the wards that satisfy every condition, and lists the others with the reason',
  async (t) => {
    t.strictSame(plannedBy([{ column: 'lga', op: 'in', value: ['arewa'] }]), ['Ward 1'])
    t.strictSame(
      plannedBy([{ column: 'lga', op: 'not in', value: ['Arewa'] }]),
      ['Ward 2', 'Ward 5'],
      'a ward without an LGA is not known to be outside',
    )
    t.strictSame(plannedBy([{ column: 'tier', op: 'in', value: ['High', 'Low'] }]), [
      'Ward 1',
      'Ward 2',
      'Ward 5',
      'Ward 6',
    ])
    t.strictSame(plannedBy([{ column: 'wardCode', op: 'in', value: ['w6', 'W1'] }]), ['Ward 1', 'Ward 6'])
    t.strictSame(
      plannedBy([
        { column: 'tier', op: 'in', value: ['High'] },
        { column: 'ward', op: 'not in', value: ['Ward 1'] },
      ]),
      ['Ward 2'],
    )
    t.strictSame(plannedBy([]), ['Ward 1', 'Ward 2', 'Ward 3', 'Ward 5', 'Ward 6'], 'no condition leaves nobody out')

    const where: PlanCondition[] = [{ column: 'lga', op: 'in', value: ['Arewa', 'Bunza'] }]
    const { excluded, totals, caveats } = planNets(BASIS, { totalNets: 10_000, where })
    const outside = outsideReason(where)
    t.equal(outside, 'the plan is only for wards whose LGA is Arewa or Bunza')
    t.strictSame(
      excluded.map(({ wardName, reason }) => [wardName, reason]),
      [
        ['Ward 3', outside],
        ['Ward 4', 'population is missing'],
        ['Ward 6', outside],
      ],
    )
    // 900, 1,800 and 450 people at one net for 1.8.
    t.match(totals, { need: 500 + 1_000 + 250, allocated: 1_750, remaining: 8_250, wardsFull: 3 })
    t.ok(caveats.includes(`2 wards are left out: ${outside}.`))
    t.ok(caveats.some((caveat) => caveat.startsWith('1 wards have no usable population')))
  },
)

t.test('planNets() refuses conditions that name what the data do not have, with a pointer to each', async (t) => {
  const plan = (): unknown =>
    planNets(BASIS, {
      totalNets: 10,
      where: [
        { column: 'lga', op: 'in', value: ['Arewa'] },
        { column: 'lga', op: 'not in', value: ['Atlantis'] },
        { column: 'ward', op: 'in', value: ['Ward 9', 'Ward 1'] },
      ],
    })
  t.throws(plan, { kind: 'invalid-input', errors: [{ pointer: '/where/1/value' }, { pointer: '/where/2/value' }] })
})

const TPR = [60, 45, NaN, 50, 45, 10]
const MEASURED: PlanBasis = {
  ...BASIS,
  columns: [
    ...BASIS.columns,
    { name: 'tpr', kind: null, isYesNo: false, values: Float64Array.from(TPR) },
    { name: 'Urban', kind: 'urbanShare', isYesNo: true, values: Float64Array.from([0, 100, 0, 0, 100, 0]) },
  ],
}

t.test('conditions on numbers keep the wards that satisfy them, and show the numbers', async (t) => {
  const kept = (...where: readonly PlanCondition[]): string =>
    planNets(MEASURED, { totalNets: 10_000, where: where.map((each) => ({ ...each })) })
      .wards.map(({ wardName }) => wardName.slice(-1))
      .sort()
      .join('')
  // The fourth ward has no population, so that no plan serves it.
  t.equal(kept({ column: 'tpr', op: '>=', value: 45 }), '125')
  t.equal(kept({ column: 'tpr', op: '!=', value: 45 }), '16')
  t.equal(kept({ column: 'tpr', op: 'between', value: [10, 45] }), '256')
  t.equal(kept({ column: 'tpr', op: 'missing' }), '3')
  t.equal(kept({ column: 'tpr', op: 'present' }), '1256')
  t.equal(kept({ column: 'tpr', op: 'not in', value: [45, 10] }), '1', 'a missing value is not another number')
  t.equal(kept({ column: 'tpr', op: '>', value: { figure: 'mean' } }), '125', 'the mean of the five is 42')
  t.equal(kept({ column: 'tpr', op: '>', value: { figure: 'median' } }), '1', 'the median of the five is 45')
  t.equal(kept({ column: 'rank', op: '<=', value: 2 }), '12')
  t.equal(kept({ column: 'tpr', op: '<', value: 20, or: [{ column: 'population', op: '=', value: 900 }] }), '16')
  t.equal(kept({ column: 'tpr', op: '>=', value: 45 }, { column: 'lga', op: 'in', value: ['Bunza'] }), '25')

  const where: PlanCondition[] = [
    { column: 'tpr', op: 'between', value: [40, 70], or: [{ column: 'population', op: '>', value: 3_000 }] },
  ]
  const { wards, excluded, rules } = planNets(MEASURED, { totalNets: 10_000, where })
  const reason = 'the plan is only for wards whose tpr is between 40 and 70 or whose population is more than 3000'
  t.match(excluded, [
    { wardName: 'Ward 3', rule: 'where', reason, compared: { tpr: null, population: 2_700 } },
    { wardName: 'Ward 4', rule: 'population' },
  ])
  t.strictSame(wards[0]?.compared, { tpr: 60, population: 900 })
  t.match(rules[0], /^The plan is only for wards whose tpr is between 40 and 70 or .*; 1 wards are outside\.$/)
  t.notOk('compared' in (planNets(BASIS, { totalNets: 1 }).wards[0] ?? {}), 'without such conditions nothing is shown')
})

t.test('a condition on numbers that does not fit is refused with a pointer to its part', async (t) => {
  const pointers = (...where: PlanCondition[]): unknown => {
    try {
      return planNets(MEASURED, { totalNets: 10, where })
    } catch (error) {
      return (error as Fault).errors.map(({ pointer }) => pointer)
    }
  }
  t.strictSame(
    pointers(
      { column: 'rain', op: '>', value: 1 },
      { column: 'Urban', op: '=', value: 100 },
      { column: 'tpr', op: '>' },
      { column: 'tpr', op: 'between', value: [9, 1] },
      { column: 'tpr', op: 'in', value: 4 },
      { column: 'tpr', op: 'missing', value: 4 },
      {
        column: 'tpr',
        op: '<',
        value: 1,
        or: [
          { op: '=', value: [1, 2] },
          { column: 'flood', op: 'present' },
        ],
      },
    ),
    [
      '/where/0/column',
      '/where/1/column',
      '/where/2/value',
      '/where/3/value',
      '/where/4/value',
      '/where/5/value',
      '/where/6/or/0/value',
      '/where/6/or/1/column',
    ],
  )
})

t.test('what long conditions leave out has a short reason, and the rules say them whole', async (t) => {
  const padded = Array.from({ length: 50 }, () => `Ward 1${' '.repeat(190)}`)
  const where = Array.from({ length: 12 }, (): PlanCondition => ({ column: 'ward', op: 'in', value: padded }))
  const { excluded, rules } = planNets(BASIS, { totalNets: 10, where: where.map((each) => ({ ...each })) })
  const outside = excluded.filter(({ rule }) => rule === 'where')
  t.equal(outside.length, 4)
  t.ok(outside.every(({ reason }) => reason.length < 400))
  t.ok(rules.some((rule) => rule.length > 12 * 50 * 190))
})

t.test('changeOptions() drops what only the former choice took', async (t) => {
  const before = { totalNets: 100, rule: 'household', householdSize: 6, urbanThreshold: 50 } as const
  t.strictSame(changeOptions(before, { rule: 'per-person' }), {
    totalNets: 100,
    rule: 'per-person',
    urbanThreshold: 50,
  })
  t.strictSame(changeOptions(before, { totalNets: 7 }), { ...before, totalNets: 7 })
  t.strictSame(changeOptions(before, { mode: 'legacy' }), {
    totalNets: 100,
    mode: 'legacy',
    householdSize: 6,
    urbanThreshold: 50,
  })
  t.strictSame(changeOptions({ totalNets: 9, mode: 'legacy' }, { rule: 'household', householdSize: 4 }), {
    totalNets: 9,
    rule: 'household',
    householdSize: 4,
  })
})
