import { ask } from '../replies.ts'
import type { Asking, Wanted } from './draft.ts'
import { columnAt, columnsOf, isTag, skip, tagAt, textAt } from './draft.ts'
import type { Tag } from './lexicon.ts'

/** How many words may stand between "nearest" and what is near. */
const MOST_BETWEEN = 5
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
  if (tag === null || isMajority(asking, at)) return 0
  let before = at - 1
  while (isTag(asking, before, 'filler', 'wards') || asking.tokens[before]?.kind === 'number') before -= 1
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
    const columns = columnsOf(asking, adjective.words)
    const [column] = columns
    if (column === undefined) return 0
    if (columns.length > 1)
      draft.question ??= ask(
        `Which column do you mean by "${textAt(asking, at)}"?`,
        columns.map(
          (name) => `Which wards have the ${adjective.direction === 'ascending' ? 'lowest' : 'highest'} ${name}`,
        ),
      )
    add({ direction: adjective.direction, by: column })
    return 1
  }
  // "Most urban" is an order by the urban share, and no mark of being urban.
  const share = asking.dataset.columns.find(({ kind, hasNumbers }) => kind === 'urbanShare' && hasNumbers)
  const isMost = /^(?:most|least)$/.test(textAt(asking, at)) && isTag(asking, at + 1, 'urban', 'rural')
  if (isMost && share === undefined)
    draft.question ??= ask('The data do not say how urban a ward is: there is no such column.', ['Describe my data'])
  if (isMost && share !== undefined) {
    const isUrban = isTag(asking, at + 1, 'urban') === (tag === 'high')
    add({ direction: isUrban ? 'descending' : 'ascending', by: share.name })
    return 2
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
  // "By population, smallest first" says how the order before runs.
  const last = draft.wanted.findLastIndex(({ kind }) => kind === 'order')
  const sorted = draft.wanted[last]
  if (textAt(asking, at).endsWith(' first') && sorted?.kind === 'order') {
    draft.wanted[last] = { ...sorted, direction }
    return 1
  }
  const next = skip(asking, at + 1, 'filler', 'of', 'in', 'wards')
  const isOfRisk = tag === 'riskiest' || tag === 'safest' || isTag(asking, next, 'risk')
  add({ direction, by: isOfRisk ? 'risk' : null })
  if (isOfRisk) draft.speaksOfRisk = true
  if (tag === 'worst') draft.isWorst = true
  return tag !== 'riskiest' && tag !== 'safest' && isOfRisk ? next + 1 - at : 1
}

/** `Do most people live in urban wards`, `in most wards`: more than half of them, and no order. */
function isMajority(asking: Asking, at: number): boolean {
  const { draft, reading } = asking
  const text = textAt(asking, at)
  const isAsked = /^(?:is|are|do|does|did|have|has|was|were|will)$/.test(reading.words[0]?.text ?? '')
  if (text === 'most people') return isAsked
  if (text !== 'most' || columnAt(asking, at + 1) !== null) return false
  const next = skip(asking, at + 1, 'of', 'in', 'filler')
  const isOfGroups = ['lgas', 'tiers', 'states'].some((kind) => draft.subjects.has(kind as 'lgas'))
  const isOfWards = isTag(asking, next, 'wards', 'lgas', 'urban', 'rural') || isName(asking, next)
  return isOfWards && (isAsked || (isTag(asking, at + 1, 'wards') && !isOfGroups && draft.texts.length === 0))
}

function isName({ tokens }: Asking, at: number): boolean {
  return ['tier', 'value', 'lga'].includes(tokens[at]?.kind ?? '')
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
