import { Fault } from '../fault.ts'
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

/**
 * Refuses to go on while a question is open that could change the figures.
 * @param used the columns that the figures are made of
 * @param action what was to be done: `rank the wards`
 * @throws Fault `unsettled` with the questions
 */
export function requireSettled(questions: readonly Question[], used: readonly string[], action: string): void {
  const open = questions.filter((question) => concerns(question, used))
  const [first] = open
  if (first === undefined) return
  const more = open.length === 1 ? '' : ` This and ${String(open.length - 1)} more are open.`
  throw new Fault('unsettled', `Cannot ${action} before a question is answered: ${first.detail}${more}`, {
    questions: open,
  })
}
