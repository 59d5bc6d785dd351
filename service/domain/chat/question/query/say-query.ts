import { EXPORTS } from '../../../exports/kinds.ts'
import type { Condition, Measure, WardQuery } from '../../../query/ward-query.ts'
import { TOOLS } from '../../tools.ts'
import type { ToolCall } from '../../tools.ts'
import { topicOf } from '../account/subject.ts'

const OPS: Readonly<Record<string, string>> = {
  '>': 'over',
  '<': 'under',
  '>=': 'at least',
  '<=': 'at most',
  '=': 'equal to',
  '!=': 'not equal to',
} as const
const MEASURES: Readonly<Record<string, string>> = {
  sum: 'total',
  mean: 'average',
  median: 'median',
  min: 'minimum',
  max: 'maximum',
  sd: 'standard deviation of',
} as const

/** A message that asks for a call, to be offered as an option; null if there are no plain words for it. */
export function sayCall(call: ToolCall): string | null {
  if (call.tool === 'rank_wards') {
    const { order, count, lga, tier } = call.input
    if (tier !== undefined && count === undefined)
      return `List the ${tier} risk wards${lga === undefined ? '' : ` in ${lga} LGA`}`
    return `Show the ${count === undefined ? '' : `${String(count)} `}wards at ${order} risk${lga === undefined ? '' : ` in ${lga} LGA`}`
  }
  if (call.tool === 'summarise_lgas') return 'Summarise by LGA'
  if (call.tool === 'describe_variable') return `Describe ${call.input.variable}`
  return call.tool === 'query_wards' ? sayQuery(call.input) : sayOther(call)
}

/** What is asked for by few words: files, maps, data, wards, plans. */
function sayOther(call: ToolCall): string | null {
  switch (call.tool) {
    case 'export_result':
      return EXPORTS[call.input.kind].request
    case 'show_map':
      return call.input.variable === undefined ? TOOLS.show_map.example : `Show a map of ${call.input.variable}`
    case 'describe_data':
    case 'check_quality':
    case 'compare_rankings':
      return TOOLS[call.tool].example
    case 'explain_ward':
      return `Why is ${call.input.ward} ranked where it is?`
    case 'compare_wards':
      return `Compare ${call.input.wards.join(' and ')}`
    case 'ward_values':
      return `What is the ${call.input.columns?.join(' and ') ?? 'data'} of ${call.input.wards.join(' and ')}?`
    case 'plan_nets':
      return `Plan ${call.input.totalNets.toLocaleString('en')} nets`
    case 'explain_method':
    case 'answer_knowledge':
      return `Explain ${topicOf(call)?.names[0] ?? 'the method'}`
    default:
      return null
  }
}

function sayQuery({ where = [], groupBy = [], measures, orderBy = [], limit }: WardQuery): string | null {
  const conditions = where.map(sayCondition)
  if (conditions.includes(null)) return null
  const which = conditions.length === 0 ? '' : ` ${conditions.join(' and ')}`
  if (measures === undefined) {
    const [order] = orderBy
    const by =
      order === undefined || bare(order.by) === 'rank' || where.some(({ column }) => column === order.by)
        ? ''
        : ` with the ${order.direction === 'descending' ? 'highest' : 'lowest'} ${order.by}`
    const count = limit === undefined || limit === 500 ? '' : `${String(limit)} `
    return `List the ${count}wards${by}${which}`
  }
  const said = measures.map(sayMeasure)
  if (said.includes(null)) return null
  const by = groupBy.map((group) => ` by ${bare(group) === 'lga' ? 'LGA' : bare(group)}`).join('')
  const isCount = measures.length === 1 && measures[0]?.measure === 'count'
  const start = isCount ? 'How many wards' : `${said.join(' and ')}${which === '' ? '' : ' of the wards'}`
  return `${start.slice(0, 1).toUpperCase()}${start.slice(1)}${which}${by}`
}

function sayMeasure({ measure, column }: Measure): string | null {
  if (measure === 'count') return 'number of wards'
  const word = MEASURES[measure]
  return word === undefined || column === undefined ? null : `${word} ${bare(column)}`
}

function sayCondition({ column, op, value, or }: Condition): string | null {
  const name = bare(column)
  if (or !== undefined) return null
  if (op === 'missing') return `with missing ${name}`
  if (op === 'present') return `where ${name} is not missing`
  if (name === 'lga' || name === 'tier') {
    const names = Array.isArray(value) ? value.join(' or ') : typeof value === 'string' ? value : ''
    const isNot = op === '!=' || op === 'not in'
    return name === 'lga' ? `${isNot ? 'not ' : ''}in ${names} LGA` : `${isNot ? 'not ' : ''}in the ${names} tier`
  }
  if (typeof value === 'object' && !Array.isArray(value) && value.times !== undefined)
    return `with ${name} ${OPS[op] ?? ''} ${String(value.times)} times the ${value.figure}`
  if (typeof value === 'object' && !Array.isArray(value))
    return `with ${name} ${op === '>' ? 'above' : 'below'} ${value.figure === 'mean' ? 'average' : 'the median'}`
  if (op === 'between' && Array.isArray(value)) return `with ${name} between ${value.join(' and ')}`
  const word = OPS[op]
  return word === undefined || typeof value !== 'number' ? null : `with ${name} ${word} ${String(value)}`
}

function bare(name: string): string {
  return name.startsWith('@') ? name.slice(1) : name
}
