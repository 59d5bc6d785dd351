import { tableFormatOf } from './format-of.ts'
import { TABLE_FORMATS, type TableFormat, type TableFormatRow } from './formats.ts'
import type { FileToRead } from './reading/choices.ts'
import type { RowTaker } from './row-taker.ts'
import { shownName } from './shown-name.ts'

/**
 * Reads a table in any format, row by row, into what `takerOf` makes for it. Passes over the file once. Memory grows
 * with what is kept of the rows.
 * @throws Fault `unreadable-file` when something cannot be read, with its line and column
 * @throws Fault `too-large` when the table exceeds a limit
 */
export async function readTable<Taker extends RowTaker>(
  { bytes, filename }: FileToRead,
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
