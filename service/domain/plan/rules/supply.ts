import type { Reserve } from '../plan-options.ts'

/** What is held back of a stock. */
export interface HeldBack {
  /** For routine channels, nets. */
  readonly routine: number
  /** For wards that turn out to have more people than counted, nets. */
  readonly buffer: number
}

/**
 * The nets held back before wards are served. Shares are of the whole stock, rounded up to a net, so that at least the
 * share is held back.
 */
export function heldBack(stock: number, reserve: Reserve | null, bufferPercent: number): HeldBack {
  // Rounding noise of the product must not add a net.
  const share = (percent: number): number => Math.ceil(Math.round(stock * percent * 1e4) / 1e6)
  return { routine: (reserve?.nets ?? 0) + share(reserve?.percent ?? 0), buffer: share(bufferPercent) }
}
