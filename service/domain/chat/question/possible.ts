import { MISSING, missingFor } from '../needs.ts'
import type { Outline } from '../outline.ts'
import { ask, askForData, call } from './replies.ts'
import type { Meaning } from './replies.ts'

const ASK_STOCK = 'There is no net plan yet. How many nets are there to hand out?'

/** Returns the meaning if the session can act on it now, or else says what must come first. */
export function possible(meaning: Meaning, outline: Outline): Meaning {
  if (meaning.kind !== 'call') return meaning
  const { call: wanted } = meaning
  const missing = missingFor(wanted, outline)
  if (missing === 'data') return askForData(outline)
  if (missing === 'boundaries') {
    const variable = wanted.tool === 'show_map' ? wanted.input.variable : undefined
    return ask(MISSING.boundaries, [
      variable === undefined ? 'Which wards are at highest risk?' : `Describe ${variable}`,
    ])
  }
  if (missing === 'analysis')
    return ask('The wards have not been ranked yet. Shall I run the analysis first?', [
      'Run the analysis',
      'Describe my data',
    ])
  const ranking = 'ranking' in wanted.input ? wanted.input.ranking : undefined
  if (ranking === 'pca' && outline.analysis?.hasPca === false)
    return ask('These data are not suitable for a PCA ranking. Use the composite ranking?', [
      'Is PCA suitable for my data?',
      'Which wards are at highest risk?',
    ])
  if (missing !== 'plan') return meaning
  if (wanted.tool !== 'change_plan') return ask(`${ASK_STOCK} Say for example "plan 200,000 nets".`)
  const { totalNets, ...choices } = wanted.input
  return totalNets === undefined
    ? ask(`${ASK_STOCK} Say it as a number, for example "200,000 nets".`)
    : call({ tool: 'plan_nets', input: { ...choices, totalNets } })
}
