/** Quotes a value from a file in a message: one line, at most 40 characters. */
export function quoted(value: string): string {
  const plain = value.slice(0, 60).replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, '�')
  return `"${plain.length > 40 ? `${plain.slice(0, 40)}…` : plain}"`
}

/** Lists names in a message: the first `most`, then how many more there are. */
export function listed(names: readonly string[], most = 12): string {
  const shown = names.slice(0, most).map(quoted).join(', ')
  return names.length > most ? `${shown} and ${String(names.length - most)} more` : shown
}
