import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { listedNames, say } from '../said.ts'
import type { PlanBasis } from './plan-basis.ts'
import { comparedColumns, numbersOf, numberWords, readNumbers } from './number-conditions.ts'
import { isPlaceCondition } from './is-place-condition.ts'
import type { PlaceCondition, PlanCondition } from './plan-conditions.ts'

/** What the conditions of a plan can be about, with the words for it. */
const SCOPE_FIELDS = { lga: 'LGA', ward: 'ward', wardCode: 'ward code', tier: 'tier' } as const

/** A condition, ready to be asked of each ward by its place in the basis, and what is wrong with it. */
interface ReadCondition {
  readonly holds: (place: number) => boolean
  readonly errors: readonly FaultDetail[]
}

/**
 * Which wards a plan is for: those that satisfy all conditions, in the order of the basis. Tiers are those of the
 * composite ranking. A ward without an LGA or a code satisfies no condition on it; a missing number satisfies only
 * `missing`.
 * @throws Fault `invalid-input` with a pointer to each condition that names something that the data do not have
 */
export function wardsInScope(basis: PlanBasis, where: readonly PlanCondition[]): readonly boolean[] {
  const conditions = where.map((condition, at) => {
    const pointer = `/where/${String(at)}`
    return isPlaceCondition(condition) ? readPlaces(basis, condition, pointer) : readNumbers(basis, condition, pointer)
  })
  const errors = conditions.flatMap((condition) => condition.errors)
  if (errors.length > 0) throw new Fault('invalid-input', say('cannot-make-plan', {}), { errors })
  return basis.wards.map((_, place) => conditions.every(({ holds }) => holds(place)))
}

function readPlaces(
  { wards }: Pick<PlanBasis, 'wards'>,
  { column, op, value }: PlaceCondition,
  pointer: string,
): ReadCondition {
  const valueOf = (place: number): string | null => {
    const { wardName = null, wardCode = null, lga = null, tier = null } = wards[place] ?? {}
    return { ward: wardName, wardCode, lga, tier }[column]
  }
  const known = new Set(wards.map((_, place) => fold(valueOf(place) ?? '')))
  const strange = value.filter((name) => !known.has(fold(name)))
  const names = new Set(value.map(fold))
  return {
    holds: (place) => {
      const own = valueOf(place)
      return own !== null && names.has(fold(own)) === (op === 'in')
    },
    errors:
      strange.length === 0
        ? []
        : [
            {
              said: say('no-ward-has', { field: SCOPE_FIELDS[column], ...listedNames(strange) }),
              pointer: `${pointer}/value`,
            },
          ],
  }
}

/** What a ward has in the columns that the conditions compare; null where it is missing. */
export type ComparedNumbers = Readonly<Record<string, number | null>>

/**
 * The numbers that conditions compare, by ward, so that a reader of the plan can check which wards are in it. Null if
 * no condition is on numbers.
 */
export function comparedNumbers(
  basis: PlanBasis,
  where: readonly PlanCondition[],
): ((place: number) => ComparedNumbers) | null {
  const names = [
    ...new Set(where.flatMap((condition) => (isPlaceCondition(condition) ? [] : comparedColumns(condition)))),
  ]
  if (names.length === 0) return null
  const columns = names.map((name) => [name, numbersOf(basis, name) ?? []] as const)
  return (place) =>
    Object.fromEntries(
      columns.map(([name, numbers]) => {
        const value = numbers[place] ?? NaN
        return [name, Number.isNaN(value) ? null : value]
      }),
    )
}

/** The conditions of a plan in words, to stand after "wards". */
export function scopeWords(where: readonly PlanCondition[]): string {
  return where
    .map((condition) => {
      if (!isPlaceCondition(condition)) return numberWords(condition)
      const { column, op, value } = condition
      return `whose ${SCOPE_FIELDS[column]} is ${op === 'in' ? '' : 'not '}${anyOf(value)}`
    })
    .join(' and ')
}

/** The reason is said of every ward outside, so that a long one would make the plan many times as large as its data. */
const LONGEST_SCOPE = 300

/** Why a ward outside of these conditions is left out. Long conditions are cut; the plan's rules have them whole. */
export function outsideReason(where: readonly PlanCondition[]): string {
  const words = scopeWords(where)
  return `the plan is only for wards ${words.length > LONGEST_SCOPE ? `${words.slice(0, LONGEST_SCOPE)}…` : words}`
}

function anyOf(names: readonly string[]): string {
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1) ?? ''}` : names.join('')
}

function fold(value: string): string {
  return value.trim().toLowerCase()
}
