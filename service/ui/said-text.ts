import type { Said, SaidValue } from '../domain/said.ts'
import { h } from './dom.ts'
import { SERVICE_LANG } from './http.ts'
import { words } from './words/en.ts'

/** A text of the service as the page has it: in the words of its language, or in the service's own. */
export interface WordedText {
  readonly text: string
  /** The language of a text that the page does not word itself. */
  readonly lang: string | undefined
}

/**
 * Words a text of the service in the language of the page. In English the service's own text is the text; so it is
 * where the page does not know the kind, as after a newer release.
 */
export function saidText(text: string, said: Said | undefined): WordedText {
  const worded = said === undefined ? undefined : wordsFor(said)
  return worded === undefined ? { text, lang: SERVICE_LANG } : { text: worded, lang: undefined }
}

export function saidLine(text: string, said: Said | undefined): HTMLElement {
  const shown = saidText(text, said)
  return h('p', { lang: shown.lang }, shown.text)
}

function wordsFor({ kind, values }: Said): string | undefined {
  return words.said[kind]?.replaceAll(/\{(\w+)([,;]?)\}/g, (_, name: string, sign: string) =>
    textOf(values[name] ?? '', `${sign} `),
  )
}

function textOf(value: SaidValue, between: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  return 'kind' in value ? (wordsFor(value) ?? '') : value.map((item) => textOf(item, between)).join(between)
}
