/** A number in words of another language, and the position after its last word. */
export interface SpokenNumber {
  readonly value: number
  readonly next: number
}

const HAUSA_UNITS: ReadonlyMap<string, number> = numbered(
  'sifili daya biyu uku hudu biyar shida bakwai takwas tara goma',
)
const HAUSA_TENS: ReadonlyMap<string, number> = new Map(
  'ashirin talatin arbain hamsin sittin sabain tamanin casain'.split(' ').map((word, at) => [word, 10 * (at + 2)]),
)
const HAUSA_SCALES: ReadonlyMap<string, number> = new Map([
  ['dari', 100],
  ['dubu', 1_000],
  ['miliyan', 1_000_000],
])
const FRENCH_UNITS: ReadonlyMap<string, number> = numbered(
  'zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize',
)
const FRENCH_TENS: ReadonlyMap<string, number> = new Map(
  'vingt trente quarante cinquante soixante'.split(' ').map((word, at) => [word, 10 * (at + 2)]),
)
const FRENCH_SCALES: ReadonlyMap<string, number> = new Map([
  ['cent', 100],
  ['cents', 100],
  ['mille', 1_000],
  ['million', 1_000_000],
  ['millions', 1_000_000],
])

function numbered(words: string): ReadonlyMap<string, number> {
  return new Map(words.split(' ').map((word, value) => [word, value]))
}

/**
 * Reads a Hausa number: `goma sha biyu` is 12, `ashirin da biyar` 25, `dubu hamsin` 50,000, `dubu dari biyu` 200,000.
 * Null if there is none, or if it can be read in two ways.
 */
export function hausaNumber(words: readonly string[], at: number): SpokenNumber | null {
  const scale = HAUSA_SCALES.get(words[at] ?? '')
  if (scale === undefined) return belowHundred(words, at)
  const times = hausaNumber(words, at + 1)
  if (times === null) return { value: scale, next: at + 1 }
  if (times.value >= scale && scale === 100) return null
  const value = scale * times.value
  if (words[times.next] !== 'da') return { value, next: times.next }
  const rest = hausaNumber(words, times.next + 1)
  // "Dubu dari biyu da hamsin" may be 200,050 or 250,000.
  if (rest === null) return { value, next: times.next }
  return times.value >= 100 || rest.value >= scale ? null : { value: value + rest.value, next: rest.next }
}

function belowHundred(words: readonly string[], at: number): SpokenNumber | null {
  const tens = HAUSA_TENS.get(words[at] ?? '')
  if (tens !== undefined) {
    const unit = words[at + 1] === 'da' ? HAUSA_UNITS.get(words[at + 2] ?? '') : undefined
    return unit === undefined || unit > 9 ? { value: tens, next: at + 1 } : { value: tens + unit, next: at + 3 }
  }
  const unit = HAUSA_UNITS.get(words[at] ?? '')
  if (unit === undefined) return null
  const more = unit === 10 && words[at + 1] === 'sha' ? HAUSA_UNITS.get(words[at + 2] ?? '') : undefined
  return more === undefined ? { value: unit, next: at + 1 } : { value: 10 + more, next: at + 3 }
}

/** Reads a French number: `quatre-vingt-dix` is 90, `deux cent mille` 200,000. "Un" alone is an article. */
export function frenchNumber(words: readonly string[], at: number): SpokenNumber | null {
  let [total, part, next] = [0, 0, at]
  for (;;) {
    const word = words[next] ?? ''
    const small = frenchSmall(word)
    const scale = FRENCH_SCALES.get(word)
    if (small !== undefined) part = small === 20 && part % 100 === 4 ? part + 76 : part + small
    else if (scale === 100) part = Math.max(1, part) * 100
    else if (scale !== undefined) [total, part] = [total + Math.max(1, part) * scale, 0]
    else if (!(word === 'et' && next > at && frenchSmall(words[next + 1] ?? '') !== undefined)) break
    next += 1
  }
  return next === at || (next === at + 1 && words[at] === 'un') ? null : { value: total + part, next }
}

function frenchSmall(word: string): number | undefined {
  return FRENCH_UNITS.get(word) ?? FRENCH_TENS.get(word === 'vingts' ? 'vingt' : word)
}
