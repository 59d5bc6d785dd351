import type { Ward } from '../wards/ward.ts'
import type { Cell, ValueColumn } from './values.ts'

/** A spreadsheet reads text that begins with one of these as a formula. */
const FORMULA = /^[\s\u200b\ufeff]{0,20}[=+\-@＝＋－＠﹢﹣﹦﹫]|^[\t\r\n]/
const PLAIN_NUMBER = /^[+-]?\d{1,40}(?:\.\d{1,40})?$/

/**
 * The wards and columns that are seen, in their order, as CSV: with a byte order mark, so that spreadsheets read
 * letters of every language, and with values as they are, not as they are shown.
 */
export function seenCsv(wards: readonly Ward[], columns: readonly ValueColumn[]): string {
  const lines = [
    columns.map(({ heading }) => cellText(heading)),
    ...wards.map((ward) => columns.map((column) => cellText(column.valueOf(ward)))),
  ]
  return `\ufeff${lines.map((cells) => `${cells.join(',')}\r\n`).join('')}`
}

function cellText(value: Cell): string {
  if (value === null) return ''
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : ''
  const safe = FORMULA.test(value) && !PLAIN_NUMBER.test(value) ? `'${value}` : value
  return /[",;\t\r\n]/.test(safe) || safe !== safe.trim() ? `"${safe.replaceAll('"', '""')}"` : safe
}
