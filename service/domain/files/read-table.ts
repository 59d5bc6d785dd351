import { tableFormatOf } from './format-of.ts'
import { TABLE_FORMATS, type TableFormat, type TableFormatRow } from './formats.ts'
import type { RowTaker } from './row-taker.ts'
import { shownName } from './shown-name.ts'

/**
 * Reads a table in any format, row by row, into what `takerOf` makes for it: one pass, memory by what is kept of the
 * rows. Throws a Fault (`unreadable-file`, `too-large`) with the line and column of what cannot be read.
 */
export async function readTable<Taker extends RowTaker>(
  bytes: Uint8Array,
  filename: string,
  takerOf: (format: TableFormat, name: string) => Taker,
): Promise<Taker> {
  const name = shownName(filename)
  const format = tableFormatOf(bytes, filename)
  const row: TableFormatRow = TABLE_FORMATS[format]
  const readRows = await row.load()
  const taker = takerOf(format, name)
  await readRows(bytes, name, taker)
  return taker
}
