import type { ToolCall } from '../../tools.ts'
import type { Reading } from '../reading.ts'
import type { Meaning } from '../replies.ts'
import { askAboutUnused } from './ask-about-unused.ts'
import { unusedWords } from './unused-words.ts'

/** Sees to it that no call is made that leaves out a part of the message. */
export class Account {
  readonly #reading: Reading
  readonly #understand: ((message: string) => Meaning) | null
  #refused: { readonly calls: readonly ToolCall[]; readonly unused: readonly number[] } | null = null

  /** @param understand what a part of the message means, to be offered instead; without it nothing is offered */
  constructor(reading: Reading, understand: ((message: string) => Meaning) | null = null) {
    this.#reading = reading
    this.#understand = understand
  }

  /**
   * The meaning if its calls use all of the message or if it makes none, and else null.
   * @param isAround whether a word says only how the message goes on with the one before
   */
  whole(meaning: Meaning | null, isAround: (word: string) => boolean = () => false): Meaning | null {
    const calls = meaning?.kind === 'call' ? [meaning.call] : meaning?.kind === 'calls' ? meaning.calls : []
    const all = calls.length === 0 ? [] : unusedWords(this.#reading, calls)
    const unused = all.filter((place) => !isAround(this.#reading.words[place]?.text ?? ''))
    if (unused.length === 0) return meaning
    this.#refused ??= { calls, unused }
    return null
  }

  /** The question about what the first refused meaning left out; null if none was refused. */
  question(): Meaning | null {
    if (this.#refused === null) return null
    const { calls, unused } = this.#refused
    return askAboutUnused(this.#reading, calls, unused, this.#understand)
  }
}
