import { isBroken } from '../broken-text.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say } from '../../said.ts'
import type { CountGroup } from './count-groups.ts'
import type { FacilityLayout } from './facility-layout.ts'

const EXAMPLES = 10

/** What is said of the columns of a facility table. `groups` are those of the counts that are used. */
export function layoutFindings(
  { places }: FacilityLayout,
  groups: readonly CountGroup[],
  hasPeriods: boolean,
): Finding[] {
  const broken = groups.flatMap(({ columns }) => columns.map(({ name }) => name)).filter(isBroken)
  return [
    ...groups.flatMap(repeatedFindings),
    ...(broken.length === 0
      ? []
      : [
          makeFinding('text-broken', say('headers-broken', {}), {
            count: broken.length,
            examples: broken.slice(0, EXAMPLES),
          }),
        ]),
    ...(places.has('lga') ? [] : [makeFinding('key-assumed', say('no-lga-column', {}), { count: 1 })]),
    ...(hasPeriods ? [] : [makeFinding('key-assumed', say('no-month-column', {}), { count: 1 })]),
  ]
}

function repeatedFindings({ columns }: CountGroup): Finding[] {
  return [...Map.groupBy(columns, ({ place }) => place).values()].flatMap((same): Finding[] => {
    const [first] = same
    if (first === undefined || same.length < 2) return []
    const { method, count, age } = first
    const said = say(first.isAdded ? 'columns-added-up' : 'columns-read-as-one', {
      columns: same.length,
      method,
      counted: count,
      age,
    })
    const examples = same.map(({ name }) => name).slice(0, EXAMPLES)
    return [makeFinding('column-renamed', said, { count: same.length, examples })]
  })
}
