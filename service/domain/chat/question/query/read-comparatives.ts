import { ask } from '../replies.ts'
import { comparedAt } from './compared-numbers.ts'
import { columnsOf, peopleColumn } from './draft.ts'
import type { Asking } from './draft.ts'
import { field, isTag, skip, textAt } from './draft.ts'
import { addTests, afterUnit, testOf } from './tests-of-column.ts'

/** The column that an adjective compares: by a word of its name, or the one that counts people. */
interface Compares {
  readonly by: string
  readonly isMore: boolean
}
const PEOPLE = 'people'
const RAIN = 'rain'
const TEMPERATURE = 'temperature'
const COMPARES: ReadonlyMap<string, Compares> = new Map([
  ['wetter', { by: RAIN, isMore: true }],
  ['rainier', { by: RAIN, isMore: true }],
  ['drier', { by: RAIN, isMore: false }],
  ['dryer', { by: RAIN, isMore: false }],
  ['hotter', { by: TEMPERATURE, isMore: true }],
  ['warmer', { by: TEMPERATURE, isMore: true }],
  ['cooler', { by: TEMPERATURE, isMore: false }],
  ['colder', { by: TEMPERATURE, isMore: false }],
  ['greener', { by: 'vegetation', isMore: true }],
  ['more populous', { by: PEOPLE, isMore: true }],
  ['more populated', { by: PEOPLE, isMore: true }],
  ['more crowded', { by: PEOPLE, isMore: true }],
  ['less populous', { by: PEOPLE, isMore: false }],
  ['less populated', { by: PEOPLE, isMore: false }],
])

/** Whether an adjective stands here that compares by a column. */
export function isComparative(asking: Asking, at: number): boolean {
  return COMPARES.has(adjectiveAt(asking, at))
}

/** `Is Gwale bigger than Dala`: by land, by people, or by something else. */
export function isSizeCompared(asking: Asking, at: number): boolean {
  return /^(?:bigger|larger|smaller|longer|shorter|taller) than$/.test(textAt(asking, at))
}

function adjectiveAt(asking: Asking, at: number): string {
  return textAt(asking, at).replace(/ than$/, '')
}

/**
 * An adjective that compares by a column: `is Gwale wetter than Dala` asks for the rainfall of both, `wetter than 900`
 * is a bound, `wetter than average` compares with the mean.
 */
export function comparatives(asking: Asking, at: number): number {
  const said = textAt(asking, at)
  const compares = COMPARES.get(adjectiveAt(asking, at))
  if (compares === undefined) return 0
  const people = peopleColumn(asking)
  const columns = compares.by === PEOPLE ? (people === null ? [] : [people]) : columnsOf(asking, [compares.by])
  const [column] = columns
  if (column === undefined) return 0
  if (columns.length > 1)
    asking.draft.question ??= ask(
      `Which column do you mean by "${said}"?`,
      columns.map((name) => `Average ${name} by LGA`),
    )
  const to = said.endsWith(' than') || textAt(asking, at + 1) !== 'than' ? at + 1 : at + 2
  const op = compares.isMore ? '>' : '<'
  const compared = comparedAt(asking, skip(asking, to, 'filler'), true)
  const [number] = compared?.test.numbers ?? []
  if (compared?.test.op === '=' && number !== undefined) {
    addTests(asking, column, [testOf(asking, column, { op, numbers: [number] }, false)], false)
    return afterUnit(asking, column, compared.to) - at
  }
  const own = skip(asking, to, 'filler', 'their', 'states')
  const figure = skip(asking, own, 'lgas')
  if (isTag(asking, figure, 'mean', 'median')) {
    const group = skip(asking, figure + 1, 'of', 'in', 'their', 'filler')
    const isOfLga = figure > own || isTag(asking, group, 'lgas')
    asking.draft.relative.push({
      column,
      op,
      figure: isTag(asking, figure, 'mean') ? 'mean' : 'median',
      ...(isOfLga && { by: field(asking, 'lga') }),
    })
    return (isTag(asking, group, 'lgas') ? group + 1 : figure + 1) - at
  }
  asking.draft.isVersus = true
  asking.draft.wanted.push({ kind: 'column', column, isPeople: compares.by === PEOPLE })
  return to - at
}
