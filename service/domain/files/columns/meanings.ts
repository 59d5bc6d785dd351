import { isListed, wordsOf } from './words.ts'

/** What a short form in a column's name usually stands for. Words are separated by spaces. */
interface Meaning {
  readonly words: string
  readonly text: string
}

/** The usual short forms of ward tables, the more specific first. */
const MEANINGS: readonly Meaning[] = [
  {
    words: 'pfpr pf2 pr',
    text: 'the Plasmodium falciparum parasite rate: the share of people, in maps usually children of 2 to 10 years, who carry the parasite',
  },
  {
    words: 'tpr positivity',
    text: 'the test positivity rate: the share of those tested for malaria, mostly at health facilities, whose test is positive',
  },
  { words: 'radiance rad avgrad viirs ntl', text: 'the average radiance of lights at night, seen from a satellite' },
  { words: 'evi', text: 'the enhanced vegetation index: how green the land is, seen from a satellite' },
  { words: 'ndvi', text: 'the normalised difference vegetation index: how green the land is, seen from a satellite' },
  {
    words: 'ndwi mndwi',
    text: 'a normalised difference water index. Two indices have this name: one shows open water, the other moist leaves',
  },
  { words: 'ndmi', text: 'the normalised difference moisture index: how moist the plants are, seen from a satellite' },
  { words: 'rh humidity', text: 'the relative humidity of the air in percent' },
  { words: 'rwi', text: 'the relative wealth index' },
  { words: 'anc', text: 'a figure of antenatal care' },
  { words: 'irs', text: 'a figure of indoor residual spraying' },
  { words: 'itn itns llin llins', text: 'a figure of insecticide-treated nets' },
  { words: 'temp temperature lst', text: 'a temperature' },
  { words: 'housing', text: 'how good the houses are, by a scale of its own' },
  { words: 'flood', text: 'how much of the land is flooded, or how often' },
  {
    words: 'rainfall rain precipitation',
    text: 'rainfall; whether of a year or a month, and in which unit, only its maker knows',
  },
  { words: 'elevation altitude dem', text: 'the height above the sea' },
]

/**
 * What a column probably holds, by the words of its name, in a sentence with its reservation: a file does not define
 * its columns. Where no word is known, the sentence says only that.
 */
export function probableMeaning(name: string): string {
  const words = wordsOf(name)
  const found = MEANINGS.find((meaning) => words.some((word) => isListed(word, meaning.words)))
  const asked = 'The file does not say it; ask who made it.'
  return found === undefined
    ? `What ${name} stands for, the file does not say; ask who made it.`
    : `By its name it is probably ${found.text}. ${asked}`
}
