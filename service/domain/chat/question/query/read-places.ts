import { quoted } from '../../../quoted.ts'
import type { Condition } from '../../../query/ward-query.ts'
import { ask, askWhich, replaced, written } from '../replies.ts'
import type { Asking } from './draft.ts'
import { columnAt, field, isTag, outlineColumn, skip, takesNegation, textAt } from './draft.ts'
import type { Tag } from './lexicon.ts'
import type { NamedValue, TokenOf } from './tokens.ts'

/** The share of urban extent from which the plan takes a ward as urban when nobody sets another. */
const USUAL_THRESHOLD = 75

/** One or several names of one kind joined by "and", "or" or a comma: how many tokens they take, and the tokens. */
function run<Kind extends 'lga' | 'ward' | 'tier' | 'state'>(
  asking: Asking,
  at: number,
  kind: Kind,
): { readonly tokens: readonly TokenOf<Kind>[]; readonly to: number } {
  const found: TokenOf<Kind>[] = []
  let place = at
  let to = at
  for (;;) {
    const token = asking.tokens[place]
    if (token?.kind !== kind) break
    found.push(token as TokenOf<Kind>)
    to = place + 1
    place = skip(asking, to, 'lgas', 'risk', 'wards')
    const links: readonly Tag[] = [
      'and',
      'or',
      'versus',
      'in',
      'neg',
      ...(asking.draft.isVersus ? (['with'] as const) : []),
    ]
    const joint = skip(asking, place, ...links)
    // "High against Low" compares, and "not" repeated before each name says the same again.
    const between = Array.from({ length: joint - place }, (_, step) => place + step)
    if (between.some((at) => isTag(asking, at, 'versus'))) asking.draft.isVersus = true
    if (between.some((at) => isTag(asking, at, 'neg') && !isTag(asking, at - 1, 'and', 'or'))) break
    if (between.filter((at) => isTag(asking, at, 'neg')).length > 0 && !isTag(asking, at - 1, 'neg', 'except', 'in'))
      break
    place = joint
  }
  return { tokens: found, to }
}

/** Wards in one or several LGAs, or in none of them. */
export function places(asking: Asking, at: number): number {
  if (asking.tokens[at]?.kind !== 'lga') return 0
  const { tokens, to } = run(asking, at, 'lga')
  for (const token of tokens)
    if (token.lgas.length > 1)
      asking.draft.question ??= askWhich(asking.reading, token.from, token.to, 'LGA', token.lgas)
  addChoice(
    asking,
    field(asking, 'lga'),
    tokens.map(({ lgas }) => lgas[0] ?? ''),
    takesNegation(asking, at),
  )
  return to - at
}

/** `within Kurmada` and `under Kurmada` say where to look, and `within 500` compares. */
export function within(asking: Asking, at: number): number {
  return /^(?:within|under)$/.test(textAt(asking, at)) && asking.tokens[at + 1]?.kind === 'lga' ? 1 : 0
}

/** Wards that are named: those that are left out, or those that the question is about. */
export function namedWards(asking: Asking, at: number): number {
  if (asking.tokens[at]?.kind !== 'ward') return 0
  const { tokens, to } = run(asking, at, 'ward')
  for (const token of tokens)
    if (token.wards.length > 1)
      asking.draft.question ??= askWhich(asking.reading, token.from, token.to, 'ward', token.wards)
  const names = tokens.map(({ wards }) => wards[0] ?? '')
  if (takesNegation(asking, at)) addChoice(asking, field(asking, 'ward'), names, true)
  else asking.draft.wards.push(...names)
  return to - at
}

/** All of the state, or of several states the named ones. */
export function states(asking: Asking, at: number): number {
  if (isWholeState(asking, at)) {
    askAboutState(asking, at)
    return 2
  }
  if (asking.tokens[at]?.kind !== 'state') return 0
  const { tokens, to } = run(asking, at, 'state')
  const isNegated = takesNegation(asking, at)
  if (isNegated || (asking.dataset.states ?? []).length > 1)
    addChoice(
      asking,
      field(asking, 'state'),
      tokens.map(({ state }) => state),
      isNegated,
    )
  return to - at
}

/** Whether the wards lie in a state that is named, nobody can tell where the data name none. */
function askAboutState(asking: Asking, at: number): void {
  const { reading, tokens } = asking
  const { from = 0 } = tokens[at] ?? {}
  const { to = 0 } = tokens[at + 1] ?? {}
  asking.draft.question ??= ask(
    'The data do not say which state their wards are of, so I cannot tell whether it is ' +
      `${quoted(written(reading, from, to))}. Shall I take all wards?`,
    [replaced(reading, from, to, 'the state')],
  )
}

/** `Is the population of Gwale bigger than that of Dala`: two places or tiers side by side, and no number. */
export function comparedPlaces(asking: Asking, at: number): number {
  const kinds: readonly string[] = ['lga', 'tier']
  const next = skip(asking, at + 1, 'filler', 'of', 'in')
  const isPlace = kinds.includes(asking.tokens[next]?.kind ?? '')
  const isBefore = asking.tokens.slice(0, at).some(({ kind }) => kind === asking.tokens[next]?.kind)
  if (!isTag(asking, at, '>', '<') || !isPlace || !isBefore) return 0
  asking.draft.isVersus = true
  return next - at
}

/** `Kano state` where the data do not name their state. */
export function isWholeState(asking: Asking, at: number): boolean {
  return (
    asking.tokens[at]?.kind === 'unknown' &&
    asking.reading.unknown.includes(asking.tokens[at].from) &&
    textAt(asking, at + 1) === 'state' &&
    (asking.dataset.states ?? []).length === 0
  )
}

/** `High`, `High or Medium`, `not High`. Before a column, "high" does not say how high. */
export function tiers(asking: Asking, at: number): number {
  if (asking.tokens[at]?.kind !== 'tier') return 0
  const { tokens, to } = run(asking, at, 'tier')
  const next = skip(asking, to, 'filler')
  const found = isApart(asking, next) || asking.draft.isVersus ? null : columnAt(asking, next)
  if (found !== null && !isTag(asking, next, 'score', 'people')) {
    const said = textAt(asking, at)
    asking.draft.question ??= ask(`How much is ${said} ${quoted(found.column)}? Say a number, or a comparison.`, [
      `Show the 10 wards with the ${said === 'low' ? 'lowest' : 'highest'} ${found.column}`,
      `Show the wards with ${found.column} ${said === 'low' ? 'below' : 'above'} average`,
    ])
    return next + 1 - at
  }
  const joints = Array.from({ length: to - at }, (_, step) => at + step)
  if (tokens.length > 1 && !joints.some((place) => isTag(asking, place, 'or'))) asking.draft.areTiersJoined = true
  addChoice(asking, field(asking, 'tier'), [...new Set(tokens.map(({ tier }) => tier))], takesNegation(asking, at))
  return skip(asking, to, 'risk', 'tiers') - at
}

/** Whether a sign stands before a token, as in `High, TPR over 30`. */
function isApart({ tokens, reading }: Asking, at: number): boolean {
  return /[+,;&/:.]/.test(reading.words[tokens[at]?.from ?? -1]?.gap ?? '')
}

/** Words that compare two groups that are named, as in `which of A and B has more people`. */
export const COMPARATIVES: ReadonlySet<string> = new Set([
  'more',
  'less',
  'higher',
  'lower',
  'bigger',
  'greater',
  'fewer',
])

/** Whether two names of one kind stand here with "or" between them: `who has more people, Gandaki or Amkara`. */
function isAlternative(asking: Asking, at: number): boolean {
  const kind = asking.tokens[at]?.kind
  const next = skip(asking, at + 1, 'lgas', 'wards', 'risk')
  return (
    (kind === 'lga' || kind === 'tier' || kind === 'value') &&
    isTag(asking, next, 'or') &&
    asking.tokens[next + 1]?.kind === kind
  )
}

/** `small population`: how small, the question does not say. */
export function vague(asking: Asking, at: number): number {
  if (!isTag(asking, at, 'vague')) return 0
  const next = skip(asking, at + 1, 'filler')
  const compares =
    asking.tokens.some((_, place) => isTag(asking, place, 'versus') || isAlternative(asking, place)) ||
    asking.draft.where.some(({ op }) => op === 'in')
  if (compares && COMPARATIVES.has(textAt(asking, at))) return 0
  const found = columnAt(asking, next)
  if (found === null) return 0
  asking.draft.question ??= ask(
    `How much is ${quoted(textAt(asking, at))} of ${quoted(found.column)}? Say a number, or a comparison.`,
    ['highest', 'lowest'].map((end) => `Show the 10 wards with the ${end} ${found.column}`),
  )
  return next + 1 - at
}

/** A value of a column of text, such as `peri-urban`. */
export function values(asking: Asking, at: number): number {
  const token = asking.tokens[at]
  if (token?.kind !== 'value') return 0
  const chosen: NamedValue[] = []
  let place = at
  let to = at
  for (;;) {
    const next = asking.tokens[place]
    if (next?.kind !== 'value') break
    const [first, another] = next.values.filter(({ column }) => chosen.length === 0 || column === chosen[0]?.column)
    if (first === undefined) break
    if (another !== undefined)
      asking.draft.question ??= ask(
        `Several columns hold ${quoted(first.value)}: which one do you mean?`,
        next.values.map(({ column }) => `How many wards per ${column}`),
      )
    chosen.push(first)
    to = place + 1
    const joint = skip(asking, skip(asking, to, 'wards', 'people'), 'and', 'or', 'versus')
    if (isTag(asking, joint - 1, 'versus')) asking.draft.isVersus = true
    place = joint
  }
  const [first] = chosen
  if (first === undefined) return 0
  const isNegated = takesNegation(asking, at)
  if (first.isOnly && !isNegated) return to - at
  addChoice(
    asking,
    first.column,
    chosen.map(({ value }) => value),
    isNegated,
  )
  // The column may be named beside its value, as in "settlement_class urban".
  const before = asking.tokens[skipBack(asking, at - 1)]
  if (before?.kind === 'column' && before.columns.length === 1 && before.columns[0] === first.column) {
    const last = asking.draft.wanted.at(-1)
    if (last?.kind === 'column' && last.column === first.column) asking.draft.wanted.pop()
  }
  return to - at
}

function skipBack(asking: Asking, at: number): number {
  let place = at
  while (isTag(asking, place, 'is', '=', 'filler', 'of')) place -= 1
  return place
}

/** Urban or rural wards where no column of text says so: by a mark of yes and no, or by the urban share. */
export function urbanOrRural(asking: Asking, at: number): number {
  if (!isTag(asking, at, 'urban', 'rural') || isTag(asking, at + 1, 'present')) return 0
  const isUrban = isTag(asking, at, 'urban') !== takesNegation(asking, at)
  const { columns } = asking.dataset
  const mark = columns.find(
    ({ name, values = [] }) => name.toLowerCase() === 'urban' && values.some((value) => /^yes$/i.test(value)),
  )
  const share = columns.find(({ kind, hasNumbers }) => kind === 'urbanShare' && hasNumbers)
  if (mark !== undefined) {
    const wanted = isUrban ? /^(?:yes|true)$/i : /^(?:no|false)$/i
    const value = mark.values?.find((own) => wanted.test(own))
    if (value === undefined) return 0
    asking.draft.where.push({ column: mark.name, op: '=', value })
    return 1
  }
  if (share === undefined) {
    asking.draft.question ??= ask('The data do not say which wards are urban: there is no such column.', [
      'Describe my data',
    ])
    return 1
  }
  const threshold = asking.outline.plan?.options.urbanThreshold ?? USUAL_THRESHOLD
  asking.draft.where.push({
    column: share.name,
    op: isUrban ? '>=' : '<',
    value: share.isFraction === true ? threshold / 100 : threshold,
  })
  return 1
}

const SERVED = {
  servedAny: ['full', 'partial'],
  servedNone: ['none', 'left out'],
  servedPart: ['partial'],
  servedFull: ['full'],
  leftOut: ['left out'],
} as const

/** What the plan does for a ward. */
export function served(asking: Asking, at: number): number {
  for (const [tag, values] of Object.entries(SERVED)) {
    if (!isTag(asking, at, tag as keyof typeof SERVED)) continue
    addChoice(asking, field(asking, 'served'), values, takesNegation(asking, at))
    return skip(asking, at + 1, 'inPlan') - at
  }
  return 0
}

function addChoice({ draft }: Asking, column: string, values: readonly string[], isNegated: boolean): void {
  const [first] = values
  if (first === undefined) return
  const condition: Condition =
    values.length > 1
      ? { column, op: isNegated ? 'not in' : 'in', value: [...values] }
      : { column, op: isNegated ? '!=' : '=', value: first }
  draft.where.push(condition)
}

/** Whether a column's values can be groups: a column of text with a few values. */
export function isGroupColumn(asking: Asking, column: string): boolean {
  return (outlineColumn(asking, column)?.values?.length ?? 0) > 0
}
