import type { Question } from './question.ts'

/**
 * Puts questions to the answers that a person gave, and keeps all of them: the answered ones too, so that their owner
 * can see what was settled and change it.
 */
export class Asked {
  readonly #answers: Readonly<Record<string, string>>
  readonly #questions: Question[] = []

  constructor(answers: Readonly<Record<string, string>> = {}) {
    this.#answers = answers
  }

  /** The chosen option; null while the question is open. */
  ask(question: Omit<Question, 'answer'>): string | null {
    const given = Object.hasOwn(this.#answers, question.id) ? this.#answers[question.id] : undefined
    const answer = question.options.find(({ value }) => value === given)?.value ?? null
    this.#questions.push({ ...question, answer })
    return answer
  }

  get questions(): readonly Question[] {
    return this.#questions
  }
}
