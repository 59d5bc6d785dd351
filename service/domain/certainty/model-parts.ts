/** An indicator whose values are measured shares: centre and standard deviation of each, on the scale of 0 to 1. */
export interface DrawnPositivity {
  readonly indicator: number
  /** NaN for a ward without tests; its filled-in value is drawn as such. */
  readonly centre: Float64Array
  readonly spread: Float64Array
}

/** The cells that were filled in: their places in `normalised`, and the standard deviation of each on that scale. */
export interface FilledCells {
  readonly at: Uint32Array
  readonly spread: Float64Array
  /** The wards that have such cells, each once. */
  readonly wards: Uint32Array
  /** For each cell the place of its ward among these wards. */
  readonly slot: Uint32Array
}

/**
 * What puts the wards of a plan in order in a draw: the ranks of the draw, or something else that is drawn with them.
 */
export type PlanOrder = { readonly kind: 'composite' } | PcaOrder | ColumnOrder

/** A plan in the order of a column. Arrays of wards go by their places in the ranking. */
export interface ColumnOrder {
  readonly kind: 'column'
  readonly column: string
  /** What the plan sorts by: the greatest comes first, NaN is a missing value. Lowest first is turned. */
  readonly keys: Float64Array
  /** Of a measured share: centre and standard deviation of each key; NaN without tests. Null of any other column. */
  readonly measured: {
    readonly centre: Float64Array
    readonly spread: Float64Array
    /** The place among the model's measured shares whose draws these are; null if it has draws of its own. */
    readonly drawnWith: number | null
  } | null
  /** Keys that the ranking filled in, with their wards, their cells in the model, their centres and deviations. */
  readonly filled: {
    readonly ward: Uint32Array
    readonly cell: Uint32Array
    readonly centre: Float64Array
    readonly spread: Float64Array
  }
}

/** A plan in the order of the PCA ranking. */
export interface PcaOrder {
  readonly kind: 'pca'
  /** For each indicator 1 if the others are suitable for a PCA without it. */
  readonly mayLeaveOut: Uint8Array
}
