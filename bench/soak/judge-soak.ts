import type { LeftBehind } from './left-behind.ts'
import { MEASURES, type Measure } from './levels.ts'
import type { Round, SoakRun } from './soak.ts'

const MIB = 2 ** 20

/**
 * How much each measure may grow over the rounds that are judged. Memory breathes by this much in a task that keeps
 * nothing; connections to the object store open and close.
 */
export const MOST_GROWTH = {
  heap: 4 * MIB,
  'outside the heap': 8 * MIB,
  'resident memory': 48 * MIB,
  descriptors: 12,
  threads: 2,
} as const satisfies Record<Measure, number>

/** Code is still being compiled and caches of the runtime fill during this share of the rounds. */
const WARM_UP_SHARE = 1 / 3
/** With fewer rounds a slope says nothing. */
const LEAST_JUDGED = 4

export interface Growth {
  readonly task: number
  readonly measure: Measure
  /** From the first judged round to the last, by the line through them. */
  readonly growth: number
  readonly isLevel: boolean
}

/** What keeps a run from passing; nothing when it passes. */
export function faultsOf(run: SoakRun): string[] {
  const { rounds, failures } = run
  const last = rounds.at(-1)
  const growths = growthsOf(run)
  return [
    ...failures,
    ...(last === undefined ? ['no round was made'] : leftIn(last.left)),
    ...(growths.length === 0 ? [`${String(rounds.length)} rounds are too few to judge growth`] : []),
    ...growths
      .filter(({ isLevel }) => !isLevel)
      .map(
        ({ task, measure, growth }) =>
          `task ${String(task + 1)}: ${measure} grew by ${amountOf(measure, growth)}, ` +
          `more than ${amountOf(measure, MOST_GROWTH[measure])}`,
      ),
  ]
}

/** The growth of each measure of each task, once it is warm; none when there are too few rounds. */
export function growthsOf({ rounds }: Pick<SoakRun, 'rounds'>): Growth[] {
  const judged = judgedOf(rounds)
  if (judged.length < LEAST_JUDGED) return []
  const [{ levels: tasks }] = judged as [Round]
  return tasks.flatMap((_, task) =>
    MEASURES.map((measure) => {
      const growth = (judged.length - 1) * slopeOf(judged.map(({ levels }) => levels[task]?.[measure] ?? NaN))
      return { task, measure, growth, isLevel: growth <= MOST_GROWTH[measure] }
    }),
  )
}

/** Journeys of a task within the rounds that are judged: a leak of more than the bound by these is seen. */
export function judgedJourneys({ rounds }: Pick<SoakRun, 'rounds'>): number {
  const judged = judgedOf(rounds)
  const tasks = judged[0]?.levels.length ?? 1
  return ((judged.at(-1)?.journeys ?? 0) - (judged[0]?.journeys ?? 0)) / tasks
}

function judgedOf(rounds: readonly Round[]): readonly Round[] {
  return rounds.slice(Math.floor(rounds.length * WARM_UP_SHARE))
}

function leftIn(left: LeftBehind): string[] {
  return Object.entries(left)
    .filter(([, count]) => count !== 0)
    .map(([name, count]) => `left behind, ${name}: ${String(count)}`)
}

/**
 * The slope by Theil and Sen, the median of the slopes of all pairs: one round that a collection missed does not count.
 */
function slopeOf(values: readonly number[]): number {
  const slopes = values.flatMap((one, at) =>
    values.slice(at + 1).map((other, further) => (other - one) / (further + 1)),
  )
  const sorted = slopes.sort((one, other) => one - other)
  const middle = sorted.length >> 1
  return sorted.length % 2 === 1 ? (sorted[middle] ?? NaN) : ((sorted[middle - 1] ?? NaN) + (sorted[middle] ?? NaN)) / 2
}

/** MiB of memory, or a number. */
export function amountOf(measure: Measure, amount: number): string {
  return ['descriptors', 'threads'].includes(measure) ? amount.toFixed(1) : `${(amount / MIB).toFixed(1)} MiB`
}
