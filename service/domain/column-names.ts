/** The key a header stands for; the first header of a key counts. */
export type KeyName = 'wardCode' | 'wardName' | 'lga' | 'lgaCode' | 'state' | 'stateCode'

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

const POPULATION: readonly string[] = ['population', 'pop', 'totalpopulation', 'wardpopulation']
const URBAN: readonly string[] = ['urbanpercentage', 'urbanpercent', 'urbanextent', 'urban']
const INDEX: ReadonlySet<string> = new Set(['x', 'y', 'index', 'id', 'fid', 'gid', 'objectid', 'globalid', 'rowid', 'properties', 'geometry'])

/** A header without case, space, `_`, `-` and `.`, as keys are recognised. */
export function bareName(header: string): string {
  return header.slice(0, 200).toLowerCase().replace(/[\s_.-]/g, '')
}

/** The key a header stands for, or null. `WardCode`, `ward_code` and `Ward code` are the same header. */
export function keyOf(header: string): KeyName | null {
  return KEYS.get(bareName(header)) ?? null
}

/** A count of people, which scales with the size of a ward and so is no risk by itself. */
export function isPopulation(name: string): boolean {
  return POPULATION.includes(bareName(name))
}

/** A share of urban settlement, which the bed-net plan uses for its tiers. */
export function isUrbanShare(name: string): boolean {
  return URBAN.includes(bareName(name))
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
