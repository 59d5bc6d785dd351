/** The name itself, or with the least number in brackets that makes it the only one among the columns. */
export function freeName(
  name: string,
  { columns }: { readonly columns: readonly { readonly name: string }[] },
): string {
  const used = new Set(columns.map((column) => column.name))
  for (let copy = 1; ; copy += 1) {
    const candidate = copy === 1 ? name : `${name} (${String(copy)})`
    if (!used.has(candidate)) return candidate
  }
}
