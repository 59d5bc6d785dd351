/** What one draw drew. */
export interface DrawnValues {
  readonly deviates: Deviates
  /** For each unsure indicator 1 if its direction was turned. */
  readonly turned: Uint8Array
  /** The indicator left out; the number of indicators if none was. */
  readonly leftOut: number
  /** The weighted mean of each ward, by which the draw ranks. */
  readonly means: Float64Array
  readonly ranks: Uint16Array
}

/** The normal deviates of one draw. */
export interface Deviates {
  /** One measured share after the other, by ward. */
  readonly positivity: Float64Array
  /** By filled-in cell. */
  readonly filled: Float64Array
}
