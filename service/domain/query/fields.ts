/**
 * The fields of the joined view that do not come from the uploaded columns. An uploaded column of the same name wins;
 * with `@` before its name, a field of this list is always meant.
 */
export const FIELDS = {
  ward: { from: 'data', type: 'text', label: 'ward' },
  wardCode: { from: 'data', type: 'text', label: 'ward code' },
  lga: { from: 'data', type: 'text', label: 'LGA' },
  state: { from: 'data', type: 'text', label: 'state' },
  rank: { from: 'analysis', type: 'number', label: 'rank' },
  score: { from: 'analysis', type: 'number', label: 'score' },
  tier: { from: 'analysis', type: 'text', label: 'tier' },
  topThirdShare: { from: 'analysis', type: 'number', label: 'share of models in upper third' },
  medianRank: { from: 'analysis', type: 'number', label: 'median model rank' },
  pcaRank: { from: 'analysis', type: 'number', label: 'PCA rank' },
  pcaScore: { from: 'analysis', type: 'number', label: 'PCA score' },
  people: { from: 'plan', type: 'number', label: 'people in the plan' },
  need: { from: 'plan', type: 'number', label: 'nets needed' },
  nets: { from: 'plan', type: 'number', label: 'nets allocated' },
  /** The part of the need that the plan does not meet. */
  lacking: { from: 'plan', type: 'number', label: 'nets still lacking' },
  covered: { from: 'plan', type: 'number', label: 'people covered' },
  coveragePercent: { from: 'plan', type: 'number', label: 'people covered in percent' },
  allocationTier: { from: 'plan', type: 'number', label: 'allocation tier' },
  /** `full`, `partial`, `none` or `left out`. */
  served: { from: 'plan', type: 'text', label: 'served' },
  /** Why the plan leaves a ward out; missing for all others. */
  reason: { from: 'plan', type: 'text', label: 'reason' },
} as const satisfies Readonly<Record<string, Field>>

export interface Field {
  /** What must be there before the field has values. */
  readonly from: 'data' | 'analysis' | 'plan'
  readonly type: 'number' | 'text'
  readonly label: string
}

export type FieldName = keyof typeof FIELDS

/** The field that a name means when no uploaded column has this name; null if it means none. */
export function fieldOf(name: string): FieldName | null {
  const bare = name.startsWith('@') ? name.slice(1) : name
  return Object.hasOwn(FIELDS, bare) ? (bare as FieldName) : null
}
