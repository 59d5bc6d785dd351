/**
 * The last entries that fit a number and a size as JSON text. The newest is always kept, whatever its size.
 * @param entries oldest first
 */
export function newest<T>(
  entries: readonly T[],
  most: { readonly entries: number; readonly bytes: number },
): readonly T[] {
  let bytes = 0
  let first = entries.length
  while (first > 0 && entries.length - first < most.entries) {
    bytes += Buffer.byteLength(JSON.stringify(entries[first - 1])) + ','.length
    if (bytes > most.bytes && first < entries.length) break
    first -= 1
  }
  return entries.slice(first)
}
