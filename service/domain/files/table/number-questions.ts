import { quoted } from '../../quoted.ts'
import { makeQuestion, type Question } from '../reading/question.ts'
import { listedNames, say } from '../../said.ts'

/** Asks what the sign in the numbers of a column means, all of which look like `12.400`. */
export function signQuestion(id: string, name: string, sign: '.' | ',', examples: readonly string[]): Question {
  const [example = ''] = examples
  const asDecimal = example.replace(',', '.').replace(/0+$/, '').replace(/\.$/, '')
  const { names, more } = listedNames(examples)
  return makeQuestion({
    id,
    kind: 'thousands-or-decimal',
    said: say('thousands-or-decimal', { column: quoted(name), sign, examples: names, more }),
    options: [
      { value: 'thousands', said: say('sign-thousands', { example, number: example.replace(sign, '') }) },
      { value: 'decimal', said: say('sign-decimal', { example, number: asDecimal }) },
    ],
    affects: 'ranking',
    columns: [name],
  })
}
