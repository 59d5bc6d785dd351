import { Fault } from '../fault.ts'
import type { FaultDetail } from '../fault.ts'
import { listed } from '../fault-list.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { PlanCondition } from './plan-options.ts'

/** What the conditions of a plan can be about, with the words for it. */
const SCOPE_FIELDS = { lga: 'LGA', ward: 'ward', wardCode: 'ward code', tier: 'tier' } as const
type ScopeField = keyof typeof SCOPE_FIELDS

/**
 * Which wards a plan is for: those that satisfy all conditions, in the order of the basis. Tiers are those of the
 * composite ranking. A ward without an LGA or a code satisfies no condition on it.
 * @throws Fault `invalid-input` with a pointer to each condition that names something that the data do not have
 */
export function wardsInScope({ wards }: PlanBasis, where: readonly PlanCondition[]): readonly boolean[] {
  const valueOf = (at: number, field: ScopeField): string | null => {
    const { wardName = null, wardCode = null, lga = null, tier = null } = wards[at] ?? {}
    return { ward: wardName, wardCode, lga, tier }[field]
  }
  const conditions = where.map(({ column, op, value }) => ({
    column,
    isIn: op === 'in',
    names: new Set(value.map(fold)),
  }))
  const errors = where.flatMap(({ column, value }, at): FaultDetail[] => {
    const known = new Set(wards.map((_, ward) => fold(valueOf(ward, column) ?? '')))
    const strange = value.filter((name) => !known.has(fold(name)))
    if (strange.length === 0) return []
    return [
      { detail: `no ward has the ${SCOPE_FIELDS[column]} ${listed(strange)}`, pointer: `/where/${String(at)}/value` },
    ]
  })
  if (errors.length > 0) throw new Fault('invalid-input', 'Cannot make this plan', { errors })
  return wards.map((_, at) =>
    conditions.every(({ column, isIn, names }) => {
      const own = valueOf(at, column)
      return own !== null && names.has(fold(own)) === isIn
    }),
  )
}

/** The conditions of a plan in words, to stand after "wards". */
export function scopeWords(where: readonly PlanCondition[]): string {
  return where
    .map(({ column, op, value }) => `whose ${SCOPE_FIELDS[column]} is ${op === 'in' ? '' : 'not '}${anyOf(value)}`)
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
