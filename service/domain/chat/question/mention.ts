/** A name from the person's own data in a message: the words that it takes, and everything that has that name. */
export interface Mention {
  readonly from: number
  readonly to: number
  readonly wards: readonly string[]
  readonly lgas: readonly string[]
  /** One column if it is sure, several if the words fit several columns. */
  readonly columns: readonly string[]
}

/** What a name stands for. */
export type Named = Pick<Mention, 'wards' | 'lgas' | 'columns'>
