import type { ChartReply } from '../../features/replies/charts.ts'

/** Above it, two columns measure much the same: the service says so of a ranking from the same value on. */
const STRONG = 0.8

/** Two columns that rise and fall together, or one against the other. */
export interface Alike {
  readonly one: string
  readonly other: string
  /** Pearson's r over the wards that have both values. */
  readonly r: number
}

/** The strongly correlated pairs of a reply, whose rows are a column, another one, r, and the wards that have both. */
export function strongPairs({ table }: Pick<ChartReply, 'table'>): readonly Alike[] {
  return table.rows.flatMap(([one, other, r]) =>
    typeof r === 'number' && Math.abs(r) > STRONG ? [{ one: String(one), other: String(other), r }] : [],
  )
}
