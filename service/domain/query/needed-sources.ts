import { FIELDS, fieldOf } from './fields.ts'
import type { WardQuery } from './ward-query.ts'

/** Every name of a column or field that a query uses, each once. What it orders groups by may be a measure. */
export function namesOf({ where = [], groupBy = [], measures = [], select = [], orderBy = [] }: WardQuery): string[] {
  return [
    ...new Set([
      ...where.map(({ column }) => column),
      ...groupBy,
      ...measures.flatMap(({ column, weight, with: other, part = [] }) => [
        ...[column ?? [], weight ?? [], other ?? []].flat(),
        ...part.map((condition) => condition.column),
      ]),
      ...select,
      ...orderBy.map(({ by }) => by),
    ]),
  ]
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
