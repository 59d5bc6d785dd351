/** The roles of columns that count tests, by age and method. */
export const TEST_ROLES = [
  'tested u5 rdt',
  'positive u5 rdt',
  'tested o5 rdt',
  'positive o5 rdt',
  'tested pw rdt',
  'positive pw rdt',
  'tested u5 microscopy',
  'positive u5 microscopy',
  'tested o5 microscopy',
  'positive o5 microscopy',
  'tested pw microscopy',
  'positive pw microscopy',
] as const

/**
 * What a column of a file is taken for. The names are those of the API. `value` is a column that may rank wards or feed
 * a plan by name; `ignore` is left out of everything.
 */
export const COLUMN_ROLES = [
  'ward name',
  'ward code',
  'lga',
  'lga code',
  'state',
  'state code',
  'facility',
  'level',
  'period',
  'population',
  'urban share',
  'data element',
  'data value',
  ...TEST_ROLES,
  'value',
  'ignore',
] as const
export type ColumnRole = (typeof COLUMN_ROLES)[number]

/** The roles that say which ward a row or a boundary is about. */
export const AREA_ROLES = ['ward name', 'ward code', 'lga', 'lga code', 'state', 'state code'] as const

const LONG_TABLE_ROLES = ['period', 'data element', 'data value'] as const

/** The roles that a column of each kind of file can have. */
export const WARD_COLUMN_ROLES = [
  ...AREA_ROLES,
  ...LONG_TABLE_ROLES,
  'population',
  'urban share',
  'value',
  'ignore',
] as const satisfies readonly ColumnRole[]
export const BOUNDARY_COLUMN_ROLES = [...AREA_ROLES, 'ignore'] as const satisfies readonly ColumnRole[]
export const FACILITY_COLUMN_ROLES = [
  ...AREA_ROLES,
  ...LONG_TABLE_ROLES,
  'facility',
  'level',
  ...TEST_ROLES,
  'ignore',
] as const satisfies readonly ColumnRole[]
