/**
 * Eigenvalues of a symmetric matrix, greatest first, and their eigenvectors of length 1. `vectors[k]` belongs to
 * `values[k]`.
 */
export interface Eigen {
  readonly values: readonly number[]
  readonly vectors: readonly (readonly number[])[]
}

const MOST_SWEEPS = 100

/**
 * Decomposes a symmetric matrix, given as its rows, by cyclic Jacobi rotations (Golub and Van Loan, Matrix
 * Computations, 8.5). This is slower than other methods for large matrices, but exact to the last digits for the few
 * dozen indicators there can be. Each sweep costs p³. About six are needed.
 */
export function symmetricEigen(matrix: readonly (readonly number[])[]): Eigen {
  const size = matrix.length
  const a = matrix.map((row) => Float64Array.from(row))
  const v = matrix.map((_, row) => Float64Array.from(matrix, (_value, column) => (row === column ? 1 : 0)))
  for (let sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > 0; sweep += 1) {
    for (let p = 0; p < size - 1; p += 1) for (let q = p + 1; q < size; q += 1) rotate(a, v, p, q)
  }
  const order = [...a.keys()].sort((one, other) => at(a, other, other) - at(a, one, one))
  return { values: order.map((k) => at(a, k, k)), vectors: order.map((k) => v.map((row) => row[k] ?? 0)) }
}

/** Rotates the plane of p and q so that their common element becomes 0. */
function rotate(a: Float64Array[], v: Float64Array[], p: number, q: number): void {
  const shared = at(a, p, q)
  if (shared === 0) return
  // An element too small to change its diagonal elements is noise. Left alone, it would keep the sweeps going.
  if (at(a, p, p) + shared === at(a, p, p) && at(a, q, q) + shared === at(a, q, q)) {
    set(a, p, q, 0)
    set(a, q, p, 0)
    return
  }
  const theta = (at(a, q, q) - at(a, p, p)) / (2 * shared)
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.hypot(theta, 1))
  const c = 1 / Math.hypot(t, 1)
  const s = t * c
  for (let k = 0; k < a.length; k += 1) turn(a, k, p, k, q, c, s)
  for (let k = 0; k < a.length; k += 1) turn(a, p, k, q, k, c, s)
  for (let k = 0; k < a.length; k += 1) turn(v, k, p, k, q, c, s)
  set(a, p, q, 0)
  set(a, q, p, 0)
}

function turn(
  m: Float64Array[],
  row: number,
  column: number,
  otherRow: number,
  otherColumn: number,
  c: number,
  s: number,
): void {
  const one = at(m, row, column)
  const other = at(m, otherRow, otherColumn)
  set(m, row, column, c * one - s * other)
  set(m, otherRow, otherColumn, s * one + c * other)
}

function at(m: readonly Float64Array[], row: number, column: number): number {
  return m[row]?.[column] ?? 0
}

function set(m: readonly Float64Array[], row: number, column: number, value: number): void {
  const values = m[row]
  if (values !== undefined) values[column] = value
}

function offDiagonal(a: readonly Float64Array[]): number {
  return a.reduce(
    (sum, row, place) =>
      sum + row.reduce((rest, value, column) => (column === place ? rest : rest + Math.abs(value)), 0),
    0,
  )
}
