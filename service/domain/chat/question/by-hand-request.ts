import type { Reading } from './reading.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const PLACE_OF_ONE = String.raw`(?:rank|ranking|position|place|score|tier)`
/** `Can you just raise its rank?`: an order to change what the analysis gave one ward. */
const BY_HAND = pattern(
  String.raw`\b(?:raise|lift|move|push|bump|change|upgrade|improve|adjust|edit|fix|alter|boost) (?:up |down `,
  String.raw`)?(?:its|his|her|their|my|our) (?:(?:wards?|lgas?) )?${PLACE_OF_ONE}\b|`,
  String.raw`\b(?:wants?|want) (?:his|her|my|our|their|its) (?:ward|lga|area|place) (?:to be )?(?:moved|pushed|`,
  String.raw`bumped|put|lifted|brought) (?:up|higher|to the top|first)\b`,
)
const NO_HAND =
  'Ranks, scores and tiers follow from the data and the indicators; none is changed by hand, for anybody. I can ' +
  'explain why a ward is ranked where it is, or run the analysis with other indicators.'

/** Refuses to change the rank of a ward by hand. */
export function changedByHand({ plain }: Reading): Meaning | null {
  return BY_HAND.test(plain) ? { kind: 'decline', reason: NO_HAND } : null
}

/** Things that health programmes count and ward tables often lack, by the word that a column of them would have. */
const COUNTED: readonly (readonly [said: RegExp, name: string, column: RegExp])[] = [
  [/\bpregnant (?:women|mothers|woman)\b/, 'pregnant women', /pregnan|(?:^|_)anc(?:_|$)/i],
  [/\bstock ?outs?\b|\bout of stock\b/, 'stock-outs', /stock/i],
  [/\bhealth workers?\b|\bchews?\b/, 'health workers', /worker|staff|chew/i],
]

/** Says of a thing that the data do not count that they have no column of it. */
export function notCounted({ plain }: Reading, columns: readonly string[]): Meaning | null {
  if (!/\b(?:how many|how much|number of|which|list|total|show)\b/.test(plain)) return null
  const found = COUNTED.find(([said, , column]) => said.test(plain) && !columns.some((name) => column.test(name)))
  return found === undefined
    ? null
    : {
        kind: 'decline',
        reason:
          `The data have no column of ${found[1]}, and I do not estimate them. Upload a table that has ` +
          'one, and I can show it.',
      }
}
