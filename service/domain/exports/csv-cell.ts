const PLAIN_NUMBER = /^[+-]?\d{1,40}(?:\.\d{1,40})?(?:[eE][+-]?\d{1,4})?$/
const FORMULA = /^[\s\u200b\ufeff]{0,20}[=+\-@＝＋－＠﹢﹣﹦﹫]|^[\t\r\n]/

/**
 * Writes a value as one cell of a CSV file. Text that a spreadsheet would read as a formula (it begins with = + - @ or
 * their full-width forms, tab or CR) gets an apostrophe in front, unless it is a plain number.
 */
export function csvCell(value: string | number | null): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const safe = FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** Writes cells as one line of a CSV file, with its CR LF. */
export function csvLine(values: readonly (string | number | null)[]): string {
  return `${values.map(csvCell).join(',')}\r\n`
}
