/** The signs with which numbers of a column are written. */
export interface NumberSigns {
  readonly decimal: '.' | ','
  readonly thousands: '' | ',' | '.' | ' ' | "'"
}

/** What the way a number is written shows. */
export type NumberForm =
  /** Only digits. */
  | 'plain'
  /** A decimal point or comma for certain: `0.35`, `12,5`. */
  | 'decimal .'
  | 'decimal ,'
  /** Either decimals or thousands: `12.400`, `12,400`. */
  | 'either .'
  | 'either ,'
  /** Thousands for certain: `1.234.567`, `12,400.5`, `12 400`, `12'400`. */
  | 'thousands .'
  | 'thousands ,'
  | 'thousands  '
  | "thousands '"

const LONGEST = 40
const PLAIN = /^\d+$/
const ONE_SIGN = /^(\d*)([.,])(\d*)$/
const EXPONENT = /^(?:\d+(?:[.,]\d*)?|[.,]\d+)[eE][+-]?\d+$/
const UNUSUAL_SIGNS = /[\u00a0\u202f\u2009’]/
const GROUPED = /^\d{1,3}(?:([., '])\d{3})(?:\1\d{3})*(?:([.,])(\d*))?$/

/** The digits of Arabic and of Persian, with their signs. */
const EASTERN = /[\u0660-\u0669\u06f0-\u06f9]/

/**
 * A trimmed cell without its sign of plus or minus, a percent sign and an apostrophe before it; other minus signs
 * become `-`, Arabic and Persian digits the usual ones.
 */
export function bareNumber(cell: string): {
  readonly minus: string
  readonly digits: string
  readonly percent: boolean
} {
  const usual = EASTERN.test(cell) ? withUsualDigits(cell) : withoutMark(cell)
  const percent = usual.endsWith('%')
  const number = percent ? usual.slice(0, -1).trimEnd() : usual
  const sign = number[0] ?? ''
  const signed = sign === '-' || sign === '−' || sign === '+'
  return { minus: signed && sign !== '+' ? '-' : '', digits: signed ? number.slice(1) : number, percent }
}

/** How the digits of a number are written; null if they are not a number in any of the known ways. */
export function numberForm(digits: string): NumberForm | null {
  if (PLAIN.test(digits)) return 'plain'
  if (digits.length > LONGEST) return null
  const one = ONE_SIGN.exec(digits)
  if (one !== null) {
    const [, whole = '', sign = '.', rest = ''] = one
    if (whole === '' && rest === '') return null
    const isEither = rest.length === 3 && /^[1-9]\d{0,2}$/.test(whole)
    return `${isEither ? 'either' : 'decimal'} ${sign as '.' | ','}`
  }
  if (EXPONENT.test(digits)) return digits.includes(',') ? 'decimal ,' : 'decimal .'
  const grouped = GROUPED.exec(withUsualSigns(digits))
  if (grouped === null) return null
  const [, thousands, decimal] = grouped
  return thousands === decimal ? null : `thousands ${thousands as '.' | ',' | ' ' | "'"}`
}

/** The decimal sign that a grouped number shows besides its thousands; null if it shows none. */
export function decimalOfGrouped(digits: string): '.' | ',' | null {
  const [, , decimal] = GROUPED.exec(withUsualSigns(digits)) ?? []
  return decimal === '.' || decimal === ',' ? decimal : null
}

/** The digits with a decimal point and no thousands sign; null if they are not written with these signs. */
export function plainDigits(digits: string, { decimal, thousands }: NumberSigns): string | null {
  if (PLAIN.test(digits)) return digits
  const same = withUsualSigns(digits)
  const end = same.lastIndexOf(decimal)
  const whole = end === -1 ? same : same.slice(0, end)
  const rest = end === -1 ? '' : same.slice(end + 1)
  if (!/^\d*(?:[eE][+-]?\d+)?$/.test(rest) || (end !== -1 && whole === '' && rest === '')) return null
  const joined = withoutThousands(whole, thousands, end !== -1)
  if (joined === null) return null
  return end === -1 ? joined : `${joined}.${rest}`
}

/** Without the apostrophe that a spreadsheet puts before a number that is to stay text. */
function withoutMark(cell: string): string {
  return cell.startsWith("'") && /^'[-+]?\d/.test(cell) ? cell.slice(1) : cell
}

function withUsualDigits(cell: string): string {
  return cell
    .replaceAll(/[\u0660-\u0669\u06f0-\u06f9]/g, (digit) => String((digit.codePointAt(0) ?? 0) & 0xf))
    .replaceAll('\u066b', '.')
    .replaceAll('\u066c', "'")
    .replaceAll('\u066a', '%')
}

/** Digits with the usual space and apostrophe for the narrow, fixed or curly ones. */
function withUsualSigns(digits: string): string {
  return UNUSUAL_SIGNS.test(digits) ? digits.replace(/[\u00a0\u202f\u2009]/g, ' ').replaceAll('’', "'") : digits
}

function withoutThousands(whole: string, thousands: NumberSigns['thousands'], hasDecimals: boolean): string | null {
  if (/^\d+(?:[eE][+-]?\d+)?$/.test(whole) || (hasDecimals && whole === '')) return whole
  if (thousands === '') return null
  const [first = '', ...groups] = whole.split(thousands)
  const isGrouped = /^\d{1,3}$/.test(first) && groups.length > 0 && groups.every((group) => /^\d{3}$/.test(group))
  return isGrouped ? first + groups.join('') : null
}
