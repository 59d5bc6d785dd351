import type { ToolCall } from '../../tools.ts'
import { isTag, tagAt, textAt } from './draft.ts'
import { speaksOf } from '../reading.ts'
import { isDigits } from '../words.ts'
import type { Tag } from './lexicon.ts'
import { isComparative, isSizeCompared } from './read-comparatives.ts'
import type { Read } from './read-draft.ts'
import { isWholeState } from './read-places.ts'
import type { Token } from './tokens.ts'

/** The tools whose inputs hold everything that a question names. What others leave aside they say themselves. */
const CHECKED: ReadonlySet<string> = new Set<ToolCall['tool']>([
  'rank_wards',
  'describe_variable',
  'summarise_lgas',
  'describe_data',
  'compare_wards',
  'compare_rankings',
  'explain_ward',
  'ward_values',
  'check_quality',
])
/** Tools that speak of all data, in many words: only an unknown place is asked about. */
const WHOLE: ReadonlySet<string> = new Set<ToolCall['tool']>(['describe_data', 'check_quality', 'compare_rankings'])
/** Tools whose questions may name columns that their inputs do not hold. */
const NO_COLUMNS: ReadonlySet<string> = new Set<ToolCall['tool']>(['explain_ward', 'describe_data'])
/** What a plan gives, which a ranking does not show. */
const OF_PLAN: ReadonlySet<Tag> = new Set<Tag>(['nets', 'need', 'covered'])
/** The area of a ward, which is a column. */
const OF_LAND: ReadonlySet<Tag> = new Set<Tag>(['land', 'landSmall'])
/** Figures, which wards side by side do not have. */
const FIGURES: ReadonlySet<Tag> = new Set<Tag>(['sum', 'mean', 'median', 'share'])
/** Phrases that none of these tools can carry out. */
const CONDITIONS: ReadonlySet<Tag> = new Set<Tag>([
  '>',
  '<',
  '>=',
  '<=',
  '!=',
  'neg',
  'except',
  'missing',
  'vague',
  'aboveMean',
  'belowMean',
  'aboveMedian',
  'belowMedian',
  'sum',
  'sd',
  'quantile',
  'share',
  'correlation',
  'weighted',
  'histogram',
  'scatter',
  'box',
  'bar',
  'pie',
  'matrix',
  'servedAny',
  'servedNone',
  'servedPart',
  'servedFull',
  'leftOut',
])

const COMPARING: ReadonlySet<Tag> = new Set<Tag>(['>', '<', '>=', '<=', '!=', 'between'])

/**
 * Whether a call leaves out something that the message names: a place, a column, a tier, a number, a comparison or a
 * figure. Such a call is not made.
 */
export function drops(call: ToolCall, { asking }: Read): boolean {
  const { draft } = asking
  // A text of the method says nothing about the wards that a condition means.
  if (call.tool === 'explain_method' || call.tool === 'answer_knowledge')
    return (
      ((draft.where.length > 0 || draft.isCount) && draft.subjects.has('wards')) ||
      asksForWards(asking, call.input.topic)
    )
  if (!CHECKED.has(call.tool)) return false
  const input = JSON.stringify(call.input)
  const holds = (name: string): boolean => input.includes(JSON.stringify(name).slice(1, -1))
  // Several wards together are one figure, and their values are several.
  if (call.tool === 'ward_values' && call.input.wards.length > 1 && asking.reading.plain.includes(' together '))
    return true
  const isExplained = call.tool === 'explain_ward' || call.tool === 'compare_wards'
  if (isOtherQuestion(call, asking)) return true
  const isDropped = (token: Token, at: number): boolean => {
    switch (token.kind) {
      case 'lga':
        return !token.lgas.some(holds)
      case 'ward':
        return !token.wards.some(holds)
      case 'column':
        return !NO_COLUMNS.has(call.tool) && !token.columns.some(holds)
      case 'tier':
        return !isExplained && call.tool !== 'summarise_lgas' && !holds(token.tier) && !isOrder(asking, at)
      case 'value':
        return token.values.every(({ isOnly }) => !isOnly) && !isExplained
      case 'number':
        return token.value !== 1 && !isExplained && !input.includes(String(token.value ?? ''))
      case 'tag': {
        const tag = tagAt(asking, at)
        if (call.tool === 'compare_wards' && tag !== null && FIGURES.has(tag)) return true
        if (tag !== null && (OF_PLAN.has(tag) || OF_LAND.has(tag))) return true
        if (isComparative(asking, at)) return call.tool !== 'ward_values'
        // "The nearest wards to Gwale" asks for others, not for that ward.
        if (tag === 'nearest' || tag === 'farthest') return call.tool === 'explain_ward'
        if (tag === 'versus') return call.tool === 'rank_wards' || call.tool === 'describe_variable'
        return (
          tag !== null &&
          CONDITIONS.has(tag) &&
          !(tag === 'missing' && call.tool === 'check_quality') &&
          !(tag === 'vague' && call.tool === 'compare_rankings') &&
          (!isExplained || isSizeCompared(asking, at)) &&
          !(tag === 'neg' && textAt(asking, at + 1) === 'plan')
        )
      }
      case 'unknown':
        return WHOLE.has(call.tool) && !draft.isCount
          ? isTag(asking, at - 1, 'in', 'by') && isUnknown(asking, token.from) && !isWholeState(asking, at)
          : isUnknown(asking, token.from) && !isExplained && !isWholeState(asking, at)
      default:
        return false
    }
  }
  return asking.tokens.some(isDropped)
}

/** Whether wards beside the one that is explained are asked for, or how many wards there are in a list. */
function isOtherQuestion({ tool }: ToolCall, asking: Read['asking']): boolean {
  const { draft, tokens, reading } = asking
  if (tool === 'rank_wards') return draft.isCount
  const areWards = tokens.some((_, at) => isTag(asking, at, 'wards') && textAt(asking, at).endsWith('s'))
  return tool === 'explain_ward' && !speaksOf(reading, 'why') && (draft.isCount || (areWards && !draft.isVersus))
}

/** Whether a question that looks like one about the method counts or compares: then its answer is in the data. */
function asksForWards({ draft, tokens }: Read['asking'], topic: string | undefined): boolean {
  const isOfNumber = /\d/.test(topic ?? '')
  const hasNumber = tokens.some((token) => token.kind === 'number' && token.value !== 1)
  const compares = tokens.some((token) => token.kind === 'tag' && COMPARING.has(token.tag))
  const isOfPlace = tokens.some(({ kind }) => kind === 'lga' || kind === 'ward')
  return !isOfNumber && ((hasNumber && (draft.isCount || compares)) || (isOfPlace && draft.isCount))
}

/** Whether a word is in no list at all, or is a number that is part of no other word. */
function isUnknown({ reading }: Read['asking'], place: number): boolean {
  const word = reading.words[place]
  return reading.unknown.includes(place) || (word !== undefined && isDigits(word))
}

/** "High" beside the wards or the risk asks for an order: `high risk areas`. */
function isOrder({ tokens }: Read['asking'], at: number): boolean {
  const next = tokens[at + 1]
  return next?.kind === 'tag' && next.tag === 'risk'
}
