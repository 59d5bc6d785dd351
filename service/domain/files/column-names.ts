/** What a column tells a row by. */
export type KeyName = 'wardCode' | 'wardName' | 'lga' | 'lgaCode' | 'state' | 'stateCode'

/** Of several headers of one key the name that stands first here counts: `WardName` before `Ward`. */
const KEYS: ReadonlyMap<string, KeyName> = new Map<string, KeyName>([
  ['wardcode', 'wardCode'],
  ['wardname', 'wardName'],
  ['ward', 'wardName'],
  ['lga', 'lga'],
  ['lganame', 'lga'],
  ['lgacode', 'lgaCode'],
  ['state', 'state'],
  ['statename', 'state'],
  ['statecode', 'stateCode'],
])

/** What a column that counts people is called, the likeliest first; case, space, `_`, `-` and `.` do not matter. */
export const POPULATION_NAMES: readonly string[] = ['population', 'pop', 'total_population', 'wardpopulation'] as const
/** What a column with the share of urban settlement is called; the last may hold yes and no. */
export const URBAN_SHARE_NAMES: readonly string[] = [
  'urban_percentage',
  'urban_percent',
  'urban_extent',
  'urban',
] as const

const INDEX: ReadonlySet<string> = new Set([
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

/** A header without case, space, `_`, `-` and `.`, as keys are recognised. */
export function bareName(header: string): string {
  return header
    .slice(0, 200)
    .toLowerCase()
    .replace(/[\s_.-]/g, '')
}

/** The key a header stands for, or null. `WardCode`, `ward_code` and `Ward code` are the same header. */
export function keyOf(header: string): KeyName | null {
  return KEYS.get(bareName(header)) ?? null
}

/** For each key the place of its column. */
export function keyPlaces(headers: readonly string[]): ReadonlyMap<KeyName, number> {
  return placesByName(headers, KEYS)
}

/** For each key the place of its header: of several the one whose bare name stands first among `names`, then the first. */
export function placesByName<Key>(
  headers: readonly string[],
  names: ReadonlyMap<string, Key>,
): ReadonlyMap<Key, number> {
  const bare = headers.map(bareName)
  const places = new Map<Key, number>()
  for (const [name, key] of names) {
    const place = places.has(key) ? -1 : bare.indexOf(name)
    if (place !== -1) places.set(key, place)
  }
  return places
}

/** A count of people, which scales with the size of a ward and so is no risk by itself. */
export function isPopulation(name: string): boolean {
  return isCalled(name, POPULATION_NAMES)
}

/** A share of urban settlement, which the bed-net plan uses for its tiers. */
export function isUrbanShare(name: string): boolean {
  return isCalled(name, URBAN_SHARE_NAMES)
}

function isCalled(header: string, names: readonly string[]): boolean {
  return names.some((name) => bareName(name) === bareName(header))
}

/**
 * Whether a header names rows rather than measures them: index columns, codes, names, ids, sources, shape measures.
 * Tests whole words: `housing_quality` is an indicator, though it ends in no identifier and begins like none.
 */
export function isIdentifier(name: string): boolean {
  if (keyOf(name) !== null) return true
  const words = wordsOf(name)
  const first = words[0] ?? ''
  const last = words.at(-1) ?? ''
  if (INDEX.has(words.join(''))) return true
  if (words.length === 2 && (first === 'x' || first === 'unnamed') && /^\d+$/.test(last)) return true
  if (last === 'code' || last === 'name' || (last === 'id' && words.length > 1)) return true
  return first === 'source' || first === 'sources' || (first === 'shape' && words.length > 1)
}

function wordsOf(name: string): string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z\d])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
}
