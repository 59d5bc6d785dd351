/** The entry of each label; undefined where there is none. Labels are unique. */
export function byLabel<Entry extends { readonly wardName: string }>(
  labels: readonly string[],
  entries: readonly Entry[],
): readonly (Entry | undefined)[] {
  const found = new Map(entries.map((entry) => [entry.wardName, entry]))
  return labels.map((label) => found.get(label))
}
