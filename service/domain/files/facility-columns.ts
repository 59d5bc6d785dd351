import { FACILITY_KINDS } from './column-kinds.ts'
import type { FacilityKey } from './column-kinds.ts'
import { bareName, placesByName } from './column-names.ts'

export type TestMethod = 'rdt' | 'microscopy'
export type TestCount = 'tested' | 'positive'
/** Under five; five and over without pregnant women; pregnant women. */
export type TestAge = 'u5' | 'o5' | 'pw'

/** A column that counts tests. */
export interface TestColumn {
  readonly method: TestMethod
  readonly count: TestCount
  readonly age: TestAge
}

const KEYS: ReadonlyMap<string, FacilityKey> = new Map(
  Object.entries(FACILITY_KINDS).flatMap(([key, names]) => names.map((name) => [bareName(name), key as FacilityKey])),
)

/**
 * ≥ as people write it, as its UTF-8 bytes look when read as Windows-1252 or Latin-1, and as it looks when it was lost.
 */
const AT_LEAST_FIVE =
  /(?:≥|>\s*=?|=>|&gt;\s*=?|â‰¥|â\u0089¥|\uFFFD+|\?+)\s*5(?!\d)|(?<!\d)5\s*(?:yrs?|years?)?\s*(?:\+|and (?:above|over|older))/i
const UNDER_FIVE = /(?:<|&lt;)\s*5(?!\d)|\bunder[\s-]*(?:5|five)\b/i

/** The position of each key's column. If several columns stand for a key, the first in the list above is used. */
export function facilityKeyPlaces(headers: readonly string[]): ReadonlyMap<FacilityKey, number> {
  return placesByName(headers, KEYS)
}

/** Whether a header stands for a key. */
export function isFacilityKey(header: string): boolean {
  return KEYS.has(bareName(header))
}

/**
 * What a header counts: RDT or microscopy, tested or positive, and one age; null if it does not count tests. Wording
 * and spacing vary, and ≥ is often broken. "<5yrs" is never read as "≥5yrs", nor "(excl PW)" as pregnant women.
 */
export function testColumnOf(header: string): TestColumn | null {
  const text = header.slice(0, 300).replace(/\s+/g, ' ')
  const methods = [
    ...(/\brdts?\b/i.test(text) ? ['rdt' as const] : []),
    ...(/\bmicroscopy\b/i.test(text) ? ['microscopy' as const] : []),
  ]
  const count = /\bpositive\b/i.test(text) ? 'positive' : /\btested\b/i.test(text) ? 'tested' : null
  const ages = [
    ...(UNDER_FIVE.test(text) ? ['u5' as const] : []),
    ...(AT_LEAST_FIVE.test(text) ? ['o5' as const] : []),
    ...(/\bpreg|\bpw\b/i.test(text.replace(/excl[^)]*(?:\)|$)/i, '')) ? ['pw' as const] : []),
  ]
  const [method] = methods
  const [age] = ages
  return method === undefined || age === undefined || count === null || methods.length > 1 || ages.length > 1
    ? null
    : { method, count, age }
}
