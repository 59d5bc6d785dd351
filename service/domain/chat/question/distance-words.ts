import type { Reading } from './reading.ts'
import { ask } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const DISTANCE = /dist|proximity|travel/i
/** Words that say that a message asks how far something is. */
const FAR = pattern(
  String.raw`\b(?:dist\w*|far|farther|farthest|further|furthest|near\w*|close\w*|away|from|km|kms?|kilomet\w*|m|met(?:re|er)s?|`,
  String.raw`miles?|within|reach\w*|remote\w*|proximity|travel\w*|walk\w*|minutes?|hours?)\b`,
)

/**
 * Asks about a column of distances that is meant by the name of the thing alone, as in `wards with more than 2 clinics`:
 * it counts none. Null for any other column, and where the message speaks of a distance.
 */
export function askAboutThing({ spoken }: Reading, column: string): Meaning | null {
  if (!DISTANCE.test(column) || FAR.test(spoken)) return null
  return ask(
    `${column} says how far it is, and not whether or how many there are in a ward. What would you like to know?`,
    [`Describe ${column}`, `Show the 10 wards with the highest ${column}`],
  )
}
