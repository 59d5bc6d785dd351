import type { ToolCall } from '../../tools.ts'
import { quoted } from '../../../quoted.ts'
import { ask } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import { askBesideCounts } from './beside-counts.ts'
import { bind } from './bind.ts'
import type { Bound } from './bind.ts'
import { chartOf } from './chart-of.ts'
import { askAboutClaim, settleClaim, withClaim } from './claims.ts'
import { askForLgas, askOneOrder, conditionsOf, query } from './common.ts'
import { besideAll, comparisonOf, orderedChoice, correlationOf, isChoice, shareOf } from './compared.ts'
import { field, isTag, outlineColumn } from './draft.ts'
import type { Asking } from './draft.ts'
import { figuresOf } from './figures-of.ts'
import { sayCall } from './say-query.ts'
import { settleTopShare } from './read-top-share.ts'
import { sortKeys } from './sort-keys.ts'
import { wardsBeside } from './wards-beside.ts'
import { leftBehind } from './left-behind.ts'
import { groupsOf, isAboutLgas } from './groups-of.ts'
import { lgasWithNone } from './lgas-with-none.ts'
import { eachGroup, listOf, sortedBy } from './list-of.ts'

/** How many tiers there are. */
const TIERS = 3

/** The calls that answer a question as far as it was read, a question back, or null if it asks for no figures. */
export function callsOf(asking: Asking): readonly ToolCall[] | Meaning | null {
  const { draft } = asking
  if (draft.question !== null) return draft.question
  const bound = bind(asking)
  settleClaim(asking, bound)
  const wrong = askAboutLgas(asking) ?? askAboutClaim(asking) ?? settleTopShare(asking)
  if (wrong !== null) return wrong
  const found = answered(asking, bound)
  if (!Array.isArray(found)) return found
  const calls = found as readonly ToolCall[]
  const lost = leftBehind(asking, bound, calls)
  return lost === null ? withClaim(asking, calls) : askAboutLost(lost, calls)
}

/** Asks about what was read and is not in the calls. The first option is what the calls answer. */
function askAboutLost(lost: string, [call, another]: readonly ToolCall[]): Meaning {
  const said = call === undefined || another !== undefined ? null : sayCall(call)
  return ask(
    `I am not sure how ${quoted(lost)} belongs to the rest, and I do not leave a part of a question out.` +
      `${said === null ? '' : ' I can answer the rest of it, as the first option says.'} ` +
      'Could you say it in another way?',
    said === null ? [] : [said],
  )
}

/** Where the data have no LGAs, nothing can be told by them. */
function askAboutLgas(asking: Asking): Meaning | null {
  const { draft, dataset, tokens } = asking
  // "Wards in Dala LGA": where no LGA is known, that name is a ward's.
  const isNamed = tokens.some(({ kind }, at) => kind === 'ward' && isTag(asking, at + 1, 'lgas'))
  const isByLga = draft.groups.includes(field(asking, 'lga')) || draft.relative.some(({ by }) => by !== undefined)
  return dataset.lgas.length === 0 && (isByLga || draft.isBesideLga || isNamed) ? askForLgas() : null
}

function answered(asking: Asking, bound: Bound): readonly ToolCall[] | Meaning | null {
  const { draft, dataset } = asking
  if (draft.hasNone || draft.hasOnly) return lgasWithNone(asking, bound)
  const beside = askBesideCounts(asking, bound)
  if (beside !== null) return beside
  const keys = sortKeys(asking, bound)
  if (keys !== null) return [sortedBy(asking, bound, keys)]
  const picked =
    askAboutPick(asking, bound) ??
    askAboutPremise(asking, bound) ??
    askAboutKeys(asking, bound) ??
    askOfWhichMean(asking, bound)
  if (picked !== null) return picked
  if (draft.texts.length > 0 && draft.charts.length === 0) {
    const isFigure =
      bound.measures.length + bound.orders.length + bound.columns.length > 0 || draft.isCount || draft.where.length > 0
    if (!isFigure) return null
    draft.groups.push(...draft.texts)
    if (bound.measures.length + bound.columns.length === 0) draft.isCount = true
  }
  groupWholeColumns(asking, bound)
  const isOfWards = draft.subjects.size + draft.where.length + draft.groups.length > 0
  if (bound.isSumOfNothing && draft.subjects.size === 0 && draft.where.length > 0) return askOfWhat(asking, 'total')
  if (bound.open !== null && !draft.isShare) return isOfWards ? askOfWhat(asking, bound.open) : null
  if (draft.charts.length > 0) return chartOf(asking, bound)
  if (draft.wards.length > 0) return wardsBeside(asking, bound)
  const ranked = rankOfLga(asking, bound)
  if (ranked !== null) return [ranked]
  if (draft.isBoth && bound.orders.length > 1) return askOneOrder(bound)
  if (draft.isCorrelation) return correlationOf(asking, bound)
  if (draft.isShare) return shareOf(asking, bound)
  const ordered = orderedChoice(asking, bound)
  if (ordered !== null) return ordered
  const all = besideAll(asking, bound)
  if (all !== null) return all
  const compared = draft.isVersus ? draft.where.find(isChoice) : undefined
  if (compared !== undefined) return comparisonOf(asking, bound, compared)
  const tier = field(asking, 'tier')
  // "Compare the tiers by average rainfall" asks for each of them.
  if (draft.isVersus && bound.measures.length + bound.columns.length > 0 && draft.where.length === 0) {
    if (draft.subjects.has('tiers')) draft.groups.push(tier)
    else if (draft.subjects.has('lgas') && dataset.lgas.length > 0) draft.groups.push(field(asking, 'lga'))
    if (draft.groups.length > 0) return groupsOf(asking, bound)
  }
  if (draft.isVersus) return null
  const areTiersAsked =
    (draft.subjects.has('tiers') && !draft.subjects.has('wards') && (draft.wanted.length > 0 || draft.isCount)) ||
    (draft.isCount && draft.areTiersJoined)
  if (draft.groups.length === 0 && areTiersAsked) draft.groups.push(tier)
  const counts = asking.tokens.filter((_, at) => isTag(asking, at, 'count')).length
  const isOfBoth = draft.subjects.has('wards') && draft.subjects.has('lgas') && conditionsOf(asking).length === 0
  // "Number of wards and number of LGAs" are two counts.
  if (counts > 1 && isOfBoth && draft.groups.length + bound.orders.length === 0)
    return [
      ...(bound.measures.length > 0 ? [query({ measures: [...bound.measures] })] : []),
      { tool: 'describe_data', input: {} },
    ]
  const isOfRisk = bound.orders.some(({ by, isSort }) => !isSort && (by === null || by === 'risk'))
  if (draft.groups.length > 1 && draft.subjects.has('wards') && isOfRisk && bound.measures.length === 0)
    return ask('I can list the first wards of each LGA or of each tier, and not of both together. Which?', [
      'Show the 2 riskiest wards of each LGA',
      'Show the 2 riskiest wards of each tier',
    ])
  if (eachGroup(asking, bound) !== null) {
    // "The second riskiest ward of each LGA" would pass over a row of the whole list.
    return draft.offset > 0
      ? ask('I can list the first wards of each group, and not those after them alone. Shall I list the first?', [
          ...(draft.subjects.has('wards') ? ['Show the 2 riskiest wards of each LGA'] : []),
        ])
      : listOf(asking, bound)
  }
  if (draft.groups.length > 0 || (draft.subjects.has('lgas') && isAboutLgas(asking, bound)))
    return groupsOf(asking, bound)
  const each = eachWard(asking, bound)
  if (each !== null) return [each]
  return isFragment(asking) ? null : (figuresOf(asking, bound) ?? listOf(asking, bound) ?? askWhichWards(asking))
}

/** `Population per ward in Dutsela`, `total population of each ward`: the values of the wards, and not their sum. */
function eachWard(asking: Asking, bound: Bound): ToolCall | null {
  const { draft } = asking
  const { columns, measures, orders } = bound
  const sums = measures.flatMap(({ measure, column = [] }) => (measure === 'sum' ? column : []))
  const shown = [...new Set([...columns.map(({ column }) => column), ...sums])]
  const isOther = orders.length > 0 || draft.isCount || draft.isShare || draft.isCorrelation || draft.isRange
  if (!draft.isEachWard || isOther || shown.length === 0 || sums.length < measures.length) return null
  return sortedBy(asking, { ...bound, columns: [] }, [], shown)
}

/** `Give me 15 wards`: by which order, the question does not say. */
function askWhichWards({ draft, dataset }: Asking): Meaning | null {
  const { limit, wanted, wards, groups, subjects } = draft
  if (limit === null || !subjects.has('wards') || wanted.length + wards.length + groups.length > 0) return null
  const people = dataset.columns.find(({ kind }) => kind === 'population')?.name
  return ask(`Which ${String(limit)} wards: those at highest risk, at lowest risk, or by a column?`, [
    `Show the ${String(limit)} wards at highest risk`,
    `Show the ${String(limit)} wards at lowest risk`,
    ...(people === undefined ? [] : [`Show the ${String(limit)} wards with the highest ${people}`]),
  ])
}

/** `Does Bakoro have the highest TPR?`: a list of the wards of Bakoro would not say so. */
function askAboutPremise({ draft, reading }: Asking, { orders }: Bound): Meaning | null {
  const [order] = orders
  const isAsked = /^(?:does|do|is|are|has|have)$/.test(reading.words[0]?.text ?? '')
  if (!isAsked || order === undefined || draft.limit !== null || draft.subjects.has('wards') || draft.isVersus)
    return null
  if (draft.where.length === 0) return null
  const by = order.by === null || order.by === 'risk' ? null : order.by
  return ask(
    'Compared with which others: the other LGAs, or the wards?',
    by === null ? ['Summarise by LGA', 'Show the top 10 wards'] : [`Average ${by} by LGA`, `Top 10 wards by ${by}`],
  )
}

/** `Average population of LGAs`: the mean of the totals of the LGAs is not that of their wards. */
function askOfWhichMean({ draft, dataset }: Asking, { measures }: Bound): Meaning | null {
  const [mean, another] = measures
  const people = dataset.columns.find(({ name }) => name === mean?.column)?.kind === 'population'
  const isOfLgas = draft.areLgasFirst && !draft.subjects.has('wards') && draft.groups.length === 0
  if (!people || mean?.measure !== 'mean' || another !== undefined || !isOfLgas || draft.where.length > 0) return null
  return ask(`The mean over the wards of each LGA, or the total of each LGA?`, [
    `Average ${mean.column ?? ''} by LGA`,
    `Total ${mean.column ?? ''} by LGA`,
  ])
}

/** `Sort by LGA, then by population`, `in which LGA is the ward with the highest rainfall`: wards, and no groups. */
function askAboutKeys(asking: Asking, { orders, columns }: Bound): Meaning | null {
  const { draft, reading } = asking
  const [order] = orders
  const by = order?.by ?? columns[0]?.column ?? null
  const sorts = /\b(?:sort|sorted|order|ordered|arrange|arranged)\b/.test(reading.plain)
  const isKey = sorts && draft.groups.length > 0 && draft.subjects.has('wards') && !draft.subjects.has('lgas')
  const isPlace = /\b(?:in|of|to) (?:which|what) (?:lga|local government)\b/.test(reading.plain)
  const isOfWard = isPlace && draft.subjects.has('wards') && order !== undefined && !draft.isCount
  if (!isKey && !isOfWard) return null
  return ask(
    isKey
      ? 'I can put wards in one order, or give figures of each group. Which would you like?'
      : 'Each ward is listed with its LGA. Shall I list the wards?',
    by === null || by === 'risk'
      ? ['Show the top 10 wards']
      : [`Which wards have the ${order?.direction === 'ascending' ? 'lowest' : 'highest'} ${by}?`],
  )
}

/** `LGAs with rainfall below 95`: which figure of an LGA is meant, the question does not say. */
function askAboutPick(asking: Asking, { open }: Bound): Meaning | null {
  const { draft } = asking
  if (!draft.areLgasFirst || draft.hasNone || draft.hasOnly || draft.subjects.has('wards') || draft.charts.length > 0)
    return null
  const bounded = draft.where.find(
    ({ column, op, of }) =>
      of === undefined && ['<', '<=', '>', '>=', 'between'].includes(op) && outlineColumn(asking, column) !== undefined,
  )
  if (bounded === undefined) return null
  const isTotal = open === null && outlineColumn(asking, bounded.column)?.kind === 'population'
  const figure = `${isTotal ? 'total' : wordOf(open ?? 'mean')} ${bounded.column}`
  return ask(`The LGAs by which figure of ${bounded.column}? I can give it for each, or pick LGAs by it.`, [
    `${capitalised(figure)} by LGA`,
  ])
}

/** `For rural, peri-urban and urban wards`: a condition that leaves no ward out asks for each of its values. */
function groupWholeColumns(asking: Asking, { measures, columns }: Bound): void {
  const { draft } = asking
  if (draft.isShare || draft.isVersus || draft.groups.length > 0) return
  if (measures.length + columns.length === 0 && !draft.isCount) return
  const at = draft.where.findIndex(({ column, op, value, or }) => {
    const all = column === field(asking, 'tier') ? TIERS : (outlineColumn(asking, column)?.values?.length ?? 0)
    return op === 'in' && or === undefined && Array.isArray(value) && value.length === all
  })
  const [whole] = at < 0 ? [] : draft.where.splice(at, 1)
  if (whole !== undefined) draft.groups.push(whole.column)
}

/** Asks of which column a figure is wanted. */
function askOfWhat({ dataset }: Asking, aggregate: string): Meaning {
  const word = wordOf(aggregate)
  return ask(
    `The ${word} of which column?`,
    dataset.columns
      .filter(({ hasNumbers, suggested }) => hasNumbers && suggested)
      .slice(0, 4)
      .map(({ name }) => `${capitalised(word)} of ${name}`),
  )
}

function wordOf(aggregate: string): string {
  return aggregate === 'sd' ? 'standard deviation' : aggregate
}

function capitalised(words: string): string {
  return `${words.slice(0, 1).toUpperCase()}${words.slice(1)}`
}

/** `Where does Kura LGA stand`: its place among the LGAs. */
function rankOfLga({ draft, outline }: Asking, { measures, columns, orders }: Bound): ToolCall | null {
  const [only, another] = draft.where
  const isAmongLgas = draft.subjects.has('lgas') || draft.groups.every((group) => /^@?lga$/.test(group))
  const isOther =
    measures.length + columns.length + orders.length + draft.relative.length > 0 ||
    !isAmongLgas ||
    draft.subjects.has('wards') ||
    draft.isCount ||
    draft.limit !== null
  if (!draft.asksRank || isOther || another !== undefined || outline.analysis === null) return null
  return only?.op === '=' && only.or === undefined && /^@?lga$/.test(only.column) && typeof only.value === 'string'
    ? { tool: 'summarise_lgas', input: { lga: only.value } }
    : null
}

/** Whether only places are named, as in `and Agwendi?`: what is asked of them stands in an earlier message. */
function isFragment(asking: Asking): boolean {
  const { draft } = asking
  return (
    draft.subjects.size === 0 &&
    draft.wanted.length === 0 &&
    !draft.isCount &&
    !draft.refersBack &&
    draft.relative.length === 0 &&
    draft.where.every(({ column }) =>
      [field(asking, 'lga'), field(asking, 'ward'), field(asking, 'state')].includes(column),
    )
  )
}
