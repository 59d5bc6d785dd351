import type { MapScope } from '../../map/shown-wards.ts'
import { shownWards, TIERS } from '../../map/shown-wards.ts'
import type { AnalysisResult, RankedWard } from '../../ranking/analysis-result.ts'
import type { Answer } from '../answer.ts'
import { counted, figure, inARow, named } from './wording.ts'

/**
 * What the map of the risk shows, of all wards or of those of a scope.
 * @throws Fault `invalid-input` when the analysis has no such LGA
 */
export function tellRiskMap(result: AnalysisResult, scope: MapScope): Pick<Answer, 'text'> {
  const shown = shownWards(result, scope)
  const unmatched = new Set(result.unmatchedWards)
  const missing = shown.map(({ wardName }) => wardName).filter((name) => unmatched.has(name))
  const blank = result.wards.length - shown.length
  const [first] = shown
  return {
    text: [
      blank === 0
        ? `The map shows the tier of each of ${counted(shown.length, 'ward')} within this area: ${tiersTold(shown)}.`
        : `The map shows the tier of ${counted(shown.length, 'ward')}${scopeTold(scope)} and of no other: the other ` +
          `${counted(blank, 'ward')} ${blank === 1 ? 'is' : 'are'} left blank (${tiersTold(result.wards.filter((ward) => !shown.includes(ward)))}).`,
      ...(first === undefined ? [] : [`First is ${wardTold(first)}.`]),
      ...(missing.length === 0 ? [] : [`Not on the map, since they have no boundary: ${inARow(missing)}.`]),
    ].join(' '),
  }
}

/** A ward's place, as an answer names it. */
export function wardTold({ wardName, lga, rank, score, tier }: RankedWard): string {
  const place = lga === null ? '' : `, ${named(lga)}`
  return `${figure(rank)}. ${named(wardName)}${place} (score ${figure(score)}, ${tier})`
}

function scopeTold({ tiers, lgas }: MapScope): string {
  return [
    ...(tiers === undefined ? [] : [` of the ${tiers.join(' and ')} tier`]),
    ...(lgas === undefined ? [] : [` in ${inARow(lgas.map((lga) => named(lga)))} LGA`]),
  ].join('')
}

/** How many wards each tier has, of those that have any. */
function tiersTold(wards: readonly RankedWard[]): string {
  return TIERS.map((tier) => [tier, wards.filter((ward) => ward.tier === tier).length] as const)
    .filter(([, count]) => count > 0)
    .map(([tier, count]) => `${figure(count)} ${tier}`)
    .join(', ')
}
