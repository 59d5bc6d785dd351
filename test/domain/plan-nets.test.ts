import t from 'tap'
import { parse } from 'csv-parse/sync'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { exportPlan } from '../../service/domain/exports/export-plan.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import { packArrays } from '../../service/domain/dataset/pack-arrays.ts'
import { packBasis, unpackBasis } from '../../service/domain/plan/pack-basis.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import type { PlanBasis } from '../../service/domain/plan/plan-basis.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { netsNeeded } from '../../service/domain/plan/rules/need.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { refusal } from '../support/refusal.ts'
import fc from '../support/properties.ts'
import { NOT_DRAWN } from '../support/stated-certainty.ts'

async function basisOf(csv: string, indicators = ['a', 'b']): Promise<PlanBasis> {
  const dataset = joinWards(await readWards(Buffer.from(csv), 'wards.csv'), null)
  return planBasis(dataset, analyse(dataset, { indicators, allowCopies: true }))
}

/** The same where a person said that the columns of these small tables do count people. */
async function settledBasis(csv: string): Promise<PlanBasis> {
  const names = ['pop', 'people', 'Guests', 'Total Population']
  const answers = Object.fromEntries(names.map((name) => [`implausible-people:${name}`, 'people']))
  return { ...(await basisOf(csv)), answers: { ...answers, 'urban-share-unit:urbanExtent': 'percent' } }
}

/** Ranked A, B, C, D, E. */
const WARDS = [
  'WardCode,WardName,LGA,a,b,population,urban_percentage,Guests,Urban,note',
  'K1,A,Dala,9,9,1800,90,10,Yes,x',
  'K2,B,Dala,8,8,900,10,20,no,y',
  'K3,C,Gwale,7,7,NA,10,30,No,z',
  'K4,D,Gwale,6,6,1000,74.9,40,no,x',
  'K5,E,Gwale,5,5,181,75,50,,y',
].join('\n')

t.test('planNets() can be checked by hand: tiers, partial ward, wards left out, totals', async (t) => {
  const plan = planNets(await basisOf(WARDS), { totalNets: 1200 })
  // Below 75 %: B needs 500, D ⌈555.6⌉ = 556. Then A needs 1000 and gets the remainder, and E gets none.
  t.strictSame(
    plan.wards.map(({ wardName, rank, allocationTier, need, allocated }) => [
      wardName,
      rank,
      allocationTier,
      need,
      allocated,
    ]),
    [
      ['B', 2, 1, 500, 500],
      ['D', 4, 1, 556, 556],
      ['A', 1, 2, 1000, 144],
      ['E', 5, 2, 101, 0],
    ],
  )
  t.strictSame(
    plan.wards.map(({ covered, coveragePercent }) => [covered, coveragePercent]),
    [
      [900, 100],
      [1000, 100],
      [259.2, 14.4],
      [0, 0],
    ],
  )
  t.strictSame(plan.totals, {
    stock: 1200,
    reserve: 0,
    allocated: 1200,
    remaining: 0,
    need: 2157,
    wardsFull: 2,
    wardsPartial: 1,
    population: 3881,
    covered: 2159.2,
    coveragePercent: (100 * 2159.2) / 3881,
    cost: null,
  })
  t.strictSame(plan.excluded, [
    {
      wardCode: 'K3',
      wardName: 'C',
      lga: 'Gwale',
      state: null,
      rank: 3,
      rankValue: null,
      rule: 'population',
      reason: 'population is missing',
      population: null,
      urbanShare: 10,
    },
  ])
  t.strictSame(plan.parameters, {
    totalNets: 1200,
    urbanRule: 'tiers',
    urbanThreshold: 75,
    urbanFrom: null,
    upToPercent: null,
    ranking: 'composite',
    rankColumn: null,
    rankFirst: null,
    lastWard: 'partial',
    rule: 'per-person',
    peoplePerNet: 1.8,
    peoplePerNetSource: null,
    householdSize: null,
    householdColumn: null,
    populationColumn: 'population',
    urbanColumn: 'urban_percentage',
    reserve: null,
    bufferPercent: 0,
    baleSize: null,
    protect: null,
    exceptions: [],
    costs: null,
    where: null,
    mode: 'standard',
    defaulted: ['urbanThreshold', 'ranking', 'rule', 'populationColumn', 'urbanColumn', 'mode'],
  })
  for (const caveat of [
    /relative to the uploaded area/,
    /an urban threshold of 75 %/,
    /1 wards have no usable population.*: C\./,
  ])
    t.ok(
      plan.caveats.some((text) => caveat.test(text)),
      String(caveat),
    )
  t.equal(planNets(await basisOf(WARDS), { totalNets: 0 }).totals.allocated, 0)
  t.match(planNets(await basisOf(WARDS), { totalNets: 5000 }), {
    totals: { allocated: 2157, remaining: 2843, wardsFull: 4, wardsPartial: 0, coveragePercent: 100 },
  })
})

t.test('planNets() follows threshold, rule and columns, and says which were used', async (t) => {
  const basis = await settledBasis(WARDS)
  const order = (options: Omit<PlanOptions, 'totalNets'>): string =>
    planNets(basis, { totalNets: 9999, ...options })
      .wards.map(({ wardName, allocationTier }) => wardName + String(allocationTier))
      .join(' ')
  t.equal(order({ urbanThreshold: 0 }), 'A2 B2 D2 E2')
  t.equal(order({ urbanThreshold: 100 }), 'A1 B1 D1 E1')
  t.equal(order({ urbanThreshold: 75.1 }), 'B1 D1 E1 A2')
  t.equal(
    order({ urbanColumn: 'Urban', populationColumn: 'Guests' }),
    'B1 C1 D1 A2 E2',
    'a ward without a share is in tier 2',
  )
  const byUrban = planNets(basis, { totalNets: 9, urbanColumn: 'Urban' })
  t.ok(byUrban.caveats.some((text) => text.includes('yes and no, taken as 100 and 0')))
  t.ok(byUrban.caveats.some((text) => /1 wards have no urban share and are in tier 2.*: E\./.test(text)))
  const plain = planNets(await settledBasis('WardName,a,b,Total Population\nA,2,2,10\nB,1,1,20\n'), { totalNets: 100 })
  t.match(plain, {
    parameters: { populationColumn: 'Total Population', urbanColumn: null },
    wards: [{ allocationTier: 1, urbanShare: null }, { allocationTier: 1 }],
  })
  t.ok(plain.caveats.some((text) => text.includes('no urban share: all wards are in one tier')))
  const shares = planNets(await settledBasis('WardName,a,b,pop,urbanExtent\nA,2,2,10,0.9\nB,1,1,20,0.1\n'), {
    totalNets: 100,
  })
  t.ok(shares.caveats.some((text) => text.includes('"urbanExtent" holds: Percent: no ward is more than 1 percent')))
  t.match(planNets(await settledBasis('WardName,a,b,pop,Urban\nA,2,2,10,1\nB,1,1,20,0\n'), { totalNets: 100 }), {
    wards: [
      { wardName: 'B', urbanShare: 0 },
      { wardName: 'A', urbanShare: 100 },
    ],
  })
})

t.test('planNets() says why a column with an expected name cannot be used', async (t) => {
  const basis = await settledBasis(
    'WardName,a,b,population,Urban,Guests\nA,2,2,about 1100,Yes,18\nB,1,1,about 2200,Peri-urban,18\n',
  )
  t.match(refusal(() => planNets(basis, { totalNets: 9 })).errors, [
    {
      pointer: '/populationColumn',
      detail: new RegExp(
        '^"population" cannot be used: it holds text; ' + 'name the one that counts people: "a", "b", "Guests"$',
      ),
    },
  ])
  t.ok(
    planNets(basis, { totalNets: 9, populationColumn: 'Guests' }).caveats.includes(
      'The urban share "Urban" cannot be used (it holds text other than yes and no): ' + 'all wards are in one tier.',
    ),
  )
})

t.test('netsNeeded() rounds up by its rule, but not when people divide evenly', async (t) => {
  const person = { rule: 'per-person', peoplePerNet: 1.8, mode: 'standard' } as const
  t.strictSame(
    [1, 1.8, 2, 9, 18, 900, 1000].map((people) => netsNeeded(people, person, null)),
    [1, 1, 2, 5, 10, 500, 556],
  )
  for (let nets = 1; nets < 20_000; nets += 1) if (netsNeeded(nets * 9, person, null) !== nets * 5) t.fail(String(nets))
  t.equal(netsNeeded(1001, { rule: 'household', peoplePerNet: 1.8, mode: 'standard' }, 5), 201 * 3)
  t.equal(netsNeeded(1000, { rule: 'household', peoplePerNet: 1.8, mode: 'standard' }, 4.5), 223 * 3)
  t.equal(netsNeeded(1000, { rule: 'per-person', peoplePerNet: 1.8, mode: 'legacy' }, 5), 556)
  t.equal(netsNeeded(1000, { rule: 'per-person', peoplePerNet: 1.8, mode: 'legacy' }, 1.5), 667)
})

t.test('planNets() points at each choice that does not fit the data', async (t) => {
  const basis = await basisOf(WARDS)
  const pointers = (options: PlanOptions, of = basis): unknown =>
    refusal(() => planNets(of, options)).errors.map(({ pointer }) => pointer)
  t.strictSame(pointers({ totalNets: -1 }), ['/totalNets'])
  t.strictSame(pointers({ totalNets: 1.5, urbanThreshold: 101 }), ['/totalNets', '/urbanThreshold'])
  t.strictSame(pointers({ totalNets: 1, populationColumn: 'people', urbanColumn: 'note' }), [
    '/populationColumn',
    '/urbanColumn',
  ])
  t.strictSame(pointers({ totalNets: 1, populationColumn: '__proto__' }), ['/populationColumn'])
  t.strictSame(pointers({ totalNets: 1, householdSize: 5 }), ['/householdSize'])
  t.strictSame(pointers({ totalNets: 1, rule: 'household', mode: 'legacy' }), ['/rule'])
  t.strictSame(pointers({ totalNets: 1, ranking: 'pca' }), ['/ranking'])
  t.strictSame(pointers({ totalNets: NaN }, await basisOf('WardName,a,b\nA,1,2\nB,2,3\n')), [
    '/totalNets',
    '/populationColumn',
  ])
  t.match(
    refusal(() => planNets(basis, { totalNets: 1, ranking: 'pca' })).errors[0]?.detail,
    /no PCA ranking: it needs at least 3 indicators/,
  )
})

t.test('planNets() leaves out wards with impossible populations, and names them', async (t) => {
  const plan = planNets(await settledBasis('WardName,a,b,pop\nA,5,5,0\nB,4,4,-3\nC,3,3,1e99\nD,2,2,10\n'), {
    totalNets: 100,
  })
  t.strictSame(
    plan.excluded.map(({ wardName, reason }) => [wardName, reason]),
    [
      ['A', 'pop is 0'],
      // What cannot be a number of people was taken for missing when the file was read.
      ['B', 'pop is missing'],
      ['C', 'pop is missing'],
    ],
  )
  t.strictSame(plan.totals.population, 10)
})

t.test('planNets() serves wards of equal rank by name, and says so if the stock ran out among them', async (t) => {
  const equal = 'WardName,a,b,pop\nC,1,1,18\nA,1,1,18\nB,1,1,18\nD,0,0,18\n'
  const plan = planNets(await settledBasis(equal), { totalNets: 15 })
  t.strictSame(
    plan.wards.map(({ wardName, allocated }) => [wardName, allocated]),
    [
      ['A', 10],
      ['B', 5],
      ['C', 0],
      ['D', 0],
    ],
  )
  t.ok(plan.caveats.some((text) => /ran out among 3 wards of equal rank 1; .*: A, B, C\./.test(text)))
  t.notOk(planNets(await settledBasis(equal), { totalNets: 30 }).caveats.some((text) => text.includes('ran out')))
})

const tables = fc.record({
  wards: fc.array(
    fc.record({
      a: fc.integer({ min: 0, max: 6 }),
      b: fc.integer({ min: 0, max: 6 }),
      // Wards with 0 people are asked about first.
      pop: fc.option(fc.integer({ min: -2, max: 5000 }).filter((people) => people !== 0)),
      urban: fc.option(fc.integer({ min: 0, max: 100 })),
    }),
    { minLength: 2, maxLength: 25 },
  ),
  nets: fc.integer({ min: 0, max: 20_000 }),
  threshold: fc.integer({ min: 0, max: 100 }),
  household: fc.boolean(),
})

/** The same wards with the rows in reverse order. */
function csvOf(
  wards: readonly { a: number; b: number; pop: number | null; urban: number | null }[],
  reversed = false,
): string {
  const rows = wards.map(
    ({ a, b, pop, urban }, ward) =>
      `W${String(ward)},${String(a)},${String(b)},${String(pop ?? '')},${String(urban ?? '')}`,
  )
  return ['WardName,a,b,pop,urban_percent', 'Last,0,0,10,50', ...(reversed ? rows.reverse() : rows)].join('\n')
}

t.test(
  'planNets() never hands out more nets than the stock, counts each net, and ignores the order of rows',
  async (t) => {
    await fc.assert(
      fc.asyncProperty(tables, async ({ wards, nets, threshold, household }) => {
        const options: PlanOptions = {
          totalNets: nets,
          urbanThreshold: threshold,
          rule: household ? 'household' : 'per-person',
        }
        const plan = planNets(await settledBasis(csvOf(wards)), options)
        const { allocated, remaining, stock, need, covered, population } = plan.totals
        const sum = plan.wards.reduce((total, ward) => total + ward.allocated, 0)
        const firstShort = plan.wards.findIndex((ward) => ward.allocated < ward.need)
        return (
          stock === nets &&
          sum === allocated &&
          allocated + remaining === stock &&
          allocated <= stock &&
          allocated === Math.min(need, stock) &&
          plan.wards.every(
            (ward) =>
              ward.allocated <= ward.need && ward.covered <= ward.population && Number.isInteger(ward.allocated),
          ) &&
          (firstShort === -1 || plan.wards.slice(firstShort + 1).every((ward) => ward.allocated === 0)) &&
          plan.wards.length + plan.excluded.length === wards.length + 1 &&
          covered <= population &&
          JSON.stringify(planNets(await settledBasis(csvOf(wards, true)), options).wards) === JSON.stringify(plan.wards)
        )
      }),
      { numRuns: 200 },
    )
    t.pass('200 made-up tables')
  },
)

t.test('planNets() never gives a ward fewer nets when the stock is larger', async (t) => {
  await fc.assert(
    fc.asyncProperty(tables, fc.integer({ min: 1, max: 500 }), async ({ wards, nets }, more) => {
      const basis = await settledBasis(csvOf(wards))
      const less = planNets(basis, { totalNets: nets }).wards
      return planNets(basis, { totalNets: nets + more }).wards.every(
        (ward, place) => ward.allocated >= (less[place]?.allocated ?? 0),
      )
    }),
    { numRuns: 100 },
  )
  t.pass('100 made-up tables')
})

t.test('a stored basis gives the same plan as the analysis', async (t) => {
  const basis = await basisOf(WARDS)
  t.strictSame(planNets(unpackBasis(packBasis(basis)), { totalNets: 1200 }), planNets(basis, { totalNets: 1200 }))
  t.throws(() => unpackBasis(Buffer.from('NETPLAN0 something else')))
  const lists = { wardName: ['A', 'B'], wardCode: [null], lga: [], state: [], rank: [], tier: [], pcaRank: [] }
  t.throws(() => unpackBasis(packArrays('NETPLAN6', { ...basis, wards: lists })), /contradict each other/)
})

t.test('exportPlan() writes the allocation of every ward, and the reason for every ward left out', async (t) => {
  const csv = [
    ...exportPlan(
      {
        ...planNets(await basisOf(WARDS.replace(',A,', ',=A(),')), { totalNets: 1200 }),
        datasetVersion: 7,
      },
      NOT_DRAWN,
    ),
  ].join('')
  const rows = parse(csv, { columns: true }) as unknown as Record<string, string>[]
  t.strictSame(
    rows.map((row) => [
      row['order'],
      row['ward_name'],
      row['nets_needed'],
      row['nets_allocated'],
      row['left_out_because'],
      row['dataset_version'],
    ]),
    [
      ['1', 'B', '500', '500', '', '7'],
      ['2', 'D', '556', '556', '', '7'],
      ['3', "'=A()", '1000', '144', '', '7'],
      ['4', 'E', '101', '0', '', '7'],
      ['', 'C', '', '', 'population is missing', '7'],
    ],
  )
  t.equal(
    rows.reduce((sum, row) => sum + Number(row['nets_allocated']), 0),
    1200,
  )
})
