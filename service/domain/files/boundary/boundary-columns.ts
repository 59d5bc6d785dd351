import { keyPlaces } from '../column-names.ts'
import type { KeyName } from '../column-kinds.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import { makeQuestion, type Question } from '../reading/question.ts'
import { say } from '../../said.ts'
import type { ReadColumn } from '../reading/reading.ts'
import type { ColumnRole } from '../reading/roles.ts'
import { sourcePlaces } from './source-names.ts'
import type { OpenLayer } from './layer.ts'

const LONGEST_SAMPLE = 40
const SAMPLES = 5
const MOST_OPTIONS = 50
/** A code names one ward. A column of which fewer values differ names something else. */
const LEAST_DIFFERENT = 0.9
/** So many features show what a column holds. */
const MOST_SURVEYED = 2_000
const QUESTION = 'column-roles:ward name'

const ROLES: Readonly<Record<KeyName, ColumnRole>> = {
  wardName: 'ward name',
  wardCode: 'ward code',
  lga: 'lga',
  lgaCode: 'lga code',
  state: 'state',
  stateCode: 'state code',
} as const
const KEYS: ReadonlyMap<ColumnRole, KeyName> = new Map(
  Object.entries(ROLES).map(([key, role]) => [role, key as KeyName]),
)

/** What the attributes of a layer were taken for. */
export interface BoundaryColumns {
  readonly places: ReadonlyMap<KeyName, number>
  readonly columns: readonly ReadColumn[]
  readonly questions: readonly Question[]
}

/**
 * Decides which attribute is which key: as a person settled it; by the names that ward tables have, too; by the names
 * of the usual sources of boundaries. If none names the wards, it is asked which one does. Looks at the
 * first 2,000 features.
 */
export function boundaryColumns({ fields, read }: OpenLayer, choices: ReadingChoices): BoundaryColumns {
  const values = surveyed(fields, read)
  const settled = settledPlaces(fields, choices)
  const isFree = (place: number): boolean => !settled.taken.has(place)
  const places = new Map(settled.places)
  const why = new Map<number, string>()
  const take = (found: ReadonlyMap<KeyName, number>, reason: string): void => {
    for (const [key, place] of found) {
      if (places.has(key) || !isFree(place) || [...places.values()].includes(place)) continue
      places.set(key, place)
      why.set(place, reason)
    }
  }
  take(keyPlaces(fields), 'its name says it')
  const isWhole = places.has('wardName')
  const sources = sourcePlaces(fields, (place) => values[place]?.isCode === true)
  take(isWhole ? areasOf(sources) : sources, 'a usual name in published boundaries')
  const columns = fields.map((name, place): ReadColumn => {
    const key = [...places].find(([, at]) => at === place)?.[0]
    return {
      name,
      role: key === undefined ? 'ignore' : ROLES[key],
      guessed: !settled.taken.has(place),
      why: settled.taken.has(place) ? 'settled' : (why.get(place) ?? 'nothing is read from it'),
      sample: values[place]?.sample ?? [],
    }
  })
  const namesWards = places.has('wardName') || places.has('wardCode')
  return { places, columns, questions: namesWards ? [] : [questionAbout(fields, values)].flatMap((one) => one ?? []) }
}

interface Surveyed {
  readonly sample: readonly string[]
  /** Different values over all values that are there, 0 to 1. */
  readonly different: number
  readonly isText: boolean
  /** Whether it could name wards: almost all values differ, and they are no count of the rows. */
  readonly isCode: boolean
}

function surveyed(fields: readonly string[], read: OpenLayer['read']): readonly Surveyed[] {
  const seen = fields.map(() => ({ values: new Set<string>(), filled: 0, texts: 0 }))
  let features = 0
  for (const { attribute } of read()) {
    features += 1
    if (features > MOST_SURVEYED) break
    seen.forEach((column, place) => {
      const value = attribute(place).trim().slice(0, 200)
      if (value === '') return
      column.values.add(value)
      column.filled += 1
      if (/\p{L}/u.test(value)) column.texts += 1
    })
  }
  return seen.map(({ values, filled, texts }) => ({
    sample: [...values].slice(0, SAMPLES).map((value) => value.slice(0, LONGEST_SAMPLE)),
    different: filled === 0 ? 0 : values.size / filled,
    isText: texts > 0 && texts >= filled / 2,
    isCode: filled > 0 && values.size / filled >= LEAST_DIFFERENT && !isCount(values),
  }))
}

/** Whether the values are a run of whole numbers, as a tool numbers rows. */
function isCount(values: ReadonlySet<string>): boolean {
  const numbers = [...values].map((value) => (/^\d{1,9}(?:\.0+)?$/.test(value) ? Number(value) : NaN))
  return Math.max(...numbers) - Math.min(...numbers) === values.size - 1
}

/** The columns whose roles a person settled, and among them those that are keys. */
function settledPlaces(
  fields: readonly string[],
  { columns = {}, answers = {} }: ReadingChoices,
): { places: ReadonlyMap<KeyName, number>; taken: ReadonlySet<number> } {
  const places = new Map<KeyName, number>()
  const taken = new Set<number>()
  const settle = (place: number, role: ColumnRole): void => {
    if (place === -1) return
    const key = KEYS.get(role)
    taken.add(place)
    if (key !== undefined && !places.has(key)) places.set(key, place)
  }
  for (const [name, role] of Object.entries(columns)) settle(fields.indexOf(name), role)
  const answer = answers[QUESTION]
  if (answer !== undefined && !places.has('wardName')) settle(fields.indexOf(answer), 'ward name')
  return { places, taken }
}

/** Beside a column that is called WardName or Ward, a name or a code of a source would be that of something else. */
function areasOf(places: ReadonlyMap<KeyName, number>): ReadonlyMap<KeyName, number> {
  return new Map([...places].filter(([key]) => key !== 'wardName' && key !== 'wardCode'))
}

function questionAbout(fields: readonly string[], values: readonly Surveyed[]): Question | null {
  const texts = fields
    .map((name, place) => ({ name, found: values[place] }))
    .filter(({ found }) => found?.isText === true)
    .toSorted((one, other) => (other.found?.different ?? 0) - (one.found?.different ?? 0))
  return texts.length === 0
    ? null
    : makeQuestion({
        id: QUESTION,
        kind: 'column-roles',
        said: say('attribute-of-wards', {}),
        options: texts.slice(0, MOST_OPTIONS).map(({ name, found }) => ({
          value: name,
          said: say('attribute-values', { name, values: found?.sample.slice(0, 3) ?? [] }),
        })),
        affects: 'ranking',
        columns: [],
      })
}
