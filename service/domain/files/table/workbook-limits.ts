import { Fault } from '../../fault.ts'
import { advised } from '../unreadable.ts'
import { say } from '../../said.ts'
import { MOST_COLUMNS } from '../table-limits.ts'

const MIB = 1024 * 1024

/** What a workbook may hold. It is counted before the library sees the workbook. */
export const WORKBOOK_LIMITS = {
  /** The size of the file itself: the library keeps all of a workbook in memory. */
  fileBytes: 16 * MIB,
  /** The unpacked size of the parts of a ZIP that are read. */
  unpackedBytes: 48 * MIB,
  /** An `.xls` file has 65,536 rows at most. */
  rows: 65_536,
  columns: MOST_COLUMNS,
  /** Cells of all sheets together, repeated ones and gaps counted. */
  cells: 2_000_000,
  sheets: 100,
  /** Ranges of merged cells of a sheet. */
  merged: 20_000,
} as const

/** @throws Fault `too-large` when a workbook is larger than the library is given */
export function refuseLargeWorkbook(bytes: Uint8Array, filename: string): void {
  const { fileBytes } = WORKBOOK_LIMITS
  if (bytes.length <= fileBytes) return
  const said = say('workbook-too-large', { mib: Math.ceil(bytes.length / MIB), most: fileBytes / MIB })
  throw new Fault('too-large', say('cannot-read', { filename, found: advised(said, 'save-sheet-as-csv') }), {
    errors: [{ said }],
  })
}

/** The Fault for a workbook whose cells reach too far. */
export function tooManyCells(filename: string): Fault {
  const { rows, columns, cells } = WORKBOOK_LIMITS
  const said = say('cells-too-far', {})
  return new Fault(
    'too-large',
    say('cannot-read', { filename, found: say('cells-too-far-limits', { found: said, rows, columns, cells }) }),
    { errors: [{ said }] },
  )
}
