import t from 'tap'
import { readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { recompute } from '../../docs/recompute.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { exportAnalysis } from '../../service/domain/exports/export-analysis.ts'
import { exportPlan } from '../../service/domain/exports/export-plan.ts'
import { exportRankings } from '../../service/domain/exports/export-rankings.ts'
import { joinPositivity } from '../../service/domain/dataset/join-positivity.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { planBasis } from '../../service/domain/plan/plan-basis.ts'
import type { PlanOptions } from '../../service/domain/plan/plan-options.ts'
import { planNets } from '../../service/domain/plan/plan-nets.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readPositivity } from '../../service/domain/files/read-positivity.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { makeSample } from '../../service/sample/make-sample.ts'
import { stateCertainty } from '../support/stated-certainty.ts'
import { makeMessyData } from '../support/messy-data.ts'
import fc from '../support/properties.ts'

type Row = Readonly<Record<string, string>>

type Recomputed = Parameters<typeof recompute>[0]
type Results = Omit<AnalysisResult & Recomputed, 'wards'> & {
  readonly wards: readonly (AnalysisResult['wards'][number] & Recomputed['wards'][number])[]
}

/** Fewer draws than usual, so that many files can be recomputed. */
const DRAWN = { seed: 7, draws: 100 } as const

const STAMP = {
  analysisId: 'analysis',
  createdAt: '2026-01-01T00:00:00.000Z',
  datasetVersion: 1,
  inputs: { wards: null, boundaries: null, facilities: null },
} as const

/** The three files as a reviewer has them: read again from their text. */
function filesOf(
  dataset: Dataset,
  totalNets: number,
  populationColumn?: string,
  choices: Omit<PlanOptions, 'totalNets'> = {},
  indicators?: readonly string[],
): { results: Results; rankings: Row[]; plan: Row[] } {
  const result = analyse(dataset, indicators === undefined ? {} : { indicators })
  const basis = { ...planBasis(dataset, result), answers: { 'implausible-people:people': 'people' } }
  const options = { totalNets, ...(populationColumn !== undefined && { populationColumn }), ...choices }
  const plan = planNets(basis, options)
  const ofPlan = stateCertainty(result, { basis, options }, DRAWN)
  const rows = (lines: Iterable<string>): Row[] => parse([...lines].join(''), { columns: true })
  return {
    results: JSON.parse([...exportAnalysis({ ...result, ...STAMP }, ofPlan, 'plan')].join('')) as Results,
    rankings: rows(exportRankings(result, stateCertainty(result, null, DRAWN))),
    plan: rows(exportPlan({ ...plan, datasetVersion: 1 }, ofPlan)),
  }
}

async function sampleFiles(
  totalNets = 20_000,
  choices: Omit<PlanOptions, 'totalNets'> = {},
): Promise<ReturnType<typeof filesOf>> {
  const { wards, boundaries } = makeSample()
  return filesOf(
    joinWards(
      await readWards(wards, 'wards.csv', { answers: { 'duplicate-differs:name:Kofar Kudu': 'apart' } }),
      await readBoundaries(boundaries, 'boundaries.zip'),
    ),
    totalNets,
    undefined,
    choices,
  )
}

t.test(
  'every score, rank, tier, filled gap and allocation of the sample can be recomputed from the downloads',
  async (t) => {
    const { results, rankings, plan } = await sampleFiles()
    t.equal(results.imputations.length, 6)
    t.equal(plan.length, 60)
    const working: string[] = []
    t.strictSame(
      recompute(results, rankings, plan, results.wards[0]?.wardName, (line) => working.push(line)),
      [],
    )
    t.match(
      working.join('\n'),
      /120 models.*is the score[^]*0 of 60 wards score higher: rank 1, tier High[^]*people need/,
    )
  },
)

t.test(
  'a plan with any choices can be recomputed from its file: rule, threshold, ranking, stock above the need',
  async (t) => {
    for (const [stock, choices] of [
      [700_000, {}],
      [300_000, { urbanThreshold: 30 }],
      [250_000, { rule: 'household', householdSize: 4 }],
      [100_000, { ranking: 'pca' }],
      [250_000, { mode: 'legacy' }],
      [200_000, { rankColumn: 'test_positivity_rate', lastWard: 'whole' }],
      [200_000, { rankColumn: 'elevation_m', rankFirst: 'lowest', protect: { tierHigh: true } }],
      [200_000, { rankColumn: 'mean_EVI', rankFirst: 'lowest' }],
      [
        150_000,
        {
          ranking: 'pca',
          urbanRule: { kind: 'leave-out', urbanFrom: 20, upToPercent: 60 },
          protect: { tierHigh: true },
        },
      ],
      [
        250_000,
        {
          urbanRule: { kind: 'leave-out', urbanFrom: 30, upToPercent: 20 },
          protect: { tierHigh: true, column: 'test_positivity_rate', from: 50 },
          exceptions: [
            { ward: 'SMPBKR01', in: true, reason: 'camp' },
            { ward: 'SMPBKR02', in: false, reason: 'served in May' },
          ],
        },
      ],
      [
        120_000,
        {
          where: [
            { column: 'lga', op: 'not in', value: ['dumawa'] },
            { column: 'test_positivity_rate', op: '>', value: { figure: 'median' } },
          ],
          exceptions: [{ ward: 'SMPBKR02', in: false, reason: 'served in May' }],
        },
      ],
      [
        90_000,
        {
          where: [
            {
              column: 'mean_rainfall_mm',
              op: 'between',
              value: [700, 900],
              or: [{ column: 'rank', op: '<=', value: 5 }],
            },
            { column: 'mean_EVI', op: 'present' },
            { column: 'tier', op: 'in', value: ['High', 'Medium'] },
          ],
          urbanRule: { kind: 'leave-out', urbanFrom: 30, upToPercent: 5 },
        },
      ],
      [150_000, { peoplePerNet: 2.25, peoplePerNetSource: 'guideline', reserve: { percent: 7 }, baleSize: 50 }],
    ] satisfies readonly (readonly [number, Omit<PlanOptions, 'totalNets'>])[]) {
      const { results, rankings, plan } = await sampleFiles(stock, choices)
      t.strictSame(recompute(results, rankings, plan), [], JSON.stringify(choices))
      t.match(plan[0], { stock: String(stock), population_column: 'population', urban_column: 'urban_percentage' })
    }
  },
)

t.test('a ward that is in a plan although its conditions leave it out is found', async (t) => {
  const { results, rankings, plan } = await sampleFiles(90_000, {
    where: [{ column: 'test_positivity_rate', op: '>=', value: 45 }],
  })
  const outside = plan.filter((row) => row['left_out_by'] === 'where')
  const [first] = outside
  t.equal(outside.length, plan.filter((row) => !((values(row)['test_positivity_rate'] ?? NaN) >= 45)).length)
  t.ok(outside.length > 10 && outside.length < 50)
  t.match(first?.['left_out_because'], 'the plan is only for wards whose test_positivity_rate is at least 45')
  const changed = plan.map((row) => (row === first ? { ...row, only_for_values: '{"test_positivity_rate":45}' } : row))
  t.strictSame(recompute(results, rankings, changed), [
    `whether ${first?.['ward_name'] ?? ''} is outside of the plan: the file says true, worked out it is false`,
  ])
})

function values(row: Row): Readonly<Record<string, number | null>> {
  return JSON.parse(row['only_for_values'] ?? '{}') as Record<string, number | null>
}

t.test('a measured test positivity can be recomputed from the counts in the file', async (t) => {
  const { wards, facilities } = makeMessyData()
  const measured = await readPositivity([{ bytes: facilities, filename: 'facilities.csv', choices: {} }], {
    facilityLevel: 'all',
    age: 'u5',
    method: 'rdt',
  })
  const dataset = joinWards(
    joinPositivity(
      await readWards(wards, 'wards.csv', { answers: { 'duplicate-differs:name:Kofar Kudu': 'apart' } }),
      measured,
    ),
    null,
  )
  const { results, rankings, plan } = filesOf(dataset, 30_000)
  t.ok((results.positivity[0]?.wards.filter(({ ward }) => ward !== null).length ?? 0) > 15)
  t.strictSame(recompute(results, rankings, plan), [])
  const wrong = results.positivity.map((one) => ({
    ...one,
    wards: one.wards.map((ward) => ({ ...ward, positive: ward.positive + 1 })),
  }))
  t.match(recompute({ ...results, positivity: wrong }, rankings, plan), [/^tpr_u5_rdt of /])

  const choices = { rankColumn: 'tpr_u5_rdt', rankFirst: 'lowest' } as const
  const others = results.indicators.flatMap(({ name }) => (name === 'tpr_u5_rdt' ? [] : name))
  for (const indicators of [undefined, others.slice(0, 3)]) {
    const of = filesOf(dataset, 20_000, undefined, choices, indicators)
    t.strictSame(recompute(of.results, of.rankings, of.plan), [], 'a plan in its order')
    t.ok(
      of.plan.some((row) => row['verdict'] === 'choice'),
      'whose nets are drawn',
    )
  }
})

t.test('docs/recompute.md shows what its command prints', async (t) => {
  const golden = new URL('../golden/sample/', import.meta.url)
  const rows = (name: string): Row[] => parse(readFileSync(new URL(name, golden)), { columns: true })
  const results = JSON.parse(readFileSync(new URL('analysis_results.json', golden), 'utf8')) as Results
  const working: string[] = []
  t.strictSame(
    recompute(results, rows('rankings.csv'), rows('itn_plan.csv'), results.wards[0]?.wardName, (line) =>
      working.push(line),
    ),
    [],
  )
  t.ok(
    readFileSync(new URL('../../docs/recompute.md', import.meta.url), 'utf8').includes(
      `itn_plan.csv\n${working.join('\n')}\n60 wards recomputed, 0 differences\n`,
    ),
  )
})

t.test('a changed chance of nets is found in a plan of any order', async (t) => {
  for (const choices of [{ ranking: 'pca' }, { rankColumn: 'mean_EVI' }] as const) {
    const { results, rankings, plan } = await sampleFiles(150_000, choices)
    t.strictSame(recompute(results, rankings, plan), [])
    const at = plan.findIndex((row) => row['verdict'] === 'choice')
    const changed = plan.map((row, place) =>
      place === at ? { ...row, chance_nets: String(Number(row['chance_nets']) + 0.01) } : row,
    )
    t.match(recompute(results, rankings, changed), [/^chance of nets of .* in itn_plan\.csv: /])
  }
})

t.test('every change to the files is found', async (t) => {
  const { results, rankings, plan } = await sampleFiles()
  const [first, second] = results.wards
  if (first === undefined || second === undefined) throw new Error('no wards')
  const imputation = results.imputations[0]
  const changes: readonly [string, string[]][] = [
    [
      'a score',
      recompute(
        { ...results, wards: [{ ...first, score: first.score + 1e-6 }, ...results.wards.slice(1)] },
        rankings,
        plan,
      ),
    ],
    ['a rank', recompute({ ...results, wards: [{ ...first, rank: 2 }, ...results.wards.slice(1)] }, rankings, plan)],
    [
      'a tier',
      recompute({ ...results, wards: [{ ...first, tier: 'Low' }, ...results.wards.slice(1)] }, rankings, plan),
    ],
    [
      'a value',
      recompute(
        {
          ...results,
          wards: [
            {
              ...first,
              indicators: first.indicators.map((one, at) => (at === 0 ? { ...one, raw: one.raw + 1 } : one)),
            },
            ...results.wards.slice(1),
          ],
        },
        rankings,
        plan,
      ),
    ],
    [
      'a filled gap',
      recompute(
        {
          ...results,
          imputations: results.imputations.map((one) => (one === imputation ? { ...one, value: one.value + 1 } : one)),
        },
        rankings,
        plan,
      ),
    ],
    [
      'a PCA score',
      recompute({ ...results, wards: [{ ...first, pcaScore: 0 }, ...results.wards.slice(1)] }, rankings, plan),
    ],
    [
      'a share of models',
      recompute(
        {
          ...results,
          wards: [{ ...first, robustness: { ...first.robustness, topThirdShare: 0.5 } }, ...results.wards.slice(1)],
        },
        rankings,
        plan,
      ),
    ],
    [
      'a row of the ranking',
      recompute(
        results,
        rankings.map((row, at) => (at === 9 ? { ...row, tier: 'Low' } : row)),
        plan,
      ),
    ],
    [
      'an allocation',
      recompute(
        results,
        rankings,
        plan.map((row, at) => (at === 0 ? { ...row, nets_allocated: '1' } : row)),
      ),
    ],
    [
      'a stock',
      recompute(
        results,
        rankings,
        plan.map((row) => ({ ...row, stock: '19999' })),
      ),
    ],
    [
      'a threshold',
      recompute(
        results,
        rankings,
        plan.map((row) => ({ ...row, urban_threshold_percent: '10' })),
      ),
    ],
    ['an order', recompute(results, rankings, [...plan].reverse())],
    [
      'a normalised value',
      recompute(
        {
          ...results,
          wards: [
            {
              ...first,
              indicators: first.indicators.map((one, at) => (at === 0 ? { ...one, normalised: 0.5 } : one)),
            },
            ...results.wards.slice(1),
          ],
        },
        rankings,
        plan,
      ),
    ],
    ...(['rankLow', 'meanRank', 'chanceHigh', 'chanceNets'] as const).map((name): [string, string[]] => [
      name,
      recompute(
        {
          ...results,
          wards: [
            { ...first, certainty: first.certainty && { ...first.certainty, [name]: 0.5 } },
            ...results.wards.slice(1),
          ],
        },
        rankings,
        plan,
      ),
    ]),
    [
      'a share of the variance',
      recompute(
        {
          ...results,
          certainty: {
            ...results.certainty,
            sources: results.certainty.sources.map((one, at) => (at === 0 ? { ...one, share: one.share / 2 } : one)),
          },
        },
        rankings,
        plan,
      ),
    ],
    ['a seed', recompute({ ...results, certainty: { ...results.certainty, seed: 8 } }, rankings, plan)],
    [
      'a verdict in rankings.csv',
      recompute(
        results,
        rankings.map((row) => ({ ...row, verdict: 'choice' })),
        plan,
      ),
    ],
    [
      'a chance of nets in itn_plan.csv',
      recompute(
        results,
        rankings,
        plan.map((row) => ({ ...row, chance_nets: '0.5' })),
      ),
    ],
  ]
  for (const [what, found] of changes) t.ok(found.length > 0, what)
  t.match(changes[0]?.[1], [`score of ${first.wardName}: the file says`])
})

t.test('any table can be recomputed: gaps, ties, constant columns and every direction', async (t) => {
  const cell = fc.oneof(
    { weight: 6, arbitrary: fc.integer({ min: 0, max: 5 }) },
    { weight: 1, arbitrary: fc.constant('NA') },
  )
  const table = fc.array(fc.tuple(cell, cell, cell, fc.integer({ min: 1, max: 5_000 })), {
    minLength: 3,
    maxLength: 15,
  })
  await fc.assert(
    fc.asyncProperty(table, fc.integer({ min: 0, max: 20_000 }), async (rows, stock) => {
      const lines = [
        'WardName,rain,distance,heat,people',
        'W0,1,1,1,10',
        ...rows.map((row, at) => `W${String(at + 1)},${row.join(',')}`),
      ]
      const dataset = joinWards(await readWards(Buffer.from(lines.join('\n')), 'w.csv'), null)
      const files = filesOf(dataset, stock, 'people', {}, ['rain', 'distance', 'heat'])
      t.strictSame(recompute(files.results, files.rankings, files.plan), [])
    }),
    { numRuns: 40 },
  )
})
