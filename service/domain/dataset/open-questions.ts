import { Fault } from '../fault.ts'
import { say } from '../said.ts'
import type { Question } from '../files/reading/question.ts'
import type { Dataset } from './dataset.ts'

/** The questions about the files of a dataset and their join that nobody has answered. */
export function openQuestions({ table, boundaries, questions }: Dataset): readonly Question[] {
  return [...table.questions, ...(boundaries?.questions ?? []), ...questions]
}

/** Whether the answer could change what is made of these columns: a question without columns concerns all. */
export function concerns({ columns }: Question, used: readonly string[]): boolean {
  return columns.length === 0 || columns.some((name) => used.includes(name))
}

/** What cannot be done before a question is answered. */
type Refusal = 'question-before-ranking' | 'question-before-measuring' | 'question-before-planning'

/**
 * Refuses to go on while a question is open that could change the figures.
 * @param used the columns that the figures are made of
 * @param refusal what cannot be done before
 * @throws Fault `unsettled` with the questions
 */
export function requireSettled(questions: readonly Question[], used: readonly string[], refusal: Refusal): void {
  const open = questions.filter((question) => concerns(question, used))
  const [first] = open
  if (first === undefined) return
  const more = open.length === 1 ? '' : say('and-more-questions', { count: open.length - 1 })
  throw new Fault('unsettled', say(refusal, { question: first.said, more }), {
    questions: open,
  })
}
