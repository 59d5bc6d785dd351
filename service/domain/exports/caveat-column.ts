/** The header of the column. It says that its cells are not about the wards beside them. */
export const CAVEATS_HEADER = 'caveats_of_all_rows'

/**
 * The caveats of a table as cells of one of its columns, one a row from the first row on, so that the file stays a
 * plain
 * table and says each of them once. If there are more caveats than rows, the last row has the rest.
 * @param rows how many rows the table has
 * @returns the cell of each row, null if it has none
 */
export function caveatCells(caveats: readonly string[], rows: number): readonly (string | null)[] {
  return Array.from({ length: rows }, (_, row) =>
    row === rows - 1 ? caveats.slice(row).join(' ') || null : (caveats[row] ?? null),
  )
}
