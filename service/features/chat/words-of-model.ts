import type { Answer } from '../../domain/chat/answer.ts'
import { checkWords } from '../../domain/chat/words/check-words.ts'
import type { Step } from './model-step.ts'

/** What of a model's last words may stand after the tools' texts. */
export type Words =
  | { readonly kind: 'said'; readonly text: string; readonly isCut: boolean }
  /** It said nothing, or its provider stopped it. */
  | { readonly kind: 'none' }
  | { readonly kind: 'refused' }

export function wordsAfter({ text, end }: Pick<Step, 'text' | 'end'>, answers: readonly Answer[]): Words {
  const isCut = end === 'length'
  const whole = (isCut ? wholeSentences(text) : text).trim()
  if (end === 'refused' || (whole === '' && !isCut)) return { kind: 'none' }
  const checked = checkWords(
    whole,
    answers.map(({ table }) => table),
    answers.map((answer) => answer.text),
  )
  return checked === null ? { kind: 'refused' } : { kind: 'said', text: checked.text, isCut }
}

/** A text that was cut, without the sentence or the line in which it was. */
function wholeSentences(text: string): string {
  const last = [...text.matchAll(/[.!?](?=\s|$)|\n/gu)].at(-1)
  return last === undefined ? '' : text.slice(0, last.index + 1)
}
