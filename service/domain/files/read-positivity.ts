import { PositivityBuilder } from './positivity-builder.ts'
import type { Positivity, PositivityChoices } from './positivity.ts'
import { readCsvRows } from './read-csv.ts'
import { isWorkbook } from './read-wards.ts'
import { shownName } from './shown-name.ts'

/**
 * Measures test positivity from a table of facilities and months, CSV or the first sheet of an XLSX workbook, row by
 * row: one pass over the bytes, memory by facility and month. Rows with impossible counts are refused and listed.
 * @throws Fault `unreadable-file` or `too-large` when the file cannot be read
 * @throws Fault `invalid-input` when a facility level is chosen and the file has no levels
 */
export async function readPositivity(
  bytes: Uint8Array,
  filename: string,
  choices: PositivityChoices,
): Promise<Positivity> {
  const name = shownName(filename)
  const builder = new PositivityBuilder(name, choices)
  if (isWorkbook(bytes, filename)) {
    const { readXlsxRows } = await import('./read-xlsx.ts')
    await readXlsxRows(bytes, name, builder)
  } else {
    readCsvRows(bytes, name, builder)
  }
  return builder.finish()
}
