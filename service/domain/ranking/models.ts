import type { Mode } from './analysis-result.ts'

const LEGACY_WIDTH = 5
const LEGACY_TRIPLES = 5

/** A model: the places of the indicators that it averages, in ascending order. */
export type Model = readonly number[]

/**
 * The subsets of k indicators that are averaged. Standard: all subsets of 2 to k indicators, smaller ones first.
 * Legacy: the same for up to five indicators. From six on, only the first five indicators count: all pairs, the first
 * five triples, and all five together.
 */
export function modelsOf(indicators: number, mode: Mode): readonly Model[] {
  if (mode === 'standard' || indicators <= LEGACY_WIDTH)
    return numbersFrom(2, indicators).flatMap((size) => subsets(indicators, size))
  return [
    ...subsets(LEGACY_WIDTH, 2),
    ...subsets(LEGACY_WIDTH, 3).slice(0, LEGACY_TRIPLES),
    ...subsets(LEGACY_WIDTH, LEGACY_WIDTH),
  ]
}

function numbersFrom(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from + 1) }, (_, index) => from + index)
}

function subsets(of: number, size: number, from = 0): Model[] {
  if (size === 0) return [[]]
  return numbersFrom(from, of - size).flatMap((first) =>
    subsets(of, size - 1, first + 1).map((rest) => [first, ...rest]),
  )
}
