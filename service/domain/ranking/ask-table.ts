import type { AnalysisResult, RankedWard, Tier } from './analysis-result.ts'
import { explainWard } from './explain-ward.ts'
import type { WardExplanation } from './explain-ward.ts'
import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { listedNames, say } from '../said.ts'
import { listedOr } from '../said-lists.ts'

/** Which wards to show. Each part is optional and narrows the answer. */
export interface WardFilter {
  readonly lga?: string
  readonly tier?: Tier
}

const MOST_COMPARED = 20

/**
 * The `count` wards most at risk, among those that pass the filter.
 * @throws Fault `invalid-input` when the data do not have the LGA
 */
export function topWards(result: AnalysisResult, count: number, filter: WardFilter = {}): readonly RankedWard[] {
  return wardsWhere(result, filter).slice(0, Math.max(0, count))
}

/**
 * The wards that pass the filter, most at risk first. An LGA may be written in any case.
 * @throws Fault `invalid-input` when the data do not have the LGA
 */
export function wardsWhere({ wards }: AnalysisResult, { lga, tier }: WardFilter): readonly RankedWard[] {
  const wanted = lga?.trim().toLowerCase()
  const found = wards.filter((ward) => wanted === undefined || ward.lga?.toLowerCase() === wanted)
  if (found.length === 0 && lga !== undefined) {
    const known = [...new Set(wards.flatMap((ward) => ward.lga ?? []))].sort()
    throw new Fault(
      'invalid-input',
      say('no-such-lga-of', { lga: quoted(lga), ...listedOr(known, 50, say('found-none', {})) }),
      {
        errors: [{ said: say('no-such-lga', {}), pointer: '/lga' }],
      },
    )
  }
  return found.filter((ward) => tier === undefined || ward.tier === tier)
}

/**
 * Compares 2 to 20 wards, in the order of the ranking. Each comes with what makes it riskier or safer.
 * @throws Fault `invalid-input` with a pointer to each name that is unknown or ambiguous
 */
export function compareWards(result: AnalysisResult, names: readonly string[]): readonly WardExplanation[] {
  if (names.length < 2 || names.length > MOST_COMPARED)
    throw new Fault('invalid-input', say('name-wards-to-compare', { most: MOST_COMPARED }), {
      errors: [{ said: say('count-of-wards', { count: names.length }), pointer: '/wards' }],
    })
  const errors: FaultDetail[] = []
  const found = names.flatMap((name, at) => {
    const labels = findWard(result, name)
    if (labels.length !== 1)
      errors.push({
        said:
          labels.length === 0
            ? say('no-such-ward', { ward: quoted(name) })
            : say('ward-may-be', { ward: quoted(name), ...listedNames(labels) }),
        pointer: `/wards/${String(at)}`,
      })
    return labels
  })
  if (errors.length > 0) throw new Fault('invalid-input', say('cannot-compare-wards', {}), { errors })
  return [...new Set(found)].map((label) => explainWard(result, label)).sort((one, other) => one.rank - other.rank)
}

/**
 * Explains the ward that a label, a code or a name means.
 * @throws Fault `not-found` when none does, `invalid-input` when several do
 */
export function explainNamed(result: AnalysisResult, name: string): WardExplanation {
  const labels = findWard(result, name)
  if (labels.length > 1)
    throw new Fault('invalid-input', say('several-wards-say-code', { ward: quoted(name) }), {
      errors: labels.slice(0, 20).map((label) => ({ said: say('ward-label', { label }) })),
    })
  return explainWard(result, labels[0] ?? name)
}

/** The labels a person may mean: the exact one, or else those that differ only in case or in the code in brackets. */
export function findWard({ wards }: AnalysisResult, name: string): readonly string[] {
  const wanted = name.trim().toLowerCase()
  if (wards.some(({ wardName }) => wardName === name)) return [name]
  return wards
    .filter(({ wardName, wardCode }) =>
      [wardName.toLowerCase(), wardName.toLowerCase().replace(/ \([^()]*\)$/, ''), wardCode?.toLowerCase()].includes(
        wanted,
      ),
    )
    .map(({ wardName }) => wardName)
}
