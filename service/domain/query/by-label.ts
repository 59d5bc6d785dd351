/** Finds the rows of wards by their labels, which are unique. */
export type RowOfLabel = ReadonlyMap<string, number>

export function rowsOfLabels(labels: readonly string[]): RowOfLabel {
  return new Map(labels.map((label, row) => [label, row]))
}

/** The entry of each row; undefined where there is none. */
export function byRow<Entry extends { readonly wardName: string }>(
  rowOf: RowOfLabel,
  entries: readonly Entry[],
): readonly (Entry | undefined)[] {
  const found = Array.from<Entry | undefined>({ length: rowOf.size })
  for (const entry of entries) {
    const row = rowOf.get(entry.wardName)
    if (row !== undefined) found[row] = entry
  }
  return found
}
