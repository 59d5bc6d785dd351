import { correlation } from './agreement.ts'
import type { Mode, PcaComponent, PcaResult } from './analysis-result.ts'
import { chiSquareTail } from './chi-square.ts'
import { rangeOf } from '../files/describe-wards.ts'
import { symmetricEigen } from './symmetric-eigen.ts'
import type { Eigen } from './symmetric-eigen.ts'
import type { Direction } from '../files/ward-table.ts'

/** An indicator without gaps. */
export interface PcaIndicator {
  readonly name: string
  readonly direction: Direction
  readonly values: Float64Array
}

/** The PCA, and one score per ward; no scores when the data are not suitable. */
export interface Pca {
  readonly result: PcaResult
  readonly scores: Float64Array | null
}

type Matrix = readonly (readonly number[])[]

const LEAST_KMO = 0.5
const GREATEST_P = 0.05
const FEWEST_INDICATORS = 3
const MOST_SCORED = 3
/** An eigenvalue of a correlation matrix below this share of the greatest comes from rounding, not from variance. */
const SINGULAR = 1e-12

/**
 * Principal components of the indicators' z-scores (population SD), as a second opinion beside the composite score.
 * The data are suitable if there are at least three indicators, at least as many wards as indicators, a KMO of at least
 * 0.5 and a Bartlett's p below 0.05. The score is the sum of component × explained-variance ratio over the first
 * min(3, kept) components, where kept = min(p, max(2, ⌊0.8 p⌋)). Standard: the sign of an inverse indicator is turned,
 * and each component is turned to correlate ≥ 0 with the composite score, so that more is riskier. Legacy: z-scores as
 * they are, and the largest loading of a component is positive. Costs wards × indicators², and indicators³ for the
 * components.
 */
export function principalComponents(indicators: readonly PcaIndicator[], composite: Float64Array, mode: Mode): Pca {
  const wards = composite.length
  const p = indicators.length
  const kept = Math.min(p, Math.max(2, Math.floor(0.8 * p)))
  const scored = Math.min(MOST_SCORED, kept)
  const constant = indicators.filter(({ values }) => isConstant(values)).map(({ name }) => name)
  const early = [
    ...(p < FEWEST_INDICATORS
      ? [`it needs at least ${String(FEWEST_INDICATORS)} indicators; there are ${String(p)}`]
      : []),
    ...(wards < p ? [`it needs at least as many wards as indicators; there are ${String(wards)} wards`] : []),
    ...constant.map((name) => `${name} is the same in every ward`),
  ]
  if (early.length > 0)
    return {
      result: {
        suitable: false,
        reasons: early,
        kmo: null,
        kmoByIndicator: [],
        bartlett: null,
        components: [],
        kept,
        scored,
      },
      scores: null,
    }
  const z = indicators.map(({ values, direction }) =>
    zScores(values, mode === 'standard' && direction === 'inverse' ? -1 : 1),
  )
  const r = z.map((one, row) => z.map((other, column) => (row === column ? 1 : meanProduct(one, other))))
  const eigen = symmetricEigen(r)
  const { kmo, each } = kaiserMeyerOlkin(r, eigen)
  const bartlett = bartlettTest(eigen, wards)
  const reasons = [
    ...(kmo >= LEAST_KMO
      ? []
      : [
          `the Kaiser–Meyer–Olkin measure is ${kmo.toFixed(3)}, below ${String(LEAST_KMO)}: ` +
            'the indicators have too little in common',
        ]),
    ...(bartlett.p < GREATEST_P
      ? []
      : [
          `Bartlett's p is ${bartlett.p.toFixed(3)}, not below ${String(GREATEST_P)}: ` +
            'the indicators may not be correlated at all',
        ]),
  ]
  const oriented = eigen.vectors.map((vector) => orient(vector, z, composite, mode))
  const components = oriented.map((loadings, k): PcaComponent => ({
    explainedVarianceRatio: Math.max(0, eigen.values[k] ?? 0) / p,
    loadings,
  }))
  const result = {
    suitable: reasons.length === 0,
    reasons,
    kmo,
    kmoByIndicator: indicators.map(({ name }, place) => ({ name, kmo: each[place] ?? null })),
    bartlett,
    components,
    kept,
    scored,
  }
  return { result, scores: result.suitable ? scoresOf(z, components.slice(0, scored)) : null }
}

function isConstant(values: Float64Array): boolean {
  const range = rangeOf(values)
  return range === null || range.min === range.max
}

function zScores(values: Float64Array, sign: number): Float64Array {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length
  const sd = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length)
  return values.map((value) => (sign * (value - mean)) / sd)
}

function meanProduct(one: Float64Array, other: Float64Array): number {
  return one.reduce((sum, value, ward) => sum + value * (other[ward] ?? 0), 0) / one.length
}

/** KMO = Σr² / (Σr² + Σp²) off the diagonal, overall and for each indicator. p are the partial correlations. */
function kaiserMeyerOlkin(r: Matrix, eigen: Eigen): { kmo: number; each: readonly number[] } {
  const inverse = pseudoInverse(eigen)
  const squares = r.map((row, i) => {
    const others = [...row.keys()].filter((j) => j !== i)
    const partial = (j: number): number =>
      (inverse[i]?.[j] ?? 0) ** 2 / ((inverse[i]?.[i] ?? 0) * (inverse[j]?.[j] ?? 0))
    return {
      shared: others.reduce((sum, j) => sum + (row[j] ?? 0) ** 2, 0),
      partial: others.reduce((sum, j) => sum + partial(j), 0),
    }
  })
  const ratio = (shared: number, partial: number): number => (shared === 0 ? 0 : shared / (shared + partial))
  return {
    kmo: ratio(
      squares.reduce((sum, { shared }) => sum + shared, 0),
      squares.reduce((sum, { partial }) => sum + partial, 0),
    ),
    each: squares.map(({ shared, partial }) => ratio(shared, partial)),
  }
}

/** The Moore–Penrose inverse of a symmetric matrix. Eigenvalues that come from rounding are left out. */
function pseudoInverse({ values, vectors }: Eigen): Matrix {
  const significant = vectors.flatMap((vector, k) =>
    (values[k] ?? 0) > SINGULAR * (values[0] ?? 0) ? [{ vector, value: values[k] ?? 1 }] : [],
  )
  return values.map((_, i) =>
    values.map((_other, j) =>
      significant.reduce((sum, { vector, value }) => sum + ((vector[i] ?? 0) * (vector[j] ?? 0)) / value, 0),
    ),
  )
}

/** χ² = −((n − 1) − (2p + 5) / 6) · ln|R| with p(p − 1) / 2 degrees of freedom. */
function bartlettTest(
  { values }: Eigen,
  wards: number,
): { chiSquare: number | null; degreesOfFreedom: number; p: number } {
  const p = values.length
  const degreesOfFreedom = (p * (p - 1)) / 2
  if (values.some((value) => value <= SINGULAR * (values[0] ?? 0))) return { chiSquare: null, degreesOfFreedom, p: 0 }
  const chiSquare = -(wards - 1 - (2 * p + 5) / 6) * values.reduce((sum, value) => sum + Math.log(value), 0)
  return { chiSquare, degreesOfFreedom, p: chiSquareTail(chiSquare, degreesOfFreedom) }
}

function orient(
  vector: readonly number[],
  z: readonly Float64Array[],
  composite: Float64Array,
  mode: Mode,
): readonly number[] {
  const largest = vector.reduce((most, loading) => (Math.abs(loading) > Math.abs(most) ? loading : most), 0)
  const against = mode === 'legacy' ? largest : (correlation(projected(z, vector), composite) ?? 0)
  return against < 0 ? vector.map((loading) => -loading) : vector
}

function projected(z: readonly Float64Array[], loadings: readonly number[]): Float64Array {
  return Float64Array.from(z[0] ?? [], (_, ward) =>
    z.reduce((sum, values, place) => sum + (values[ward] ?? 0) * (loadings[place] ?? 0), 0),
  )
}

function scoresOf(z: readonly Float64Array[], components: readonly PcaComponent[]): Float64Array {
  const weights = z.map((_, place) =>
    components.reduce(
      (sum, { loadings, explainedVarianceRatio }) => sum + (loadings[place] ?? 0) * explainedVarianceRatio,
      0,
    ),
  )
  return projected(z, weights)
}
