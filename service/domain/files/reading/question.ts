import { textOf, type Said } from '../../said.ts'

/**
 * What a question can be about. These are all the questions there are; anything else that is done, left out or assumed
 * is a finding.
 */
export type QuestionKind =
  /** A value that may be a mark for missing: -9999, 99999, -3.4e38. */
  | 'sentinel'
  /** Rows of one ward that differ. */
  | 'duplicate-differs'
  /** Every value of a column has the form `d.ddd`. */
  | 'thousands-or-decimal'
  /** Rows that may be areas, months or other things that are not wards. */
  | 'rows-no-wards'
  /** A table with several rows a ward: which period, or which sum. */
  | 'period-of-rows'
  /** Wards joined by a code whose names contradict each other. */
  | 'codes-contradict'
  /** Coordinates that lie far from where the rest of the data is. */
  | 'place-of-boundaries'
  /** Several sheets or layers that could be meant. */
  | 'sheet-or-layer'
  /** Which columns say what a row is about. */
  | 'column-roles'
  /** Several files of one role: together, or the last alone. */
  | 'several-files'
  /** Urban shares from 0 to 1: percent, or shares of one. For plans only. */
  | 'urban-share-unit'
  /** A population that wards do not have. For plans only. */
  | 'implausible-people'

/**
 * Something that only a person can know. While it is open, whatever it could change is refused with `unsettled`; it is
 * answered by `ReadingChoices.answers` of its file.
 */
export interface Question {
  /** Made of the kind and the place, so that the same file asks the same question: `sentinel:rainfall:-9999`. */
  readonly id: string
  readonly kind: QuestionKind
  /** What was found and where, as a sentence or two that end in the question. */
  readonly detail: string
  /** The same by its kind and its values. */
  readonly said: Said
  /** The possible answers. Empty if `ReadingChoices.columns` is the answer: what the columns are. */
  readonly options: readonly QuestionOption[]
  /** What may differ by the answer: the ranking (and all that follows from it), or plans alone. */
  readonly affects: 'ranking' | 'plan'
  /** The columns that it is about. Empty when it concerns every use of the data. */
  readonly columns: readonly string[]
}

export interface QuestionOption {
  readonly value: string
  /** What the answer means and does, in a few words. */
  readonly label: string
  /** The same by its kind and its values. */
  readonly said: Said
}

interface QuestionParts extends Omit<Question, 'detail' | 'options'> {
  readonly options: readonly Omit<QuestionOption, 'label'>[]
}

/** A question with its texts in English. */
export function makeQuestion({ options, ...parts }: QuestionParts): Question {
  return {
    ...parts,
    detail: textOf(parts.said),
    options: options.map((option) => ({ ...option, label: textOf(option.said) })),
  }
}

const LONGEST_ID = 200

/** The id of a question about `parts` of a file. */
export function questionId(kind: QuestionKind, ...parts: readonly string[]): string {
  return [kind, ...parts.map((part) => part.replaceAll(/[\s:]+/g, ' ').trim())].join(':').slice(0, LONGEST_ID)
}
