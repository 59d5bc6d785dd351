import { columnWords } from '../column-words.ts'
import { ask } from '../replies.ts'
import type { Aggregate, Asking, Wanted } from './draft.ts'
import { columnAt, field, isTag, skip, tagAt, textAt } from './draft.ts'
import type { Tag } from './lexicon.ts'
import { isGroupColumn } from './read-places.ts'
import { ORDINALS } from '../words.ts'

const AGGREGATES: ReadonlySet<Tag> = new Set<Tag>(['sum', 'mean', 'median', 'min', 'max', 'sd'])
const QUARTILES = { lowerQuartile: 0.25, upperQuartile: 0.75 } as const
const MOST_ROWS = 500
/** How many words may stand between "nearest" and what is near. */
const MOST_BETWEEN = 5

/** A figure that is asked for: a mean, a sum, a percentile, a share, a correlation, a count. */
export function figures(asking: Asking, at: number): number {
  const { draft } = asking
  const tag = tagAt(asking, at)
  const number = asking.tokens[at]
  if (number?.kind === 'number' && isTag(asking, at + 1, 'quantile')) return percentile(asking, number.value, 2)
  if (tag === 'quantile') {
    const next = asking.tokens[at + 1]
    return next?.kind === 'number' ? percentile(asking, next.value, 2) : 0
  }
  if (tag === null) return 0
  if (tag in QUARTILES) {
    draft.wanted.push({ kind: 'aggregate', aggregate: 'quantile', q: QUARTILES[tag as keyof typeof QUARTILES] })
    return 1
  }
  const bound = /^(?:a )?(minimum|maximum) of$/.exec(textAt(asking, at))?.[1]
  if (bound !== undefined) {
    draft.wanted.push({ kind: 'aggregate', aggregate: bound === 'minimum' ? 'min' : 'max' })
    return 1
  }
  // "Least rainfall on average": columns other than people are averaged anyway.
  const last = draft.wanted.at(-1)
  if (textAt(asking, at) === 'on average' && last?.kind === 'column' && !last.isPeople) return 1
  if (AGGREGATES.has(tag)) {
    draft.wanted.push({ kind: 'aggregate', aggregate: tag as Aggregate })
    return 1
  }
  switch (tag) {
    case 'range':
      draft.isRange = true
      return 1
    case 'share':
      draft.isShare = true
      return 1
    case 'correlation':
      draft.isCorrelation = true
      return 1
    case 'weighted':
      return weighting(asking, at)
    case 'count': {
      const next = skip(asking, at + 1, 'filler', 'of')
      // "How many people" asks for a sum of a column.
      if (columnAt(asking, next) === null) draft.isCount = true
      return 1
    }
    case 'versus':
      draft.isVersus = true
      return 1
    case 'both':
      draft.isBoth = true
      return 1
    default:
      return 0
  }
}

/** `weighted by population`; `population-weighted` takes the people. */
function weighting(asking: Asking, at: number): number {
  const { draft } = asking
  draft.isWeighted = true
  const place = skip(asking, at + 1, 'by', 'with', 'filler')
  const found = /(?:by|with)$/.test(textAt(asking, place - 1)) ? columnAt(asking, place) : null
  if (found === null) return 1
  draft.weight = found.column
  return place + 1 - at
}

function percentile({ draft }: Asking, percent: number | null, tokens: number): number {
  if (percent === null || percent < 0 || percent > 100) {
    draft.question ??= ask('A percentile is a number from 0 to 100. Which one do you mean?')
    return tokens
  }
  draft.wanted.push({ kind: 'aggregate', aggregate: 'quantile', q: percent / 100 })
  return tokens
}

/** `by LGA`, `per settlement_class`, `each tier`; or an order: `by rainfall`, `sorted by TPR`. */
export function groups(asking: Asking, at: number): number {
  const { draft } = asking
  if (isTag(asking, at, 'lgas') && isTag(asking, at + 1, 'by') && isTag(asking, at + 2, 'lgas')) {
    draft.groups.push(field(asking, 'lga'))
    return 3
  }
  if (!isTag(asking, at, 'by', 'across', 'sorted', 'orderAscending')) return 0
  const isSorted = isTag(asking, at, 'sorted', 'orderAscending')
  let place = skip(asking, at + 1, 'filler', 'of', 'by', 'their')
  const first = isSorted ? null : groupAt(asking, place)
  if (first !== null) {
    draft.groups.push(first)
    const next = skip(asking, place + 1, 'and', 'by')
    const second = next > place + 1 ? groupAt(asking, next) : null
    if (second === null) return place + 1 - at
    draft.groups.push(second)
    return next + 1 - at
  }
  if (isTag(asking, at, 'across')) return 0
  if (isTag(asking, place, 'wards') && !isSorted) return place + 1 - at
  const isOfKind = asking.tokens[place]?.kind === 'value' || asking.tokens[place]?.kind === 'tier'
  // "Every rural ward" are the rural wards.
  if (
    isOfKind &&
    isTag(asking, skip(asking, place + 1, 'risk'), 'wards') &&
    /^(?:every|each)$/.test(textAt(asking, at))
  )
    return place - at
  const direction = isTag(asking, at, 'orderAscending') ? 'ascending' : null
  if (isTag(asking, place, 'high', 'low') && columnAt(asking, skip(asking, place + 1, 'filler')) !== null)
    return place - at
  if (isTag(asking, place, 'risk', 'rank')) {
    if (draft.wanted.some((each) => each.kind === 'order' && each.by === null && each.direction !== 'unclear')) {
      draft.speaksOfRisk = true
      setOrder(asking, 'risk')
      return place + 1 - at
    }
    draft.wanted.push({ kind: 'order', direction: direction ?? 'descending', by: 'risk', isOf: false, isSort: true })
    return place + 1 - at
  }
  if (isTag(asking, place, ...AGGREGATES, 'count')) {
    if (draft.isVersus || draft.wanted.some((each) => each.kind === 'order' && each.by === null)) return place - at
    draft.wanted.push({ kind: 'order', direction: direction ?? 'descending', by: null, isOf: false, isSort: true })
    return place - at
  }
  const found = columnAt(asking, place)
  if (found === null) return 0
  if (draft.wanted.some((each) => each.kind === 'order' && each.by === null)) {
    setOrder(asking, found.column)
    return place + 1 - at
  }
  if (draft.isWeighted) return 0
  place += 1
  const after = skip(asking, place, 'filler', 'and', 'in')
  const last = isTag(asking, after, 'low') ? 'ascending' : isTag(asking, after, 'high') ? 'descending' : null
  draft.wanted.push({
    kind: 'order',
    direction: direction ?? last ?? 'descending',
    by: found.column,
    isOf: false,
    isSort: true,
  })
  return (last === null ? place : after + 1) - at
}

/** Gives the last order that has no column this one. */
function setOrder({ draft }: Asking, column: string): void {
  const place = draft.wanted.findLastIndex((each) => each.kind === 'order' && each.by === null)
  const order = draft.wanted[place]
  if (order?.kind === 'order') draft.wanted[place] = { ...order, by: column }
}

/** What wards can be grouped by, at a place. */
function groupAt(asking: Asking, at: number): string | null {
  if (isTag(asking, at, 'lgas')) return field(asking, 'lga')
  if (isTag(asking, at, 'tiers')) return field(asking, 'tier')
  if (isTag(asking, at, 'states')) return field(asking, 'state')
  const token = asking.tokens[at]
  const [column, another] = token?.kind === 'column' ? token.columns : []
  return column !== undefined && another === undefined && isGroupColumn(asking, column) ? column : null
}

const SUPERLATIVES: Readonly<Partial<Record<Tag, 'ascending' | 'descending' | 'unclear'>>> = {
  high: 'descending',
  low: 'ascending',
  riskiest: 'descending',
  safest: 'ascending',
  worst: 'unclear',
  best: 'unclear',
}
/** Adjectives that name a column: words of its name, and the end that they ask for. */
const ADJECTIVES: Readonly<
  Partial<Record<Tag, { readonly words: readonly string[]; readonly direction: 'ascending' | 'descending' }>>
> = {
  wettest: { words: ['rain'], direction: 'descending' },
  driest: { words: ['rain'], direction: 'ascending' },
  hottest: { words: ['temperature'], direction: 'descending' },
  coldest: { words: ['temperature'], direction: 'ascending' },
  greenest: { words: ['vegetation'], direction: 'descending' },
  highest: { words: ['elevation'], direction: 'descending' },
}

/** An end of an order: `highest`, `five lowest`, `most populous`, `far from water pass`. */
export function superlatives(asking: Asking, at: number): number {
  const { draft } = asking
  const tag = tagAt(asking, at)
  if (tag === null) return 0
  let before = at - 1
  while (isTag(asking, before, 'filler') || asking.tokens[before]?.kind === 'number') before -= 1
  const isOf = isTag(asking, before, 'of', 'in', 'across')
  const add = (order: Omit<Extract<Wanted, { kind: 'order' }>, 'kind' | 'isOf' | 'isSort'>): void => {
    const last = draft.wanted.at(-1)
    // "Top 10 most vulnerable" says the end twice.
    if (last?.kind === 'order' && last.by === null && last.direction === order.direction) draft.wanted.pop()
    draft.wanted.push({ kind: 'order', isOf, isSort: false, ...order })
  }
  if (tag === 'populous' || tag === 'unpopulous') {
    const people = asking.dataset.columns.find(({ kind }) => kind === 'population')
    if (people === undefined) return 0
    add({ direction: tag === 'populous' ? 'descending' : 'ascending', by: people.name })
    return 1
  }
  if (tag === 'landSmall') {
    const land = columnAt({ ...asking, tokens: [{ kind: 'tag', tag: 'land', from: 0, to: 0 }] }, 0)
    if (land === null) return 0
    add({ direction: 'ascending', by: land.column })
    return 1
  }
  if (tag === 'land') {
    // "Land" before "pass" or after "biggest" is the column that is ordered by.
    const land = columnAt(asking, at)
    if (land === null) return 0
    const isOrdered = /big|large|wide|pass/.test(textAt(asking, at))
    if (isOrdered) add({ direction: 'descending', by: land.column })
    else draft.wanted.push({ kind: 'column', ...land })
    return 1
  }
  if (tag === 'far' || tag === 'farthest' || tag === 'nearest') return distance(asking, at, tag === 'nearest', add)
  const adjective = ADJECTIVES[tag]
  if (adjective !== undefined) {
    const columns = asking.dataset.columns.filter(
      ({ name, hasNumbers }) => hasNumbers && adjective.words.some((word) => columnWords(name).includes(word)),
    )
    const [column] = columns
    if (column === undefined) return 0
    if (columns.length > 1)
      draft.question ??= ask(
        `Which column do you mean by "${textAt(asking, at)}"?`,
        columns.map(
          ({ name }) => `Which wards have the ${adjective.direction === 'ascending' ? 'lowest' : 'highest'} ${name}`,
        ),
      )
    add({ direction: adjective.direction, by: column.name })
    return 1
  }
  const other = skip(asking, at + 1, 'and')
  // "Highest and lowest elevation" without wards asks for its range.
  const isRange = other > at + 1 && isTag(asking, other, tag === 'high' ? 'low' : 'high') && draft.subjects.size === 0
  if ((tag === 'high' || tag === 'low') && isRange && columnAt(asking, skip(asking, other + 1, 'filler')) !== null) {
    draft.isRange = true
    return other + 1 - at
  }
  const direction = SUPERLATIVES[tag]
  if (direction === undefined) return 0
  const next = skip(asking, at + 1, 'filler', 'of', 'in', 'wards')
  const isOfRisk = tag === 'riskiest' || tag === 'safest' || isTag(asking, next, 'risk')
  add({ direction, by: isOfRisk ? 'risk' : null })
  if (isOfRisk) draft.speaksOfRisk = true
  if (tag === 'worst') draft.isWorst = true
  return tag !== 'riskiest' && tag !== 'safest' && isOfRisk ? next + 1 - at : 1
}

/** `far from water pass`, `nearest 3 wards to a clinic`: the column of a distance follows within a few words. */
function distance(
  asking: Asking,
  at: number,
  isNear: boolean,
  add: (order: { readonly direction: 'ascending' | 'descending'; readonly by: string }) => void,
): number {
  for (let place = at + 1; place <= at + MOST_BETWEEN; place += 1) {
    const found = asking.tokens[place]?.kind === 'column' ? columnAt(asking, place) : null
    if (found === null || !/dist/i.test(found.column)) continue
    asking.used.add(place)
    if (isTag(asking, place + 1, 'high')) asking.used.add(place + 1)
    add({ direction: isNear ? 'ascending' : 'descending', by: found.column })
    return 1
  }
  return 0
}

/** `the second highest`: the row at one place of the order. `Which ward is second`: its rank. */
export function ordinals(asking: Asking, at: number): number {
  const token = asking.tokens[at]
  const place =
    token?.kind === 'number' && token.isOrdinal ? (token.value ?? 0) : ORDINALS.indexOf(textAt(asking, at)) + 1
  const isRank = isTag(asking, at - 1, 'is') && at === asking.tokens.length - 1 && asking.draft.subjects.has('wards')
  if (place > 0 && isRank) {
    asking.draft.where.push({ column: field(asking, 'rank'), op: '=', value: place })
    return 1
  }
  if (place < 2 || !isTag(asking, skip(asking, at + 1, 'filler'), ...ORDERED)) return 0
  asking.draft.offset = place - 1
  asking.draft.limit = 1
  return 1
}

/** How many rows are wanted: `top 10`, `five wards`, `the 3 wettest`. */
export function limits(asking: Asking, at: number): number {
  const { draft } = asking
  const number = asking.tokens[at]
  if (number?.kind !== 'number' || number.isOrdinal || number.isPercent) return 0
  if (draft.limit !== null && isTag(asking, at - 1, 'high', 'low')) {
    draft.question ??= ask('That asks for two lists of wards at once. I can give one at a time: which one?')
    return 1
  }
  const next = skip(asking, at + 1, 'filler', 'tiers', 'rural', 'urban')
  const isBefore =
    isTag(asking, next, ...ORDERED, 'wards', 'lgas') ||
    asking.tokens[next]?.kind === 'tier' ||
    asking.tokens[next]?.kind === 'value'
  const isAsked =
    draft.wanted.some(({ kind }) => kind === 'order') && /(?:^| )(?:me|give|only|just)$/.test(textAt(asking, at - 1))
  const isAfter =
    isAsked ||
    (textAt(asking, at - 1) !== 'pass' && isTag(asking, at - 1, 'high', 'low', 'worst', 'best', 'riskiest', 'safest'))
  if (textAt(asking, at) === 'one' && !isBefore && !isAfter) return 1
  if (!isBefore && !isAfter) return 0
  const count = number.value
  if (count === null || !Number.isInteger(count) || count < 1 || count > MOST_ROWS || draft.limit !== null) {
    draft.question ??= ask(`How many rows shall I show? Say one whole number from 1 to ${String(MOST_ROWS)}.`)
    return 1
  }
  draft.limit = count
  return 1
}

const ORDERED: readonly Tag[] = [
  'high',
  'low',
  'worst',
  'best',
  'riskiest',
  'safest',
  'populous',
  'unpopulous',
  'wettest',
  'driest',
  'hottest',
  'coldest',
  'greenest',
  'farthest',
  'nearest',
  'far',
  'land',
  'landSmall',
]

const CHARTS: Readonly<Partial<Record<Tag, Asking['draft']['charts'][number]>>> = {
  histogram: 'histogram',
  scatter: 'scatter',
  box: 'box',
  bar: 'bar',
  pie: 'pie',
  matrix: 'correlation',
  plot: 'plot',
}

export function charts(asking: Asking, at: number): number {
  const tag = tagAt(asking, at)
  const chart = tag === null ? undefined : CHARTS[tag]
  if (chart === undefined) return 0
  asking.draft.charts.push(chart)
  return 1
}

/** A column that is named, or the wards, LGAs or tiers that are asked about. */
export function subjects(asking: Asking, at: number): number {
  const { draft } = asking
  const found = columnAt(asking, at)
  if (found !== null) {
    if (isGroupColumn(asking, found.column)) draft.texts.push(found.column)
    else draft.wanted.push({ kind: 'column', ...found })
    if (isTag(asking, at, 'people')) draft.asksPeople = true
    return 1
  }
  const tag = tagAt(asking, at)
  if (tag === 'wards' || tag === 'lgas' || tag === 'tiers' || tag === 'states') {
    const isOfName = tag === 'lgas' && (asking.tokens[at - 1]?.kind === 'lga' || asking.tokens[at + 1]?.kind === 'lga')
    if (isOfName) return 1
    if (tag === 'wards' && draft.wanted.length === 0 && !draft.isCount) draft.areWardsFirst = true
    if (tag === 'wards' && !draft.subjects.has('wards'))
      draft.columnsBeforeWards = draft.wanted.some(({ kind }) => kind === 'column')
    if (tag === 'lgas' && !draft.subjects.has('wards')) draft.areLgasFirst = true
    draft.subjects.add(tag)
    return 1
  }
  if (tag === 'risk') {
    draft.speaksOfRisk = true
    if (draft.wanted.at(-1)?.kind === 'aggregate')
      draft.wanted.push({ kind: 'column', column: field(asking, 'score'), isPeople: false })
    return 1
  }
  const after = skip(asking, at + 1, 'of', 'filler', 'is')
  if (tag === 'rank' && after > at + 1 && asking.tokens[after]?.kind === 'lga' && draft.subjects.size === 0) {
    draft.isRankOfLga = true
    return 1
  }
  if (tag === 'rank' && draft.wanted.at(-1)?.kind === 'aggregate') {
    draft.wanted.push({ kind: 'column', column: field(asking, 'rank'), isPeople: false })
    return 1
  }
  if (tag === 'their') {
    const isBack = !isTag(asking, at + 1, 'with', 'in', 'is', 'between') || textAt(asking, at) === 'them'
    if (isBack) draft.refersBack = true
    return 1
  }
  return 0
}
