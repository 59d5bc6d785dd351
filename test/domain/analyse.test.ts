import t from 'tap'
import { existsSync, readFileSync } from 'node:fs'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { AnalysisOptions, AnalysisResult, Mode } from '../../service/domain/ranking/analysis-result.ts'
import { compositeScores } from '../../service/domain/ranking/composite-scores.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { directionOf, legacyDirection } from '../../service/domain/files/directions.ts'
import { Fault } from '../../service/domain/fault.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { median } from '../../service/domain/median.ts'
import { modelsOf } from '../../service/domain/ranking/models.ts'
import { normalise } from '../../service/domain/ranking/normalise.ts'
import { rankWards, tiersOf } from '../../service/domain/ranking/rank-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { createPlaceSorter } from '../../service/domain/ranking/sort-places.ts'
import { makeLargeDataset } from '../support/large-dataset.ts'
import fc from '../support/properties.ts'
import { readSettledWards } from '../support/settled-wards.ts'

const ILORIN = new URL('../../../shared/data/ilorin/', import.meta.url)
const TOLERANCE = 1e-9

interface Expected {
  readonly indicators_in_order: readonly string[]
  readonly directions: Readonly<Record<string, string>>
  readonly imputed: readonly {
    readonly ward: string
    readonly column: string
    readonly value: number
    readonly how: string
  }[]
  readonly wards: readonly (Readonly<
    Record<Mode, { readonly score: number; readonly rank: number; readonly tier: string }>
  > & { readonly ward: string; readonly legacy_median_of_model_ranks: number })[]
}

async function table(csv: string): Promise<Dataset> {
  return joinWards(await readSettledWards(csv), null)
}

function rows(...values: readonly (readonly (number | string)[])[]): string {
  const header = ['WardName', ...(values[0] ?? []).map((_, column) => `v${column + 1}`)].join(',')
  return [header, ...values.map((row, index) => [`W${index}`, ...row].join(','))].join('\n')
}

/** The names of the columns of `rows`. */
function namesOf([first]: readonly (readonly unknown[])[]): readonly string[] {
  return (first ?? []).map((_, column) => `v${column + 1}`)
}

function refusal(dataset: Dataset, options: AnalysisOptions): Fault {
  try {
    analyse(dataset, options)
  } catch (error) {
    if (error instanceof Fault) return error
    throw error
  }
  throw new Error('accepted')
}

function byWard(result: AnalysisResult): Map<string, AnalysisResult['wards'][number]> {
  return new Map(result.wards.map((ward) => [ward.wardName, ward]))
}

t.test(
  'Ilorin: scores, ranks, tiers and imputed cells equal the worked example in both modes',
  { skip: existsSync(ILORIN) ? false : 'the Ilorin data are not on this machine' },
  async (t) => {
    const expected = JSON.parse(readFileSync(new URL('expected.json', ILORIN), 'utf8')) as Expected
    const wards = await readWards(readFileSync(new URL('wards.csv', ILORIN)), 'wards.csv')
    const dataset = joinWards(
      wards,
      await readBoundaries(readFileSync(new URL('boundaries.zip', ILORIN)), 'boundaries.zip'),
    )
    for (const mode of ['standard', 'legacy'] as const) {
      const result = analyse(dataset, { indicators: expected.indicators_in_order, mode })
      const found = byWard(result)
      t.equal(found.size, expected.wards.length)
      for (const ward of expected.wards) {
        const got = found.get(ward.ward)
        t.ok(Math.abs((got?.score ?? NaN) - ward[mode].score) <= TOLERANCE, `${mode} score of ${ward.ward}`)
        t.strictSame(
          [got?.rank, got?.tier],
          [ward[mode].rank, ward[mode].tier],
          `${mode} rank and tier of ${ward.ward}`,
        )
        if (mode === 'legacy') t.equal(got?.robustness.medianRank, ward.legacy_median_of_model_ranks)
      }
      t.strictSame(
        result.indicators.map(({ name, direction }) => [name, direction]),
        Object.entries(expected.directions),
      )
      t.strictSame(
        result.imputations.map(({ ward, column, how }) => [ward, column, how]),
        expected.imputed.map(({ ward, column, how }) => [ward, column, how]),
      )
      for (const [index, cell] of expected.imputed.entries())
        t.ok(Math.abs((result.imputations[index]?.value ?? NaN) - cell.value) <= TOLERANCE)
    }
  },
)

t.test('analyse() can be checked by hand', async (t) => {
  const result = analyse(await table('WardName,rain,housing_quality,flat\nA,0,10,7\nB,50,NA,7\nC,100,0,7\n'), {
    indicators: ['rain', 'housing_quality', 'flat'],
  })
  t.strictSame(result.models, [
    ['rain', 'housing_quality'],
    ['rain', 'flat'],
    ['housing_quality', 'flat'],
    ['rain', 'housing_quality', 'flat'],
  ])
  t.strictSame(
    result.wards.map(({ wardName, score, rank, tier }) => [wardName, score, rank, tier]),
    [
      ['C', 0.791666666667, 1, 'High'],
      ['B', 0.5, 2, 'Medium'],
      ['A', 0.208333333333, 3, 'Low'],
    ],
  )
  t.strictSame(byWard(result).get('B')?.indicators, [
    { name: 'rain', raw: 50, normalised: 0.5 },
    { name: 'housing_quality', raw: 5, normalised: 0.5, imputed: 'global_mean_fallback' },
    { name: 'flat', raw: 7, normalised: 0.5 },
  ])
  t.strictSame(byWard(result).get('C')?.robustness, { topThirdShare: 1, medianRank: 1 })
  t.strictSame(result.imputations, [
    { ward: 'B', wardCode: null, column: 'housing_quality', value: 5, how: 'global_mean_fallback', neighbours: [] },
  ])
  for (const caveat of [
    /relative to the uploaded area/,
    /not an absolute risk/,
    /no boundaries/,
    /1 missing values were filled with the column mean/,
    /guessed from their names: rain \(direct\), housing_quality \(inverse\)/,
    /flat has the same value/,
  ])
    t.ok(
      result.caveats.some((text) => caveat.test(text)),
      String(caveat),
    )
  t.strictSame(JSON.parse(JSON.stringify(result)), result, 'the result survives JSON')
})

t.test('analyse() fills a gap from original values only, never from a filled one', async (t) => {
  const wards = await readWards(Buffer.from('WardName,a,b\nW0,NA,1\nW1,NA,2\nW2,6,3\nW3,9,4\n'), 'w.csv')
  const features = [0, 1, 2, 9].map((west, index) => ({
    type: 'Feature',
    properties: { WardName: `W${index}` },
    geometry: {
      type: 'Polygon',
      coordinates: [
        [
          [west, 0],
          [west, 1],
          [west + 1, 1],
          [west + 1, 0],
          [west, 0],
        ],
      ],
    },
  }))
  const map = await readBoundaries(Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })), 'b.geojson')
  t.match(analyse(joinWards(wards, map), { indicators: ['a', 'b'] }).imputations, [
    { ward: 'W0', value: 7.5, how: 'global_mean_fallback', neighbours: [] },
    { ward: 'W1', value: 6, how: 'spatial_neighbor_mean(1)', neighbours: ['W2'] },
  ])
})

t.test('analyse() names the wards that are ranked by filled-in values alone', async (t) => {
  const table = await readWards(Buffer.from('WardName,rain,heat,other\nA,1,2,3\nB,2,,3\nC,,,3\n'), 'w.csv')
  const { caveats } = analyse(joinWards(table, null), { indicators: ['rain', 'heat'] })
  t.ok(
    caveats.includes(
      '1 of 3 wards have no value of their own in any indicator, ' +
        'so their score comes from filled-in values alone: C.',
    ),
  )
  t.notOk(
    analyse(joinWards(table, null), { indicators: ['rain', 'other'] }).caveats.some((text) =>
      text.includes('no value of their own'),
    ),
  )
})

t.test('legacyDirection() guesses inverse by the letters of the earlier system’s words', async (t) => {
  for (const name of [
    'distance_to_clinic',
    'Elevation',
    'housing_quality',
    'val_housing_15',
    'urban_extent',
    'health_facility',
    'roadaccessibility',
  ])
    t.equal(legacyDirection(name), 'inverse', name)
  for (const name of ['rainfall', 'tpr', 'nets_per_capita']) t.equal(legacyDirection(name), 'direct', name)
})

t.test('directionOf() follows the meaning of a name, and the caller can choose another direction', async (t) => {
  const directions: Readonly<Record<'direct' | 'inverse' | 'unknown', readonly string[]>> = {
    direct: [
      'distance_to_clinic_km',
      'Distance to nearest health facility',
      'travel_time_to_hospital',
      'tpr_u5_new',
      'Test positivity (%)',
      'pfpr',
      'malaria cases per 1000',
      'mean_rainfall_mm',
      'Pluviométrie',
      'meanEVI',
      'settlement_type_poor',
      'poor_housing',
      'households without nets percent',
      'temp_mean',
      'flood',
      'settlement_type',
      'dumpsites',
      'unimproved_walls',
      'vaccination_gap',
    ],
    inverse: [
      'distance',
      'distance_to_water_bodies',
      'water_distance',
      'distance_to_dumpsites',
      'nets_per_capita',
      'ITN use (%)',
      'IRS coverage',
      'housing_quality',
      'val_housing_15',
      'elevation_m',
      'slope',
      'income',
      'female_education',
      'access_to_electricity',
      'avgRAD',
      'urban_extent',
    ],
    unknown: ['population_density', 'NDWI', 'accessibility', 'building_height', 'x7', 'score', 'index_2'],
  }
  for (const [direction, names] of Object.entries(directions))
    for (const name of names) t.equal(directionOf(name) ?? 'unknown', direction, name)
  const dataset = await table('WardName,distance_to_clinic,rain\nA,1,1\nB,9,2\n')
  const result = analyse(dataset, { directions: { distance_to_clinic: 'inverse' } })
  t.strictSame(
    result.indicators.map(({ direction, guessed, why }) => [direction, guessed, why]),
    [
      ['inverse', false, null],
      ['direct', true, 'rain fills the pools in which Anopheles breeds'],
    ],
  )
  t.strictSame(result.parameters.directions, [{ name: 'distance_to_clinic', direction: 'inverse' }])
})

t.test('analyse() takes a named indicator of unknown direction as direct, and says that it is not known', async (t) => {
  const dataset = await table('WardName,rain,x7\nA,1,2\nB,9,1\n')
  const { indicators, caveats } = analyse(dataset, { indicators: ['rain', 'x7'] })
  t.match(indicators[1], { name: 'x7', direction: 'direct', guessed: true, why: null })
  t.ok(caveats.includes('The direction of 1 indicators was guessed from their names: rain (direct).'))
  t.ok(
    caveats.includes(
      'It is not known which way "x7" point: nobody said it and no word of the name does, so more was taken as more risk.',
    ),
  )
  t.notOk(
    analyse(dataset, { indicators: ['rain', 'x7'], directions: { x7: 'inverse' } }).caveats.some((text) =>
      text.includes('It is not known'),
    ),
  )
})

t.test('analyse() points at each option that does not fit the data', async (t) => {
  const dataset = await table('WardCode,WardName,a,b,empty,note\nK1,A,1,2,,x\nK2,B,3,4,,y\n')
  t.match(refusal(dataset, { indicators: ['a', 'toString', 'WardCode', 'empty', 'note', 'a'] }).errors, [
    { pointer: '/indicators/1', detail: 'there is no column "toString"' },
    { pointer: '/indicators/2', detail: /names or numbers the rows/ },
    { pointer: '/indicators/3', detail: /every cell is missing/ },
    { pointer: '/indicators/4', detail: /holds text/ },
    { pointer: '/indicators/5', detail: /named twice/ },
  ])
  for (const indicators of [[], ['a'], Array.from({ length: 11 }, (_, index) => `a${index}`)])
    t.match(refusal(dataset, { indicators }), { kind: 'invalid-input', errors: [{ pointer: '/indicators' }] })
  const directions = JSON.parse('{"x/y~":"direct","__proto__":"direct","b":"sideways"}') as NonNullable<
    AnalysisOptions['directions']
  >
  t.strictSame(
    refusal(dataset, { indicators: ['a', 'b'], directions }).errors.map(({ pointer }) => pointer),
    ['/directions/x~1y~0', '/directions/__proto__', '/directions/b'],
  )
})

t.test('analyse() without indicators uses the suggested ones, or lists the candidates', async (t) => {
  const dataset = await table(
    'WardName,Total_Population,urban_percentage,rain,tpr,X,x7,cases,empty\nA,1,2,3,4,1,5,6,\nB,5,6,7,8,2,6,7,\n',
  )
  const result = analyse(dataset)
  t.strictSame(result.parameters, { indicators: ['rain', 'tpr'], indicatorsDefaulted: true, directions: [] })
  t.strictSame(
    result.leftOut.map(({ name, reason }) => [name, reason]),
    [
      ['WardName', 'it names or numbers the rows'],
      ['Total_Population', 'it counts people'],
      ['urban_percentage', 'it is the urban share'],
      ['X', 'it names or numbers the rows'],
      ['x7', 'its name does not say whether more of it means more risk'],
      ['cases', 'it is a count or a total, so it grows with the size of a ward'],
      ['empty', 'every cell is missing'],
    ],
  )
  const unknown = refusal(await table(rows([1, 5], [2, 3])), {})
  t.match(unknown.message, /none of the candidates can be suggested\. The data have 2: "v1", "v2"/)
  t.match(unknown, {
    kind: 'invalid-input',
    errors: [
      { pointer: '/indicators' },
      { detail: '"v1" is not suggested: its name does not say whether more of it means more risk' },
      { detail: /^"v2"/ },
    ],
  })
  t.match(
    refusal(await table('WardName,population,rain\nA,1,2\nB,2,3\n'), {}).message,
    /"rain" of the candidates can be suggested\. The data have 2: "population", "rain"/,
  )
})

t.test(
  'modelsOf() makes every subset of two or more; for six or more, legacy makes the earlier system’s sixteen',
  async (t) => {
    t.equal(modelsOf(10, 'standard').length, 1013)
    t.equal(modelsOf(5, 'legacy').length, 26)
    for (const indicators of [6, 10]) {
      const models = modelsOf(indicators, 'legacy')
      t.equal(models.length, 16)
      t.strictSame(
        models.slice(10).map((model) => model.map((place) => place + 1).join('')),
        ['123', '124', '125', '134', '135', '12345'],
      )
    }
  },
)

t.test('analyse() in legacy mode scores by the first five indicators, and says so', async (t) => {
  const values = (ward: number): number[] =>
    Array.from({ length: 6 }, (_, column) => (column === 5 ? 1000 * ward : (ward * 7 + column * 3) % 5))
  const dataset = await table(rows(...[0, 1, 2, 3, 4].map(values)))
  const six = analyse(dataset, { indicators: ['v1', 'v2', 'v3', 'v4', 'v5', 'v6'], mode: 'legacy' })
  t.equal(six.models.length, 16)
  t.ok(six.caveats.some((text) => text.includes('first five of 6 indicators only')))
  t.match(refusal(await table('WardName,distance,rain\nA,-1e-10,1\nB,2,3\n'), { mode: 'legacy' }), {
    kind: 'invalid-input',
    errors: [{ pointer: '/indicators/0' }],
  })
})

t.test('rankWards() shares ranks between equal scores; legacy breaks ties by row', async (t) => {
  const scores = Float64Array.of(0.5, 0.9, 0.5, 0.1, 0.5, 0.2)
  t.strictSame([...rankWards(scores, 'standard')], [2, 1, 2, 6, 2, 5])
  t.strictSame([...rankWards(scores, 'legacy')], [2, 1, 3, 6, 4, 5])
  t.strictSame(tiersOf(rankWards(scores, 'standard')), ['High', 'High', 'High', 'Low', 'High', 'Low'])
  t.strictSame(tiersOf(rankWards(scores, 'legacy')), ['High', 'High', 'Medium', 'Low', 'Medium', 'Low'])
})

t.test('compositeScores() gives wards with the same values the same score, in any order of addition', async (t) => {
  const columns = [
    [0.1, 0.2, 0.3, 0, 1],
    [0.2, 0.3, 0.1, 0, 1],
    [0.3, 0.1, 0.2, 0, 1],
  ].map((column) => Float64Array.from(column))
  const together = [[0, 1, 2]]
  const { scores, robustness } = compositeScores(columns, together, 'standard')
  t.strictSame([...rankWards(scores, 'standard')], [2, 2, 2, 5, 1])
  t.strictSame(
    robustness.map(({ medianRank }) => medianRank),
    [2, 2, 2, 5, 1],
  )
  t.not(
    new Set(compositeScores(columns, together, 'legacy').scores.slice(0, 3)).size,
    1,
    'as the earlier system did not',
  )
})

t.test('normalise() maps the least value to 0 and the greatest to 1, or the other way round', async (t) => {
  const values = Float64Array.of(0, 5, 10)
  t.strictSame([...normalise(values, 'direct', 'standard')], [0, 0.5, 1])
  t.strictSame([...normalise(values, 'inverse', 'standard')], [1, 0.5, 0])
  const legacy = normalise(values, 'inverse', 'legacy')
  t.equal(legacy[0], 1)
  t.ok((legacy[1] ?? 1) < 1e-9)
  t.strictSame([...normalise(Float64Array.of(3, 3), 'inverse', 'legacy')], [0.5, 0.5])
})

t.test('median() and createPlaceSorter() agree with plain sorting', async (t) => {
  const numbers = fc.array(fc.oneof(fc.double({ min: 0, max: 1, noNaN: true }), fc.constantFrom(0, 0.25, 0.5, 1)), {
    minLength: 1,
    maxLength: 60,
  })
  fc.assert(
    fc.property(numbers, (values) => {
      const plain = values.map(Math.abs).sort((one, other) => one - other)
      const upper = plain[plain.length >> 1] ?? NaN
      const middle = plain.length % 2 === 1 ? upper : ((plain[(plain.length >> 1) - 1] ?? NaN) + upper) / 2
      const given = Float64Array.from(values, Math.abs)
      t.strictSame(
        [...createPlaceSorter(given.length)(given)].map((place) => given[place]),
        plain,
      )
      t.equal(median(given.slice()), middle)
    }),
  )
})

const cells = fc
  .integer({ min: 2, max: 12 })
  .chain((wards) =>
    fc
      .integer({ min: 2, max: 5 })
      .chain((columns) =>
        fc.array(
          fc.array(
            fc.oneof(
              { weight: 9, arbitrary: fc.integer({ min: -1000, max: 1000 }) },
              { weight: 1, arbitrary: fc.constant('NA') },
            ),
            { minLength: columns, maxLength: columns },
          ),
          { minLength: wards, maxLength: wards },
        ),
      ),
  )
  .map((values) => [values[0]?.map((_, column) => column) ?? [], ...values.slice(1)])

t.test('analyse() keeps every score within 0 to 1, and fills only missing cells', async (t) => {
  await fc.assert(
    fc.asyncProperty(cells, fc.constantFrom<Mode>('standard', 'legacy'), async (values, mode) => {
      const result = analyse(await table(rows(...values)), { indicators: namesOf(values), mode })
      const wards = byWard(result)
      values.forEach((row, ward) => {
        const got = wards.get(`W${ward}`)
        t.ok(got !== undefined && got.score >= 0 && got.score <= 1)
        t.ok(got !== undefined && got.robustness.topThirdShare >= 0 && got.robustness.topThirdShare <= 1)
        row.forEach((cell, column) => {
          t.equal(got?.indicators[column]?.imputed !== undefined, cell === 'NA')
          if (cell !== 'NA') t.equal(got?.indicators[column]?.raw, cell)
        })
      })
      t.equal(result.imputations.length, values.flat().filter((cell) => cell === 'NA').length)
    }),
    { numRuns: 50 },
  )
})

t.test('analyse() gives the same ranking for any order of rows', async (t) => {
  await fc.assert(
    fc.asyncProperty(cells, async (values) => {
      const lines = rows(...values).split('\n')
      const turned = [lines[0], ...lines.slice(1).reverse()].join('\n')
      const indicators = namesOf(values)
      const one = byWard(analyse(await table(lines.join('\n')), { indicators }))
      const other = byWard(analyse(await table(turned), { indicators }))
      for (const [name, ward] of one) t.ok(Math.abs(ward.score - (other.get(name)?.score ?? NaN)) < 1e-12)
    }),
    { numRuns: 50 },
  )
})

t.test('analyse() gives the same ranks when a direct indicator changes its unit', async (t) => {
  await fc.assert(
    fc.asyncProperty(
      cells,
      fc.constantFrom(2, 4, 0.5, 16),
      fc.constantFrom(0, 1024, -64),
      async (values, factor, shift) => {
        const whole = values.map((row) => row.map((cell) => (cell === 'NA' ? 0 : cell)))
        const changed = whole.map(([first, ...rest]) => [Number(first) * factor + shift, ...rest])
        const ranks = async (data: readonly (readonly (number | string)[])[]): Promise<unknown> =>
          [...byWard(analyse(await table(rows(...data)), { indicators: namesOf(data) }))].map(([name, { rank }]) => [
            name,
            rank,
          ])
        t.strictSame(await ranks(changed), await ranks(whole))
      },
    ),
    { numRuns: 50 },
  )
})

t.test('analyse() ranks 9,500 wards by 1,013 models within 300 MiB', async (t) => {
  const { csv, shapefile } = makeLargeDataset()
  const dataset = joinWards(await readWards(csv, 'w.csv'), await readBoundaries(shapefile, 'b.zip'))
  t.equal(dataset.unmatched.length, 0)
  const before = process.memoryUsage().rss
  const result = analyse(dataset, { indicators: Array.from({ length: 10 }, (_, index) => `indicator_${index + 1}`) })
  t.equal(result.models.length, 1013)
  t.equal(result.wards.length, 9_500)
  t.ok(process.memoryUsage().rss - before < 300 * 1024 * 1024)
})
