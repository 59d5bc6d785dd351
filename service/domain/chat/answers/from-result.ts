import type { AnalysisResult, RankedWard } from '../../ranking/analysis-result.ts'
import type { Answer, AnswerTable, MadeFrom } from '../answer.ts'
import { compareWards, findWard, wardsWhere } from '../../ranking/ask-table.ts'
import { explainWard } from '../../ranking/explain-ward.ts'
import type { WardExplanation } from '../../ranking/explain-ward.ts'
import { Fault } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { listedNames, say } from '../../said.ts'
import { lgaRollup } from '../../plan/lga-rollup.ts'
import type { NetPlan } from '../../plan/net-plan.ts'
import type { CallOf, InputOf, ToolFrom } from '../tools.ts'
import { answerNearWards, premiseOf, focusedOn } from './premises.ts'
import { tellRiskMap, wardTold } from './risk-map.ts'
import { basisOf, counted, figure, inARow, named, percent } from './wording.ts'

/**
 * The calls that an analysis can answer. Of `show_map`, only those without a variable. `run_analysis` is answered from
 * its new result.
 */
export type ResultCall = CallOf<ToolFrom<'result'> | 'run_analysis' | 'show_map'>

type RankInput = InputOf<'rank_wards'>

const USUAL_COUNT = 10
const TOLD = 5
/** If p is smaller than this, the answer only says that it is smaller. */
const LEAST_P = 0.001

/**
 * Answers from an analysis. If it has a plan, the plan adds nets to LGAs.
 * @throws Fault `invalid-input` when the analysis has no such ward or LGA
 */
export function answerFromResult(
  call: ResultCall,
  result: AnalysisResult,
  madeFrom: MadeFrom,
  plan: NetPlan | null = null,
): Answer {
  const basis = basisOf(madeFrom, result.caveats, result.mode)
  switch (call.tool) {
    case 'run_analysis':
      return { ...ofAnalysis(result), basis }
    case 'rank_wards':
      return { ...ofRanking(result, call.input), basis }
    case 'explain_ward':
      return { ...ofAskedWard(result, call.input), basis }
    case 'near_wards':
      return { ...answerNearWards(result, call.input), basis }
    case 'compare_wards':
      return { ...ofComparison(result, compareWards(result, call.input.wards)), basis }
    case 'show_map':
      return { ...tellRiskMap(result, call.input), basis }
    case 'summarise_lgas':
      // A plan's caveats hold those of its ranking.
      return {
        ...ofLgas(result, plan, call.input.lga),
        basis: plan === null ? basis : basisOf(madeFrom, plan.caveats, result.mode),
      }
    case 'compare_rankings':
      return { ...ofAgreement(result), basis }
  }
}

type Told = Omit<Answer, 'basis'>

function ofAnalysis(result: AnalysisResult): Told {
  const { wards, indicators, models, imputations, parameters } = result
  const top = wards.slice(0, TOLD)
  return {
    text: [
      `${counted(wards.length, 'ward')} are ranked by ${counted(indicators.length, 'indicator')} (${inARow(
        indicators.map(({ name, direction }) => `${name}, ${direction}`),
        12,
      )}) over ${counted(models.length, 'model')}.`,
      `Most at risk here: ${top.map(wardTold).join('; ')}.`,
      ...(parameters.indicatorsDefaulted ? [reasonsOf(indicators)] : []),
      imputations.length === 0
        ? 'No value had to be filled in.'
        : `${counted(imputations.length, 'missing value was', 'missing values were')} filled in; ` +
          'each is listed in the results.',
    ].join(' '),
    table: rankingTable(result, wards.slice(0, USUAL_COUNT)),
  }
}

/** Why each indicator of the suggested set is in it. */
function reasonsOf(indicators: AnalysisResult['indicators']): string {
  const reasons = indicators.flatMap(({ name, why }) => (why === null ? [] : `${named(name)}: ${why}`))
  return (
    'Nobody named indicators, so the suggested ones were ' +
    `used${reasons.length === 0 ? '' : ` (${reasons.join('; ')})`}.`
  )
}

function ofRanking(result: AnalysisResult, { order, count, lga, tier, ranking = 'composite' }: RankInput): Told {
  if (ranking === 'pca' && result.agreement === null)
    return {
      text:
        `There is no ranking by principal components: ${result.pca.reasons.join('; ')}. ` +
        'The composite ranking stands alone.',
    }
  const found = wardsWhere(result, { ...(lga !== undefined && { lga }), ...(tier !== undefined && { tier }) })
  const rankOf = (ward: RankedWard): number => (ranking === 'pca' ? (ward.pcaRank ?? ward.rank) : ward.rank)
  const ordered = found.toSorted((one, other) => (order === 'highest' ? 1 : -1) * (rankOf(one) - rankOf(other)))
  const shown = ordered.slice(0, count ?? (tier === undefined ? USUAL_COUNT : ordered.length))
  const inLga = lga === undefined ? '' : ` in ${named(lga)} LGA`
  const inTier = tier === undefined ? '' : `${lga === undefined ? '' : ','} in the ${tier} tier`
  const where = inLga + inTier
  const by = ranking === 'pca' ? 'the PCA ranking' : 'the composite score'
  if (shown.length === 0)
    return { text: `No ward${where} is in this analysis of ${counted(result.wards.length, 'ward')}.` }
  const total =
    where === ''
      ? `Of ${counted(result.wards.length, 'ward')}`
      : `Of the ${counted(found.length, 'ward')}${where}, out of ${figure(result.wards.length)} in all`
  const told = shown.slice(0, USUAL_COUNT)
  const few = count !== undefined && shown.length < count ? ` There are only these ${figure(shown.length)}.` : ''
  const more = shown.length > told.length ? ` The table has all ${figure(shown.length)}.` : ''
  return {
    text:
      `${total}, ${shown.length === 1 ? 'this is the one' : `these ${figure(shown.length)} are`} at ` +
      `${order} risk by ${by}: ${told.map((ward) => (ranking === 'pca' ? `${named(ward.wardName)} (PCA rank ${figure(rankOf(ward))}, composite rank ${figure(ward.rank)})` : wardTold(ward))).join('; ')}.${few}${more}`,
    table: rankingTable(result, shown),
  }
}

/** A ward, after what is wrong in the question and what the question is about. */
function ofAskedWard(result: AnalysisResult, input: InputOf<'explain_ward'>): Told {
  const ward = explainWard(result, labelOf(result, input.ward))
  const { text, table } = ofWard(result, ward)
  const parts = [premiseOf(result, ward, input), focusedOn(result, ward, input.focus), text]
  return { text: parts.filter((part) => part !== '').join(' '), ...(table !== undefined && { table }) }
}

/** How a value that was missing was filled in; '' for a value of the data. */
function filledWith(imputed: string | null): string {
  if (imputed === null) return ''
  return `, filled in with the mean of ${imputed === 'global_mean_fallback' ? 'the column' : 'its neighbours'}`
}

function ofWard({ models }: AnalysisResult, ward: WardExplanation): Told {
  const raises = ward.contributions
    .filter(({ aboveMean }) => aboveMean > 0)
    .sort((one, other) => other.aboveMean - one.aboveMean)
  const lowers = ward.contributions
    .filter(({ aboveMean }) => aboveMean < 0)
    .sort((one, other) => one.aboveMean - other.aboveMean)
  const told = ({ name, raw, normalised, direction, imputed }: WardExplanation['contributions'][number]): string =>
    `${named(name)} (${figure(raw)}${filledWith(imputed)}; ` +
    `${figure(normalised)} on the scale of 0 to 1, ${direction})`
  return {
    text: [
      `${named(ward.wardName)}${ward.lga === null ? '' : ` (${named(ward.lga)} LGA)`} has rank ${figure(ward.rank)} ` +
        `of ${figure(ward.wards)}, tier ${ward.tier}, score ${figure(ward.score)}.`,
      raises.length === 0
        ? 'No indicator puts it above the mean of these wards.'
        : `Riskier than the mean of these wards: ${raises.slice(0, TOLD).map(told).join('; ')}.`,
      lowers.length === 0
        ? 'No indicator puts it below the mean.'
        : `Safer than the mean: ${lowers.slice(0, TOLD).map(told).join('; ')}.`,
      `It is in the upper third in ${percent(ward.robustness.topThirdShare)} of the ` +
        `${counted(models.length, 'model')}, ` +
        `with a median rank of ${figure(ward.robustness.medianRank)}.`,
      ...(ward.pcaRank === null ? [] : [`By principal components its rank is ${figure(ward.pcaRank)}.`]),
    ].join(' '),
    table: {
      columns: [
        'indicator',
        'direction',
        'value',
        'filled in',
        'normalised',
        'part of the mean',
        'above the mean of all wards',
        'score without it',
      ],
      rows: ward.contributions.map(({ name, direction, raw, imputed, normalised, part, aboveMean, scoreWithout }) => [
        named(name),
        direction,
        raw,
        imputed,
        normalised,
        part,
        aboveMean,
        scoreWithout,
      ]),
    },
  }
}

function ofComparison({ indicators }: AnalysisResult, wards: readonly WardExplanation[]): Told {
  const lines = wards.map((ward) => {
    const [first] = ward.contributions
      .filter(({ aboveMean }) => aboveMean > 0)
      .sort((one, other) => other.aboveMean - one.aboveMean)
    const raised = first === undefined ? '' : `, raised most by ${named(first.name)} (${figure(first.raw)})`
    return (
      `${named(ward.wardName)}: rank ${figure(ward.rank)} of ${figure(ward.wards)}, tier ${ward.tier}, ` +
      `score ${figure(ward.score)}${raised}`
    )
  })
  return {
    text: `${lines.join('. ')}.${differenceOf(wards)}`,
    table: {
      columns: ['ward', 'rank', 'tier', 'score', ...indicators.map(({ name }) => named(name))],
      rows: wards.map((ward) => [
        named(ward.wardName),
        ward.rank,
        ward.tier,
        ward.score,
        ...ward.contributions.map(({ raw }) => raw),
      ]),
    },
  }
}

/** By how much the scores of two wards differ; nothing for more wards. */
function differenceOf([one, other, another]: readonly WardExplanation[]): string {
  if (one === undefined || other === undefined || another !== undefined) return ''
  const [higher, lower] = one.score >= other.score ? [one, other] : [other, one]
  return higher.score === lower.score
    ? ' Their scores are equal.'
    : ` ${named(higher.wardName)} is at higher risk: its score is higher by ${figure(higher.score - lower.score)}.`
}

/**
 * The place of one LGA among the LGAs, as a sentence.
 * @throws Fault `invalid-input` when the analysis has no such LGA
 */
function placeOfLga(result: AnalysisResult, rows: ReturnType<typeof lgaRollup>, asked: string): string {
  const [first] = wardsWhere(result, { lga: asked })
  const at = rows.findIndex(({ lga }) => lga === first?.lga)
  const row = rows[at]
  if (row === undefined) return ''
  const { High, Medium, Low } = row.tiers
  return (
    `${named(row.lga ?? '')} LGA is number ${figure(at + 1)} of ${counted(rows.length, 'LGA')} by mean score, ` +
    `number 1 the riskiest: ${counted(row.wards, 'ward')} (${figure(High)} High, ${figure(Medium)} Medium, ` +
    `${figure(Low)} Low), mean score ${figure(row.meanScore)}. Its ward most at risk is ${named(row.worstWard)}, ` +
    `rank ${figure(row.worstRank)}. `
  )
}

function ofLgas(result: AnalysisResult, plan: NetPlan | null, asked: string | undefined): Told {
  const rows = lgaRollup(result, plan)
  const place = asked === undefined ? '' : placeOfLga(result, rows, asked)
  const name = (lga: string | null): string => (lga === null ? 'LGA not known' : named(lga))
  const told = rows
    .slice(0, USUAL_COUNT)
    .map(
      ({ lga, wards, tiers, meanScore }) =>
        `${name(lga)}: ${counted(wards, 'ward')}, ${figure(tiers.High)} High, mean score ${figure(meanScore)}`,
    )
  return {
    text:
      `${place}By mean score, the highest first: ${told.join('; ')}.` +
      (rows.length > told.length ? ` The table has all ${figure(rows.length)}.` : '') +
      ' A mean says nothing about a single ward.',
    table: {
      columns: [
        'LGA',
        'wards',
        'High',
        'Medium',
        'Low',
        'mean score',
        'ward most at risk',
        'its rank',
        ...(plan === null ? [] : ['nets', 'people', 'people covered']),
      ],
      rows: rows.map(({ lga, wards, tiers, meanScore, worstWard, worstRank, netsAllocated, population, covered }) => [
        name(lga),
        wards,
        tiers.High,
        tiers.Medium,
        tiers.Low,
        meanScore,
        named(worstWard),
        worstRank,
        ...(plan === null ? [] : [netsAllocated, population, covered]),
      ]),
    },
  }
}

function ofAgreement({ pca, agreement }: AnalysisResult): Told {
  const tests = [
    ...(pca.kmo === null ? [] : [`KMO is ${figure(pca.kmo)} (0.5 or more is needed)`]),
    ...(pca.bartlett === null
      ? []
      : [
          `Bartlett's p is ${pca.bartlett.p < LEAST_P ? `less than ${figure(LEAST_P)}` : figure(pca.bartlett.p)} ` +
            '(less than 0.05 is needed)',
        ]),
  ]
  const told = tests.length === 0 ? '' : ` ${tests.join('; ')}.`
  if (agreement === null)
    return {
      text: `The data are not suitable for PCA: ${pca.reasons.join('; ')}.${told} The composite ranking stands alone.`,
    }
  const rho =
    agreement.spearman === null
      ? 'One of the rankings does not tell wards apart, so there is no rank correlation.'
      : "The composite and the PCA ranking have a rank correlation (Spearman's rho) of " +
        `${figure(agreement.spearman)}, where 1 is full agreement.`
  return {
    text:
      `${rho} Their upper thirds share ${figure(agreement.topThird.shared)} of ` +
      `${counted(agreement.topThird.wards, 'ward')}. The data are suitable for PCA.${told}`,
  }
}

/**
 * The label that a person means.
 * @throws Fault `invalid-input` when no label fits, or several do
 */
function labelOf(result: AnalysisResult, ward: string): string {
  const labels = findWard(result, ward)
  const [label] = labels
  if (label !== undefined && labels.length === 1) return label
  throw new Fault(
    'invalid-input',
    labels.length === 0
      ? say('no-ward-to-tell', { ward: quoted(ward) })
      : say('ward-may-be', { ward: quoted(ward), ...listedNames(labels) }),
    { errors: [{ said: say('not-one-ward', {}), pointer: '/ward' }] },
  )
}

function rankingTable({ agreement }: AnalysisResult, wards: readonly RankedWard[]): AnswerTable {
  return {
    columns: [
      'rank',
      'ward',
      'LGA',
      'tier',
      'score',
      'share of models in upper third',
      'median model rank',
      ...(agreement === null ? [] : ['PCA rank']),
    ],
    rows: wards.map(({ rank, wardName, lga, tier, score, robustness, pcaRank }) => [
      rank,
      named(wardName),
      lga === null ? null : named(lga),
      tier,
      score,
      robustness.topThirdShare,
      robustness.medianRank,
      ...(agreement === null ? [] : [pcaRank]),
    ]),
  }
}
