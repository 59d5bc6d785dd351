import { Fault } from '../fault.ts'
import { readCsv } from './read-csv.ts'
import { shownName } from './shown-name.ts'
import type { WardTable } from './ward-table.ts'

/**
 * Reads a ward table, one row per ward, from CSV or from the first sheet of an XLSX workbook.
 * Everything left out, renamed or assumed is in the table's findings.
 * @throws Fault `unreadable-file` or `too-large` with the line and column of what cannot be read
 */
export async function readWards(bytes: Uint8Array, filename: string): Promise<WardTable> {
  const name = shownName(filename)
  if (isWorkbook(bytes, filename)) {
    // Most tables are CSV, and loading the workbook reader costs more than reading most of them.
    const { readXlsx } = await import('./read-xlsx.ts')
    return await readXlsx(bytes, name)
  }
  return readCsv(bytes, name)
}

/**
 * Whether the bytes are an XLSX workbook.
 * @throws Fault `unreadable-file` when name and bytes contradict each other
 */
export function isWorkbook(bytes: Uint8Array, filename: string): boolean {
  const name = shownName(filename)
  if (/\.xlsx$/i.test(filename) || isZip(bytes)) {
    if (/\.(?:csv|tsv|txt)$/i.test(filename))
      throw new Fault(
        'unreadable-file',
        `Cannot read ${name}: it is a ZIP file or an Excel workbook, not a CSV; ` +
          'give it the ending .xlsx or save it as CSV',
      )
    if (bytes.length > 0 && !isZip(bytes))
      throw new Fault(
        'unreadable-file',
        `Cannot read ${name}: it is not an Excel workbook (.xlsx); save the table as .xlsx or CSV`,
      )
    return true
  }
  if (bytes[0] === 0xd0 && bytes[1] === 0xcf)
    throw new Fault(
      'unreadable-file',
      `Cannot read ${name}: it is an old Excel workbook (.xls); save it as .xlsx or CSV`,
    )
  return false
}

function isZip(bytes: Uint8Array): boolean {
  return bytes[0] === 0x50 && bytes[1] === 0x4b && (bytes[2] === 3 || bytes[2] === 5)
}
