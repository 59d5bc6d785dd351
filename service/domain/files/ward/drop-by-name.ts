import { plainForm, stateForm } from '../area-key.ts'
import { say, type Said, type SaidKind } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import { LineRanges } from '../line-ranges.ts'
import { areaForm } from '../normal-form.ts'
import { isSummaryName, summedPlace } from '../summary-row.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { isFootnote, isUnknownName } from './no-place-names.ts'
import { dropRows, isMissingAt, textAt } from './raw-table.ts'
import { cellsOf, rowSaid, valueColumns, type Rows } from './roled-table.ts'

const MOST_EXAMPLES = 50
const LONGEST_NAME = 60
const FEWEST_HEADINGS = 2
/** From this share on, a column is filled as a rule, and a row without it is an exception. */
const AS_A_RULE = 0.75
/** No ward is called so: `Alafia LGA`, `Kwara State`. */
const AREA_WORDS = /\b(?:local government area|lga|state)\b/

/** The LGAs and states of a table, in the forms in which names are compared. */
export interface KnownAreas {
  readonly lgas: ReadonlySet<string>
  readonly states: ReadonlySet<string>
}

/** The LGAs and states that the columns of a table name. */
export function knownAreas(rows: Rows): KnownAreas {
  const formsOf = (cells: readonly string[], form: (name: string) => string): ReadonlySet<string> =>
    new Set([...new Set(cells)].filter((cell) => cell !== '').map(form))
  return { lgas: formsOf(cellsOf(rows, 'lga'), areaForm), states: formsOf(cellsOf(rows, 'state'), stateForm) }
}

/** Why a row is no ward, as its finding says it. */
const REASONS = {
  nameless: 'rows-nameless',
  summary: 'rows-summing-up',
  area: 'rows-called-areas',
  heading: 'rows-heading',
  unknown: 'rows-unknown',
  note: 'rows-remarks',
} as const satisfies Readonly<Record<string, SaidKind>>

/**
 * Leaves out the rows whose names show that they are no wards, and says which. A row with a code of its own is left out
 * only if it is called as an area with the word for it.
 */
export function dropByName(rows: Rows, inquiry: Inquiry): Rows {
  const [names, codes] = [cellsOf(rows, 'ward name'), cellsOf(rows, 'ward code')]
  const [lgas, states] = [cellsOf(rows, 'lga'), cellsOf(rows, 'state')]
  const known = knownAreas(rows)
  const dropped = new Map<number, keyof typeof REASONS>(headingsOf(rows).map((row) => [row, 'heading']))
  const isFilled = (cells: readonly string[]): boolean =>
    cells.filter((cell) => cell !== '').length >= AS_A_RULE * cells.length
  const keys = [names, lgas].filter(isFilled)
  const values = valueColumns(rows)
  for (const row of rows.lines.keys()) {
    const named = [names[row] ?? '', codes[row] ?? ''].filter((cell) => cell !== '')
    const [name = ''] = named
    const areas = [lgas[row] ?? '', states[row] ?? ''].filter((cell) => cell !== '')
    if (named.length === 0) dropped.set(row, 'nameless')
    else if (named.every((cell) => isSummaryName(cell, areas))) dropped.set(row, 'summary')
    else if (isTotalOf(name, known)) dropped.set(row, 'summary')
    else if (named.every(isUnknownName)) dropped.set(row, 'unknown')
    else if (isCalledAsArea(name, known)) dropped.set(row, 'area')
    else if (isAlone(rows, row)) {
      if (isFootnote(name) || name.length > LONGEST_NAME) dropped.set(row, 'note')
      else if (known.lgas.has(areaForm(name)) || known.states.has(stateForm(name))) dropped.set(row, 'heading')
    } else if (isFootnote(name) && named.length === 1) dropped.set(row, 'note')
    if (
      !dropped.has(row) &&
      keys.some((cells) => cells[row] === '') &&
      values.length > 0 &&
      values.every((column) => isMissingAt(column, row))
    )
      dropped.set(row, 'note')
  }
  for (const [reason, text] of Object.entries(REASONS)) {
    const found = [...dropped].filter(([, why]) => why === reason).map(([row]) => row)
    if (found.length > 0)
      inquiry.note(
        makeFinding('row-dropped', say(text, {}), {
          count: found.length,
          examples:
            reason === 'nameless'
              ? linesOf(rows, found)
              : found.slice(0, MOST_EXAMPLES).map((row) => rowSaid(rows, row)),
        }),
      )
  }
  return dropRows(rows, new Set(dropped.keys()))
}

/**
 * The rows that head a block of wards in a table without LGAs: each has a name alone, the first row is one, and values
 * follow each of them.
 */
function headingsOf(rows: Rows): readonly number[] {
  const alone = [...rows.lines.keys()].filter((row) => isAlone(rows, row))
  const isHeading = alone[0] === 0 && alone.length >= FEWEST_HEADINGS && alone.length <= rows.lines.length / 2
  const hasNext = alone.every((row, place) => row + 1 < rows.lines.length && alone[place + 1] !== row + 1)
  return isHeading && hasNext ? alone : []
}

/** `Alafia Total` where the table has an LGA Alafia, though the row itself names none. */
function isTotalOf(name: string, { lgas, states }: KnownAreas): boolean {
  const place = summedPlace(name)
  return place !== null && (lgas.has(areaForm(place)) || states.has(stateForm(place)))
}

/** `Alafia Local Government Area` where the table has an LGA Alafia, and `Kwara State` where it has a state Kwara. */
function isCalledAsArea(name: string, { lgas, states }: KnownAreas): boolean {
  const plain = plainForm(name)
  if (!AREA_WORDS.test(plain) || /\bward\b/.test(plain)) return false
  return /\bstate\b/.test(plain) ? states.has(stateForm(name)) : lgas.has(areaForm(name))
}

function linesOf({ lines }: Rows, found: readonly number[]): readonly Said[] {
  const ranges = new LineRanges()
  for (const row of found) ranges.add(lines[row] ?? 0)
  return ranges.names()
}

/** Whether a row has one cell only, or says the same in all that it has. */
function isAlone({ columns }: Rows, row: number): boolean {
  let only: string | null = null
  for (const column of columns) {
    if (isMissingAt(column, row)) continue
    const text = textAt(column, row)
    if (only !== null && text !== only) return false
    only = text
  }
  return only !== null
}
