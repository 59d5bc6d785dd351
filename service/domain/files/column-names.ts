import { COLUMN_KINDS, INDEX_NAMES, PLAN_KINDS } from './column-kinds.ts'
import type { ColumnKind, KeyName, PlanKind } from './column-kinds.ts'

/** If several headers are of one kind, the name that comes first here counts: `WardName` before `Ward`. */
const KINDS: ReadonlyMap<string, ColumnKind> = new Map(
  Object.entries(COLUMN_KINDS).flatMap(([kind, names]) => names.map((name) => [bareName(name), kind as ColumnKind])),
)
const KEYS: ReadonlyMap<string, KeyName> = new Map(
  [...KINDS].flatMap(([name, kind]) => (isPlanKind(kind) ? [] : [[name, kind]])),
)

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

/** The position of each key's column. */
export function keyPlaces(headers: readonly string[]): ReadonlyMap<KeyName, number> {
  return placesByName(headers, KEYS)
}

/**
 * The position of each key's header. If several headers stand for a key, the one whose bare name comes first in `names`
 * is used, and of equal names the first header.
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

function isPlanKind(kind: ColumnKind): kind is PlanKind {
  return Object.hasOwn(PLAN_KINDS, kind)
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
  if (INDEX_NAMES.has(words.join(''))) return true
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
