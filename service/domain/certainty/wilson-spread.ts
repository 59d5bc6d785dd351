import { wilson } from '../files/positivity.ts'

/** Half the width of a 95 % interval in standard deviations. */
const Z = 1.959963984540054

/** Centre and standard deviation of each ward's share, in percent, in the order of the wards. */
export interface WilsonSpread {
  /** NaN for a ward without tests. */
  readonly centre: Float64Array
  /** 0 for a ward without tests. */
  readonly spread: Float64Array
}

/**
 * Measured shares as the centre of their 95 % Wilson interval and half of its width in standard deviations, in percent.
 */
export function wilsonSpread(
  wards: readonly { readonly wardName: string }[],
  counts: readonly { readonly ward: string | null; readonly tested: number; readonly positive: number }[],
): WilsonSpread {
  const byWard = new Map(counts.map((count) => [count.ward, count]))
  const centre = new Float64Array(wards.length).fill(NaN)
  const spread = new Float64Array(wards.length)
  wards.forEach(({ wardName }, place) => {
    const { tested = 0, positive = 0 } = byWard.get(wardName) ?? {}
    const interval = wilson(positive, tested)
    if (interval === null) return
    centre[place] = (interval.low + interval.high) / 2
    spread[place] = (interval.high - interval.low) / 2 / Z
  })
  return { centre, spread }
}
