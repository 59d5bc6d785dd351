const LANCZOS = [
  676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059, 12.507343278686905,
  -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
] as const
const MOST_TERMS = 100_000
const EPSILON = 1e-16
const TINY = 1e-300

/**
 * The probability that a chi-square variable with `degrees` degrees of freedom is at least `value`. This is the
 * regularised upper incomplete gamma function Q(degrees / 2, value / 2). It is computed by its series below the mode
 * and by its continued fraction (Lentz) above it (Numerical Recipes, 6.2). `Infinity` gives 0.
 */
export function chiSquareTail(value: number, degrees: number): number {
  const a = degrees / 2
  const x = value / 2
  if (x <= 0) return 1
  if (!Number.isFinite(x)) return 0
  const factor = Math.exp(a * Math.log(x) - x - logGamma(a))
  return x < a + 1 ? Math.min(1, Math.max(0, 1 - factor * series(a, x))) : factor * fraction(a, x)
}

function series(a: number, x: number): number {
  let term = 1 / a
  let sum = term
  for (let n = 1; n < MOST_TERMS && Math.abs(term) > Math.abs(sum) * EPSILON; n += 1) {
    term *= x / (a + n)
    sum += term
  }
  return sum
}

function fraction(a: number, x: number): number {
  let b = x + 1 - a
  let c = 1 / TINY
  let d = 1 / b
  let h = d
  for (let n = 1; n < MOST_TERMS; n += 1) {
    const numerator = -n * (n - a)
    b += 2
    d = 1 / nonZero(numerator * d + b)
    c = nonZero(b + numerator / c)
    h *= d * c
    if (Math.abs(d * c - 1) < EPSILON) break
  }
  return h
}

function nonZero(value: number): number {
  return Math.abs(value) < TINY ? TINY : value
}

/** The natural logarithm of the gamma function for a ≥ 0.5 (Lanczos, g = 7). */
function logGamma(a: number): number {
  const z = a - 1
  const sum = LANCZOS.reduce((rest, coefficient, place) => rest + coefficient / (z + place + 1), 0.99999999999980993)
  const t = z + LANCZOS.length - 0.5
  return 0.5 * Math.log(2 * Math.PI) + (z + 0.5) * Math.log(t) - t + Math.log(sum)
}
