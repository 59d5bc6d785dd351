import { plainForm } from './area-key.ts'

/** Names of rows that sum up others, without signs. */
const SUMMARIES: ReadonlySet<string> = new Set([
  'total',
  'totals',
  'grand total',
  'sub total',
  'subtotal',
  's total',
  'overall total',
  'overall',
  'state total',
  'lga total',
  'sum',
  'average',
  'mean',
  'median',
  'national',
  'national total',
  'national average',
  'all wards',
  'total general',
  'sous total',
  'ensemble',
  'ensemble du pays',
  'somme',
  'moyenne',
  'mediane',
  'total geral',
  'soma',
  'media',
  'nacional',
  'suma',
  'promedio',
  'minimum',
  'maximum',
  'min',
  'max',
  'avg',
  'std',
  'std dev',
  'stdev',
  'standard deviation',
  'ecart type',
  'variance',
  'count',
  'of total',
  'percent of total',
  'percentage of total',
  'du total',
  'target',
  'targets',
  'cible',
  'objectif',
  'zonal total',
  'district total',
  'regional total',
  'total district',
  'total region',
  'total pays',
  'lga average',
  'state average',
  'lga mean',
  'state mean',
  'all lgas',
  'all districts',
  'jimla',
  'jimilla',
  'jimlar',
  'jimillar',
  'cumul',
  'recapitulatif',
  'soma total',
  'acumulado',
  'jumla',
  'wastani',
])
/** No place is called so: whatever follows names the area that is summed up. */
const BEGINS_SUMMARY =
  /^(?:sub total|subtotal|sous total|s total|grand total|total general|total for|total of|total da|total do|total de|average of|average for|mean of|moyenne de|ensemble de) /
const ABOUT_AREA = [
  'total',
  'sub total',
  'subtotal',
  'sous total',
  'sum',
  'average',
  'mean',
  'moyenne',
  'media',
  'ensemble',
  'avg',
  'jimla',
  'jimlar',
  'jimilla',
  'jimillar',
] as const

/** A name without case, accents and signs. */
export function wordForm(name: string): string {
  return plainForm(name)
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
}

/**
 * Whether a name shows that its row sums up other rows: `Total`, `Grand total`, `Moyenne`, `Sub-total:`, or `Dala
 * total` in the area Dala. Compares whole names: `Total Garden` is a place.
 */
export function isSummaryName(name: string, areas: readonly string[] = []): boolean {
  const words = wordForm(name)
  if (SUMMARIES.has(words) || BEGINS_SUMMARY.test(words)) return true
  return areas.some((area) => {
    const place = wordForm(area)
    return ABOUT_AREA.some((word) => words === `${place} ${word}` || words === `${word} ${place}`)
  })
}

/**
 * The place whose sum or mean a name says it is, in the form of `wordForm`: that of `Dala total`; null if it says none.
 */
export function summedPlace(name: string): string | null {
  const words = wordForm(name)
  for (const word of ABOUT_AREA) {
    if (words.startsWith(`${word} `)) return words.slice(word.length + 1)
    if (words.endsWith(` ${word}`)) return words.slice(0, -word.length - 1)
  }
  return null
}
