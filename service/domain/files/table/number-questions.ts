import { listed, quoted } from '../../fault-list.ts'
import type { Question } from '../reading/question.ts'

/** Asks what the sign in the numbers of a column means, all of which look like `12.400`. */
export function signQuestion(id: string, name: string, sign: '.' | ',', examples: readonly string[]): Question {
  const [example = ''] = examples
  const asDecimal = example.replace(',', '.').replace(/0+$/, '').replace(/\.$/, '')
  return {
    id,
    kind: 'thousands-or-decimal',
    detail:
      `Every number of ${quoted(name)} with a "${sign}" has three digits after it: ${listed(examples)}. ` +
      `Does the "${sign}" stand between thousands or before decimals?`,
    options: [
      { value: 'thousands', label: `Thousands: ${example} is ${example.replace(sign, '')}` },
      { value: 'decimal', label: `Decimals: ${example} is ${asDecimal}` },
    ],
    affects: 'ranking',
    columns: [name],
  }
}
