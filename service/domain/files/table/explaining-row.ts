import type { HeadRow } from './join-header.ts'
import { isMark, isMarkAmongNumbers } from './missing-marks.ts'
import { beginsWithDigit } from '../read-cell.ts'
import { bareNumber, numberForm } from './number-form.ts'

const ROWS_BELOW = 8
const FEWEST_CELLS = 2
const FEWEST_NUMBERED = 4
/** So much of a row has to repeat the header, or to number the columns. */
const MOST_OF_ROW = 0.6
const NUMBERED = /^[([]?(\d{1,3})[)\]]?$/

/**
 * Whether the row directly below the header explains the columns and is no data: it gives their units (`mm`, `%`), or
 * numbers them from left to right. Units are texts in columns whose next rows hold numbers.
 */
export function explainsColumns(row: HeadRow, below: readonly HeadRow[]): boolean {
  return numbersColumns(row.texts) || givesUnits(row.texts, below.slice(0, ROWS_BELOW))
}

function numbersColumns(texts: readonly string[]): boolean {
  const filled = texts.flatMap((text, column) => (text === '' ? [] : [{ column, text }]))
  const [first] = filled
  if (first === undefined || filled.length < Math.max(FEWEST_NUMBERED, MOST_OF_ROW * texts.length)) return false
  const start = Number(NUMBERED.exec(first.text)?.[1] ?? NaN) - first.column
  return start <= 1 && filled.every(({ column, text }) => Number(NUMBERED.exec(text)?.[1] ?? NaN) - column === start)
}

function givesUnits(texts: readonly string[], below: readonly HeadRow[]): boolean {
  if (below.length < FEWEST_CELLS) return false
  const numeric = texts.flatMap((text, column) => {
    const others = below.map((row) => row.texts[column] ?? '').filter((other) => other !== '')
    return others.length > below.length / 2 && others.every(isNumber) ? [text] : []
  })
  const units = numeric.filter((text) => text !== '' && !isNumber(text) && !isMark(text) && !isMarkAmongNumbers(text))
  // Remarks on one ward repeat (`closed`), units of several columns hardly do.
  const isVaried = new Set(units).size > 1 || units.every((text) => /^[([].*[)\]]$|^\W$/.test(text))
  return units.length >= FEWEST_CELLS && isVaried && units.length === numeric.filter((text) => text !== '').length
}

function isNumber(text: string): boolean {
  return numberForm(bareNumber(text).digits) !== null
}

/** Whether a row of the body repeats the header, as the pages of a printed table do. */
export function repeatsHeader(cells: readonly (string | number)[], names: readonly string[]): boolean {
  let filled = 0
  let same = 0
  cells.forEach((cell, column) => {
    if (cell === '') return
    filled += 1
    const name = names[column] ?? ''
    if (name === '' || typeof cell !== 'string') return
    // Most cells are numbers, and few headers begin with one.
    if (beginsWithDigit(cell) && !beginsWithDigit(name)) return
    if (cell.trim().toLowerCase() === name.toLowerCase()) same += 1
  })
  return same >= FEWEST_CELLS && same >= MOST_OF_ROW * filled
}
