import { quoted } from '../fault-list.ts'
import { questionId } from '../files/reading/question.ts'
import type { Question } from '../files/reading/question.ts'
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
  return {
    id: questionId('urban-share-unit', name),
    kind: 'urban-share-unit',
    detail:
      `No value of the urban share ${quoted(name)} is above 1. Shares of one and percent give different plans. ` +
      'Which are they?',
    options: [
      { value: 'share', label: 'Shares of one: 0.8 is 80 percent' },
      { value: 'percent', label: 'Percent: no ward is more than 1 percent urban' },
    ],
    affects: 'plan',
    columns: [name],
  }
}

/** The question about a column if it is taken as the population; null if wards can have so many people. */
export function populationQuestion({ name, values }: PlanColumn): Question | null {
  const people = knownOf(values).filter((value) => value > 0 && value <= MOST_WARD_PEOPLE)
  if (people.length === 0) return null
  const middle = median(people)
  if (middle >= FEWEST_PEOPLE && middle <= MOST_PEOPLE) return null
  const isFew = middle < FEWEST_PEOPLE
  return {
    id: questionId('implausible-people', name),
    kind: 'implausible-people',
    detail:
      `The middle ward has ${String(Number(middle.toPrecision(6)))} people by ${quoted(name)}, which is implausibly ` +
      `${isFew ? 'few' : 'many'} for a ward. What does the column count?`,
    options: [
      { value: 'people', label: 'People: the figures are right' },
      ...(isFew ? [{ value: 'thousands', label: 'Thousands of people: 12.4 is 12,400' }] : []),
      { value: 'other', label: 'Something else: do not plan with it' },
    ],
    affects: 'plan',
    columns: [name],
  }
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
