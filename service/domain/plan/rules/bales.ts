/**
 * Turns allocations into whole bales by the method of largest remainder: each ward gets the whole bales of its
 * allocation, and the bales that the remainders add up to go to the wards with the largest remainders, in the order of
 * serving where remainders are equal. Every ward is less than one bale away from its allocation, and no bale is opened.
 * @param allocated nets of each ward, in the order of serving
 * @returns bales of each ward; the nets of the last bale that is not full stay in stock
 */
export function wholeBales(allocated: readonly number[], baleSize: number): readonly number[] {
  const bales = allocated.map((nets) => Math.floor(nets / baleSize))
  const sum = allocated.reduce((total, nets) => total + nets, 0)
  const left = Math.floor(sum / baleSize) - bales.reduce((total, count) => total + count, 0)
  const byRemainder = allocated
    .map((nets, at) => ({ at, remainder: nets % baleSize }))
    .sort((one, other) => other.remainder - one.remainder || one.at - other.at)
  for (const { at } of byRemainder.slice(0, left)) bales[at] = (bales[at] ?? 0) + 1
  return bales
}
