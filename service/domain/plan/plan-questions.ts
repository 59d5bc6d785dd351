import { quoted } from '../quoted.ts'
import { makeQuestion, questionId, type Question } from '../files/reading/question.ts'
import { say } from '../said.ts'
import { median } from '../median.ts'
import { MOST_WARD_PEOPLE } from './plan-limits.ts'
import type { PlanColumn } from './plan-columns.ts'

/** Wards have some hundreds to some hundred thousand people. A median outside shows another unit or another column. */
const FEWEST_PEOPLE = 100
const MOST_PEOPLE = 500_000

/** A column of a plan as it is used, once it is known what its values mean. */
export interface SettledColumn {
  readonly column: PlanColumn
  /** What a person answered about it, as a caveat. */
  readonly caveats: readonly string[]
}

/** The question about a column if it is taken as the urban share; null if its values leave no doubt. */
export function urbanQuestion({ name, isYesNo, values }: PlanColumn): Question | null {
  const known = knownOf(values)
  const isOfOne = known.every((value) => value >= 0 && value <= 1) && known.some((value) => value > 0)
  if (isYesNo || !isOfOne) return null
  return makeQuestion({
    id: questionId('urban-share-unit', name),
    kind: 'urban-share-unit',
    said: say('urban-share-unit', { column: quoted(name) }),
    options: [
      { value: 'share', said: say('urban-share-of-one', {}) },
      { value: 'percent', said: say('urban-share-percent', {}) },
    ],
    affects: 'plan',
    columns: [name],
  })
}

/** The question about a column if it is taken as the population; null if wards can have so many people. */
export function populationQuestion({ name, values }: PlanColumn): Question | null {
  const people = knownOf(values).filter((value) => value > 0 && value <= MOST_WARD_PEOPLE)
  if (people.length === 0) return null
  const middle = median(people)
  if (middle >= FEWEST_PEOPLE && middle <= MOST_PEOPLE) return null
  const isFew = middle < FEWEST_PEOPLE
  return makeQuestion({
    id: questionId('implausible-people', name),
    kind: 'implausible-people',
    said: say(isFew ? 'too-few-people' : 'too-many-people', {
      people: Number(middle.toPrecision(6)),
      column: quoted(name),
    }),
    options: [
      { value: 'people', said: say('people-counted', {}) },
      ...(isFew ? [{ value: 'thousands', said: say('people-in-thousands', {}) }] : []),
      { value: 'other', said: say('people-not-counted', {}) },
    ],
    affects: 'plan',
    columns: [name],
  })
}

/** The column with the answer about it applied. Without an answer, as it is. */
export function settleColumn(column: PlanColumn, question: Question | null, answer: string | undefined): SettledColumn {
  const option = question?.options.find(({ value }) => value === answer)
  if (option === undefined) return { column, caveats: [] }
  const factor = option.value === 'share' ? 100 : option.value === 'thousands' ? 1000 : 1
  return {
    column: factor === 1 ? column : { ...column, values: column.values.map((value) => value * factor) },
    caveats: [`A person said what ${quoted(column.name)} holds: ${option.label}.`],
  }
}

function knownOf(values: Float64Array): Float64Array {
  return values.filter((value) => !Number.isNaN(value))
}
