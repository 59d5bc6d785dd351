import type { Dataset, MatchRule } from './dataset.ts'

/** A ward that was joined to a boundary with another spelling, and the rule that joined it. */
export interface DifferingName {
  /** The ward's label. */
  readonly ward: string
  /** The boundary's name as its file spells it. */
  readonly boundary: string
  readonly joinedBy: Exclude<MatchRule, 'none' | 'name'>
}

/** Lists every ward whose boundary spells its name differently, in the order of the ward table. */
export function spelledDifferently({
  table,
  boundaries,
  featureOfRow,
  matchedBy,
}: Pick<Dataset, 'table' | 'boundaries' | 'featureOfRow' | 'matchedBy'>): readonly DifferingName[] {
  const names = boundaries?.keys.wardName
  return table.keys.wardName.flatMap((name, row) => {
    const boundary = names?.[featureOfRow[row] ?? -1]
    const joinedBy = matchedBy[row] ?? 'none'
    return boundary === undefined || boundary === name || joinedBy === 'none' || joinedBy === 'name'
      ? []
      : [{ ward: table.labels[row] ?? '', boundary, joinedBy }]
  })
}
