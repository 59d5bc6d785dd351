import type { Dataset } from '../../dataset/dataset.ts'
import { describeDataset } from '../../dataset/describe-dataset.ts'
import { MOST_SUGGESTED, suggestColumns } from '../../files/columns/suggest-columns.ts'
import { known } from '../../files/ward-table.ts'
import type { Answer, MadeFrom } from '../answer.ts'
import type { InputOf } from '../tools.ts'
import { basisOf, counted, figure, named } from './wording.ts'

const FEWEST = 2

/** What was read, and the indicators that are suggested for a first ranking, each with its direction and its reason. */
export function answerProposal(
  dataset: Dataset,
  { insteadOf }: InputOf<'propose_analysis'>,
  madeFrom: MadeFrom,
): Answer {
  const { table } = dataset
  const { wards, matched, quality } = describeDataset(dataset)
  const lgas = new Set((table.keys.lga ?? []).flatMap((lga) => known(lga) ?? []))
  const suggested = [...suggestColumns(table)].filter(([, { suggested }]) => suggested)
  const read =
    (insteadOf === 'ranking' ? 'The wards have not been ranked yet. ' : '') +
    `I read ${counted(wards, 'ward')}${lgas.size > 0 ? ` in ${counted(lgas.size, 'LGA')}` : ''}` +
    (quality.boundaries === null
      ? ', without boundaries, so that there is no map.'
      : `; ${figure(matched)} of them have a boundary.`)
  const next =
    `The next step is to choose ${figure(FEWEST)} to ${figure(MOST_SUGGESTED)} indicators, by ` +
    'which the wards are ranked.'
  const basis = basisOf(madeFrom, [])
  const reasons = suggested.map(([name, { direction, why }]) => `${named(name)} (${direction ?? ''}: ${named(why)})`)
  if (suggested.length < FEWEST)
    return {
      text:
        `${read} ${next} Too few columns have a name that says how they bear on malaria, so that I ` +
        'suggest none. Which do you choose?',
      options: ['Describe my data'],
      basis,
    }
  return {
    text:
      `${read} ${next} This set can be run as it is: ` +
      `${reasons.join('; ')}. ` +
      'Shall I run the analysis with it?',
    table: {
      columns: ['indicator', 'direction', 'why'],
      rows: suggested.map(([name, { direction, why }]) => [named(name), direction, named(why)]),
    },
    options: ['Run the analysis', 'Describe my data', 'Check data quality'],
    basis,
  }
}
