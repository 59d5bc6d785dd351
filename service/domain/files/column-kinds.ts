/** The `urbanShare` that may hold yes and no. */
export const YES_NO_URBAN = 'urban'

/**
 * The kinds of columns in a ward table, each with the names by which it is recognised. The names are written as people
 * write them, the most likely first. Case, space, `_`, `-` and `.` do not matter. Reading, choosing indicators,
 * planning and the chat all use these.
 */
export const COLUMN_KINDS = {
  wardCode: ['WardCode'],
  wardName: ['WardName', 'Ward'],
  lga: ['LGA', 'LGAName'],
  lgaCode: ['LGACode'],
  state: ['State', 'StateName'],
  stateCode: ['StateCode'],
  population: ['population', 'pop', 'total_population', 'wardpopulation'],
  urbanShare: ['urban_percentage', 'urban_percent', 'urban_extent', YES_NO_URBAN],
} as const
export type ColumnKind = keyof typeof COLUMN_KINDS

/** Names of columns that say which ward a row is about. */
export const WARD_NAMES = [...COLUMN_KINDS.wardName, ...COLUMN_KINDS.wardCode] as const

/** The kinds that the net plan uses, each with the reason why it ranks wards only if it is named. */
export const PLAN_KINDS = {
  population: 'it counts people',
  urbanShare: 'it is the urban share',
} as const
export type PlanKind = keyof typeof PLAN_KINDS

/** The kinds that say what a row is about. */
export type KeyName = Exclude<ColumnKind, PlanKind>

/** The same for the rows of a table of health facilities, which may come from DHIS2 with its levels. */
export const FACILITY_KINDS = {
  state: [...COLUMN_KINDS.state, 'orgunitlevel2'],
  lga: [...COLUMN_KINDS.lga, 'orgunitlevel3'],
  ward: [...COLUMN_KINDS.wardName, 'orgunitlevel4'],
  facility: ['HealthFacility', 'organisationunitname'],
  level: ['FacilityLevel'],
  month: ['periodname', 'period'],
} as const
export type FacilityKey = keyof typeof FACILITY_KINDS

/** Whole names of columns that number or name the rows. */
export const INDEX_NAMES: ReadonlySet<string> = new Set([
  'x',
  'y',
  'index',
  'id',
  'fid',
  'gid',
  'objectid',
  'globalid',
  'rowid',
  'properties',
  'geometry',
])

/** How the name of an indicator that measures test positivity begins, and the word for it. */
export const POSITIVITY = 'tpr'

/** Words of columns' names and of questions, by the word that they are compared as. */
export const SAME_WORDS = {
  rain: ['rainfall', 'precipitation', 'rains', 'rainy'],
  [POSITIVITY]: ['positivity'],
  vegetation: ['evi', 'ndvi', 'greenness'],
  elevation: ['elev', 'altitude', 'height'],
  temperature: ['temp'],
  population: ['pop'],
  distance: ['dist', 'distances'],
  housing: ['houses', 'house'],
  u: ['under'],
  '5': ['fives', 'five'],
  clinic: ['clinics'],
  dumpsites: ['dumpsite'],
} as const

/** The earlier system took more to be safer if an indicator's name contains one of these. For legacy mode alone. */
export const SAFER_WORDS = [
  'distance',
  'elevation',
  'altitude',
  'slope',
  'housing',
  'quality',
  'income',
  'education',
  'access',
  'urban',
  'facility',
] as const
