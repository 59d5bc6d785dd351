/** Works something out of a column when it is first asked for: one query may compare the same column many times. */
export function oncePerColumn<Column extends object, Made>(make: (column: Column) => Made): (column: Column) => Made {
  const made = new Map<Column, { readonly value: Made }>()
  return (column) => {
    const known = made.get(column) ?? { value: make(column) }
    made.set(column, known)
    return known.value
  }
}
