import { existsSync, readFileSync } from 'node:fs'
import t from 'tap'
import { agreementOf, averageRanks, correlation } from '../../service/domain/ranking/agreement.ts'
import { analyse } from '../../service/domain/ranking/analyse.ts'
import { chiSquareTail } from '../../service/domain/ranking/chi-square.ts'
import type { Dataset } from '../../service/domain/dataset/dataset.ts'
import { joinWards } from '../../service/domain/dataset/join-wards.ts'
import { principalComponents } from '../../service/domain/ranking/pca.ts'
import { rankWards } from '../../service/domain/ranking/rank-wards.ts'
import { readBoundaries } from '../../service/domain/files/boundary/read-boundaries.ts'
import { readWards } from '../../service/domain/files/read-wards.ts'
import { symmetricEigen } from '../../service/domain/ranking/symmetric-eigen.ts'
import fc from '../support/properties.ts'

const ILORIN = new URL('../../../shared/data/ilorin/', import.meta.url)
const SAMPLE = new URL('../../service/sample/', import.meta.url)
const GOLDEN = new URL('../golden/sample/pca.json', import.meta.url)

async function folder(from: URL): Promise<Dataset> {
  const wards = await readWards(readFileSync(new URL('wards.csv', from)), 'wards.csv')
  return joinWards(wards, await readBoundaries(readFileSync(new URL('boundaries.zip', from)), 'boundaries.zip'))
}

async function table(csv: string): Promise<Dataset> {
  return joinWards(await readWards(Buffer.from(csv), 'wards.csv'), null)
}

function near(found: number | null | undefined, expected: number, tolerance = 1e-9): boolean {
  return Math.abs((found ?? NaN) - expected) <= tolerance
}

t.test(
  'Ilorin: KMO, Bartlett and explained variance equal the worked figures, and the data are refused for a PCA',
  { skip: existsSync(ILORIN) ? false : 'the Ilorin data are not on this machine' },
  async (t) => {
    const { indicators_in_order: indicators, pca_legacy: worked } = JSON.parse(
      readFileSync(new URL('expected.json', ILORIN), 'utf8'),
    ) as {
      indicators_in_order: string[]
      pca_legacy: {
        kmo: number
        kmo_per_variable: Record<string, number>
        bartlett_chi2: number
        bartlett_df: number
        bartlett_p: number
        suitable: boolean
        n_components: number
        explained_variance_ratio_all: number[]
      }
    }
    const dataset = await folder(ILORIN)
    for (const mode of ['legacy', 'standard'] as const) {
      const { pca, wards, agreement, caveats } = analyse(dataset, { indicators, mode })
      t.ok(near(pca.kmo, worked.kmo))
      for (const { name, kmo } of pca.kmoByIndicator) t.ok(near(kmo, worked.kmo_per_variable[name] ?? NaN), name)
      t.ok(near(pca.bartlett?.chiSquare, worked.bartlett_chi2))
      t.equal(pca.bartlett?.degreesOfFreedom, worked.bartlett_df)
      t.ok(near(pca.bartlett?.p, worked.bartlett_p, 1e-15))
      t.strictSame([pca.suitable, pca.kept], [worked.suitable, worked.n_components])
      t.equal(pca.components.length, worked.explained_variance_ratio_all.length)
      pca.components.forEach(({ explainedVarianceRatio }, k) =>
        t.ok(near(explainedVarianceRatio, worked.explained_variance_ratio_all[k] ?? NaN)),
      )
      t.match(pca.reasons, [/Kaiser–Meyer–Olkin measure is 0\.355, below 0\.5/])
      t.ok(
        wards.every(({ pcaScore, pcaRank }) => pcaScore === null && pcaRank === null),
        'no score where it is not suitable',
      )
      t.equal(agreement, null)
      t.ok(caveats.some((text) => text.includes('no second opinion')))
    }
  },
)

t.test(
  'the sample: every PCA figure and every ward’s score equal those of an independent library, in both modes',
  async (t) => {
    const golden = JSON.parse(readFileSync(GOLDEN, 'utf8')) as {
      kmo: number
      kmoByIndicator: Record<string, number>
      chiSquare: number
      p: number
      spearman: number
      explainedVarianceRatios: number[]
      standard: Record<string, number>
      legacy: Record<string, number>
    }
    const dataset = await folder(SAMPLE)
    for (const mode of ['standard', 'legacy'] as const) {
      // The figures are of a distance of which more is safer, as the earlier system took it.
      const { pca, wards, agreement } = analyse(dataset, { mode, directions: { distance_to_clinic_km: 'inverse' } })
      t.ok(pca.suitable)
      t.ok(near(pca.kmo, golden.kmo))
      for (const { name, kmo } of pca.kmoByIndicator) t.ok(near(kmo, golden.kmoByIndicator[name] ?? NaN), name)
      t.ok(near(pca.bartlett?.chiSquare, golden.chiSquare))
      t.ok(near((pca.bartlett?.p ?? NaN) / golden.p, 1), 'the tail holds its digits where it is tiny')
      pca.components.forEach(({ explainedVarianceRatio }, k) =>
        t.ok(near(explainedVarianceRatio, golden.explainedVarianceRatios[k] ?? NaN)),
      )
      for (const { wardName, pcaScore } of wards)
        t.ok(near(pcaScore, golden[mode][wardName] ?? NaN), `${mode} ${wardName}: ${String(pcaScore)}`)
      const byScore = [...wards]
        .sort((one, other) => (other.pcaScore ?? 0) - (one.pcaScore ?? 0))
        .map(({ wardName }) => wardName)
      t.strictSame(
        [...wards].sort((one, other) => (one.pcaRank ?? 0) - (other.pcaRank ?? 0)).map(({ wardName }) => wardName),
        byScore,
      )
      if (mode === 'standard') t.ok(near(agreement?.spearman, golden.spearman))
      else t.ok((agreement?.spearman ?? 0) < 0, 'the legacy ranking points the other way here, as it could')
    }
  },
)

t.test('principalComponents() says why data are not suitable for a PCA', async (t) => {
  const reasons = async (csv: string): Promise<readonly string[]> =>
    analyse(await table(csv), { indicators: csv.split('\n')[0]!.split(',').slice(1) }).pca.reasons
  t.match(await reasons('WardName,a,b\nA,1,2\nB,2,3\nC,3,5\n'), [/at least 3 indicators; there are 2/])
  t.match(await reasons('WardName,a,b,c,d\nA,1,2,3,1\nB,2,3,1,2\nC,3,5,2,4\n'), [
    /as many wards as indicators; there are 3 wards/,
  ])
  t.match(await reasons('WardName,a,b,c\nA,1,7,3\nB,2,7,1\nC,3,7,2\nD,4,7,9\n'), [/b is the same in every ward/])
  const uncorrelated = Array.from(
    { length: 8 },
    (_, ward) => `W${String(ward)},${String(ward & 1)},${String((ward >> 1) & 1)},${String((ward >> 2) & 1)}`,
  )
  t.match(await reasons(['WardName,a,b,c', ...uncorrelated].join('\n')), [
    /measure is 0\.000/,
    /Bartlett's p is 1\.000/,
  ])
})

t.test('principalComponents() copes with indicators that are copies of each other', async (t) => {
  const values = Float64Array.from([3, 1, 4, 1, 5, 9, 2, 6])
  const other = Float64Array.from([2, 7, 1, 8, 2, 8, 1, 8])
  const indicator = (
    name: string,
    column: Float64Array,
  ): { name: string; direction: 'direct'; values: Float64Array } => ({ name, direction: 'direct', values: column })
  const { result } = principalComponents(
    [indicator('a', values), indicator('b', values), indicator('c', other)],
    values,
    'standard',
  )
  t.strictSame(result.bartlett, { chiSquare: null, degreesOfFreedom: 3, p: 0 })
  t.ok((result.kmo ?? -1) >= 0 && (result.kmo ?? 2) <= 1)
  t.equal(JSON.stringify(result).includes('null,null'), false)
})

t.test('chiSquareTail() equals SciPy’s chi2.sf to ten digits, from the middle to the far tail', async (t) => {
  const worked: readonly (readonly [number, number, number])[] = [
    [1, 1, 0.31731050786291115],
    [3.84, 1, 0.05004352124870519],
    [10, 3, 0.01856613546304325],
    [0.1, 10, 0.9999999975020487],
    [100, 21, 2.8860240534837315e-12],
    [2000, 1225, 3.248522607199156e-40],
    [1300, 1225, 0.0669670381717105],
    [1100, 1225, 0.9953820624756167],
    [700, 45, 2.2118369703293213e-118],
  ]
  for (const [value, degrees, p] of worked)
    t.ok(
      Math.abs(chiSquareTail(value, degrees) / p - 1) < 1e-10,
      `${String(value)} with ${String(degrees)}: ${String(chiSquareTail(value, degrees))}`,
    )
  t.equal(chiSquareTail(0, 3), 1)
  t.equal(chiSquareTail(Infinity, 3), 0)
})

t.test('symmetricEigen() finds values and vectors that give the matrix back', async (t) => {
  const matrices = fc.integer({ min: 1, max: 7 }).chain((size) =>
    fc.array(fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: size, maxLength: size }), {
      minLength: size,
      maxLength: size,
    }),
  )
  t.doesNotThrow(() => {
    fc.assert(
      fc.property(matrices, (half) => {
        const matrix = half.map((row, i) => row.map((value, j) => value + (half[j]?.[i] ?? 0)))
        const { values, vectors } = symmetricEigen(matrix)
        return (
          values.every((value, k) => k === 0 || value <= (values[k - 1] ?? 0)) &&
          matrix.every((row, i) =>
            row.every(
              (value, j) =>
                near(
                  vectors.reduce((sum, vector, k) => sum + (values[k] ?? 0) * (vector[i] ?? 0) * (vector[j] ?? 0), 0),
                  value,
                  1e-12,
                ) &&
                near(
                  vectors.reduce((sum, vector) => sum + (vector[i] ?? 0) * (vector[j] ?? 0), 0),
                  i === j ? 1 : 0,
                  1e-12,
                ),
            ),
          )
        )
      }),
    )
  })
})

t.test('agreementOf() averages ties and counts the wards that both rankings have on top', async (t) => {
  t.strictSame([...averageRanks(Float64Array.from([5, 1, 5, 0]))], [3.5, 2, 3.5, 1])
  const one = Float64Array.from([6, 5, 4, 3, 2, 1])
  const other = Float64Array.from([6, 1, 5, 4, 3, 2])
  const agreement = agreementOf(one, other, rankWards(one, 'standard'), rankWards(other, 'standard'))
  // By hand: 1 − 6 Σd² / (n(n² − 1)) = 1 − 6·(0 + 16 + 1 + 1 + 1 + 1) / 210.
  t.ok(near(agreement.spearman, 1 - 120 / 210, 1e-12))
  t.strictSame(agreement.topThird, { wards: 2, shared: 1 })
  t.equal(correlation(one, Float64Array.from([2, 2, 2, 2, 2, 2])), null)
})
