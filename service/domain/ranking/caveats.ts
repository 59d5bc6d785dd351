import type { Agreement, Imputation, Mode, PcaResult } from './analysis-result.ts'
import type { ChosenIndicator } from './choose-indicators.ts'
import type { Dataset } from '../dataset/dataset.ts'
import { spelledDifferently } from '../dataset/spelled-differently.ts'

const SHOWN = 10

interface Run {
  readonly mode: Mode
  readonly indicators: readonly ChosenIndicator[]
  readonly models: number
  readonly imputations: readonly Imputation[]
  readonly pca: PcaResult
  readonly agreement: Agreement | null
}

/** Sentences that a reader of the ranking must know before acting on it. */
export function caveatsOf(dataset: Dataset, run: Run): readonly string[] {
  return [
    'A rank is relative to the uploaded area: it compares these wards with each other and with no others.',
    'A score is not an absolute risk; it says nothing about how many people fall ill.',
    ...joinCaveats(dataset),
    ...imputationCaveats(dataset, run.imputations),
    ...valuelessCaveats(dataset, run.indicators),
    ...positivityCaveats(dataset, run.indicators),
    ...directionCaveats(run.indicators),
    ...constantCaveats(run.indicators),
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
          `${String(differing.length)} of them are spelled differently in the two files, but are the same ` +
            `without case, numerals, state code and the word ward: ${shownNames(differing)}.`,
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
  const contradicting = dataset.findings
    .filter(({ kind }) => kind === 'names-contradict')
    .map(({ detail, examples = [] }) => `${detail} ${shownNames(examples)}.`)
  return [...named, ...respelled, ...accepted, ...contradicting, ...missing]
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

function directionCaveats(indicators: readonly ChosenIndicator[]): string[] {
  const guessed = indicators.filter((indicator) => indicator.guessed)
  if (guessed.length === 0) return []
  const list = guessed.map(({ column, direction }) => `${column.name} (${direction})`).join(', ')
  return [`The direction of ${String(guessed.length)} indicators was guessed from their names: ${list}.`]
}

function constantCaveats(indicators: readonly ChosenIndicator[]): string[] {
  return indicators
    .filter(({ column }) => new Set([...(column.numbers ?? [])].filter((value) => !Number.isNaN(value))).size === 1)
    .map(
      ({ column }) => `${column.name} has the same value in every ward that has one, so it does not tell wards apart.`,
    )
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

function legacyCaveats({ mode, indicators, models }: Run): string[] {
  if (mode === 'standard') return []
  const inverse = indicators.some(({ direction }) => direction === 'inverse')
  return [
    'Legacy mode repeats the earlier system, so that past decisions can be reproduced; ' +
      'it is not the method to decide by.',
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
