import { EXPORTS } from '../../exports/kinds.ts'
import type { Outline } from '../outline.ts'
import type { ToolName } from '../tool-call.ts'
import { ask, askForData, call } from './replies.ts'
import type { Meaning } from './replies.ts'

const WITHOUT_DATA: ReadonlySet<ToolName> = new Set<ToolName>(['explain_method', 'answer_knowledge'])
const WITHOUT_ANALYSIS: ReadonlySet<ToolName> = new Set<ToolName>([
  'describe_data',
  'check_quality',
  'describe_variable',
  'ward_values',
  'run_analysis',
])

/** A meaning that the session can act on now; else what has to come first. */
export function possible(meaning: Meaning, outline: Outline): Meaning {
  if (meaning.kind !== 'call' || WITHOUT_DATA.has(meaning.call.tool)) return meaning
  const { call: wanted } = meaning
  const { dataset, analysis, plan } = outline
  if (dataset === null) return askForData(outline)
  if (wanted.tool === 'show_map' && !dataset.hasBoundaries)
    return ask(
      'The data have no boundaries, so that there is no map. Upload a boundary file, or see the figures without one.',
      wanted.input.variable === undefined
        ? ['Which wards are at highest risk?']
        : [`Describe ${wanted.input.variable}`],
    )
  if (
    analysis === null &&
    !WITHOUT_ANALYSIS.has(wanted.tool) &&
    !(wanted.tool === 'show_map' && wanted.input.variable !== undefined)
  )
    return ask('The wards have not been ranked yet. Shall I run the analysis first?', [
      'Run the analysis',
      'Describe my data',
    ])
  const ranking = 'ranking' in wanted.input ? wanted.input.ranking : undefined
  if (ranking === 'pca' && analysis?.hasPca === false)
    return ask('These data do not bear a PCA ranking. Use the composite ranking?', [
      'Is PCA suitable for my data?',
      'Which wards are at highest risk?',
    ])
  if (plan !== null) return meaning
  if (wanted.tool === 'change_plan') {
    const { totalNets, ...choices } = wanted.input
    return totalNets === undefined
      ? ask(
          'There is no net plan yet. How many nets are there to hand out? Say it as a number, for example "200,000 nets".',
        )
      : call({ tool: 'plan_nets', input: { ...choices, totalNets } })
  }
  return wanted.tool === 'export_result' && EXPORTS[wanted.input.kind].plan === 'required'
    ? ask('There is no net plan yet. How many nets are there to hand out? Say for example "plan 200,000 nets".')
    : meaning
}
