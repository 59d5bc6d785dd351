import type { Agreement, Imputation, Mode, PcaResult } from './analysis-result.ts'
import type { Choice, ChosenIndicator } from './choose-indicators.ts'
import { columnCaveats } from './column-caveats.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { findingCaveats } from '../dataset/finding-caveats.ts'
import { spelledDifferently } from '../dataset/spelled-differently.ts'

const SHOWN = 10

/** What holds for every ranking, whatever the data. */
export const GENERAL_CAVEATS = [
  'A rank is relative to the uploaded area: it compares these wards with each other and with no others.',
  'A score is not an absolute risk; it says nothing about how many people fall ill.',
] as const

interface Run {
  readonly mode: Mode
  readonly choice: Choice
  readonly models: number
  readonly imputations: readonly Imputation[]
  readonly pca: PcaResult
  readonly agreement: Agreement | null
  /** What follows from a person's weights, from indicators that are alike, and from what was seen. */
  readonly ofChoices: readonly string[]
}

/**
 * The one list of what a reader of the ranking must know before acting on it: how it may be read, what was done to the
 * data, and what could be wrong with them. Every artefact that is made of the ranking carries it.
 */
export function caveatsOf(dataset: Dataset, run: Run): readonly string[] {
  const { table, boundaries } = dataset
  const { indicators } = run.choice
  const findings = [...table.findings, ...(boundaries?.findings ?? []), ...dataset.findings]
  return [
    ...GENERAL_CAVEATS,
    ...joinCaveats(dataset),
    ...imputationCaveats(dataset, run.imputations),
    ...valuelessCaveats(dataset, indicators),
    ...positivityCaveats(dataset, indicators),
    ...columnCaveats(dataset, run.choice),
    ...findingCaveats(
      findings,
      indicators.map(({ column }) => column.name),
    ),
    ...run.ofChoices,
    ...pcaCaveats(run),
    ...legacyCaveats(run),
  ]
}

function joinCaveats(dataset: Dataset): string[] {
  const { boundaries, matchedBy, unmatched, table } = dataset
  if (boundaries === null)
    return ['There are no boundaries: the ranking has no map, and gaps are filled with column means.']
  const byName = matchedBy.filter((rule) => rule === 'name' || rule === 'name-form').length
  const named =
    byName === 0
      ? []
      : [`${String(byName)} of ${String(table.rows)} wards were joined to their boundary by name, not by code.`]
  const differing = spelledDifferently(dataset)
    .filter(({ joinedBy }) => joinedBy === 'name-form')
    .map(({ ward, boundary }) => `${ward} = ${boundary}`)
  const respelled =
    differing.length === 0
      ? []
      : [
          `${String(differing.length)} of them are spelled differently in the two files, but match when ` +
            `case, numerals, state code and the word ward are ignored: ${shownNames(differing)}.`,
        ]
  const contradicting = spelledDifferently(dataset)
    .filter(({ joinedBy }) => joinedBy === 'code')
    .map(({ ward, boundary }) => `${ward} = ${boundary}`)
  const byCode =
    contradicting.length === 0
      ? []
      : [
          `${String(contradicting.length)} wards were joined by code to a boundary whose name is spelled differently: ` +
            `${shownNames(contradicting)}.`,
        ]
  const missing =
    unmatched.length === 0
      ? []
      : [
          `${String(unmatched.length)} of ${String(table.rows)} wards have no boundary: ` +
            'they are ranked, but not on the map, and no neighbour fills their gaps.',
        ]
  const byHand = matchedBy.filter((rule) => rule === 'accepted').length
  const accepted =
    byHand === 0
      ? []
      : [`${String(byHand)} of ${String(table.rows)} wards were joined by hand to a boundary of another name.`]
  return [...named, ...respelled, ...byCode, ...accepted, ...missing]
}

function shownNames(names: readonly string[]): string {
  return names.slice(0, SHOWN).join(', ') + (names.length > SHOWN ? ' and others' : '')
}

function imputationCaveats({ boundaries }: Dataset, imputations: readonly Imputation[]): string[] {
  if (imputations.length === 0) return []
  const byMean = imputations.filter(({ neighbours }) => neighbours.length === 0).length
  const but = byMean === 0 ? '' : `, ${String(byMean)} of them with the column mean because no neighbour has a value`
  const how = boundaries === null ? 'with the column mean' : `from neighbouring wards${but}`
  return [`${String(imputations.length)} missing values were filled ${how}.`]
}

/** The score of such a ward says nothing about it. A footnote under the table would also be ranked like this. */
function valuelessCaveats({ table }: Dataset, indicators: readonly ChosenIndicator[]): string[] {
  const wards = table.labels.filter((_, row) =>
    indicators.every(({ column }) => Number.isNaN(column.numbers?.[row] ?? NaN)),
  )
  if (wards.length === 0) return []
  return [
    `${String(wards.length)} of ${String(table.rows)} wards have no value of their own in any indicator, ` +
      `so their score comes from filled-in values alone: ${shownNames(wards)}.`,
  ]
}

/** Wards whose measured test positivity needs a second look, one sentence for each reason. */
function positivityCaveats({ table }: Dataset, indicators: readonly ChosenIndicator[]): string[] {
  return table.positivity
    .filter((measured) => indicators.some(({ column }) => column.name === measured.column))
    .flatMap(({ column, wards }) => {
      const flags = [...new Set(wards.flatMap((ward) => ward.flags))].sort()
      return flags
        .map((flag) => {
          const names = wards.flatMap((ward) => (ward.ward !== null && ward.flags.includes(flag) ? ward.ward : []))
          return names.length === 0
            ? []
            : [
                `${column}, ${flag}${flag === 'rows refused' ? '' : ' percent'}, ` +
                  `in ${String(names.length)} wards: ${shownNames(names)}.`,
              ]
        })
        .flat()
    })
}

function pcaCaveats({ mode, pca, agreement }: Run): string[] {
  if (agreement === null) return [`There is no second opinion by principal components: ${pca.reasons.join('; ')}.`]
  const rho =
    agreement.spearman === null
      ? 'cannot be compared by rank'
      : `have a rank correlation of ${agreement.spearman.toFixed(2)}`
  const direction =
    mode === 'legacy' ? ['The legacy PCA ranking has no direction of its own: its first wards may be the safest.'] : []
  return [
    `The composite and the PCA ranking ${rho} and share ${String(agreement.topThird.shared)} ` +
      `of the ${String(agreement.topThird.wards)} wards in the top third.`,
    ...direction,
  ]
}

function legacyCaveats({ mode, choice: { indicators }, models }: Run): string[] {
  if (mode === 'standard') return []
  const inverse = indicators.some(({ direction }) => direction === 'inverse')
  return [
    'Legacy mode repeats the earlier system, so that past decisions can be reproduced; ' +
      'do not use it for new decisions.',
    ...(inverse
      ? ['Legacy mode takes the reciprocal of inverse indicators, which sends nearly all of their values to 0.']
      : []),
    ...(indicators.length > 5
      ? [
          `Legacy mode scored by the first five of ${String(indicators.length)} indicators only, ` +
            `in ${String(models)} models.`,
        ]
      : []),
  ]
}
