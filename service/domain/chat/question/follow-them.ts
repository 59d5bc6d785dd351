import type { Condition, WardQuery } from '../../query/ward-query.ts'
import type { ListCall, Remembered } from '../remembered.ts'
import { TOOLS } from '../tools.ts'
import type { InputOf } from '../tools.ts'
import { withColumn } from './follow-shown.ts'
import { askAnew, query, queryOf, setOf } from './list-query.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const MOST_PLACES = 20
const FIGURED = pattern(
  String.raw`\b(?:average|mean|median|total|sum|altogether|how many|which|highest|lowest|most|least|`,
  String.raw`biggest|largest|greatest|smallest|fewest|who|maximum|minimum|standard|share|percent|`,
  String.raw`percentage|over|above|below|under|less|more|fewer|correlation|count|top|together)\b`,
)

/** What is asked of "them": read without that word, and of the wards of the list alone. */
export function askedOfThem(
  reading: Reading,
  remembered: Remembered,
  list: ListCall,
  understand: (message: string) => Meaning,
): Meaning | null {
  if (!FIGURED.test(reading.plain)) {
    const shown = withColumn(reading, remembered, list)
    if (shown !== null) return shown
  }
  const where = setOf(list, remembered)
  if (where === null) return askAnew()
  const meaning = understand(withoutThem(reading.message))
  if (meaning.kind !== 'call') return meaning.kind === 'clarify' ? meaning : null
  const narrowed = within(meaning.call, where, remembered)
  if (narrowed !== null || isOfTexts(meaning.call.tool)) return narrowed
  return ask('I can do that for all wards, and not for those alone. For all of them?', [
    meaning.call.tool === 'show_map' ? TOOLS.show_map.example : withoutThem(reading.message),
  ])
}

function withoutThem(message: string): string {
  return message
    .replace(/\b(?:of|among|amongst|in|from|for) (?:them|these|those)(?: wards)?\b/gi, 'wards')
    .replace(/\b(?:these|those) wards\b/gi, 'wards')
    .replace(/\bwhich one(s?)\b/gi, 'which ward$1')
    .replace(/\b(live|lives|living|dey) there\b/gi, '$1 in wards')
    .replace(/\btheir\b/gi, 'the')
    .replace(/\b(?:do|are) they\b/gi, (words) => words.replace(/they/i, 'wards'))
    .replace(/\b(?:them|they|these|those)\b/gi, 'wards')
    .replace(/\bwards wards\b/gi, 'wards')
}

type Asked = Extract<Meaning, { kind: 'call' }>['call']

/** Whether a tool says nothing of single wards. */
function isOfTexts(tool: Asked['tool']): boolean {
  return ['explain_method', 'answer_knowledge', 'describe_data', 'check_quality'].includes(tool)
}

/** A call about all wards as the same about the wards that satisfy these conditions. */
export function within(asked: Asked, where: readonly Condition[], { shown }: Remembered): Meaning | null {
  if (asked.tool === 'query_wards') return query({ ...asked.input, where: [...where, ...(asked.input.where ?? [])] })
  if (asked.tool === 'draw_chart')
    return call({ tool: 'draw_chart', input: { ...asked.input, where: [...where, ...(asked.input.where ?? [])] } })
  if (asked.tool === 'rank_wards') {
    const own = queryOf({ tool: 'rank_wards', input: asked.input })
    return query({ ...own, where: [...where, ...(own.where ?? [])] })
  }
  if (asked.tool === 'describe_variable') return query(described(asked.input, where))
  if (asked.tool === 'count_nets_needed' || asked.tool === 'plan_facts') {
    const wards = [...shown]
    if (wards.length === 0 || wards.length > MOST_PLACES) return null
    return asked.tool === 'plan_facts'
      ? call({ tool: 'plan_facts', input: { about: 'places', wards } })
      : call({ tool: 'count_nets_needed', input: { ...asked.input, wards } })
  }
  return null
}

function described({ variable }: InputOf<'describe_variable'>, where: readonly Condition[]): WardQuery {
  return {
    where: [...where],
    measures: (['mean', 'median', 'min', 'max', 'count'] as const).map((measure) => ({ measure, column: variable })),
  }
}
