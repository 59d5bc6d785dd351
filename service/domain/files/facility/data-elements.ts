import { quoted } from '../../quoted.ts'
import { Inquiry } from '../reading/inquiry.ts'
import { makeQuestion, questionId, type Question } from '../reading/question.ts'
import { TEST_ROLES } from '../reading/roles.ts'
import { say } from '../../said.ts'
import { hasPair } from './ask-counts.ts'
import { roleOfTest, testOfRole } from './facility-layout.ts'
import { testColumnOf, type TestColumn } from './test-column.ts'

/** More are not asked about: a person would rather send the elements that count tests. */
const MOST_ASKED = 20
const NO_TEST = 'ignore'

/** The data elements of plain data, which has one row a value: what each of them counts. */
export class DataElements {
  readonly #answers: Readonly<Record<string, string>>
  /** By their roles, of any age and method. */
  readonly #tests = new Map<string, TestColumn>()
  readonly #nameless = new Set<string>()

  /** `answers` are those to the questions of the file. */
  constructor(answers: Readonly<Record<string, string>>) {
    this.#answers = answers
  }

  /** What an element counts, by its name or by what a person said; null if it counts no tests. */
  testOf(element: string): TestColumn | null {
    const named = testColumnOf(element)
    if (named === null && element !== '' && this.#nameless.size < MOST_ASKED) this.#nameless.add(element)
    const test = named ?? this.#answered(element)
    if (test !== null) this.#tests.set(roleOfTest(test), test)
    return test
  }

  /**
   * Asks of each element that names no test what it counts, if the others are not both tested and positive people of
   * any age and method. What was answered becomes a finding.
   */
  ask(): Pick<Inquiry, 'findings' | 'questions'> {
    const inquiry = new Inquiry(this.#answers)
    for (const element of this.#nameless) inquiry.ask(questionOf(element))
    return { findings: inquiry.findings, questions: hasPair([...this.#tests.values()]) ? [] : inquiry.questions }
  }

  #answered(element: string): TestColumn | null {
    const id = idOf(element)
    const answer = Object.hasOwn(this.#answers, id) ? this.#answers[id] : undefined
    const role = TEST_ROLES.find((one) => one === answer)
    return role === undefined ? null : testOfRole(role)
  }
}

function questionOf(element: string): Question {
  return makeQuestion({
    id: idOf(element),
    kind: 'column-roles',
    said: say('element-counts', { element: quoted(element) }),
    options: [
      ...TEST_ROLES.map((role) => ({ value: role, said: say('element-role', { role }) })),
      { value: NO_TEST, said: say('element-ignored', {}) },
    ],
    affects: 'ranking',
    columns: [],
  })
}

function idOf(element: string): string {
  return questionId('column-roles', 'element', element)
}
