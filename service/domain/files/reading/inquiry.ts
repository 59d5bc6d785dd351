import { makeFinding, type Finding } from '../finding.ts'
import { say } from '../../said.ts'
import type { Question } from './question.ts'

/** Collects what is found in a file and what must be asked about it. */
export class Inquiry {
  readonly findings: Finding[] = []
  readonly questions: Question[] = []
  readonly #answers: Readonly<Record<string, string>>

  /** `answers` are the chosen options by the ids of the questions. */
  constructor(answers: Readonly<Record<string, string>> = {}) {
    this.#answers = answers
  }

  note(finding: Finding): void {
    this.findings.push(finding)
  }

  /**
   * Returns the answer of a question, which becomes a finding; null if it is open. An answer that is no option is none.
   */
  ask(question: Question): string | null {
    const given = Object.hasOwn(this.#answers, question.id) ? this.#answers[question.id] : undefined
    const option = question.options.find(({ value }) => value === given)
    if (option === undefined) {
      this.questions.push(question)
      return null
    }
    const said = say('question-answered', { question: question.said, answer: option.said })
    this.note(makeFinding('question-answered', said, { count: 1 }))
    return option.value
  }
}
