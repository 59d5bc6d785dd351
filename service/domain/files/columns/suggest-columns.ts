import { quoted } from '../../quoted.ts'
import { PLAN_KINDS } from '../column-kinds.ts'
import type { PlanKind } from '../column-kinds.ts'
import { directionRule } from '../directions.ts'
import type { Direction, WardColumn, WardTable } from '../ward-table.ts'
import { copiesOf, copyReason } from './copies.ts'
import type { DirectionRule } from './direction-words.ts'
import { DIRECTION_RULES } from './direction-words.ts'
import { planKinds } from './plan-kinds.ts'
import { namesOverTime } from './names-over-time.ts'
import { sizeOf } from './sizes.ts'

/** More indicators make more models than can be read; ten are also the most that an analysis takes. */
export const MOST_SUGGESTED = 10
/** With more gaps than values, most of the column would be made up. */
const MOST_MISSING = 0.5
const OVER_TIME = 'it repeats a part of the reports of another column, or how they change'

/** Whether a column is suggested to rank wards by, which way it points, and why. */
export interface ColumnAdvice {
  readonly suggested: boolean
  /** Null if its name does not say, and for columns that are no candidates. */
  readonly direction: Direction | null
  /** Why it is suggested and points this way, or why it is not suggested. */
  readonly why: string
  /** What a net plan takes the column for. */
  readonly kind: PlanKind | null
  /** The column that it repeats. */
  readonly copyOf: string | null
}

/** A candidate, and why it is not suggested whatever the others are; null if it can be. */
interface Candidate {
  readonly column: WardColumn
  readonly rule: DirectionRule | null
  readonly against: string | null
}

/**
 * Says of each column, by its name, whether wards are ranked by it when nobody names the indicators. At most ten are:
 * candidates whose direction is known, in the order of `DIRECTION_RULES`, one of each subject. Copies, sizes, counts,
 * columns with one value and columns with more gaps than values are not among them.
 */
export function suggestColumns(table: WardTable): ReadonlyMap<string, ColumnAdvice> {
  const kinds = planKinds(table)
  const overTime = namesOverTime(table)
  const candidates = table.columns.flatMap((column): Candidate[] => {
    if (!column.indicator) return []
    const rule = directionRule(column.name)
    const against = overTime.has(column.name)
      ? OVER_TIME
      : objectionTo(column, rule, kinds.get(column.name), table.rows)
    return [{ column, rule, against }]
  })
  const copies = copiesOf(candidates.toSorted(byWorth).map(({ column }) => column))
  const usable = candidates.filter(({ column, against }) => against === null && !copies.has(column.name))
  const chosen = chooseOf(usable)
  return new Map(
    table.columns.map((column): [string, ColumnAdvice] => {
      const candidate = candidates.find((one) => one.column === column)
      const kind = kinds.get(column.name) ?? null
      const copy = copies.get(column.name)
      if (candidate === undefined)
        return [
          column.name,
          { suggested: false, direction: null, why: column.reason ?? 'it is no candidate', kind, copyOf: null },
        ]
      const { rule, against } = candidate
      const suggested = chosen.has(column)
      const why = suggested
        ? (rule?.why ?? '')
        : ((kind === null && copy !== undefined ? copyReason(copy) : against) ?? passedOver(candidate, usable, chosen))
      return [column.name, { suggested, direction: rule?.direction ?? null, why, kind, copyOf: copy?.of ?? null }]
    }),
  )
}

function objectionTo(
  { name, numbers, missing }: WardColumn,
  rule: DirectionRule | null,
  kind: PlanKind | undefined,
  rows: number,
): string | null {
  if (kind !== undefined) return PLAN_KINDS[kind]
  const size = sizeOf(name, numbers, (rule?.direction ?? null) !== null)
  if (size !== null) return size
  if (isConstant(numbers)) return 'it has the same value in every ward that has one'
  if (missing > MOST_MISSING * rows) return 'more than half of its values are missing'
  if (rule === null) return 'its name does not say whether more of it means more risk'
  return rule.direction === null ? `it is not known which way it points: ${rule.why}` : null
}

/**
 * Which of several copies is kept: one that a plan uses, then one that can be suggested, then the one with the fewest
 * gaps, then the first of the file.
 */
function byWorth(one: Candidate, other: Candidate): number {
  const isPlanned = ({ against }: Candidate): boolean => Object.values<string | null>(PLAN_KINDS).includes(against)
  const order = (candidate: Candidate): number => (isPlanned(candidate) ? 0 : candidate.against === null ? 1 : 2)
  return order(one) - order(other) || one.column.missing - other.column.missing
}

function chooseOf(usable: readonly Candidate[]): ReadonlySet<WardColumn> {
  const inOrder = usable.toSorted((one, other) => placeOf(one) - placeOf(other))
  const subjects = new Set<string>()
  const chosen = new Set<WardColumn>()
  for (const { column, rule } of inOrder) {
    if (rule === null || chosen.size === MOST_SUGGESTED) continue
    if (rule.several !== true && subjects.has(rule.subject)) continue
    subjects.add(rule.subject)
    chosen.add(column)
  }
  return chosen
}

function placeOf({ rule }: Candidate): number {
  return DIRECTION_RULES.findIndex(({ subject }) => subject === rule?.subject)
}

function passedOver(candidate: Candidate, usable: readonly Candidate[], chosen: ReadonlySet<WardColumn>): string {
  const same = usable.find(({ column, rule }) => chosen.has(column) && rule?.subject === candidate.rule?.subject)
  return same !== undefined && candidate.rule?.several !== true
    ? `${quoted(same.column.name)} is of the same subject (${candidate.rule?.subject ?? ''})`
    : `${String(MOST_SUGGESTED)} others come first`
}

function isConstant(numbers: Float64Array | null): boolean {
  const first = numbers?.find((value) => !Number.isNaN(value))
  return first !== undefined && (numbers?.every((value) => Number.isNaN(value) || value === first) ?? false)
}
