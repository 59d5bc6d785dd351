import type { Reading } from './reading.ts'
import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'

const SUBTRACTED =
  / (?:minus|less) (?:that|those|the same|the (?:mean|average|total|sum|median|number|count)) (?:of|in|for) /

/** Asks for both figures where one is to be taken from the other: "minus" is then no condition of the wards. */
export function askedOfDifference({ plain }: Reading): Meaning | null {
  return SUBTRACTED.test(plain)
    ? ask('I give both figures beside each other, and do not take one from the other. Which figure of which wards?', [
        'Mean score by tier',
      ])
    : null
}
