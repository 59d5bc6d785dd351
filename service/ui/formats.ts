// Numbers with the separators that the browser is set to.

/** A count: every digit is shown. */
export function whole(count: number): string {
  return count.toLocaleString(undefined, { maximumFractionDigits: 0 })
}

/** A value as a person would write it; a dash where there is none. */
export function figure(value: number | null | undefined): string {
  return value === null || value === undefined ? '–' : value.toLocaleString(undefined, { maximumSignificantDigits: 4 })
}

/** A value with a fixed number of decimals, so that a column of them lines up. */
export function fixed(value: number | null | undefined, decimals: number): string {
  return value === null || value === undefined
    ? '–'
    : value.toLocaleString(undefined, { minimumFractionDigits: decimals, maximumFractionDigits: decimals })
}

/** @param percent from 0 to 100 */
export function percentText(percent: number): string {
  return `${percent.toLocaleString(undefined, { maximumFractionDigits: 1 })} %`
}

/** @param share from 0 to 1; shown as a percentage of two digits */
export function shareText(share: number): string {
  return `${(share * 100).toLocaleString(undefined, { maximumSignificantDigits: 2 })} %`
}

/** The time of day, as the browser writes it. */
export function clockTime(at: number): string {
  return new Date(at).toLocaleTimeString(undefined, { hour: '2-digit', minute: '2-digit' })
}

/** The day of an instant, as the browser writes it. */
export function dayText(instant: string): string {
  return new Date(instant).toLocaleDateString(undefined, { day: 'numeric', month: 'long', year: 'numeric' })
}

/** The date of a file's name, such as `2026-11-30`. */
export function fileDate(at: Date): string {
  return [at.getFullYear(), at.getMonth() + 1, at.getDate()].map((part) => String(part).padStart(2, '0')).join('-')
}
