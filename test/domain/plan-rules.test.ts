import t from 'tap'
import { parse } from 'csv-parse/sync'
import { exportPlan } from '../../service/domain/exports/export-plan.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import type { PlanBasis, PlanWard } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import type { NumberCondition, PlanCondition } from '../../service/domain/plan/plan-conditions.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import { naivePlan } from '../support/naive-plan.ts'
import fc from '../support/properties.ts'
import { refusal } from '../support/refusal.ts'
import { NOT_DRAWN } from '../support/stated-certainty.ts'

/** Ten wards, ranked A to J. A, B and C are High, H, I and J Low. */
const WARDS = [
  'WardCode,WardName,LGA,State,a,b,population,urban_percentage,tpr,size',
  'K1,A,Dala,Kano,91,88,900,90,60,4',
  'K2,B,Dala,Kano,82,83,1800,10,40,5',
  'K3,C,Gwale,Kano,70,71,1000,80,NA,6',
  'K4,D,Gwale,Kano,61,60,1000,60,50,0',
  'K5,E,Gwale,Kano,50,52,2000,55,30,NA',
  'K6,F,Gwale,Kano,43,41,800,NA,20,5',
  'K7,G,Ola,Jigawa,30,33,1500,20,70,5',
  'K8,H,Ola,Jigawa,21,20,500,95,10,5',
  'K9,I,Ola,Jigawa,10,11,500,55,90,5',
  'K10,J,Ola,Jigawa,0,2,NA,95,10,5',
].join('\n')

async function basisOf(csv: string): Promise<PlanBasis> {
  const dataset = joinWards(await readWards(Buffer.from(csv), 'wards.csv'), null)
  return planBasis(dataset, analyse(dataset, { indicators: ['a', 'b'] }))
}

/** `A1 500` for each ward in the order of serving, with its tier and nets. */
function served(basis: PlanBasis, options: PlanOptions): string {
  return planNets(basis, options)
    .wards.map(({ wardName, allocationTier, allocated }) => `${wardName}${allocationTier} ${allocated}`)
    .join(', ')
}

function leftOut(basis: PlanBasis, options: PlanOptions): string {
  return planNets(basis, options)
    .excluded.filter(({ rule }) => rule !== 'population')
    .map(({ wardName, rule }) => `${wardName} ${rule}`)
    .join(', ')
}

t.test('urban wards are left out from the lowest-ranked upwards, and the ward that would cross stays in', async (t) => {
  const basis = await basisOf(WARDS)
  // 10,000 people have a population. Urban from 50 %: A 900, C 1000, D 1000, E 2000, H 500, I 500.
  const rule = (urbanFrom: number, upToPercent: number): PlanOptions => ({
    totalNets: 9_999,
    urbanRule: { kind: 'leave-out', urbanFrom, upToPercent },
  })
  t.equal(leftOut(basis, rule(50, 10)), 'I urban, H urban', '500 + 500 are exactly 10 %')
  t.equal(leftOut(basis, rule(50, 9.9)), 'I urban')
  t.equal(leftOut(basis, rule(50, 29)), 'I urban, H urban', 'with E they would be 3000')
  t.equal(leftOut(basis, rule(50, 30)), 'I urban, H urban, E urban')
  t.equal(leftOut(basis, rule(56, 30)), 'H urban, D urban, C urban', 'E is 55 % urban')
  t.equal(leftOut(basis, rule(50, 100)), 'I urban, H urban, E urban, D urban, C urban, A urban')
  t.equal(leftOut(basis, rule(50, 0)), '')
  const plan = planNets(basis, rule(50, 30))
  t.ok(
    plan.wards.every(({ allocationTier }) => allocationTier === 1),
    'the others are served by rank alone',
  )
  t.match(plan.rules.join('\n'), /up to 30 percent of all people: 3 wards with 3000 people, 30 percent of 10000/)
  t.match(plan.caveats.join('\n'), /1 wards have no urban share and are not left out.*: F\./)
})

t.test('protected wards and exceptions stay in, an exception out wins, and each has its reason', async (t) => {
  const basis = await basisOf(WARDS)
  const options: PlanOptions = {
    totalNets: 9_999,
    urbanRule: { kind: 'leave-out', urbanFrom: 50, upToPercent: 100 },
    protect: { tierHigh: true, column: 'tpr', from: 90 },
    exceptions: [
      { ward: 'H', in: true, reason: 'camp of displaced people' },
      { ward: 'K3', in: false, reason: 'had a campaign in May' },
    ],
  }
  // A is High, I has 90, H is in by name. C is High and out by name. D and E are left out.
  t.equal(leftOut(basis, options), 'C exception, E urban, D urban')
  const plan = planNets(basis, options)
  t.match(
    plan.wards.filter(({ protectedBecause, exception }) => (protectedBecause ?? exception) !== null),
    [
      { wardName: 'A', protectedBecause: 'tier High' },
      { wardName: 'B', protectedBecause: 'tier High' },
      { wardName: 'H', exception: 'camp of displaced people' },
      { wardName: 'I', protectedBecause: '"tpr" is 90, at least 90' },
    ],
  )
  t.match(plan.excluded.find(({ wardName }) => wardName === 'C')?.reason, 'left out by name: had a campaign in May')
  t.match(plan.caveats.join('\n'), /C is left out by name although it would be protected: tier High\./)
  t.match(plan.caveats.join('\n'), /1 wards have no value in "tpr", which therefore does not protect them: C\./)
  // By tiers, a protected ward and an exception are served first, by their ranks.
  t.match(
    served(basis, { ...options, urbanRule: { kind: 'tiers', threshold: 50 } }),
    /^A1 500, B1 1000, G1 834, H1 278, I1 278, D2 556, E2 1112, F2 445$/,
  )
  const csv = parse<Record<string, string>>([...exportPlan({ ...plan, datasetVersion: 1 }, NOT_DRAWN)].join(''), {
    columns: true,
  })
  t.match(
    csv.filter((row) => ['C', 'H'].includes(row['ward_name'] ?? '')),
    [
      { ward_name: 'H', exception: 'camp of displaced people', left_out_by: '' },
      { ward_name: 'C', left_out_by: 'exception', left_out_because: /had a campaign in May/ },
    ],
  )
})

t.test('wards can be served by a column, and whole wards only', async (t) => {
  const basis = await basisOf(WARDS)
  const byTpr = { totalNets: 9_999, rankColumn: 'tpr', urbanThreshold: 100 } as const
  const order = (options: PlanOptions): string =>
    planNets(basis, options)
      .wards.map(({ wardName, rank }) => wardName + String(rank))
      .join(' ')
  // 90 I, 70 G, 60 A, 50 D, 40 B, 30 E, 20 F, 10 H (and J, which has no population), C has none.
  t.equal(order(byTpr), 'I1 G2 A3 D4 B5 E6 F7 H8 C10'.replace('F7 H8 C10', 'H8 C10 F7'), 'F has no urban share: tier 2')
  t.equal(order({ ...byTpr, rankFirst: 'lowest' }), 'H1 E4 B5 D6 A7 G8 I9 C10 F3')
  t.match(planNets(basis, byTpr).caveats.join('\n'), /1 wards have no value in "tpr" and are served last: C\./)
  // B needs 1000, then G 834.
  const whole = { totalNets: 1_500, lastWard: 'whole', urbanThreshold: 50 } as const
  t.match(served(basis, whole), /^B1 1000, G1 0, A2 0/)
  t.match(served(basis, { ...whole, lastWard: 'partial' }), /^B1 1000, G1 500, A2 0/)
  const plan = planNets(basis, whole)
  t.match(plan.totals, { allocated: 1_000, remaining: 500 })
  t.match(plan.caveats.join('\n'), /500 nets remain: they are fewer than G needs\./)
})

t.test('reserve and buffer are held back first, and need follows its own figures', async (t) => {
  const basis = await basisOf(WARDS)
  const { totals, rules } = planNets(basis, {
    totalNets: 2_001,
    reserve: { nets: 100, percent: 10 },
    bufferPercent: 5,
  })
  // ⌈200.1⌉ and ⌈100.05⌉.
  t.match(totals, { stock: 2_001, reserve: 100 + 201 + 101, allocated: 1_599, remaining: 0 })
  t.match(rules.join('\n'), /301 nets are held back for routine channels[^]*101 nets \(5 percent of the stock\)/)
  const needs = (options: Omit<PlanOptions, 'totalNets'>): string =>
    planNets(basis, { totalNets: 0, ...options })
      .wards.toSorted((one, other) => (one.wardName < other.wardName ? -1 : 1))
      .map(({ wardName, need }) => wardName + String(need))
      .join(' ')
  t.equal(
    needs({ peoplePerNet: 2, peoplePerNetSource: 'state guideline' }),
    'A450 B900 C500 D500 E1000 F400 G750 H250 I250',
  )
  // Households of 4, 5, 6 people need 2, 3, 3 nets. D has no possible size and E none, so 5 is used.
  t.equal(
    needs({ rule: 'household', householdColumn: 'size' }),
    `A${String(225 * 2)} B${String(360 * 3)} C${String(167 * 3)} D${String(200 * 3)} E${String(400 * 3)} ` +
      `F${String(160 * 3)} G${String(300 * 3)} H${String(100 * 3)} I${String(100 * 3)}`,
  )
  t.match(
    planNets(basis, { totalNets: 0, rule: 'household', householdColumn: 'size' }).caveats.join('\n'),
    /2 wards have no household size from 1 to 50 people in "size", so 5 was used: D, E\./,
  )
})

t.test('in whole bales no net is lost, and each ward is less than a bale away from its allocation', async (t) => {
  const basis = await basisOf(WARDS)
  // B 1000, G 834, then A 500, C 556, D 556, E 1112, F 445, H 278, I 278: 5,559. In bales of 100, the parts 34, 0, 56,
  // 56, 12, 45, 78, 78 make 3 bales: H, I, and of C and D the one served first.
  const options = { totalNets: 9_000, urbanThreshold: 50, baleSize: 100 } as const
  t.equal(served(basis, options), 'B1 1000, G1 800, A2 500, C2 600, D2 500, E2 1100, F2 400, H2 300, I2 300')
  const plan = planNets(basis, { ...options, costs: { perNet: 2.5, perWard: 100, currency: 'USD' } })
  t.match(plan.totals, { allocated: 5_500, remaining: 3_500, cost: 5_500 * 2.5 + 9 * 100 })
  t.match(plan.rules.join('\n'), /At 2\.5 USD a net and 100 USD for the delivery to a ward, the plan costs 14650 USD\./)
  t.match(plan.caveats.join('\n'), /wards get less than one bale below their need.*: G, D, E, F\./)
  t.strictSame(
    plan.states.map(({ state, allocated }) => [state, allocated]),
    [
      ['Kano', 4_100],
      ['Jigawa', 1_400],
    ],
  )
})

t.test('a plan for some wards leaves the others out by name, but an exception and all people stay', async (t) => {
  const basis = await basisOf(WARDS)
  const options: PlanOptions = {
    totalNets: 9_999,
    where: [
      { column: 'lga', op: 'in', value: ['gwale', 'Ola'] },
      { column: 'tier', op: 'not in', value: ['High'] },
    ],
    exceptions: [{ ward: 'A', in: true, reason: 'outbreak' }],
    urbanRule: { kind: 'leave-out', urbanFrom: 50, upToPercent: 10 },
  }
  // B is of Dala, C is High. Of 10,000 people in all, 10 % are H and I.
  t.equal(leftOut(basis, options), 'B where, C where, I urban, H urban')
  t.equal(served(basis, options), 'A1 500, D1 556, E1 1112, F1 445, G1 834')
  const { rules, caveats } = planNets(basis, options)
  t.match(rules[0], /only for wards whose LGA is gwale or Ola and whose tier is not High; 2 wards are outside\./)
  t.ok(caveats.some((caveat) => caveat.startsWith('2 wards are left out: the plan is only for wards whose LGA is')))
  t.match(
    refusal(() => planNets(basis, { totalNets: 9, where: [{ column: 'lga', op: 'in', value: ['Nowhere'] }] })).errors,
    [{ pointer: '/where/0/value', detail: 'no ward has the LGA "Nowhere"' }],
  )
})

t.test('rules that do not go together, or name nothing, are refused with a pointer to each', async (t) => {
  const basis = await basisOf(WARDS)
  const pointers = (options: Omit<PlanOptions, 'totalNets'>): unknown =>
    refusal(() => planNets(basis, { totalNets: 1_000, ...options })).errors.map(({ pointer }) => pointer)
  t.strictSame(pointers({ rankColumn: 'tpr', ranking: 'composite' }), ['/rankColumn'])
  t.strictSame(pointers({ rankFirst: 'lowest' }), ['/rankFirst'])
  t.strictSame(pointers({ urbanThreshold: 50, urbanRule: { kind: 'tiers', threshold: 60 } }), ['/urbanThreshold'])
  t.strictSame(pointers({ protect: { column: 'tpr' } }), ['/protect'])
  t.strictSame(pointers({ protect: { positivityFrom: 30 } }), ['/protect/positivityFrom'])
  t.strictSame(pointers({ protect: { column: 'nothing', from: 1 } }), ['/protect/column'])
  t.strictSame(pointers({ peoplePerNet: 2 }), ['/peoplePerNetSource'])
  t.strictSame(pointers({ peoplePerNet: 1.801, peoplePerNetSource: 'a study' }), ['/peoplePerNet'])
  t.strictSame(pointers({ householdColumn: 'size' }), ['/householdColumn'])
  t.strictSame(pointers({ reserve: { nets: 900, percent: 10 }, bufferPercent: 1 }), ['/reserve'])
  t.strictSame(pointers({ mode: 'legacy', baleSize: 50 }), ['/baleSize'])
  const named = (ward: string, isIn = true) => ({ ward, in: isIn, reason: 'asked for' })
  t.strictSame(pointers({ exceptions: [named('A'), named('Nowhere'), named('K1', false)] }), [
    '/exceptions/1/ward',
    '/exceptions/2/ward',
  ])
  const rural = await basisOf('WardName,a,b,population\nA,2,2,1000\nB,1,1,2000\n')
  t.strictSame(
    refusal(() =>
      planNets(rural, { totalNets: 9, urbanRule: { kind: 'leave-out', urbanFrom: 50, upToPercent: 20 } }),
    ).errors.map(({ pointer }) => pointer),
    ['/urbanRule'],
  )
})

t.test('of the sample, the national rule leaves out what a hand calculation from the file leaves out', async (t) => {
  const { wards } = makeSample()
  const table = await readWards(wards, 'wards.csv', { answers: { 'duplicate-differs:name:Kofar Kudu': 'apart' } })
  const dataset = joinWards(table, null)
  const result = analyse(dataset, {})
  const { rows, population } = planNets(planBasis(dataset, result), { totalNets: 1_000 }).leaveOutExtent
  const file = parse<Record<string, string>>(wards, { columns: true })
  const rankOf = new Map(result.wards.map(({ wardCode, rank, wardName }) => [wardCode, { rank, wardName }]))
  const people = (row: Record<string, string>): number => Number(row['population'])
  const counted = file.filter((row) => people(row) > 0)
  const all = counted.reduce((sum, row) => sum + people(row), 0)
  t.equal(population, all)
  t.strictSame(
    rows.map(({ urbanFrom, upToPercent }) => [urbanFrom, upToPercent]),
    [20, 30].flatMap((upTo) => [20, 30, 50, 75].map((from) => [from, upTo])),
  )
  for (const row of rows) {
    const urban = counted
      .filter((ward) => ward['urban_percentage'] !== '' && Number(ward['urban_percentage']) >= row.urbanFrom)
      .map((ward) => ({ people: people(ward), ...(rankOf.get(ward['WardCode'] ?? '') ?? { rank: 0, wardName: '' }) }))
      .sort((one, other) => other.rank - one.rank || (one.wardName < other.wardName ? -1 : 1))
    let [sum, count] = [0, 0]
    while (count < urban.length && (sum + (urban[count]?.people ?? 0)) * 100 <= row.upToPercent * all) {
      sum += urban[count]?.people ?? 0
      count += 1
    }
    t.match(row, { wards: count, population: sum, percentOfPeople: (100 * sum) / all })
    t.comment(
      `| urban from ${String(row.urbanFrom)} % | up to ${String(row.upToPercent)} % of people | ` +
        `${String(row.wards)} wards, ${String(row.population)} people (${row.percentOfPeople.toFixed(1)} %) | ` +
        `${String(row.need)} nets |`,
    )
  }
  t.ok(new Set(rows.map(({ wards }) => wards)).size > 2, 'the forms differ')
})

const CASES = 10_000

t.test('any plan keeps to stock and protection, and agrees with a plan worked out apart from it', (t) => {
  const percent = fc.integer({ min: 0, max: 100 })
  const share = fc.option(percent, { nil: NaN })
  const ward = fc.record({
    score: fc.integer({ min: 0, max: 8 }),
    people: fc.option(fc.integer({ min: 0, max: 20_000 }), { nil: NaN }),
    share,
    value: share,
    size: fc.option(fc.integer({ min: 0, max: 60 }), { nil: NaN }),
  })
  const test = fc.oneof(
    fc.record({ op: fc.constantFrom('=', '!=', '<', '<=', '>', '>='), value: percent }),
    fc.record({
      op: fc.constantFrom('<', '>='),
      value: fc.record({ figure: fc.constantFrom('mean' as const, 'median' as const) }),
    }),
    fc.tuple(percent, percent).map(([one, other]) => ({
      op: 'between' as const,
      value: [Math.min(one, other), Math.max(one, other)],
    })),
    fc.record({ op: fc.constantFrom('in', 'not in'), value: fc.array(percent, { minLength: 1, maxLength: 9 }) }),
    fc.record({ op: fc.constantFrom('missing', 'present') }),
  )
  const columnName = fc.constantFrom('value', 'share', 'people', 'rank')
  const numberCondition: fc.Arbitrary<NumberCondition> = fc
    .tuple(columnName, test, fc.option(fc.tuple(columnName, test), { nil: undefined }))
    .map(([column, first, other]) => ({
      column,
      ...first,
      ...(other !== undefined && { or: [{ column: other[0], ...other[1] }] }),
    }))
  const options = fc.record(
    {
      // Shares are rounded up: of a smaller stock, reserve and buffer could be more than there is, which is refused.
      totalNets: fc.integer({ min: 10, max: 60_000 }),
      rankColumn: fc.constant('value'),
      lastWard: fc.constantFrom('partial', 'whole'),
      urbanRule: fc.oneof(
        fc.record({ kind: fc.constant('tiers' as const), threshold: percent }),
        fc.record({ kind: fc.constant('leave-out' as const), urbanFrom: percent, upToPercent: percent }),
      ),
      protect: fc.oneof(
        fc.constant({ tierHigh: true }),
        percent.map((from) => ({ column: 'value', from })),
        percent.map((from) => ({ tierHigh: true, column: 'value', from })),
      ),
      exceptions: fc.uniqueArray(
        fc.record({
          ward: fc.integer({ min: 0, max: 5 }).map((at) => `Ward ${String(at)}`),
          in: fc.boolean(),
          reason: fc.constant('asked for'),
        }),
        { selector: ({ ward: name }) => name, maxLength: 3 },
      ),
      reserve: fc.record({ percent: fc.integer({ min: 0, max: 40 }) }),
      bufferPercent: fc.integer({ min: 0, max: 20 }),
      baleSize: fc.constantFrom(40, 50, 100),
      where: fc.oneof(
        fc.constantFrom<PlanCondition[]>(
          [{ column: 'lga' as const, op: 'in' as const, value: ['L0'] }],
          [{ column: 'ward' as const, op: 'not in' as const, value: ['Ward 1', 'Ward 4'] }],
          [
            { column: 'lga' as const, op: 'not in' as const, value: ['L1'] },
            { column: 'wardCode' as const, op: 'in' as const, value: ['C0', 'C2', 'C3', 'C5'] },
          ],
        ),
        fc.array(numberCondition, { minLength: 1, maxLength: 3 }),
      ),
      household: fc.boolean(),
      peoplePerNet: fc.constantFrom(1.5, 1.8, 2, 2.25),
    },
    { requiredKeys: ['totalNets'] },
  )
  fc.assert(
    fc.property(fc.array(ward, { minLength: 6, maxLength: 30 }), options, (wards, { household, ...chosen }) => {
      const basis = basisFrom(wards)
      const asked = {
        ...chosen,
        populationColumn: 'people',
        urbanColumn: 'share',
        ...(household === true
          ? { rule: 'household' as const, householdColumn: 'size', peoplePerNet: undefined }
          : { peoplePerNetSource: 'a guideline' }),
      }
      const given = Object.fromEntries(
        Object.entries(asked).filter(([, value]) => value !== undefined),
      ) as unknown as PlanOptions
      const plan = planNets(basis, given)
      const { stock, reserve, allocated, remaining } = plan.totals
      if (reserve + allocated + remaining !== stock || remaining < 0 || allocated < 0) throw new Error('stock')
      const tierOf = new Map(basis.wards.map(({ wardName, tier }) => [wardName, tier]))
      for (const { wardName, rule } of plan.excluded)
        if (rule === 'urban' && given.protect?.tierHigh === true && tierOf.get(wardName) === 'High')
          throw new Error(`${wardName} is protected`)
      const expected = naivePlan(basis, given)
      const found = [
        ...plan.wards.map(({ wardName, allocationTier, rank, allocated: nets }) => ({
          ward: wardName,
          tier: allocationTier,
          rank,
          nets,
          leftOut: null,
        })),
        ...plan.excluded.map(({ wardName, rank, rule }) => ({
          ward: wardName,
          tier: 1,
          rank,
          nets: 0,
          leftOut: rule,
        })),
      ]
      if (JSON.stringify(found) !== JSON.stringify(expected))
        throw new Error(`${JSON.stringify(found)}\nis not\n${JSON.stringify(expected)}`)
    }),
    { numRuns: CASES },
  )
  t.comment(`| plans that agree with one worked out apart from them | ${String(CASES)} of ${String(CASES)} |`)
  t.end()
})

interface DrawnWard {
  readonly score: number
  readonly people: number
  readonly share: number
  readonly value: number
  readonly size: number
}

/** A basis with ranks and tiers by score, worked out here. A person said that the figures are people and percent. */
function basisFrom(drawn: readonly DrawnWard[]): PlanBasis {
  const third = Math.floor(drawn.length / 3)
  const ranked = drawn.toSorted((one, other) => other.score - one.score)
  const wards = ranked.map(({ score }, at): PlanWard => {
    const rank = 1 + ranked.filter((other) => other.score > score).length
    const tier = rank <= third ? 'High' : rank > ranked.length - third ? 'Low' : 'Medium'
    const name = `Ward ${String(at)}`
    return {
      wardCode: `C${String(at)}`,
      wardName: name,
      lga: `L${String(at % 3)}`,
      state: 'S',
      rank,
      tier,
      pcaRank: null,
    }
  })
  const column = (name: 'people' | 'share' | 'value' | 'size') => ({
    name,
    kind: null,
    isYesNo: false,
    values: Float64Array.from(ranked, (ward) => ward[name]),
  })
  return {
    wards,
    columns: [column('people'), column('share'), column('value'), column('size')],
    unusable: [],
    columnFindings: [],
    positivity: [],
    pcaReasons: ['not computed'],
    caveats: [],
    questions: [],
    answers: { 'implausible-people:people': 'people', 'urban-share-unit:share': 'percent' },
  }
}
