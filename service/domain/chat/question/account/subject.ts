import { EXPORTS } from '../../../exports/kinds.ts'
import type { NamingWords } from '../../../exports/kinds.ts'
import { TOPICS } from '../../knowledge.ts'
import type { Topic } from '../../knowledge.ts'
import type { InputOf, ToolCall } from '../../tools.ts'
import type { Reading } from '../reading.ts'
import { wordSet } from '../words.ts'
import {
  COMMON,
  LEFT_OUT,
  OF_CHOICES,
  OF_FAIRNESS,
  OF_MODE,
  OF_NONE,
  OF_OUT,
  OF_REST,
  RELATIVE,
  WORDS_OF_TOOLS,
} from './words-of-tools.ts'

const ONLY = wordSet('only just alone')
/** Words of a sum over several places or tiers. */
const TOGETHER = wordSet('together combined altogether jointly')
const HIGH_OR_LOW = wordSet('high low highest lowest')

/** Whether a word belongs to the subject of a call, so that it adds nothing to what the call's input says. */
export function isOfSubject(word: string, call: ToolCall, reading: Reading): boolean {
  const { plain } = reading
  if (COMMON.has(word) || WORDS_OF_TOOLS.get(call.tool)?.has(word) === true) return true
  switch (call.tool) {
    case 'rank_wards': {
      const { count, lga, tier } = call.input
      return ONLY.has(word) && [count, lga, tier].some((choice) => choice !== undefined)
    }
    case 'run_analysis':
      return call.input.mode !== undefined && OF_MODE.has(word)
    case 'count_nets_needed':
      return (
        (ONLY.has(word) && [call.input.wards, call.input.lgas, call.input.tier].some((some) => some !== undefined)) ||
        (TOGETHER.has(word) && [call.input.tiers, call.input.lgas, call.input.wards].some((some) => some !== undefined))
      )
    case 'plan_facts':
      return isOfFacts(word, call.input, plain)
    case 'show_map':
      return (
        (call.input.tiers !== undefined && LEFT_OUT.has(word)) ||
        (call.input.variable !== undefined && HIGH_OR_LOW.has(word) && plain.includes(' where '))
      )
    case 'change_plan':
    case 'plan_nets':
      return isOfPlan(word, call.input, reading)
    case 'explain_method':
      return call.input.topic === 'urban-threshold' && OF_FAIRNESS.has(word)
    case 'export_result':
      return isOfFile(word, EXPORTS[call.input.kind].words)
    default:
      return false
  }
}

function isOfFacts(word: string, { about }: InputOf<'plan_facts'>, plain: string): boolean {
  // "Why does Bena get no nets" asks about Bena, and "nets of wards not in Bena" does not.
  if (about === 'places') return plain.includes(' why ') && OF_NONE.has(word)
  if (OF_REST.has(word)) return about === 'remaining' || about === 'partial' || about === 'totals'
  if (about === 'remaining') return /^(?:more|extra|additional|not)$/.test(word)
  if (about === 'left-out' && OF_OUT.has(word)) return true
  return ['none', 'partial', 'lgas', 'left-out'].includes(about) && OF_NONE.has(word)
}

function isOfFile(word: string, words: readonly NamingWords[]): boolean {
  return words.some(({ phrases = [], beside }) => phrases.includes(word) || beside?.phrases?.includes(word) === true)
}

/** Whether a word says a choice of a plan that its call holds, or how its stock changes. */
function isOfPlan(word: string, input: InputOf<'change_plan'>, { figures, plain }: Reading): boolean {
  const { totalNets } = input
  const isSaid = figures.some(({ value }) => value === totalNets) && !/ to \d/.test(plain)
  const isRelative = totalNets !== undefined && !isSaid
  return (
    (isRelative && RELATIVE.has(word)) ||
    OF_CHOICES.some(([choice, words]) => input[choice] !== undefined && words.has(word))
  )
}

/** The topic of the method or of the bundled knowledge that a call explains. */
export function topicOf({ tool, input }: ToolCall): Topic | undefined {
  return tool === 'explain_method' || tool === 'answer_knowledge'
    ? TOPICS.find(({ id }) => id === input.topic)
    : undefined
}
