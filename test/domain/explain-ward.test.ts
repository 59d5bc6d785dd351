import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { explainNamed } from '../../service/domain/ranking/ask-table.ts'
import { explainWard } from '../../service/domain/ranking/explain-ward.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { resultMap } from '../../service/domain/map/result-map.ts'
import { makeLargeDataset } from '../support/large-dataset.ts'
import { refusal } from '../support/refusal.ts'

const ILORIN = new URL('../../../shared/data/ilorin/', import.meta.url)

async function table(csv: string): Promise<Dataset> {
  return joinWards(await readWards(Buffer.from(csv), 'wards.csv'), null)
}

t.test('explainWard() can be checked by hand', async (t) => {
  // Normalised: A 0, 0.5, 1; B 0.5, 1, 0; C 1, 0, 0.5.
  const result = analyse(await table('WardName,rain,housing,tpr\nA,0,NA,10\nB,50,2,0\nC,100,4,5\n'), {
    directions: { housing: 'inverse' },
  })
  const b = explainWard(result, 'B')
  t.strictSame([b.rank, b.wards, b.meanOfModels], [result.wards.find(({ wardName }) => wardName === 'B')?.rank, 3, 0.5])
  t.strictSame(
    b.contributions.map(({ name, raw, imputed, normalised, aboveMean, scoreWithout }) => [
      name,
      raw,
      imputed,
      normalised,
      aboveMean,
      scoreWithout,
    ]),
    [
      ['rain', 50, null, 0.5, 0, 0.5],
      ['housing', 2, null, 1, 0.5, 0.25],
      ['tpr', 0, null, 0, -0.5, 0.75],
    ],
  )
  // Four models: three pairs and one triple. Each indicator is in two pairs and the triple: (1/2 + 1/2 + 1/3) / 4.
  for (const { part, normalised } of b.contributions) t.ok(Math.abs(part - normalised / 3) < 1e-15)
  t.strictSame(b.rankedHighestBy[0], { indicators: ['rain', 'housing'], value: 0.75, rank: 1 })
  t.strictSame(b.rankedLowestBy[0]?.indicators, ['rain', 'tpr'])
  t.equal(explainWard(result, 'A').contributions[1]?.imputed, 'global_mean_fallback')
  for (const label of ['D', '__proto__', ''])
    t.match(
      refusal(() => explainWard(result, label)),
      { kind: 'not-found' },
    )
  t.ok(
    explainWard(analyse(await table('WardName,rain,tpr\nA,0,1\nB,1,2\n')), 'A').contributions.every(
      ({ scoreWithout }) => scoreWithout === null,
    ),
    'two indicators: no model is left without one',
  )
})

t.test('a ward is found by its label, its code, or its name if no other ward has it', async (t) => {
  const result = analyse(await table('WardCode,WardName,rain,tpr\nX1,North,0,1\nX2,North,1,2\nX3,South,2,0\n'))
  for (const [name, code] of [
    ['North (X1)', 'X1'],
    ['X2', 'X2'],
    ['x3', 'X3'],
    ['south', 'X3'],
  ] as const)
    t.equal(explainNamed(result, name).wardCode, code, name)
  t.match(
    refusal(() => explainNamed(result, 'North')),
    { kind: 'invalid-input', errors: [{ detail: 'North (X2)' }, { detail: 'North (X1)' }] },
  )
  t.match(
    refusal(() => explainNamed(result, 'East')),
    { kind: 'not-found' },
  )
  t.end()
})

t.test(
  'Ilorin: every ward’s explanation adds up to its result, in both modes',
  { skip: existsSync(ILORIN) ? false : 'the Ilorin data are not on this machine' },
  async (t) => {
    const wards = await readWards(readFileSync(new URL('wards.csv', ILORIN)), 'wards.csv')
    const dataset = joinWards(
      wards,
      await readBoundaries(readFileSync(new URL('boundaries.zip', ILORIN)), 'boundaries.zip'),
    )
    for (const mode of ['standard', 'legacy'] as const) {
      const result = analyse(dataset, {
        indicators: ['distance', 'meanEVI', 'val_housing_15', 'settlement_type', 'tpr_u5_new'],
        mode,
      })
      for (const ward of result.wards) {
        const why = explainWard(result, ward.wardName)
        const sum = why.contributions.reduce((rest, { part }) => rest + part, 0)
        t.ok(Math.abs(sum - why.meanOfModels) < 1e-12, `${mode} ${ward.wardName}: the parts add up`)
        const [best] = why.rankedHighestBy
        const [worst] = why.rankedLowestBy
        t.ok(
          (best?.rank ?? 99) <= ward.robustness.medianRank && (worst?.rank ?? 0) >= ward.robustness.medianRank,
          'the median rank lies between the extremes',
        )
      }
      const map = resultMap(dataset, result)
      t.equal(map.features.length, 35)
      for (const { properties } of map.features) {
        const ward = result.wards.find(({ wardName }) => wardName === properties.wardName)
        t.match(properties, {
          rank: ward?.rank,
          score: ward?.score,
          tier: ward?.tier,
          medianRank: ward?.robustness.medianRank,
        })
      }
    }
  },
)

t.test('resultMap() marks boundaries without a ward, and names wards without a boundary', async (t) => {
  const wards = await readWards(Buffer.from('WardName,a,b\nTudun,1,2\nKuka,2,1\n'), 'w.csv')
  const features = ['Tudun', 'Gama'].map((WardName, west) => ({
    type: 'Feature',
    properties: { WardName },
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
  const dataset = joinWards(
    wards,
    await readBoundaries(Buffer.from(JSON.stringify({ type: 'FeatureCollection', features })), 'b.geojson'),
  )
  const result = analyse(dataset, { indicators: ['a', 'b'] })
  const map = resultMap(dataset, result)
  t.match(map.features, [
    { properties: { wardName: 'Tudun', matched: true, rank: 1 } },
    { properties: { wardName: 'Gama', matched: false, rank: undefined } },
  ])
  t.strictSame(map.wardsWithoutBoundary, ['Kuka'])
  t.match(
    refusal(() => resultMap(joinWards(wards, null), result)),
    { kind: 'no-data' },
  )
})

t.test('explainWard() takes at most three seconds for a country with ten indicators', async (t) => {
  const data = makeLargeDataset({ wards: 9_500, columns: 13 })
  const result = analyse(joinWards(await readWards(data.csv, 'wards.csv'), null), {
    indicators: Array.from({ length: 10 }, (_, at) => `indicator_${String(at + 1)}`),
  })
  const begin = performance.now()
  t.equal(explainWard(result, 'Ward 77').rankedHighestBy.length, 5)
  const seconds = (performance.now() - begin) / 1000
  t.comment(`${seconds.toFixed(2)} s`)
  t.ok(seconds < 3)
})
