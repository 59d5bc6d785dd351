const STATES: ReadonlySet<string> = new Set([
  'ab',
  'ad',
  'ak',
  'an',
  'ba',
  'be',
  'bo',
  'by',
  'cr',
  'de',
  'eb',
  'ed',
  'ek',
  'en',
  'fc',
  'ft',
  'gm',
  'go',
  'im',
  'jg',
  'ji',
  'ka',
  'kb',
  'kd',
  'ke',
  'kg',
  'kn',
  'ko',
  'kt',
  'kw',
  'la',
  'lg',
  'na',
  'ni',
  'ns',
  'og',
  'on',
  'os',
  'oy',
  'pl',
  'ri',
  'so',
  'ta',
  'yo',
  'za',
])
const ROMAN: readonly string[] = ['i', 'ii', 'iii', 'iv', 'v', 'vi', 'vii', 'viii', 'ix']
/** The form of most names. Thousands are compared at once, and these need no search for other separators. */
const PLAIN = /^[a-z\d]+(?: [a-z\d]+)*$/
const LONGEST = 200

/**
 * The form in which ward names are compared: cut at `(`, without a leading two-letter state code and the word "ward",
 * with `/ - _` as spaces, in lower case, with the roman numerals i to ix as digits, and with single spaces.
 * If nothing would be left of a name, it keeps its words.
 */
export function normalForm(name: string): string {
  const cut = cutName(name)
  return formOf(PLAIN.test(cut) ? cut.split(' ') : cut.split(/[\s/_-]+/))
}

/** The normal form with its signs. `M/Ngeri` and `M Ngeri` have the same normal form, but different signed forms. */
export function signedForm(name: string): string {
  return formOf(
    cutName(name)
      .replace(/[/_-]+/g, ' $& ')
      .split(/\s+/),
  )
}

function cutName(name: string): string {
  return name.slice(0, LONGEST).normalize('NFC').split('(', 1)[0]?.toLowerCase() ?? ''
}

function formOf(parts: readonly string[]): string {
  const words = parts.filter((part) => part !== '')
  const named = words.length > 1 && STATES.has(words[0] ?? '') ? words.slice(1) : words
  const bare = named.filter((word) => word !== 'ward')
  return (bare.length > 0 ? bare : words)
    .map((word) => (word.length < 5 && ROMAN.includes(word) ? String(ROMAN.indexOf(word) + 1) : word))
    .join(' ')
}

/** The form in which LGA names are compared: that of ward names, without "local government area" or "LGA". */
export function areaForm(name: string): string {
  return normalForm(name.slice(0, LONGEST).replace(/\b(?:local\s+government\s+area|lga)\b/i, ' '))
}
