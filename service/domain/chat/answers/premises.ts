import type { AnalysisResult, RankedWard } from '../../ranking/analysis-result.ts'
import type { WardExplanation } from '../../ranking/explain-ward.ts'
import { median } from '../../median.ts'
import { findWard } from '../../ranking/ask-table.ts'
import type { Answer } from '../answer.ts'
import type { InputOf } from '../tools.ts'
import { counted, figure, inARow, named } from './wording.ts'

type Claim = Pick<InputOf<'explain_ward'>, 'claimedRank' | 'claimedTier'>
type Told = Omit<Answer, 'basis'>
type Placed = Pick<RankedWard, 'wardName' | 'lga' | 'rank' | 'tier'>

/** What is wrong in what a question takes to be true of a ward, with the truth; '' if nothing is. */
export function premiseOf({ wards }: AnalysisResult, ward: Placed, { claimedRank, claimedTier }: Claim): string {
  const isRankWrong = claimedRank !== undefined && claimedRank !== ward.rank
  const isTierWrong = claimedTier !== undefined && claimedTier !== ward.tier
  if (!isRankWrong && !isTierWrong) return ''
  const wrong = isRankWrong ? `number ${figure(claimedRank)}` : `in the ${claimedTier ?? ''} tier`
  const true_ = `its rank is ${figure(ward.rank)} of ${figure(wards.length)}, tier ${ward.tier}`
  return `${named(ward.wardName)} is not ${wrong}: ${true_}.${isRankWrong ? whoIs(wards, claimedRank) : ''}`
}

/** The true places of the wards whose names are nearest to the written one. */
export function answerNearWards(result: AnalysisResult, { written, wards, ...claim }: InputOf<'near_wards'>): Told {
  const found = wards
    .flatMap((ward) => findWard(result, ward))
    .flatMap((label) => result.wards.find(({ wardName }) => wardName === label) ?? [])
  const told = found.map(
    ({ wardName, lga, rank, tier }) =>
      `${placed(wardName, lga)} has rank ${figure(rank)} of ${figure(result.wards.length)}, tier ${tier}`,
  )
  const isFalse = found.every((ward) => premiseOf(result, ward, claim) !== '')
  const wrong =
    claim.claimedRank === undefined
      ? claim.claimedTier === undefined
        ? ''
        : `${found.length === 1 ? 'It is not' : 'None of them is'} in the ${claim.claimedTier} tier.`
      : `${found.length === 1 ? 'It is not' : 'None of them is'} number ` +
        `${figure(claim.claimedRank)}.${whoIs(result.wards, claim.claimedRank)}`
  return {
    text: [
      `No ward is called "${named(written)}". ` +
        `${found.length === 1 ? 'The nearest name' : 'The nearest names'}: ${told.join('; ')}.`,
      ...(isFalse && wrong !== '' ? [wrong] : []),
      `Did you mean ${found.length === 1 ? placed(found[0]?.wardName ?? '', found[0]?.lga ?? null) : 'one of these'}?`,
    ].join(' '),
    table: {
      columns: ['ward', 'LGA', 'rank', 'tier', 'score'],
      rows: found.map(({ wardName, lga, rank, tier, score }) => [
        named(wardName),
        lga === null ? null : named(lga),
        rank,
        tier,
        score,
      ]),
    },
    options: found.map(({ wardName }) => `Why is ${named(wardName)} ranked where it is?`),
  }
}

/** What a question about a ward wants to know beside its place; '' without a focus. */
export function focusedOn(
  result: AnalysisResult,
  ward: WardExplanation,
  focus: InputOf<'explain_ward'>['focus'],
): string {
  if (focus === 'contributions') return ofContributions(ward)
  if (focus === 'leaving-tier') return ofLeaving(result, ward)
  if (focus === 'safety')
    return (
      'No ranking can call a ward safe: a rank compares it with the other wards of these data and is no ' +
      'absolute risk, ' +
      'and the Low tier has malaria too.'
    )
  return ''
}

function ofContributions({ wardName, contributions }: WardExplanation): string {
  const [most] = contributions.toSorted((one, other) => other.aboveMean - one.aboveMean)
  const [greatest] = contributions.toSorted((one, other) => other.part - one.part)
  if (most === undefined || greatest === undefined) return ''
  const same = most.name === greatest.name
  return (
    `${named(most.name)} contributes most to the place of ${named(wardName)}: ${figure(most.normalised)} on ` +
    'the scale ' +
    `of 0 to 1, which is ${figure(Math.abs(most.aboveMean))} ${most.aboveMean < 0 ? 'below' : 'above'} the ` +
    'mean of all wards.' +
    (same ? '' : ` The greatest part of its own mean is from ${named(greatest.name)} (${figure(greatest.part)}).`)
  )
}

/**
 * What would take a ward out of its tier on the riskier side: the score it would have to fall below, and which single
 * indicator, at the safest value of this area, would do it. All other wards stay as they are.
 */
function ofLeaving({ wards, models, indicators }: AnalysisResult, ward: WardExplanation): string {
  if (ward.tier === 'Low') return `${named(ward.wardName)} is in the Low tier already.`
  const next = wards.find(({ rank, tier }) => rank > ward.rank && tier !== ward.tier)
  if (next === undefined) return `No ward follows outside of the ${ward.tier} tier.`
  const own = ward.contributions.map(({ normalised }) => normalised)
  const places = models.map((model) =>
    model.map((name) => indicators.findIndex((indicator) => indicator.name === name)),
  )
  const scoreWith = (lowered: number): number =>
    median(
      Float64Array.from(
        places,
        (model) => model.reduce((sum, at) => sum + (at === lowered ? 0 : (own[at] ?? NaN)), 0) / model.length,
      ),
    )
  const enough = indicators.flatMap(({ name }, at) => {
    const score = scoreWith(at)
    return score < next.score ? [`${named(name)} (score ${figure(score)})`] : []
  })
  return (
    `To leave the ${ward.tier} tier, the score of ${named(ward.wardName)} would have to fall from ` +
    `${figure(ward.score)} ` +
    `below ${figure(next.score)}, the score of ${named(next.wardName)}, the first ward of the ${next.tier} tier. ` +
    (enough.length === 0
      ? 'No single indicator would do that, even at the safest value of this area; it would take several.'
      : `${counted(enough.length, 'indicator')} alone would do it at the safest value of this area: ` +
        `${enough.join('; ')}.`) +
    ' This changes this ward alone and is no forecast.'
  )
}

function whoIs(wards: readonly RankedWard[], rank: number): string {
  const there = wards.filter((ward) => ward.rank === rank)
  if (there.length === 0) return ''
  return ` Number ${figure(rank)} is ${inARow(there.map(({ wardName }) => wardName))}.`
}

function placed(ward: string, lga: string | null): string {
  return `${named(ward)}${lga === null ? '' : ` (${named(lga)} LGA)`}`
}
