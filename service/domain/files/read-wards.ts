import { readTable } from './read-table.ts'
import { WardTableBuilder } from './ward-table-builder.ts'
import type { WardTable } from './ward-table.ts'

/**
 * Reads a ward table, one row a ward, from any of the table formats.
 * Throws a Fault (`unreadable-file`, `too-large`) with the line and column of what cannot be read; everything left
 * out, renamed or assumed is in the table's findings.
 */
export async function readWards(bytes: Uint8Array, filename: string): Promise<WardTable> {
  const builder = await readTable(bytes, filename, (format, name) => new WardTableBuilder(format, name))
  return builder.finish()
}
