type Columns = readonly (readonly number[])[]

/**
 * The PCA scores of columns, most at risk first: the sum over the first components (at most three, and at most 80 % of
 * them but at least two) of component × share of the variance, each component turned to agree with `means`.
 */
export function pcaScoresOf(columns: Columns, means: readonly number[]): readonly number[] {
  const z = columns.map(zScores)
  const count = columns.length
  const scored = Math.min(3, count, Math.max(2, Math.floor(0.8 * count)))
  const weights = columns.map(() => 0)
  for (const { value, vector } of components(correlationMatrix(z)).slice(0, scored)) {
    const along = means.map((_, ward) => vector.reduce((sum, loading, at) => sum + loading * (z[at]?.[ward] ?? NaN), 0))
    const sign = covariance(along, means) < 0 ? -1 : 1
    vector.forEach((loading, at) => {
      weights[at] = (weights[at] ?? NaN) + (sign * loading * Math.max(0, value)) / count
    })
  }
  return means.map((_, ward) => weights.reduce((sum, weight, at) => sum + weight * (z[at]?.[ward] ?? NaN), 0))
}

/**
 * Whether columns are suitable for a PCA: three or more, at least as many wards, none constant, a Kaiser–Meyer–Olkin
 * measure of at least 0.5, and a p of Bartlett's test below 0.05.
 */
export function isSuitable(columns: Columns): boolean {
  const [count, wards] = [columns.length, columns[0]?.length ?? 0]
  if (count < 3 || wards < count || columns.some((values) => Math.max(...values) === Math.min(...values))) return false
  const r = correlationMatrix(columns.map(zScores))
  const { inverse, determinant } = invert(r)
  let [shared, partial] = [0, 0]
  for (let row = 0; row < count; row += 1)
    for (let column = 0; column < count; column += 1) {
      if (row === column) continue
      const [own, other] = [inverse[row]?.[row] ?? NaN, inverse[column]?.[column] ?? NaN]
      shared += (r[row]?.[column] ?? NaN) ** 2
      partial += (inverse[row]?.[column] ?? NaN) ** 2 / (own * other)
    }
  const chiSquare = -(wards - 1 - (2 * count + 5) / 6) * Math.log(determinant)
  return shared / (shared + partial) >= 0.5 && chiSquareTail(chiSquare, (count * (count - 1)) / 2) < 0.05
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}

function zScores(values: readonly number[]): readonly number[] {
  const middle = mean(values)
  const deviation = Math.sqrt(mean(values.map((value) => (value - middle) ** 2)))
  return values.map((value) => (value - middle) / deviation)
}

function covariance(one: readonly number[], other: readonly number[]): number {
  const [first, second] = [mean(one), mean(other)]
  return mean(one.map((value, at) => (value - first) * ((other[at] ?? NaN) - second)))
}

function correlationMatrix(z: Columns): Columns {
  return z.map((one) => z.map((other) => covariance(one, other)))
}

/**
 * Eigenvalues and eigenvectors of a symmetric matrix, greatest first, by the QR algorithm: A ← RQ until what is below
 * the diagonal is gone (Francis 1961).
 */
function components(matrix: Columns): readonly { readonly value: number; readonly vector: readonly number[] }[] {
  const size = matrix.length
  let a = matrix.map((row) => [...row])
  let vectors = matrix.map((_, row) => matrix.map((_other, column) => Number(row === column)))
  for (let turn = 0; turn < 100_000 && below(a) > 1e-15; turn += 1) {
    // A shift by the last diagonal element that is not yet alone makes the steps quadratic.
    const last = a.findLastIndex((row, at) => row.some((value, column) => column < at && Math.abs(value) > 1e-15))
    const shift = a[last]?.[last] ?? 0
    const { q, r } = orthogonal(a.map((row, at) => row.map((value, column) => (at === column ? value - shift : value))))
    a = product(r, q).map((row, at) => row.map((value, column) => (at === column ? value + shift : value)))
    vectors = product(vectors, q)
  }
  return Array.from({ length: size }, (_, at) => ({
    value: a[at]?.[at] ?? NaN,
    vector: vectors.map((row) => row[at] ?? NaN),
  })).sort((one, other) => other.value - one.value)
}

function below(a: readonly (readonly number[])[]): number {
  return Math.max(0, ...a.flatMap((row, at) => row.slice(0, at).map(Math.abs)))
}

/** A = QR by Gram and Schmidt, twice over, so that rounding leaves Q orthogonal. */
function orthogonal(a: readonly (readonly number[])[]) {
  const size = a.length
  const q: number[][] = []
  for (let column = 0; column < size; column += 1) {
    let vector = a.map((row) => row[column] ?? NaN)
    for (let pass = 0; pass < 2; pass += 1)
      for (const earlier of q) {
        const along = dot(earlier, vector)
        vector = vector.map((value, at) => value - along * (earlier[at] ?? NaN))
      }
    const length = Math.sqrt(dot(vector, vector))
    q.push(length > 1e-14 ? vector.map((value) => value / length) : unitBeside(q, size))
  }
  const columns = q[0]?.map((_, row) => q.map((vector) => vector[row] ?? NaN)) ?? []
  return {
    q: columns,
    r: q.map((vector) =>
      a.map((_, column) =>
        dot(
          vector,
          a.map((row) => row[column] ?? NaN),
        ),
      ),
    ),
  }
}

/** A vector of length 1 at right angles to these. */
function unitBeside(q: readonly (readonly number[])[], size: number): number[] {
  for (let at = 0; at < size; at += 1) {
    let vector = Array.from({ length: size }, (_, place) => Number(place === at))
    for (const earlier of q) {
      const along = dot(earlier, vector)
      vector = vector.map((value, place) => value - along * (earlier[place] ?? NaN))
    }
    const length = Math.sqrt(dot(vector, vector))
    if (length > 1e-6) return vector.map((value) => value / length)
  }
  throw new Error('There is no vector at right angles to all')
}

function dot(one: readonly number[], other: readonly number[]): number {
  return one.reduce((sum, value, at) => sum + value * (other[at] ?? NaN), 0)
}

function product(one: readonly (readonly number[])[], other: readonly (readonly number[])[]): number[][] {
  return one.map((row) =>
    other.map((_, column) => row.reduce((sum, value, at) => sum + value * (other[at]?.[column] ?? NaN), 0)),
  )
}

/** Inverse and determinant by Gauss and Jordan, with the greatest pivots. */
function invert(matrix: Columns) {
  const size = matrix.length
  const rows = matrix.map((row, at) => [...row, ...matrix.map((_, column) => Number(column === at))])
  let determinant = 1
  for (let column = 0; column < size; column += 1) {
    const sizeOf = (at: number): number => Math.abs(rows[at]?.[column] ?? 0)
    let pivot = column
    for (let row = column; row < size; row += 1) if (sizeOf(row) > sizeOf(pivot)) pivot = row
    const [taken = [], put = []] = [rows[pivot], rows[column]]
    rows[pivot] = put
    const head = taken[column] ?? NaN
    determinant *= pivot === column ? head : -head
    const scaled = taken.map((value) => value / head)
    rows[column] = scaled
    rows.forEach((row, at) => {
      const factor = row[column] ?? NaN
      if (at !== column) rows[at] = row.map((value, place) => value - factor * (scaled[place] ?? NaN))
    })
  }
  return { inverse: rows.map((row) => row.slice(size)), determinant }
}

/** The chance of a greater χ²: 1 − P(a, x), by the series of the incomplete gamma function. */
function chiSquareTail(chiSquare: number, degreesOfFreedom: number): number {
  const [a, x] = [degreesOfFreedom / 2, chiSquare / 2]
  // Far beyond any limit of the test, where the series would lose itself.
  if (x > a + 40 * Math.sqrt(a) + 100) return 0
  let logGamma = a % 1 === 0 ? 0 : Math.log(Math.sqrt(Math.PI))
  for (let factor = a % 1 === 0 ? 1 : 0.5; factor < a + 1; factor += 1) logGamma += Math.log(factor)
  let [term, sum] = [1, 1]
  for (let n = 1; n < 10_000 && term > 1e-17 * sum; n += 1) {
    term *= x / (a + n)
    sum += term
  }
  return 1 - Math.exp(a * Math.log(x) - x - logGamma) * sum
}
