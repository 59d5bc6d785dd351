/** What a key column identifies a row by. */
export type KeyName = 'wardCode' | 'wardName' | 'lga' | 'lgaCode' | 'state' | 'stateCode'

/** If several headers stand for one key, the first in this list is used: `WardName` before `Ward`. */
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

/** Names of a column that counts people, the likeliest first. Case, space, `_`, `-` and `.` do not matter. */
export const POPULATION_NAMES: readonly string[] = ['population', 'pop', 'total_population', 'wardpopulation'] as const
/** Names of a column with the share of urban settlement. The last may hold yes and no. */
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

/** A header without case, space, `_`, `-` and `.`. Keys are recognised by this form. */
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

/** The place of each key's column. */
export function keyPlaces(headers: readonly string[]): ReadonlyMap<KeyName, number> {
  return placesByName(headers, KEYS)
}

/**
 * The place of each key's header. If several headers stand for a key, the one whose bare name comes first in `names` is
 * used, and of equal names the first header.
 */
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

/** Whether a column counts people. A count grows with the size of a ward and is not a risk by itself. */
export function isPopulation(name: string): boolean {
  return isCalled(name, POPULATION_NAMES)
}

/** Whether a column is the share of urban settlement. The bed-net plan uses it for its tiers. */
export function isUrbanShare(name: string): boolean {
  return isCalled(name, URBAN_SHARE_NAMES)
}

function isCalled(header: string, names: readonly string[]): boolean {
  return names.some((name) => bareName(name) === bareName(header))
}

/**
 * Whether a header identifies rows and does not measure them: index columns, codes, names, ids, sources, shape
 * measures. Compares whole words, so `paid` is not an `id`.
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
