/** Test positivity over some reports. Shares are in percent. */
export interface PositivityShare {
  readonly tested: number
  readonly positive: number
  /** 100 · positive / tested; null if nobody was tested. */
  readonly tpr: number | null
  /** Bounds of Wilson's 95 % score interval. */
  readonly low: number | null
  readonly high: number | null
}
