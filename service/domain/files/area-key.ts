import { areaForm, normalForm } from './normal-form.ts'

const LONGEST = 200
/** ASCII signs but the backtick, with single spaces between words. */
const PLAIN = /^[!-_a-~]+(?: [!-_a-~]+)*$/

/** A text without case and accents and with single spaces: `  KÉRÉ  Town` is `kere town`. Signs stay. */
export function plainForm(text: string): string {
  // Most names have this form already.
  if (text.length <= LONGEST && PLAIN.test(text)) return text.toLowerCase()
  return text
    .slice(0, LONGEST)
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/[’‘`´]/g, "'")
    .replace(/\s+/g, ' ')
    .trim()
}

/** The form in which names of states are compared: that of ward names, without "state". `kw Kwara State` is `kwara`. */
export function stateForm(name: string): string {
  return normalForm(name.slice(0, LONGEST).replace(/\bstate\b/i, ' '))
}

/** The form in which ward codes are compared. A spreadsheet that took the code 101 for a number wrote 101.0. */
export function codeForm(code: string): string {
  return code
    .trim()
    .toUpperCase()
    .replace(/^(\d+)\.0+$/, '$1')
}

/**
 * The key of a ward within all areas that are known of it: two states may have an LGA and a ward of the same name.
 * `name` is in the form in which the caller compares names.
 */
export function areaKey(state: string, lga: string, name: string): string {
  return JSON.stringify([stateForm(state), areaForm(lga), name])
}
