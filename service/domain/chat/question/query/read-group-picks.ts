import type { GroupFigure } from '../../../query/ward-query.ts'
import { comparedAt } from './compared-numbers.ts'
import type { Compared } from './compared-numbers.ts'
import type { Asking } from './draft.ts'
import { columnAt, field, isTag, skip, tagAt, textAt } from './draft.ts'
import { afterUnit, testOf } from './tests-of-column.ts'

/** A figure of each LGA that is compared with numbers, and the place after it. */
interface Pick {
  readonly column: string
  readonly figure: GroupFigure['figure']
  readonly compared: Compared['test']
  readonly to: number
}

const FIGURES: ReadonlySet<string> = new Set<GroupFigure['figure']>(['mean', 'median', 'sum', 'min', 'max'])

/**
 * `LGAs with a mean rainfall above 900`, `LGAs that have fewer than 250,000 people`: the LGAs by their own figure.
 * After `in` or `of` they only say where the wards lie that are asked about.
 */
export function groupPicks(asking: Asking, at: number): number {
  if (!isTag(asking, at, 'lgas') || asking.dataset.lgas.length === 0) return 0
  // "Wards in Dumawa LGA with rainfall above 800": an LGA that is named, and wards by their own values.
  const isNamed = asking.tokens[at - 1]?.kind === 'lga' || asking.tokens[at + 1]?.kind === 'lga'
  if (isNamed) return 0
  const { draft } = asking
  let before = at - 1
  while (isTag(asking, before, 'filler')) before -= 1
  const isWhere = isTag(asking, before, 'in', 'of')
  let to = at + 1
  const picks: Pick[] = []
  for (;;) {
    const next = pickAt(asking, skip(asking, to, 'with', 'is', 'filler', 'in', 'their', 'and'))
    if (next === null) break
    picks.push(next)
    to = next.to
  }
  if (picks.length === 0) return 0
  const lga = field(asking, 'lga')
  for (const { column, figure, compared } of picks) {
    draft.where.push({ column, of: { figure, by: lga }, ...testOf(asking, column, compared, false) })
    if (isWhere) continue
    draft.wanted.push({ kind: 'aggregate', aggregate: figure }, { kind: 'column', column, isPeople: false })
  }
  if (isWhere) return to - at
  // "How many LGAs" are the groups of the answer, and not their wards.
  if (isTag(asking, before, 'count')) draft.isCount = false
  if (!draft.subjects.has('wards')) draft.areLgasFirst = true
  draft.subjects.add('lgas')
  draft.groups.push(lga)
  return to - at
}

function pickAt(asking: Asking, at: number): Pick | null {
  const tag = tagAt(asking, at)
  if (tag !== null && FIGURES.has(tag)) {
    const place = skip(asking, at + 1, 'of', 'filler', 'their')
    const column = columnAt(asking, place)?.column
    const compared = comparedAt(asking, skip(asking, place + 1, 'is', 'of', 'filler'), false)
    if (column === undefined || compared === null) return null
    return {
      column,
      figure: tag as Pick['figure'],
      compared: compared.test,
      to: afterUnit(asking, column, compared.to),
    }
  }
  // A column such as `mean_rainfall` is named with the word for its figure.
  const named = /^(?:mean|average) /.test(textAt(asking, at)) ? columnAt(asking, at)?.column : undefined
  const own = named === undefined ? null : comparedAt(asking, skip(asking, at + 1, 'is', 'of', 'filler'), false)
  if (named !== undefined && own !== null)
    return { column: named, figure: 'mean', compared: own.test, to: afterUnit(asking, named, own.to) }
  const compared = comparedAt(asking, at, false)
  const place = compared === null ? at : skip(asking, compared.to, 'of', 'filler')
  const people = columnAt(asking, place)
  if (compared !== null)
    return people?.isPeople === true
      ? { column: people.column, figure: 'sum', compared: compared.test, to: place + 1 }
      : null
  // "With a population below 250,000": people of an LGA are added up.
  const after =
    people?.isPeople === true ? comparedAt(asking, skip(asking, place + 1, 'is', 'of', 'filler'), false) : null
  return people === null || after === null
    ? null
    : { column: people.column, figure: 'sum', compared: after.test, to: after.to }
}
