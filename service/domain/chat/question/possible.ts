import { MISSING, missingFor } from '../needs.ts'
import { listed } from '../../quoted.ts'
import { say, textOf } from '../../said.ts'
import type { ToolCall } from '../tools.ts'
import type { Outline } from '../outline.ts'
import { ask, askForData, call } from './replies.ts'
import type { Meaning } from './replies.ts'

const ASK_STOCK = 'There is no net plan yet. How many nets are there to hand out?'

const MOST_COLUMNS = 5
/** Words of columns that may count people although their names are not the usual ones. */
const OF_PEOPLE = /pop|people|person|inhab|habit|resident|total|census/i

/** Asks which column counts people, where a plan needs one and no column is known to. */
export function whichPopulation({ tool, input }: ToolCall, { dataset, plan }: Outline): Meaning | null {
  if (tool !== 'plan_nets' && tool !== 'change_plan' && tool !== 'count_nets_needed') return null
  if (input.populationColumn !== undefined || dataset === null) return null
  if (tool !== 'plan_nets' && plan?.options.populationColumn !== undefined) return null
  if (dataset.columns.some(({ kind }) => kind === 'population')) return null
  const columns = dataset.columns.filter(({ hasNumbers }) => hasNumbers).map(({ name }) => name)
  const likely = columns.filter((name) => OF_PEOPLE.test(name))
  const stock = 'totalNets' in input ? input.totalNets : undefined
  const [first] = likely
  return ask(
    'Nets are counted by people, and no column of the data is known to count them. Which one does?' +
      (first === undefined ? ` The columns of numbers are ${listed(columns, 30)}.` : ''),
    [...likely, ...(likely.length === 0 ? columns : [])]
      .slice(0, MOST_COLUMNS)
      .map((name) =>
        stock === undefined
          ? `How many nets would cover everybody with ${name} as the population?`
          : `Plan ${stock.toLocaleString('en')} nets with ${name} as the population`,
      ),
  )
}

/** Returns the meaning if the session can act on it now, or else says what must come first. */
export function possible(meaning: Meaning, outline: Outline): Meaning {
  if (meaning.kind === 'calls')
    return (
      meaning.calls
        .map((each) => possible(call(each), outline))
        .find((each) => each.kind !== 'call' || each.call.tool === 'propose_analysis') ?? meaning
    )
  if (meaning.kind !== 'call') return meaning
  const { call: wanted } = meaning
  const missing = missingFor(wanted, outline)
  if (missing === 'data') return askForData(outline)
  if (missing === 'boundaries') {
    const variable = wanted.tool === 'show_map' ? wanted.input.variable : undefined
    return ask(textOf(say(MISSING.boundaries, {})), [
      variable === undefined ? 'Which wards are at highest risk?' : `Describe ${variable}`,
    ])
  }
  if (missing === 'analysis') return call({ tool: 'propose_analysis', input: { insteadOf: 'ranking' } })
  const people = whichPopulation(wanted, outline)
  if (people !== null) return people
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
