import { FAULT_TEXTS } from './fault-texts.ts'
import { FINDING_TEXTS } from './finding-texts.ts'
import { QUESTION_TEXTS } from './question-texts.ts'
import { quoted } from './quoted.ts'

/** All texts that have a kind. The page words the same kinds in other languages. */
const TEXTS = { ...QUESTION_TEXTS, ...FINDING_TEXTS, ...FAULT_TEXTS } as const

export type SaidKind = keyof typeof TEXTS

/** A text by what it says, so that whoever shows it can word it in another language: its kind, and the values in it. */
export interface Said {
  readonly kind: SaidKind
  readonly values: Readonly<Record<string, SaidValue>>
}

/**
 * A value of a text: as it is written, a text of its own, or a list of such. `''` where there is nothing to say. A number
 * that may not be finite is given as it is written, since JSON has none.
 */
export type SaidValue = string | number | Said | readonly (string | Said)[]

type NameIn<Slot extends string> = Slot extends `${infer Name},` | `${infer Name};` ? Name : Slot
type NamesIn<Text extends string> = Text extends `${string}{${infer Slot}}${infer Rest}`
  ? NameIn<Slot> | NamesIn<Rest>
  : never

/** A kind of text without values. */
export type PlainKind = {
  [Kind in SaidKind]: NamesIn<(typeof TEXTS)[Kind]> extends never ? Kind : never
}[SaidKind]

type ValuesOf<Kind extends SaidKind> = Readonly<Record<NamesIn<(typeof TEXTS)[Kind]>, SaidValue>>

/** A text of this kind with these values. */
export function say<Kind extends SaidKind>(kind: Kind, values: ValuesOf<Kind>): Said {
  return { kind, values }
}

/** The text in English. */
export function textOf({ kind, values }: Said): string {
  return TEXTS[kind].replaceAll(/\{(\w+)([,;]?)\}/g, (_, name: string, sign: string) =>
    wordsOf(values[name] ?? '', `${sign} `),
  )
}

function wordsOf(value: SaidValue | string, between: string): string {
  if (typeof value === 'string' || typeof value === 'number') return String(value)
  return 'kind' in value ? textOf(value) : value.map((item) => wordsOf(item, between)).join(between)
}

/** `a and b and c`; `''` of nothing. */
export function allOf(items: readonly (string | Said)[]): string | Said {
  return items.length === 0 ? '' : items.reduce((one, other) => say('both', { one, other }))
}

/** Names in a text, quoted: the first `most`, and how many more there are. */
export function listedNames(names: readonly string[], most = 12): { names: readonly string[]; more: SaidValue } {
  const rest = names.length - most
  return { names: names.slice(0, most).map(quoted), more: rest > 0 ? say('and-more', { count: rest }) : '' }
}
