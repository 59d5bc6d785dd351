import { readTable } from './read-table.ts'
import { WardTableBuilder } from './ward-table-builder.ts'
import type { WardTable } from './ward-table.ts'

/**
 * Reads a ward table, one row per ward, from any of the table formats.
 * Everything left out, renamed or assumed is in the table's findings.
 * @throws Fault `unreadable-file` or `too-large` with the line and column of what cannot be read
 */
export async function readWards(bytes: Uint8Array, filename: string): Promise<WardTable> {
  const builder = await readTable(bytes, filename, (format, name) => new WardTableBuilder(format, name))
  return builder.finish()
}
