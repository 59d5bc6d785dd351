import { isListed, RATIO_WORDS, wordsOf } from './words.ts'

const PEOPLE =
  'pop popn population populations people persons inhabitants habitants headcount children child enfants infants ' +
  'women woman femmes men males females pregnant births households household hh hhs families menages'
const COUNTED =
  'number numbers num nombre count counts cases case cas tested tests positive positives confirmed suspected deaths ' +
  'deces admissions visits attendance quantity qty stock distributed doses received issued net nets itn itns llin ' +
  'llins bednet bednets moustiquaire moustiquaires facilities schools hospitals buildings workers beds'
/** These count only where nothing else in the name says what is measured: a total of rain is no count. */
const SUMS = 'total totals sum somme'
/** Values with decimals up to here may be shares, whatever the name says. */
const MOST_SHARE = 100

/**
 * Why a column is the size of a ward and not a risk, by its name and its values: people, households, cases, nets. Null
 * if it is a share of something, or no size. A ward with more people has more of all of these.
 */
export function sizeOf(name: string, numbers: Float64Array | null, isKnown: boolean): string | null {
  const words = wordsOf(name)
  if (words.some((word) => isListed(word, RATIO_WORDS)) || isShare(numbers)) return null
  if (words.some((word) => isListed(word, PEOPLE)))
    return 'it counts people or households, so it grows with the size of a ward'
  if (words.some((word) => isListed(word, COUNTED)) || (!isKnown && words.some((word) => isListed(word, SUMS))))
    return 'it is a count or a total, so it grows with the size of a ward'
  return null
}

function isShare(numbers: Float64Array | null): boolean {
  const known = numbers?.filter((value) => !Number.isNaN(value)) ?? new Float64Array()
  return known.some((value) => !Number.isInteger(value)) && known.every((value) => value >= 0 && value <= MOST_SHARE)
}
