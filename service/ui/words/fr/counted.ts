/** `60 aires`, `1 aire`, `0 aire`: in French, nothing is singular too. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString()} ${count < 2 ? one : many}`
}

/** `a`, `a et b`, `a, b et c`. */
export function inARow(items: readonly string[]): string {
  return new Intl.ListFormat('fr', { type: 'conjunction' }).format(items)
}
