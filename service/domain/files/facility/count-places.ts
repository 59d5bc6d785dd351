import type { PositivityChoices } from '../positivity.ts'
import type { TestAge, TestColumn, TestMethod } from './test-column.ts'

export const METHODS: readonly TestMethod[] = ['rdt', 'microscopy'] as const
const AGES: readonly TestAge[] = ['u5', 'o5', 'pw'] as const

/** Where a report keeps each of the chosen counts: tested and positive side by side, by method and age. */
export interface CountPlaces {
  readonly width: number
  /** `rdt tested u5`, by place. */
  readonly names: readonly string[]
  /** -1 if the count was not chosen. Tested people have the even places, the positive the next ones. */
  placeOf(column: TestColumn): number
  /** The method of each pair of places. */
  readonly methods: readonly TestMethod[]
  readonly ages: readonly TestAge[]
}

export function countPlaces({ age, method }: PositivityChoices): CountPlaces {
  const ages = age === 'all' ? AGES : [age]
  const methods = method === 'both' ? METHODS : [method]
  const pairs = ages.flatMap((other) => methods.map((one) => [one, other] as const))
  const names = pairs.flatMap(([one, other]) => [`${one} tested ${other}`, `${one} positive ${other}`])
  const places = new Map(names.map((name, place) => [name, place]))
  return {
    width: names.length,
    names,
    placeOf: (column) => places.get(`${column.method} ${column.count} ${column.age}`) ?? -1,
    methods: pairs.map(([one]) => one),
    ages: pairs.map(([, other]) => other),
  }
}
