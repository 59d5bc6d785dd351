/** How much one query may ask for. A page, a model and a rule keep to the same limits. */
export const QUERY_LIMITS = {
  conditions: 12,
  /** Alternatives within one condition, and values of one list. */
  alternatives: 50,
  /** Values that all conditions together compare with. */
  compared: 600,
  measures: 8,
  groups: 2,
  select: 50,
  orders: 3,
  /** Comparisons of figures of groups. */
  having: 4,
  rows: 500,
  bytes: 64 * 1024,
} as const
