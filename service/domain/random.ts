/** A stream of random numbers. The same seed and stream give the same numbers on every machine. */
export interface Random {
  /** Uniform in (0, 1). */
  uniform(): number
  /** Standard normal. */
  normal(): number
  /** Gamma with this shape (at least 1) and scale 1. */
  gamma(shape: number): number
}

/**
 * The stream of one draw. Streams of other draws do not depend on it, so draws can be made in any order and in any
 * number at a time. sfc32 (Doty-Humphrey's small fast chaotic generator, PractRand), seeded through SplitMix32. Only
 * operations with one defined result are used.
 */
export function randomStream(seed: number, stream: number): Random {
  let mixed = (seed ^ Math.imul(stream + 1, 0x9e3779b9)) >>> 0
  const mix = (): number => {
    mixed = (mixed + 0x9e3779b9) | 0
    let value = mixed ^ (mixed >>> 16)
    value = Math.imul(value, 0x21f0aaad)
    value ^= value >>> 15
    value = Math.imul(value, 0x735a2d97)
    return (value ^ (value >>> 15)) >>> 0
  }
  let [a, b, c, count] = [mix(), mix(), mix(), 1]
  const next = (): number => {
    const sum = (((a + b) | 0) + count) | 0
    count = (count + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = (((c << 21) | (c >>> 11)) + sum) | 0
    return sum >>> 0
  }
  for (let warming = 0; warming < 12; warming += 1) next()
  let spare: number | null = null
  const uniform = (): number => (next() + 0.5) / 4_294_967_296
  /** Marsaglia's polar method (Marsaglia and Bray 1964). */
  const normal = (): number => {
    if (spare !== null) {
      const kept = spare
      spare = null
      return kept
    }
    for (;;) {
      const [x, y] = [2 * uniform() - 1, 2 * uniform() - 1]
      const square = x * x + y * y
      if (square >= 1 || square === 0) continue
      const factor = Math.sqrt((-2 * Math.log(square)) / square)
      spare = y * factor
      return x * factor
    }
  }
  return {
    uniform,
    normal,
    /** Marsaglia and Tsang (2000), "A simple method for generating gamma variables". */
    gamma(shape) {
      const d = shape - 1 / 3
      const k = 1 / Math.sqrt(9 * d)
      for (;;) {
        const x = normal()
        const v = (1 + k * x) ** 3
        if (v > 0 && Math.log(uniform()) < 0.5 * x * x + d - d * v + d * Math.log(v)) return d * v
      }
    },
  }
}
