import type { ReadingChoices } from '../reading/choices.ts'
import type { ColumnSurvey } from './column-survey.ts'
import type { NumberSigns } from './number-form.ts'

type Sign = '.' | ','

/** What the rest of the file shows about its signs. */
export interface FileSigns {
  /** The columns that write decimals with this sign for certain. */
  readonly decimal: Readonly<Record<Sign, number>>
  readonly delimiter: string | null
}

/** How the numbers of a column are to be read, and whether that had to be asked. */
export interface ColumnSigns {
  readonly signs: NumberSigns
  /** The sign that may stand before decimals or between thousands, if nothing says which. */
  readonly unclear: Sign | null
}

const PLAIN: NumberSigns = { decimal: '.', thousands: '' } as const
const OTHER = { '.': ',', ',': '.' } as const satisfies Record<Sign, Sign>

/** What the columns of a file show about its signs, before any column is decided. */
export function fileSigns(columns: readonly ColumnSurvey[], delimiter: string | null): FileSigns {
  const certain = (sign: Sign): number => columns.filter((column) => isDecimal(column, sign)).length
  return { decimal: { '.': certain('.'), ',': certain(',') }, delimiter }
}

/**
 * Decides how the numbers of a column are written. Its own certain forms come first, then what a person chose or
 * answered, then what the other columns show. Null where the column contradicts itself: it is left as it is written.
 */
export function columnSigns(
  column: ColumnSurvey,
  file: FileSigns,
  choices: ReadingChoices,
  answer: string | undefined,
): ColumnSigns | null {
  const either = (['.', ','] as const).filter((sign) => column.count(`either ${sign}`) > 0)
  const certain = certainSigns(column)
  if (certain === null) return null
  const [sign, second] = either
  if (sign === undefined) return { signs: certain.signs, unclear: null }
  if (second !== undefined) return certain.decimal === null ? null : { signs: withOther(certain), unclear: null }
  if (certain.decimal !== null || certain.thousands !== '') return { signs: withEither(certain, sign), unclear: null }
  const meaning = answeredMeaning(answer) ?? chosenMeaning(sign, choices) ?? shownMeaning(sign, file)
  const signs: NumberSigns =
    meaning === 'thousands' ? { decimal: OTHER[sign], thousands: sign } : { decimal: sign, thousands: '' }
  return { signs, unclear: meaning === null ? sign : null }
}

interface CertainSigns {
  readonly decimal: Sign | null
  readonly thousands: NumberSigns['thousands']
  readonly signs: NumberSigns
}

/** The signs that a column shows for certain; null if they contradict each other. */
function certainSigns(column: ColumnSurvey): CertainSigns | null {
  const decimals = (['.', ','] as const).filter((sign) => column.count(`decimal ${sign}`) > 0)
  const thousands = (['.', ',', ' ', "'"] as const).filter((sign) => column.count(`thousands ${sign}`) > 0)
  const [decimal = null] = decimals
  const [between = ''] = thousands
  if (decimals.length > 1 || thousands.length > 1 || (between !== '' && between === decimal)) return null
  const meant = decimal ?? (between === '.' ? ',' : between === ',' ? '.' : PLAIN.decimal)
  return { decimal, thousands: between, signs: { decimal: meant, thousands: between } }
}

/** `12.400` beside `22,5`: what is not the decimal sign stands between thousands. */
function withEither({ decimal, thousands, signs }: CertainSigns, sign: Sign): NumberSigns {
  if (decimal === sign) return signs
  if (decimal === null && thousands !== sign) return { decimal: sign, thousands }
  return thousands === '' || thousands === sign ? { decimal: OTHER[sign], thousands: sign } : signs
}

function withOther({ decimal, signs }: CertainSigns): NumberSigns {
  return decimal === null ? signs : { decimal, thousands: OTHER[decimal] }
}

function answeredMeaning(answer: string | undefined): 'thousands' | 'decimal' | null {
  return answer === 'thousands' || answer === 'decimal' ? answer : null
}

function chosenMeaning(sign: Sign, { decimal, thousands }: ReadingChoices): 'thousands' | 'decimal' | null {
  if (decimal === sign) return 'decimal'
  if (thousands === sign || decimal !== undefined) return 'thousands'
  return thousands === undefined ? null : 'decimal'
}

/**
 * `12,400` in a file between commas, or beside a column with `22.5`, is twelve thousand four hundred. `12.400` beside
 * `22,5` is too. Beside `22.5` it may be 12.4 or written by another program.
 */
function shownMeaning(sign: Sign, { decimal, delimiter }: FileSigns): 'thousands' | null {
  if (decimal[sign] > 0) return null
  if (decimal[OTHER[sign]] > 0) return 'thousands'
  return sign === ',' && delimiter === ',' ? 'thousands' : null
}

function isDecimal(column: ColumnSurvey, sign: Sign): boolean {
  const certain = certainSigns(column)
  return column.isNumeric && certain?.decimal === sign
}
