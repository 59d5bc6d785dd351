import { COLUMN_KINDS, PLAN_KINDS } from '../column-kinds.ts'
import type { PlanKind } from '../column-kinds.ts'
import { bareName } from '../column-names.ts'
import type { WardTable } from '../ward-table.ts'
import { consistsOf, isListed, isYear, RATIO_WORDS, wordsOf } from './words.ts'

const PEOPLE = 'pop popn population populations people persons inhabitants habitants headcount'
/** Words that may stand beside: they do not make it a part of the people. */
const BESIDE_PEOPLE =
  'total tot totale ward wards est estimate estimated estimates proj projected projection projections census all of ' +
  'the in no num number nombre count sum de size resident residents grid3 worldpop adjusted adj year current overall ' +
  'demography demographic demographics demographie'
const URBAN = 'urban urbain urbaine urbanised urbanized urbanisation urbanization'
const BESIDE_URBAN =
  'of the in is ward area land total pop population people living settlement built up year mean est estimated ' +
  'demography demographic demographics demographie'

/**
 * What a net plan would use a column of this name for, or null. The population of a ward grows with its size, so it is
 * not a risk by itself. The share of urban settlement makes the plan's tiers. A part of the people (under five,
 * households) is neither.
 */
export function planKindOfName(name: string): PlanKind | null {
  const bare = bareName(name)
  for (const kind of Object.keys(PLAN_KINDS) as PlanKind[]) if (ownNames(kind).includes(bare)) return kind
  const words = wordsOf(name).filter((word) => !isYear(word))
  if (consistsOf(words, PEOPLE, BESIDE_PEOPLE)) return 'population'
  const isShare = words.some((word) => isListed(word, RATIO_WORDS))
  const rest = words.filter((word) => !isListed(word, RATIO_WORDS))
  return isShare && consistsOf(rest, URBAN, BESIDE_URBAN) ? 'urbanShare' : null
}

/**
 * The columns that a net plan would use, with the kind of each. What a person settled wins over names: a column of
 * another role has no kind.
 */
export function planKinds({ columns, reading }: Pick<WardTable, 'columns' | 'reading'>): ReadonlyMap<string, PlanKind> {
  const settled = settledRoles(reading)
  return new Map(
    columns.flatMap(({ name }) => {
      const role = settled.get(name)
      const kind =
        role === undefined
          ? planKindOfName(name)
          : role === 'population'
            ? 'population'
            : role === 'urban share'
              ? 'urbanShare'
              : null
      return kind === null ? [] : [[name, kind] as const]
    }),
  )
}

/**
 * The order in which columns of one kind are preferred, the least first: what a person settled, the kind's own names in
 * their order, then the newest year in the name, then the order of the file.
 */
export function planPreference({ reading }: Pick<WardTable, 'reading'>, name: string, kind: PlanKind): number {
  if (settledRoles(reading).has(name)) return -1
  const place = ownNames(kind).indexOf(bareName(name))
  if (place >= 0) return place
  const year = wordsOf(name).filter(isYear).map(Number).at(-1)
  return year === undefined ? 10_000 : 5_000 - year
}

/** The roles that a person settled, by the name of the column. */
export function settledRoles(reading: WardTable['reading']): ReadonlyMap<string, string> {
  return new Map(reading.columns.filter(({ guessed }) => !guessed).map(({ name, role }) => [name, role]))
}

/** The names by which a kind is known before its words are looked at, the most likely first. */
function ownNames(kind: PlanKind): readonly string[] {
  return COLUMN_KINDS[kind].map(bareName)
}
