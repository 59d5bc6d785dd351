import type { Question } from '../files/reading/question.ts'
import type { WardTable } from '../files/ward-table.ts'
import { planColumns } from './plan-columns.ts'
import { populationQuestion, urbanQuestion } from './plan-questions.ts'

/** What a plan with the preferred columns of a table would ask, and nobody has answered yet. */
export function openPlanQuestions(table: WardTable): readonly Question[] {
  const columns = planColumns(
    table,
    Array.from({ length: table.rows }, (_, row) => row),
  )
  const population = columns.find(({ kind }) => kind === 'population')
  const urban = columns.find(({ kind }) => kind === 'urbanShare')
  const asked = [population && populationQuestion(population), urban && urbanQuestion(urban)]
  return asked.flatMap((question) => {
    if (!question) return []
    const answer = table.reading.answers?.[question.id]
    return question.options.some(({ value }) => value === answer) ? [] : question
  })
}
