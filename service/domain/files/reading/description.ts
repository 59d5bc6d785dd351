import type { Question } from './question.ts'
import type { Reading } from './reading.ts'

/** What was found in a file: how it was read, and whatever else its role says about it. */
export interface Description {
  readonly reading: Reading
  readonly questions: readonly Question[]
  /** The months of a facility table. */
  readonly months?: readonly string[]
  /** The states and LGAs of a table; empty if it has none. */
  readonly areas?: readonly string[]
  /** Of the names of its wards or boundaries in their order. */
  readonly rowsHash?: string
}
