import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import type { AnalysisOptions, Mode, OwnWeights, Tier } from './analysis-result.ts'
import { roundScore } from './round-score.ts'

/** Weights such as 0.1 do not add up to exactly 1 in binary. */
const TOLERANCE = 1e-9
const SHOWN = 10

/** A place in the ranking. */
export interface Place {
  readonly rank: number
  readonly tier: Tier
}

/**
 * The weights that a person chose, in the order of the indicators; null if nobody chose any.
 * @throws Fault `invalid-input` with a pointer to each weight that is missing, unknown or not above 0, when they do not
 *   add up to 1, and in legacy mode, which has no weights
 */
export function weightsOf(
  { weights }: AnalysisOptions,
  indicators: readonly string[],
  mode: Mode,
): Float64Array | null {
  if (weights === undefined) return null
  if (mode === 'legacy') throw refused([{ said: say('legacy-without-weights', {}), pointer: '/weights' }])
  const given = new Map(Object.entries<number>(weights))
  const sum = [...given.values()].reduce((total, weight) => total + weight, 0)
  const errors: FaultDetail[] = [
    ...[...given].flatMap(([name, weight]) => {
      const pointer = `/weights/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`
      if (!indicators.includes(name)) return { said: say('not-of-indicators', { column: quoted(name) }), pointer }
      if (weight > 0 && Number.isFinite(weight)) return []
      return { said: say('weight-unfit', { column: quoted(name), weight: String(weight) }), pointer }
    }),
    ...indicators
      .filter((name) => !given.has(name))
      .map((name) => ({ said: say('without-weight', { column: quoted(name) }), pointer: '/weights' })),
    ...(Math.abs(sum - 1) <= TOLERANCE
      ? []
      : [{ said: say('weights-sum-unfit', { sum: String(Number(sum.toFixed(9))) }), pointer: '/weights' }]),
  ]
  if (errors.length > 0) throw refused(errors)
  return Float64Array.from(indicators, (name) => given.get(name) ?? NaN)
}

function refused(errors: readonly FaultDetail[]): Fault {
  return new Fault('invalid-input', say('cannot-rank-by-weights', {}), { errors: [...errors] })
}

/** Each ward's weighted mean of its normalised indicators, rounded as scores are. */
export function weightedScores(normalised: readonly Float64Array[], weights: Float64Array, mode: Mode): Float64Array {
  return Float64Array.from(normalised[0] ?? [], (_, ward) =>
    roundScore(
      normalised.reduce((sum, values, place) => sum + (weights[place] ?? NaN) * (values[ward] ?? NaN), 0),
      mode,
    ),
  )
}

/**
 * What a person's weights change of the ranking by the method.
 * @param own the places by the weights, by row
 * @param method the places by the method
 */
export function ownWeights(
  weights: Float64Array,
  names: readonly string[],
  labels: readonly string[],
  own: readonly Place[],
  method: readonly Place[],
): OwnWeights {
  const isHigh = (places: readonly Place[], row: number): boolean => places[row]?.tier === 'High'
  return {
    weights: names.map((name, place) => ({ name, weight: weights[place] ?? NaN })),
    movedWards: own.filter(({ rank }, row) => rank !== method[row]?.rank).length,
    entersHigh: labels.filter((_, row) => isHigh(own, row) && !isHigh(method, row)),
    leavesHigh: labels.filter((_, row) => !isHigh(own, row) && isHigh(method, row)),
  }
}

/** What has to be known of a ranking by a person's weights. */
export function weightCaveats(changed: OwnWeights | null, wards: number): string[] {
  if (changed === null) return []
  const { weights, movedWards, entersHigh, leavesHigh } = changed
  const told = weights.map(({ name, weight }) => `${name} ${String(weight)}`).join(', ')
  return [
    `The ranking uses weights that a person chose (${told}), where the method takes all sets of indicators as equal: ` +
      `${String(movedWards)} of ${String(wards)} wards have another rank. ` +
      `Tier High gains ${listOrNone(entersHigh)} and loses ${listOrNone(leavesHigh)}.`,
  ]
}

function listOrNone(wards: readonly string[]): string {
  if (wards.length === 0) return 'no ward'
  const more = wards.length - SHOWN
  return wards.slice(0, SHOWN).join(', ') + (more > 0 ? ` and ${String(more)} more` : '')
}
