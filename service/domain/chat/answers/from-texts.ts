import type { Answer } from '../answer.ts'
import type { CallOf, ToolFrom } from '../tools.ts'
import { answerKnowledge, answerMethod } from './explained.ts'

/** The calls that the bundled texts can answer. They need nothing from the session. */
export type TextCall = CallOf<ToolFrom<'texts'>>

/** Answers from the bundled texts. */
export function answerFromTexts(call: TextCall): Answer {
  return call.tool === 'explain_method' ? answerMethod(call.input) : answerKnowledge(call.input)
}
