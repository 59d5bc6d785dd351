import { isBroken } from '../broken-text.ts'
import type { Finding } from '../finding.ts'
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
          {
            kind: 'text-broken' as const,
            detail: 'Headers with broken characters were read as the headers they stand for.',
            count: broken.length,
            examples: broken.slice(0, EXAMPLES),
          },
        ]),
    ...(places.has('lga')
      ? []
      : [
          {
            kind: 'key-assumed' as const,
            detail: 'There is no LGA column: wards are told apart by name alone.',
            count: 1,
          },
        ]),
    ...(hasPeriods
      ? []
      : [
          {
            kind: 'key-assumed' as const,
            detail: 'There is no month column: completeness is not known.',
            count: 1,
          },
        ]),
  ]
}

function repeatedFindings({ columns }: CountGroup): Finding[] {
  return [...Map.groupBy(columns, ({ place }) => place).values()].flatMap((same): Finding[] => {
    const [first] = same
    if (first === undefined || same.length < 2) return []
    const { method, count, age } = first
    return [
      {
        kind: 'column-renamed',
        detail:
          `${String(same.length)} columns count ${method} ${count} ${age} and ` +
          (first.isAdded
            ? 'were added up, because you gave them the same role.'
            : 'were read as one: where both have a value, they agree.'),
        count: same.length,
        examples: same.map(({ name }) => name).slice(0, EXAMPLES),
      },
    ]
  })
}
