import type { NumberCondition, PlaceCondition, PlanCondition } from '../../plan/plan-conditions.ts'
import type { Condition } from '../../query/ward-query.ts'
import type { Outline } from '../outline.ts'
import { conditionsOf } from './query/common.ts'
import { readDraft } from './query/read-draft.ts'
import { readQuestion } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

/** The conditions of a plan that were found, and the message without the words that say them. */
export interface FoundScope {
  readonly where: readonly PlanCondition[]
  readonly rest: string
}

const LINK = String.raw`(?:[,;] ?)?(?:and )?\b(?:(?:only )?(?:for|to|in|among|across) )?(?:only |just )?(?:all )?(?:the )?`
const HAVING = pattern(
  LINK,
  String.raw`((?:(?:rural|urban|high|medium|low)(?: risk)? )?wards (?:with|where|whose|that have|having`,
  String.raw`|which have|wey get) `,
  String.raw`[^;?!]{3,300})$`,
)
const FIRST = pattern(LINK, String.raw`((?:top|first|riskiest|worst) \d{1,4}|\d{1,4} (?:riskiest|worst)) wards\b`)
const PLACES: Readonly<Record<string, PlaceCondition['column']>> = {
  lga: 'lga',
  ward: 'ward',
  wardCode: 'wardCode',
  tier: 'tier',
} as const

/**
 * Takes the conditions that say which wards a plan is for out of a message: `for wards with TPR above 45`, `for the top
 * 20 wards`. Null if there are none that compare numbers.
 */
export function scopeIn({ message, names }: Reading, outline: Outline): FoundScope | Meaning | null {
  const first = new RegExp(FIRST.source, 'i').exec(message)
  if (first !== null) {
    const count = Number(/\d+/.exec(first[1] ?? '')?.[0])
    return { where: [{ column: 'rank', op: '<=', value: count }], rest: message.replace(first[0], ' ').trim() }
  }
  const having = new RegExp(HAVING.source, 'i').exec(message)
  const [said = '', clause = ''] = having ?? []
  const read = having === null ? null : readDraft(readQuestion(clause, names), outline)
  if (read === null) return null
  const { draft } = read.asking
  if (draft.question !== null) return draft.question
  const isOther =
    read.unused.length > 0 ||
    draft.limit !== null ||
    draft.wards.length + draft.wanted.length + draft.groups.length + draft.charts.length > 0
  const conditions = conditionsOf(read.asking)
  const where = isOther || conditions.length === 0 ? [] : conditions.map(planCondition)
  if (where.length === 0 || where.includes(null))
    return ask(
      `I am not sure which wards "${clause.trim()}" means for a plan. A plan can be for wards by LGA, name or tier, and ` +
        'by the numbers of a column.',
    )
  return { where: where.filter((each) => each !== null), rest: message.replace(said, ' ').trim() }
}

/** A condition of a query as one of a plan; null if a plan takes none such. */
function planCondition(condition: Condition): PlanCondition | null {
  const { column, op, value, or, of } = condition
  const place = PLACES[column.replace('@', '')]
  if (of !== undefined) return null
  if (place !== undefined) {
    const names = (Array.isArray(value) ? value : [value]).filter((each) => typeof each === 'string')
    const isIn = op === '=' || op === 'in'
    const isOut = op === '!=' || op === 'not in'
    return or === undefined && names.length > 0 && (isIn || isOut)
      ? { column: place, op: isIn ? 'in' : 'not in', value: names }
      : null
  }
  const parts = [condition, ...(or ?? [])]
  const isOfNumbers = parts.every(
    (part) => part.of === undefined && part.op !== 'contains' && isNumeric(part.value) && !part.column?.startsWith('@'),
  )
  return isOfNumbers ? (condition as NumberCondition) : null
}

function isNumeric(value: Condition['value']): boolean {
  if (value === undefined || typeof value === 'number') return true
  if (Array.isArray(value)) return value.every((each) => typeof each === 'number')
  return typeof value === 'object' && value.by === undefined
}
