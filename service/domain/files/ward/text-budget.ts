import { Fault } from '../../fault.ts'
import { advised } from '../unreadable.ts'
import { quoted } from '../../quoted.ts'
import { say, type Said } from '../../said.ts'
import { MOST_TEXT_CHARACTERS, MOST_TEXTS, MOST_TEXTS_OF_COLUMN } from '../table-limits.ts'

/** Bounds the different texts that a ward table keeps: they fill a thread's memory faster than numbers do. */
export class TextBudget {
  readonly #filename: string
  #texts = 0
  #characters = 0

  constructor(filename: string) {
    this.#filename = filename
  }

  /**
   * Counts a text that no earlier row of its column has.
   * @param column its name
   * @param ofColumn the different texts of the column before it
   * @throws Fault `too-large` when the column or the table has too many, or they are too long together
   */
  add(text: string, column: string, ofColumn: number): void {
    this.#texts += 1
    this.#characters += text.length
    if (ofColumn >= MOST_TEXTS_OF_COLUMN)
      throw this.#tooLarge(say('too-many-texts-of-column', { column: quoted(column), most: MOST_TEXTS_OF_COLUMN }))
    if (this.#texts > MOST_TEXTS) throw this.#tooLarge(say('too-many-texts', { most: MOST_TEXTS }))
    if (this.#characters > MOST_TEXT_CHARACTERS)
      throw this.#tooLarge(say('texts-too-long', { most: MOST_TEXT_CHARACTERS }))
  }

  #tooLarge(said: Said): Fault {
    return new Fault(
      'too-large',
      say('cannot-read', {
        filename: this.#filename,
        found: advised(said, 'leave-out-columns'),
      }),
      {
        errors: [{ said }],
      },
    )
  }
}
