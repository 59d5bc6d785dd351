import { columnWords } from '../column-words.ts'
import { wordSet } from '../words.ts'

/** Words of columns of which little is bad. */
const GOOD = wordSet(
  'quality access coverage uptake attendance literacy wealth income education sanitation electricity vaccination ' +
    'immunisation immunization completeness',
)
/** Words of columns of which much is bad. */
const BAD = wordSet(
  'tpr positivity prevalence incidence mortality poverty cases deaths malaria fever anaemia anemia stunting',
)

/** The worst end of a column: the lowest housing quality, the highest test positivity; null if neither is sure. */
export function worseEnd(column: string): 'ascending' | 'descending' | null {
  const words = columnWords(column)
  const isGood = words.some((word) => GOOD.has(word))
  const isBad = words.some((word) => BAD.has(word))
  return isGood === isBad ? null : isGood ? 'ascending' : 'descending'
}
