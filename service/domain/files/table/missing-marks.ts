import { beginsWithDigit, isMissing } from '../read-cell.ts'

/** Marks that mean a missing value in every column. The errors of Excel are among them. */
const EVERYWHERE: ReadonlySet<string> = new Set([
  '-',
  '--',
  '---',
  '–',
  '—',
  '..',
  '...',
  '…',
  '<na>',
  '#ref!',
  '#value!',
  '#div/0!',
  '#name?',
  '#num!',
  '#null!',
  '#n/a n/a',
  '#getting_data',
  '#error!',
])

/**
 * Marks that mean a missing value among numbers, and may be names or codes elsewhere. `nil` is not one: it may be 0.
 */
const AMONG_NUMBERS: ReadonlySet<string> = new Set([
  '.',
  '*',
  '?',
  'nd',
  'n.d.',
  'n/d',
  'n.a.',
  'n.a',
  's/d',
  's.d.',
  'nr',
  'n/r',
  'no data',
  'nodata',
  'not available',
  'not reported',
  'not applicable',
  'missing',
  'unknown',
  'undefined',
  '(blank)',
  '(vide)',
  '-nan',
  's.o.',
  's/o',
  'n/c',
  'sans objet',
  'pas de données',
  'pas de donnees',
  'non disponible',
  'non rapporté',
  'non rapporte',
  'manquant',
  'sem dados',
  'não disponível',
  'nao disponivel',
  'sin datos',
  'no report',
  'nil report',
  'not done',
  'pending',
])
const LONGEST_MARK = 20

/** Whether a trimmed cell means a missing value in any column. */
export function isMark(cell: string): boolean {
  if (beginsWithDigit(cell)) return false
  return isMissing(cell) || (cell.length <= LONGEST_MARK && EVERYWHERE.has(cell.toLowerCase()))
}

/** Whether a trimmed cell means a missing value in a column of numbers. */
export function isMarkAmongNumbers(cell: string): boolean {
  return cell.length <= LONGEST_MARK && !beginsWithDigit(cell) && AMONG_NUMBERS.has(cell.toLowerCase())
}
