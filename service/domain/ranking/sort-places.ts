const DIGIT_BITS = 11
const DIGITS = 1 << DIGIT_BITS
const PASSES = 6

/**
 * Creates a sorter for `length` numbers that are not negative. It returns their places from the least number to the
 * greatest. Equal numbers keep their order. The next call writes to the same array.
 * One analysis sorts a thousand models of ten thousand wards. Doubles that are not negative have the same order as
 * their bits, and a radix sort of the bits takes a tenth of the time of a sort by comparison.
 */
export function createPlaceSorter(length: number): (values: Float64Array) => Uint32Array {
  const counts = new Uint32Array(DIGITS)
  const buffers = [new Uint32Array(length), new Uint32Array(length)] as const
  return (values) => {
    const words = new Uint32Array(values.buffer, values.byteOffset, values.length * 2)
    let [from, to]: readonly [Uint32Array, Uint32Array] = buffers
    for (let place = 0; place < length; place += 1) from[place] = place
    for (let pass = 0; pass < PASSES; pass += 1) {
      const shift = pass * DIGIT_BITS
      counts.fill(0)
      for (let place = 0; place < length; place += 1) {
        const digit = digitAt(words, place, shift)
        counts[digit] = (counts[digit] ?? 0) + 1
      }
      let total = 0
      for (let digit = 0; digit < DIGITS; digit += 1) {
        const count = counts[digit] ?? 0
        counts[digit] = total
        total += count
      }
      for (let index = 0; index < length; index += 1) {
        const place = from[index] ?? 0
        const digit = digitAt(words, place, shift)
        const position = counts[digit] ?? 0
        counts[digit] = position + 1
        to[position] = place
      }
      const swapped = from
      from = to
      to = swapped
    }
    return from
  }
}

/** Eleven bits of a double, from bit `shift` on. The third digit lies across both halves. */
function digitAt(words: Uint32Array, place: number, shift: number): number {
  const low = words[place * 2] ?? 0
  const high = words[place * 2 + 1] ?? 0
  const bits =
    shift >= 32
      ? high >>> (shift - 32)
      : shift + DIGIT_BITS > 32
        ? (low >>> shift) | (high << (32 - shift))
        : low >>> shift
  return bits & (DIGITS - 1)
}
