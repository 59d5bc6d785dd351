import { requireSettled } from '../dataset/open-questions.ts'
import { Fault } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say } from '../said.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { PlanOptions } from './plan-options.ts'
import { planInputs } from './plan-parameters.ts'
import type { PlanInputs } from './plan-parameters.ts'
import { populationQuestion, settleColumn, urbanQuestion } from './plan-questions.ts'

/** Inputs whose columns mean what a person said, and the sentences that say so. */
export type SettledInputs = PlanInputs & { readonly answered: readonly string[] }

/**
 * A plan's parameters and columns, with what a person answered about the columns applied. `answered` says it.
 * @throws Fault `invalid-input` when options do not fit, or when the column does not count people by the answer
 * @throws Fault `unsettled` with the questions that could change the plan, while they are open
 */
export function settledInputs(basis: PlanBasis, options: PlanOptions): SettledInputs {
  const inputs = planInputs(basis, options)
  const questions = {
    population: populationQuestion(inputs.population),
    urban: inputs.urban && urbanQuestion(inputs.urban),
  }
  const answerTo = (question: typeof questions.population): string | undefined => {
    const answer = question === null ? undefined : basis.answers[question.id]
    return question?.options.some(({ value }) => value === answer) === true ? answer : undefined
  }
  const asked = [questions.population, questions.urban].flatMap((question) =>
    question === null || answerTo(question) !== undefined ? [] : question,
  )
  requireSettled(
    [...basis.questions, ...asked],
    [inputs.population.name, ...(inputs.urban === null ? [] : [inputs.urban.name])],
    'question-before-planning',
  )
  if (answerTo(questions.population) === 'other')
    throw new Fault('invalid-input', say('cannot-make-plan', {}), {
      errors: [
        {
          said: say('people-not-counted-by', { column: quoted(inputs.population.name) }),
          pointer: '/populationColumn',
        },
      ],
    })
  const population = settleColumn(inputs.population, questions.population, answerTo(questions.population))
  const urban = inputs.urban && settleColumn(inputs.urban, questions.urban, answerTo(questions.urban))
  return {
    ...inputs,
    population: population.column,
    urban: urban?.column ?? null,
    answered: [...population.caveats, ...(urban?.caveats ?? [])],
  }
}
