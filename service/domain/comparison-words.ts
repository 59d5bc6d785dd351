/** Comparisons of a column with a value, in the words that stand between the two. */
export const COMPARISON_WORDS = {
  '=': 'is',
  '!=': 'is not',
  '<': 'is less than',
  '<=': 'is at most',
  '>': 'is more than',
  '>=': 'is at least',
  between: 'is between',
  in: 'is one of',
  'not in': 'is none of',
  contains: 'contains',
  missing: 'is missing',
  present: 'is not missing',
} as const
