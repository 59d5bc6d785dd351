import t from 'tap'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { randomStream } from '../../service/domain/random.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { compareSeen } from '../../service/domain/ranking/compare-seen.ts'
import { explainWard } from '../../service/domain/ranking/explain-ward.ts'
import type { AnalysisOptions, AnalysisResult } from '../../service/domain/ranking/analysis-result.ts'
import { naivePearson, naiveSpearman } from '../support/naive-spearman.ts'
import fc from '../support/properties.ts'
import { refusal } from '../support/refusal.ts'

async function tableOf(rows: readonly string[]): Promise<Dataset> {
  return joinWards(await readWards(Buffer.from(rows.join('\n')), 'wards.csv'), null)
}

/** Six wards whose normalised rain is 0, 0.2, 0.4, 0.6, 0.8, 1 and heat 0.5, 1, 0, 0.75, 0.25, 0.5. */
const SIX = ['WardName,rain,heat,poverty', 'A,0,10,3', 'B,2,20,9', 'C,4,0,4', 'D,6,15,1', 'E,8,5,5', 'F,10,10,2']
const INDICATORS = ['rain', 'heat'] as const
const near = (found: number | null | undefined, wanted: number): boolean => Math.abs((found ?? NaN) - wanted) < 1e-12

t.test('own weights rank by the weighted mean, beside the place by the method, and say what they change', async (t) => {
  const result = analyse(await tableOf(SIX), { indicators: INDICATORS, weights: { rain: 0.2, heat: 0.8 } })
  // 0.2 · rain + 0.8 · heat, worked by hand; by the method (rain + heat) / 2.
  const worked = { B: 0.84, D: 0.72, F: 0.6, A: 0.4, E: 0.36, C: 0.08 }
  t.strictSame(
    result.wards.map(({ wardName }) => wardName),
    Object.keys(worked),
  )
  for (const { wardName, score } of result.wards) t.ok(near(score, worked[wardName as keyof typeof worked]), wardName)
  const byMethod = Object.fromEntries(result.wards.map((ward) => [ward.wardName, ward.byMethod]))
  t.match(byMethod, {
    F: { score: 0.75, rank: 1, tier: 'High' },
    D: { score: 0.675, rank: 2, tier: 'High' },
    B: { score: 0.6, rank: 3, tier: 'Medium' },
    E: { score: 0.525, rank: 4, tier: 'Medium' },
    A: { score: 0.25, rank: 5, tier: 'Low' },
    C: { score: 0.2, rank: 6, tier: 'Low' },
  })
  t.strictSame(result.ownWeights, {
    weights: [
      { name: 'rain', weight: 0.2 },
      { name: 'heat', weight: 0.8 },
    ],
    movedWards: 4,
    entersHigh: ['B'],
    leavesHigh: ['F'],
  })
  t.ok(
    result.caveats.includes(
      'The ranking uses weights that a person chose (rain 0.2, heat 0.8), where the method takes all sets of ' +
        'indicators as equal: 4 of 6 wards have another rank. Tier High gains B and loses F.',
    ),
  )
  const why = explainWard(result, 'B')
  t.ok(near(why.contributions[0]?.part, 0.04) && near(why.contributions[1]?.part, 0.8))
  t.ok(near(why.meanOfModels, 0.84))
  t.ok(near(why.contributions[1]?.scoreWithout, 0.2))
})

t.test('weights name the indicators where nobody else does; equal weights of two are the method', async (t) => {
  const result = analyse(await tableOf(SIX), { weights: { heat: 0.5, rain: 0.5 } })
  t.strictSame(result.parameters.indicators, ['heat', 'rain'])
  t.equal(result.parameters.indicatorsDefaulted, false)
  t.match(result.ownWeights, { movedWards: 0, entersHigh: [], leavesHigh: [] })
  const method = analyse(await tableOf(SIX), { indicators: ['heat', 'rain'] })
  t.equal(method.ownWeights, null)
  t.strictSame(
    method.wards.map(({ wardName, score }) => [wardName, score]),
    result.wards.map(({ wardName, score }) => [wardName, score]),
  )
  t.notOk(method.wards.some((ward) => 'byMethod' in ward))
})

t.test('weights that do not fit are refused, each with what is wrong', async (t) => {
  const dataset = await tableOf(SIX)
  const wrong = (options: AnalysisOptions): readonly unknown[] =>
    refusal(() => analyse(dataset, { indicators: INDICATORS, ...options })).errors.map((error) => [
      error.pointer,
      error.detail,
    ])
  t.strictSame(wrong({ weights: { rain: 0.4, heat: 0.5 } }), [['/weights', 'the weights add up to 0.9, not to 1']])
  t.strictSame(wrong({ weights: { rain: 1 } }), [['/weights', '"heat" has no weight']])
  t.strictSame(wrong({ weights: { rain: 1, heat: 0 } }), [
    ['/weights/heat', 'the weight of "heat" is 0; leave out what shall not count'],
  ])
  t.strictSame(wrong({ weights: { rain: 0.5, 'a/b': 0.5 } }), [
    ['/weights/a~1b', '"a/b" is not one of the indicators'],
    ['/weights', '"heat" has no weight'],
  ])
  t.strictSame(wrong({ weights: { rain: 0.5, heat: 0.5 }, mode: 'legacy' }), [
    ['/weights', 'legacy mode has no weights of its own'],
  ])
  t.ok(analyse(dataset, { weights: { rain: 0.1, heat: 0.2, poverty: 0.7 } }).ownWeights, 'though 0.1 + 0.2 + 0.7 < 1')
})

t.test('correlations are those of the normalised values, and strong ones are caveats', async (t) => {
  const value = fc.integer({ min: 0, max: 9 })
  await fc.assert(
    fc.asyncProperty(fc.array(fc.tuple(value, value, value), { minLength: 6, maxLength: 20 }), async (rows) => {
      const lines = ['WardName,rain,housing_quality,poverty', 'X,0,1,2', 'Y,3,0,5', 'Z,4,7,1']
      const dataset = await tableOf([...lines, ...rows.map((cells, at) => `W${String(at)},${cells.join()}`)])
      const indicators = ['rain', 'housing_quality', 'poverty']
      const { correlations, wards } = analyse(dataset, { indicators, allowCopies: true })
      const columns = indicators.map((_, at) => wards.map((ward) => ward.indicators[at]?.normalised ?? NaN))
      columns.forEach((one, row) => {
        columns.forEach((other, column) => {
          const found = correlations?.[row]?.[column]
          t.ok(Math.abs((found ?? 2) - (naivePearson(one, other) ?? 2)) < 1e-9, `${String(row)} ${String(column)}`)
        })
      })
    }),
    { numRuns: 20 },
  )
  const rows = [1, 2, 3, 4, 5, 6, 7].map((at) => `W${String(at)},${String(at)},${String(at * at)},${String(-at * at)}`)
  const dataset = await tableOf(['WardName,rain,heat,poverty', ...rows])
  const { caveats } = analyse(dataset, { indicators: ['rain', 'heat'] })
  const r = naivePearson([1, 2, 3, 4, 5, 6, 7], [1, 4, 9, 16, 25, 36, 49]) ?? NaN
  t.ok(
    caveats.includes(`"rain" and "heat" are strongly correlated (r = ${r.toFixed(2)}): what they share counts twice.`),
  )
  const turned = analyse(dataset, { indicators: ['rain', 'poverty'] })
  t.ok(turned.caveats.some((caveat) => caveat.includes('they cancel each other in the score')))
})

t.test('a copy is refused, unless a person says that it is meant', async (t) => {
  const rows = [3, 8, 1, 9, 4, 7].map((celsius, at) =>
    [`W${String(at)}`, celsius, celsius * 1.8 + 32, celsius, celsius * 100, at * at].join(),
  )
  const dataset = await tableOf(['WardName,temperature,fahrenheit,heat,percent,rain', ...rows])
  const errorsOf = (indicators: readonly string[]): unknown =>
    refusal(() => analyse(dataset, { indicators })).errors.map(({ pointer, detail }) => [pointer, detail])
  t.strictSame(errorsOf(['heat', 'rain', 'temperature', 'percent']), [
    ['/indicators/2', '"temperature": it repeats the values of "heat"'],
    ['/indicators/3', '"percent": it repeats the values of "heat" times 100'],
  ])
  t.strictSame(errorsOf(['rain', 'rain']), [['/indicators/1', '"rain" is named twice']])
  const alike = analyse(dataset, { indicators: ['rain', 'temperature', 'fahrenheit'] })
  t.ok(near(alike.correlations?.[1]?.[2], 1))
  t.ok(
    alike.caveats.some((caveat) =>
      caveat.includes('"temperature" and "fahrenheit" are strongly correlated (r = 1.00)'),
    ),
    'columns that only rise together are said to be correlated',
  )
  const meant = analyse(dataset, { indicators: ['rain', 'temperature', 'heat'], allowCopies: true })
  t.equal(meant.parameters.allowCopies, true)
  t.ok(near(meant.correlations?.[1]?.[2], 1))
  t.ok(meant.caveats.some((caveat) => caveat.startsWith('"heat" repeats the values of "temperature"')))
  t.equal(analyse(dataset, { indicators: ['temperature', 'heat'], mode: 'legacy' }).wards.length, 6, 'as it was before')
})

/** Twelve wards and what was seen in ten of them. */
const SEEN = [3, 9, 2, 7, null, 8, 1, 6, 4, 5, null, 7]
const RAIN = [2, 9, 1, 8, 5, 4, 3, 7, 6, 5, 8, 9]
async function compared(options: AnalysisOptions = {}): Promise<AnalysisResult> {
  const rows = RAIN.map((rain, at) => [`W${String(at)}`, rain, (at * 7) % 5, SEEN[at] ?? '', 4].join())
  const dataset = await tableOf(['WardName,rain,poverty,cases_per_1000,flat', ...rows])
  return analyse(dataset, { indicators: ['rain', 'poverty'], compareWith: 'cases_per_1000', ...options })
}

t.test('the ranking stands beside a column that it does not use, with bounds of a bootstrap', async (t) => {
  const { comparison, wards, caveats } = await compared()
  if (comparison === null || comparison === undefined) throw new Error('no comparison')
  t.strictSame(
    comparison.values,
    wards.map(({ wardName }) => SEEN[Number(wardName.slice(1))] ?? null),
  )
  const pairs = wards.flatMap(({ score, tier }, at) => {
    const seen = comparison.values[at] ?? null
    return seen === null ? [] : [{ score, seen, isHigh: tier === 'High' }]
  })
  const rhoOf = (of: typeof pairs): number | null =>
    naiveSpearman(
      of.map(({ score }) => score),
      of.map(({ seen }) => seen),
    )
  const mean = (of: typeof pairs): number => of.reduce((sum, { seen }) => sum + seen, 0) / of.length
  const highOf = (of: typeof pairs): typeof pairs => of.filter(({ isHigh }) => isHigh)
  t.equal(comparison.wards, 10)
  t.ok(near(comparison.spearman.value, rhoOf(pairs) ?? NaN))
  t.ok(near(comparison.topThird.lift.value, mean(highOf(pairs)) / mean(pairs)))
  t.ok(near(comparison.topThird.mean, mean(highOf(pairs))))

  // The same resamples, each written out in full.
  const resamples = Array.from({ length: comparison.resamples }, (_, resample) => {
    const random = randomStream(comparison.seed, resample)
    return pairs.map(() => pairs[Math.floor(random.uniform() * pairs.length)] ?? { score: 0, seen: 0, isHigh: false })
  })
  const rhos = resamples.flatMap((resample) => rhoOf(resample) ?? []).sort((one, other) => one - other)
  const lifts = resamples
    .flatMap((resample) => (highOf(resample).length === 0 ? [] : mean(highOf(resample)) / mean(resample)))
    .sort((one, other) => one - other)
  for (const [values, { low, high }] of [
    [rhos, comparison.spearman],
    [lifts, comparison.topThird.lift],
  ] as const) {
    const order = Math.floor(0.025 * (values.length + 1))
    t.ok(Math.abs((low ?? NaN) - (values[order - 1] ?? NaN)) < 1e-9)
    t.ok(Math.abs((high ?? NaN) - (values.at(-order) ?? NaN)) < 1e-9)
  }
  t.ok(
    caveats.some((caveat) => caveat.startsWith('Against "cases_per_1000", which the ranking does not use, over 10 ')),
  )
  t.ok(caveats.some((caveat) => caveat.startsWith('What was seen is no proof either')))
  t.strictSame((await compared()).comparison, comparison, 'the same input gives the same bounds')
})

t.test('bounds of the rank correlation hold the true one about as often as they say', (t) => {
  // Normal pairs with r = 0.6 have Spearman's 6/π · asin(0.6 / 2) = 0.582.
  const truth = (6 / Math.PI) * Math.asin(0.3)
  const trials = 200
  let held = 0
  for (let trial = 0; trial < trials; trial += 1) {
    const random = randomStream(4711, trial)
    const wards = Array.from({ length: 80 }, () => {
      const score = random.normal()
      return { score, tier: 'Medium' as const, seen: 0.6 * score + 0.8 * random.normal() }
    })
    const { spearman } = compareSeen('seen', wards, ({ seen }) => seen)
    if ((spearman.low ?? NaN) <= truth && truth <= (spearman.high ?? NaN)) held += 1
  }
  // 95 % of 200 is 190, and a percentile bootstrap of 80 wards holds a little less; three errors are 9.
  t.ok(held >= 180 && held <= 199, `${String(held)} of ${String(trials)}`)
  t.end()
})

t.test('what was not held back, or says too little, is refused', async (t) => {
  const why = async (compareWith: string): Promise<unknown> =>
    compared({ compareWith }).then(
      () => 'accepted',
      (error: unknown) => (error as { errors: readonly { detail: string; pointer: string }[] }).errors[0],
    )
  t.match(await why('rain'), { detail: /ranked by it/, pointer: '/compareWith' })
  t.match(await why('nothing'), { detail: /no such column/ })
  t.match(await why('WardName'), { detail: /no numbers/ })
  t.match(await why('flat'), { detail: /same value/ })
  const few = await tableOf(SIX)
  t.match(refusal(() => analyse(few, { indicators: INDICATORS, compareWith: 'poverty' })).errors, [
    { detail: '6 wards have a value, and at least 10 are needed', pointer: '/compareWith' },
  ])
  const rows = RAIN.map((rain, at) => [`W${String(at)}`, rain, (at * 7) % 5, rain / 100].join())
  const copied = await tableOf(['WardName,rain,poverty,seen', ...rows])
  t.match(refusal(() => analyse(copied, { indicators: ['rain', 'poverty'], compareWith: 'seen' })).errors, [
    { detail: 'it repeats "rain", by which the wards are ranked' },
  ])
})

t.test('positivity as what was seen is said to be a weak proxy', async (t) => {
  const rows = RAIN.map((rain, at) => [`W${String(at)}`, rain, (at * 7) % 5, SEEN[at] ?? 4].join())
  const dataset = await tableOf(['WardName,rain,poverty,tpr', ...rows])
  const { caveats } = analyse(dataset, { indicators: ['rain', 'poverty'], compareWith: 'tpr' })
  t.ok(caveats.some((caveat) => caveat.startsWith('Test positivity is a weak proxy')))
})
