import type { ToolCall } from '../../tools.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Bound } from './bind.ts'
import { query } from './common.ts'
import { field, outlineColumn } from './draft.ts'
import type { Asking } from './draft.ts'

/** Wards that are named, beside the mean of all wards, beside that of their LGA, or beside each other. */
export function wardsBeside(asking: Asking, bound: Bound): readonly ToolCall[] | Meaning | null {
  return (
    askWhichKind(asking) ??
    besideLga(asking, bound) ??
    besideMean(asking) ??
    besideState(asking, bound) ??
    besideEachOther(asking, bound) ??
    besideOne(asking, bound)
  )
}

/** Where LGAs have the same names as the wards that are compared: which of the two is meant. */
function askWhichKind({ draft, dataset, tokens, reading }: Asking): Meaning | null {
  const named = tokens.filter((token) => token.kind === 'ward')
  const areBoth = named.every(
    ({ wards, to }) => wards.every((ward) => dataset.lgas.includes(ward)) && reading.words[to + 1]?.text !== 'ward',
  )
  if (!draft.isVersus || named.length < 2 || !areBoth) return null
  const withNoun = (noun: string): string =>
    named.toReversed().reduce((message, { to }) => {
      const end = reading.words[to]?.end ?? message.length
      return `${message.slice(0, end)} ${noun}${message.slice(end)}`
    }, reading.message)
  return ask('These are names of wards and of LGAs. Which do you mean?', [withNoun('LGA'), withNoun('ward')])
}

/** `Which wards are wetter than Gwale` asks for all wards beside one, which no query does. */
function besideOne({ draft }: Asking, { columns }: Bound): Meaning | null {
  const [ward = '', another] = draft.wards
  const [column] = columns
  if (!draft.isVersus || another !== undefined || column === undefined || !draft.subjects.has('wards')) return null
  return ask(
    `I can compare wards that are named, and wards with a number, but not all wards with ${ward}. Ask for its ` +
      `${column.column} first, and then for the wards above it.`,
    [`What is the ${column.column} of ${ward}?`],
  )
}

/** `Is the TPR of Gwale above its LGA average`: the ward's own value and the mean of its LGA. */
function besideLga(asking: Asking, { columns, measures, orders }: Bound): readonly ToolCall[] | Meaning | null {
  const { draft, dataset } = asking
  const relative = draft.relative.filter(({ by }) => by !== undefined)
  if ((!draft.isBesideLga && relative.length === 0) || draft.where.length + orders.length > 0) return null
  if (relative.length < draft.relative.length || relative.some(({ figure }) => figure === 'median')) return null
  const named = [
    ...relative.map(({ column }) => column),
    ...columns.map(({ column }) => column),
    ...measures.flatMap(({ column = [] }) => column),
  ]
  if (named.length === 0)
    return ask(
      'Of which column?',
      dataset.columns
        .filter(({ hasNumbers, suggested }) => hasNumbers && suggested)
        .slice(0, 4)
        .map(({ name }) => `Is the ${name} of ${draft.wards[0] ?? ''} above its LGA average?`),
    )
  if (named.some((column) => outlineColumn(asking, column)?.hasNumbers !== true)) return null
  return [{ tool: 'ward_values', input: { wards: [...draft.wards], columns: [...new Set(named)], beside: 'lga' } }]
}

/** A ward's own value beside the mean or the median of all wards. */
function besideMean({ draft }: Asking): readonly ToolCall[] | null {
  const { relative, where, wards } = draft
  if (relative.length === 0 || where.length > 0) return null
  const columns = [...new Set(relative.map(({ column }) => column))]
  return [
    { tool: 'ward_values', input: { wards: [...wards], columns } },
    query({ measures: relative.map(({ column, figure }) => ({ measure: figure, column })) }),
  ]
}

/** `TPR of Gwale compared to the state`: the ward's own value and the mean of all wards. */
function besideState(asking: Asking, { columns, measures, orders }: Bound): readonly ToolCall[] | Meaning | null {
  const { draft, dataset } = asking
  const { wards, where, relative, subjects } = draft
  if (!draft.isVersus || !subjects.has('states') || where.length + relative.length + orders.length > 0) return null
  const named = [...new Set([...columns.map(({ column }) => column), ...measures.flatMap(({ column = [] }) => column)])]
  if (measures.some(({ measure }) => measure !== 'mean')) return null
  if (named.length === 0)
    return ask(
      'Which column shall I compare with the mean of all wards?',
      dataset.columns
        .filter(({ hasNumbers, suggested }) => hasNumbers && suggested)
        .slice(0, 4)
        .map(({ name }) => `${name} of ${wards[0] ?? ''} compared to the state`),
    )
  if (named.some((column) => outlineColumn(asking, column)?.hasNumbers !== true)) return null
  return [
    { tool: 'ward_values', input: { wards: [...wards], columns: named } },
    query({ measures: named.map((column) => ({ measure: 'mean', column })) }),
  ]
}

/** `Does Gwale have more people than Dala?`: the values of the wards that are compared. */
function besideEachOther(asking: Asking, { columns, measures, orders }: Bound): readonly ToolCall[] | null {
  const { draft } = asking
  const isOther = draft.where.length + draft.relative.length + measures.length + orders.length > 0
  if (!draft.isVersus || draft.wards.length < 2 || columns.length === 0 || isOther) return null
  const named = columns.map(({ column }) => column)
  // What a plan or a ranking gives stands in no file.
  if (named.some((column) => outlineColumn(asking, column) === undefined)) {
    const ward = field(asking, 'ward')
    return [query({ where: [{ column: ward, op: 'in', value: [...draft.wards] }], select: [ward, ...new Set(named)] })]
  }
  return [{ tool: 'ward_values', input: { wards: [...draft.wards], columns: [...new Set(named)] } }]
}
