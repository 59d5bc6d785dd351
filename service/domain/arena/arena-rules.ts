import { answerFromTexts } from '../chat/answers/from-texts.ts'
import { counted, inARow } from '../chat/answers/wording.ts'
import { interpret } from '../chat/interpret.ts'
import type { Outline } from '../chat/outline.ts'
import { isFrom, TOOLS } from '../chat/tools.ts'

/** Contestants without a model: the rules answer, briefly or in detail. */
export const RULE_VARIANTS = ['rules-brief', 'rules-detailed'] as const
export type RuleVariant = (typeof RULE_VARIANTS)[number]

/** A bundled text's title and its first sentence. The point of an abbreviation such as `P.` does not end a sentence. */
const TITLE_AND_SENTENCE = /^(?:.*?[\p{Ll}\d)%][.!?](?=\s|$)){1,2}/su

/** Answers a message of the arena by rules: from the bundled texts and the outline, without a figure of any ward. */
export function answerByRules(variant: RuleVariant, message: string, outline: Outline): string {
  const isBrief = variant === 'rules-brief'
  const meaning = interpret(message, outline)
  if (meaning.kind === 'clarify' || meaning.kind === 'say') {
    const options = meaning.options.slice(0, isBrief ? 1 : undefined).map((option) => `“${option}”`)
    return [meaning.kind === 'say' ? meaning.text : meaning.question, options.join(', ')].join(' ').trim()
  }
  if (meaning.kind === 'decline') return isBrief ? meaning.reason : `${meaning.reason} ${whatThereIs(outline)}`
  const call = meaning.kind === 'call' ? meaning.call : meaning.calls[0]
  if (call === undefined) return whatThereIs(outline)
  if (isFrom(call, 'texts')) {
    const { text, basis } = answerFromTexts(call)
    return isBrief ? (TITLE_AND_SENTENCE.exec(text)?.[0] ?? text) : [text, ...basis].join('\n')
  }
  const { description } = TOOLS[call.tool]
  const read = `This is a question for the chat, which answers it from your data. ${description}`
  return isBrief ? read : `${read} ${whatThereIs(outline)}`
}

function whatThereIs({ dataset, analysis }: Outline): string {
  if (dataset === null) return 'There are no data in this session yet: upload a ward table first.'
  const indicators = dataset.columns.filter(({ indicator }) => indicator).map(({ name }) => name)
  const ranked =
    analysis === null
      ? 'They have not been ranked yet.'
      : `They were ranked by ${inARow(analysis.indicators)}${analysis.stale ? ', before the data changed' : ''}.`
  const named = indicators.length === 0 ? 'no indicators' : `the indicators ${inARow(indicators)}`
  const counts = `${counted(dataset.wards.length, 'ward')}, ${counted(dataset.lgas.length, 'LGA')}`
  return `The data have ${counts} and ${named}. ${ranked}`
}
