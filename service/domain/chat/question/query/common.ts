import { measureName } from '../../../query/measure-name.ts'
import type { Condition, Measure, WardQuery } from '../../../query/ward-query.ts'
import type { CallOf } from '../../tools.ts'
import { ask, replaced } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import { queryOf } from './bind.ts'
import type { Bound } from './bind.ts'
import { isTag } from './draft.ts'
import type { Asking, Relative, Wanted } from './draft.ts'

export function query(input: WardQuery): CallOf<'query_wards'> {
  return { tool: 'query_wards', input: queryOf(input) }
}

export function conditionsOf({ draft }: Asking): Condition[] {
  const found = [...draft.where, ...draft.relative.map(conditionOf)]
  return [...new Map(found.map((condition) => [JSON.stringify(condition), condition])).values()]
}

/** A comparison with a mean or a median as a condition of a query. */
export function conditionOf({ column, op, figure, by, times }: Relative): Condition {
  return { column, op, value: { figure, ...(by !== undefined && { by }), ...(times !== undefined && { times }) } }
}

export function whereOf(asking: Asking): { where?: Condition[] } {
  const where = conditionsOf(asking)
  return where.length === 0 ? {} : { where }
}

/** People are added up, and other columns averaged. */
export function usualMeasure({ column, isPeople }: Extract<Wanted, { kind: 'column' }>): Measure {
  const sums = isPeople || ['need', 'nets', 'covered'].some((name) => column === name || column === `@${name}`)
  return { measure: sums ? 'sum' : 'mean', column }
}

export function distinct(measures: readonly Measure[]): Measure[] {
  return [...new Map(measures.map((measure) => [measureName(measure), measure])).values()]
}

/** Asks for the end of an order: whether much of a column is bad is not for the rules to say. */
export function askDirection(asking: Asking, column: string): Meaning {
  const place = asking.tokens.findIndex((_, at) => isTag(asking, at, 'worst', 'best'))
  const { from = 0, to = 0 } = asking.tokens[place] ?? {}
  return ask(
    `The highest ${column}, or the lowest?`,
    ['highest', 'lowest'].map((end) => replaced(asking.reading, from, to, end)),
  )
}

export function askForLgas(): Meaning {
  return ask(
    'The data do not say in which LGA a ward lies, so nothing can be told by LGA: the ward table has no column of LGA names, ' +
      'and codes in a boundary file are no names. Add a column "LGA" to the ward table and upload it again.',
    ['Describe my data'],
  )
}

export function askOneOrder({ orders }: Bound): Meaning {
  return ask(
    'I can put the wards in one order at a time. Which one?',
    orders.flatMap(({ by, direction }) =>
      by === null || by === 'risk'
        ? [`Show the wards at ${direction === 'ascending' ? 'lowest' : 'highest'} risk`]
        : [`Which wards have the ${direction === 'ascending' ? 'lowest' : 'highest'} ${by}?`],
    ),
  )
}
