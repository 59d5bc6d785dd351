import { FIELDS, fieldOf } from './fields.ts'
import type { Condition, WardQuery } from './ward-query.ts'

/** Every name of a column or field that a query uses, each once. What it orders groups by may be a measure. */
export function namesOf(query: WardQuery): string[] {
  const { where = [], groupBy = [], measures = [], select = [], orderBy = [], each } = query
  return [
    ...new Set([
      ...where.flatMap(namesOfCondition),
      ...groupBy,
      ...measures.flatMap(({ column, weight, with: other, part = [] }) => [
        ...[column ?? [], weight ?? [], other ?? []].flat(),
        ...part.flatMap(namesOfCondition),
      ]),
      ...select,
      ...orderBy.map(({ by }) => by),
      ...(each === undefined ? [] : [each.column]),
    ]),
  ]
}

function namesOfCondition({ or = [], ...first }: Condition): string[] {
  return [first, ...or].flatMap(({ column, value }) => [
    ...(column === undefined ? [] : [column]),
    ...(typeof value === 'object' && !Array.isArray(value) && value.by !== undefined ? [value.by] : []),
  ])
}

/** What must be there, besides the data, before these names have values. An uploaded column needs nothing else. */
export function neededSources(names: readonly string[], columns: readonly string[]): ReadonlySet<'analysis' | 'plan'> {
  const needed = names.flatMap((name) => {
    const field = columns.includes(name) ? null : fieldOf(name)
    const from = field === null ? 'data' : FIELDS[field].from
    return from === 'data' ? [] : [from]
  })
  return new Set(needed)
}
