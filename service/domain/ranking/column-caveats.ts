import { listed, quoted } from '../quoted.ts'
import { rangeOf } from '../files/describe-wards.ts'
import { directionRule } from '../files/directions.ts'
import { outlierCaveat } from '../dataset/outliers.ts'
import { scaleCaveat } from '../dataset/two-scales.ts'
import type { Dataset } from '../dataset/dataset.ts'
import type { Choice, ChosenIndicator } from './choose-indicators.ts'

const SHOWN = 10

/** Sentences about the columns that a ranking uses and those it leaves out. */
export function columnCaveats({ table }: Pick<Dataset, 'table'>, choice: Choice): readonly string[] {
  return [
    ...directionCaveats(choice.indicators),
    ...unknownCaveats(choice.indicators),
    ...copyCaveats(choice.indicators),
    ...constantCaveats(choice.indicators),
    ...valueCaveats(table, choice.indicators, outlierCaveat),
    ...valueCaveats(table, choice.indicators, scaleCaveat),
    ...leftOutCaveats(table, choice),
  ]
}

/** What `caveatOf` says of the values of each indicator. */
function valueCaveats(
  { labels }: Dataset['table'],
  indicators: readonly ChosenIndicator[],
  caveatOf: typeof outlierCaveat,
): string[] {
  return indicators.flatMap(
    ({ column: { name, numbers } }) => caveatOf(name, numbers ?? new Float64Array(), labels) ?? [],
  )
}

function directionCaveats(indicators: readonly ChosenIndicator[]): string[] {
  const guessed = indicators.filter(({ guessed: isGuessed, unknown }) => isGuessed && !unknown)
  if (guessed.length === 0) return []
  const list = guessed.map(({ column, direction }) => `${column.name} (${direction})`).join(', ')
  return [`The direction of ${String(guessed.length)} indicators was guessed from their names: ${list}.`]
}

function unknownCaveats(indicators: readonly ChosenIndicator[]): string[] {
  const unknown = indicators.filter((indicator) => indicator.unknown)
  if (unknown.length === 0) return []
  return [
    `It is not known which way ${listed(
      unknown.map(({ column }) => column.name),
      SHOWN,
    )} point: nobody said it and no word of the name does, so more was taken as more risk.`,
  ]
}

function copyCaveats(indicators: readonly ChosenIndicator[]): string[] {
  return indicators.flatMap(({ column, copy }) =>
    copy === null
      ? []
      : `${quoted(column.name)} repeats the values of ${quoted(copy.of)} wherever both have one: ` +
        'the same values count twice.',
  )
}

function constantCaveats(indicators: readonly ChosenIndicator[]): string[] {
  return indicators
    .filter(({ column }) => {
      const range = rangeOf(column.numbers ?? new Float64Array())
      return range !== null && range.min === range.max
    })
    .map(
      ({ column }) => `${column.name} has the same value in every ward that has one, so it does not tell wards apart.`,
    )
}

/**
 * What the suggested set leaves out, and why. Columns that hold text meant as numbers have a sentence each, because a
 * reader would look for them in the ranking.
 */
function leftOutCaveats({ columns, keyColumns }: Dataset['table'], { defaulted, leftOut }: Choice): string[] {
  if (!defaulted) return []
  const byName = new Map(columns.map((column) => [column.name, column]))
  const kept = leftOut.filter(({ name }) => !keyColumns.includes(name))
  const isText = (name: string): boolean => byName.get(name)?.type === 'text'
  const unread = kept.filter(
    ({ name, reason }) =>
      reason.includes('of its cells are not numbers') ||
      (isText(name) && (directionRule(name)?.direction ?? null) !== null),
  )
  const candidates = kept.filter(({ name }) => byName.get(name)?.indicator === true)
  const structural = kept.filter(({ name }) => byName.get(name)?.type === 'number' && !byName.get(name)?.indicator)
  const rest = candidates.map(({ name, reason }) => `${quoted(name)} (${reason})`)
  return [
    ...unread.slice(0, SHOWN).map(({ name, reason }) => `${quoted(name)} was left out of the ranking: ${reason}.`),
    ...(rest.length === 0
      ? []
      : [
          `Nobody named indicators, so the suggested ones were used, without ${rest.slice(0, SHOWN).join(', ')}` +
            `${rest.length > SHOWN ? ` and ${String(rest.length - SHOWN)} more` : ''}.`,
        ]),
    ...(structural.length === 0
      ? []
      : [
          `Columns that number, name, locate or measure the wards were left out: ${listed(
            structural.map(({ name }) => name),
            SHOWN,
          )}.`,
        ]),
  ]
}
