import type { Analysis } from '../../features/replies/analyses.ts'
import type { Column, Direction, Mode } from '../../features/replies/parts.ts'
import { weightsOf } from './weights.ts'

/** What a ranking is made with. */
export interface Choice {
  readonly indicators: readonly string[]
  readonly directions: Readonly<Record<string, Direction>>
  readonly mode: Mode
  /** A person's weights, 1 in sum. */
  readonly weights?: Readonly<Record<string, number>>
  /** A column that does not rank, to compare the ranking with. */
  readonly compareWith?: string
  readonly allowCopies?: true
}

export const LEAST = 2
export const MOST = 10

/** What a person chose of the columns. It is kept by name, so that it survives new joins, other files and rankings. */
export interface Choices {
  mode: Mode
  /** Whether the indicators count as the person says. Legacy mode has no weights. */
  isWeighted: boolean
  compareWith: string | null
  allowCopies: boolean
  readonly isTicked: (column: Column) => boolean
  /** Null while it is not known whether more of it means more risk. */
  readonly directionOf: (column: Column) => Direction | null
  readonly tick: (name: string, isTicked: boolean) => void
  readonly turn: (name: string, direction: Direction | null) => void
  /** How much an indicator counts beside the others, in any unit. */
  readonly pointsOf: (name: string) => number
  readonly weigh: (name: string, points: number) => void
  /** Takes over what a ranking was made with, unless the person has chosen something else since. */
  readonly adopt: (analysis: Analysis) => void
  readonly forget: () => void
}

export function makeChoices(): Choices {
  const ticked = new Map<string, boolean>()
  const directions = new Map<string, Direction | null>()
  const points = new Map<string, number>()
  let adopted: Analysis | null = null
  /** The columns that the ranking was chosen from, and those that it used. Others are taken as they are suggested. */
  let known: ReadonlySet<string> = new Set()
  let used: ReadonlySet<string> = new Set()
  const choices: Choices = {
    mode: 'standard',
    isWeighted: false,
    compareWith: null,
    allowCopies: false,
    isTicked: ({ name, suggested }) => ticked.get(name) ?? (known.has(name) ? used.has(name) : suggested),
    directionOf: ({ name, direction }) =>
      directions.get(name) ?? adopted?.parameters.directions.find((one) => one.name === name)?.direction ?? direction,
    tick: (name, isTicked) => {
      ticked.set(name, isTicked)
    },
    turn: (name, direction) => {
      directions.set(name, direction)
    },
    pointsOf: (name) => points.get(name) ?? 1,
    weigh: (name, count) => {
      points.set(name, count)
    },
    adopt: (analysis) => {
      adopted = analysis
      const { ownWeights, comparison, parameters } = analysis
      choices.isWeighted = (ownWeights ?? null) !== null
      for (const { name, weight } of ownWeights?.weights ?? []) points.set(name, percentOf(weight))
      choices.compareWith = comparison?.column ?? null
      choices.allowCopies = parameters.allowCopies === true
      used = new Set(analysis.parameters.indicators)
      known = new Set([...used, ...analysis.leftOut.map(({ name }) => name)])
      choices.mode = analysis.mode
    },
    forget: () => {
      ticked.clear()
      directions.clear()
      points.clear()
      adopted = null
      known = used = new Set()
      choices.mode = 'standard'
      choices.isWeighted = false
      choices.compareWith = null
      choices.allowCopies = false
    },
  }
  return choices
}

/** A weight as a percentage, without the digits that binary adds. */
function percentOf(weight: number): number {
  return Number((100 * weight).toFixed(2))
}

/** The columns that are chosen, with what is still missing. */
export interface Chosen {
  readonly choice: Choice
  /** Ticked columns of which it is not known whether more means more risk. */
  readonly undirected: readonly string[]
  /** Whether the person's weights cannot be used, because one of them is 0 or missing. */
  readonly isUnweighted: boolean
  readonly isReady: boolean
}

export function chosenOf(columns: readonly Column[], choices: Choices): Chosen {
  const ticked = columns.filter((column) => column.indicator && choices.isTicked(column))
  const undirected = ticked.filter((column) => choices.directionOf(column) === null).map(({ name }) => name)
  const directions = ticked.flatMap((column): [string, Direction][] => {
    const direction = choices.directionOf(column)
    return direction === null ? [] : [[column.name, direction]]
  })
  const indicators = ticked.map(({ name }) => name)
  const isWeighted = choices.isWeighted && choices.mode === 'standard'
  const weights = isWeighted ? weightsOf(indicators.map(choices.pointsOf)) : null
  const isUnweighted = isWeighted && weights === null
  const { compareWith } = choices
  return {
    choice: {
      indicators,
      directions: Object.fromEntries(directions),
      mode: choices.mode,
      ...(weights !== null && { weights: Object.fromEntries(indicators.map((name, at) => [name, weights[at] ?? 0])) }),
      ...(compareWith !== null && !indicators.includes(compareWith) && { compareWith }),
      ...(choices.allowCopies && { allowCopies: true }),
    },
    undirected,
    isUnweighted,
    isReady: undirected.length === 0 && !isUnweighted && ticked.length >= LEAST && ticked.length <= MOST,
  }
}

/**
 * In what a choice differs from what a ranking was made with: names with a sign in front, and what else in the words
 * that are given.
 */
export function differencesFrom(
  { parameters, mode, ownWeights, comparison }: Analysis,
  choice: Choice,
  text: { readonly weights: string; readonly compareWith: string; readonly copies: string },
): readonly string[] {
  const weightOf = new Map(ownWeights?.weights.map(({ name, weight }) => [name, weight]))
  const given = Object.entries(choice.weights ?? {})
  const isWeighed = given.length !== weightOf.size || given.some(([name, weight]) => weightOf.get(name) !== weight)
  const before = new Map(parameters.directions.map(({ name, direction }) => [name, direction]))
  return [
    ...choice.indicators.filter((name) => !parameters.indicators.includes(name)).map((name) => `+ ${name}`),
    ...parameters.indicators.filter((name) => !choice.indicators.includes(name)).map((name) => `− ${name}`),
    ...choice.indicators
      .filter((name) => before.has(name) && before.get(name) !== choice.directions[name])
      .map((name) => `⇅ ${name}`),
    ...(mode === choice.mode ? [] : [choice.mode]),
    ...(isWeighed ? [text.weights] : []),
    ...((comparison?.column ?? null) === (choice.compareWith ?? null) ? [] : [text.compareWith]),
    ...((parameters.allowCopies ?? false) === (choice.allowCopies ?? false) ? [] : [text.copies]),
  ]
}

/** The columns in the groups in which they are shown. */
export interface Grouped {
  readonly suggested: readonly Column[]
  readonly others: readonly Column[]
  /** Columns that repeat another, by the column that they repeat. */
  readonly copies: ReadonlyMap<string, readonly Column[]>
}

/** How the service says that a column repeats another. */
const REPEATS = /^it repeats the values of "(.+)"/s

export function groupColumns(columns: readonly Column[]): Grouped {
  const candidates = columns.filter(({ indicator }) => indicator)
  const copies = new Map<string, Column[]>()
  for (const column of candidates) {
    const original = REPEATS.exec(column.why)?.[1]
    if (original === undefined || column.suggested) continue
    copies.set(original, [...(copies.get(original) ?? []), column])
  }
  const isCopy = (column: Column): boolean => [...copies.values()].some((group) => group.includes(column))
  return {
    suggested: candidates.filter(({ suggested }) => suggested),
    others: candidates.filter((column) => !column.suggested && !isCopy(column)),
    copies,
  }
}
