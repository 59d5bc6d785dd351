import type { Outline } from '../../outline.ts'
import { pattern } from '../words.ts'
import { withSwappedIndicator } from './swapped-indicator.ts'

const END = String.raw`(?= ?[?.!]*$)`
const SCALES: Readonly<Record<string, number>> = { k: 1e3, thousand: 1e3, m: 1e6, million: 1e6 } as const
/** `We have 600k.` before a question. */
const HAVE = pattern(
  String.raw`^(?:so |and )?(?:we|i) (?:have|get|got|dey get) (\d[\d.,]{0,15}\d|\d) ?(k|m|thousand|million)?(?: `,
  String.raw`nets)?[.,;] {1,2}`,
)
/** `How many more nets do we need before the whole High tier is served?` */
const MORE_FOR = pattern(
  String.raw`^(?:so |and )*how many (?:more|extra|additional|further) nets (?:do|would|will|must) (?:we|i|they) `,
  String.raw`(?:still )?(?:need|get|find|want) `,
  String.raw`(?:before|to cover|to serve|to reach|for|until|so that|to finish) (?:all |all of )?(?:the )?(?:whole |`,
  String.raw`entire |full )?((?:high|medium|low)(?: risk)?(?: tier| wards)?)`,
  String.raw`(?: (?:is|are|can be|will be|to be|get|gets))?(?: (?:fully|all|completely))?(?: (?:served|covered|`,
  String.raw`reached|protected|done))?${END}`,
)
const SHORT_OF = pattern(
  String.raw`^(?:so |and )*how many nets (?:are (?:lacking|missing|short)|are we short|short are we|is the `,
  String.raw`shortfall) (?:for|of|in) (?:the )?((?:high|medium|low)(?: risk)?(?: tier| wards)?)${END}`,
)
/** `But keep that exclusion`, after a change of the stock: a changed plan keeps its places. */
const KEPT = pattern(
  String.raw`^((?:and |now |please |ok )*(?:raise|increase|reduce|cut|lower|double|halve|triple|decrease|add|make `,
  String.raw`it)\b[^;?!:]{0,60}?),? `,
  String.raw`(?:but|and|while|yet) (?:keep|keeping|retain|hold|leave) (?:that|the|those|these|this|my|our|the same) `,
  String.raw`(?:same )?(?:exclusions?|conditions?|restrictions?|limits?|places|lgas)(?: (?:as (?:it is|they are)|in `,
  String.raw`place|on))?${END}`,
)

/** A message with what it says of the session's own plan or analysis put as the rules read it. */
export function knowingSession(message: string, outline: Outline): string {
  return withSwappedIndicator(servedOfLga(knowingPlan(message, outline), outline), outline)
}

const SERVED_OF = pattern(
  String.raw`^(?:please |and |so |now )*(?:which|show|list|name|give)(?: me)? (?:the |all the |of the `,
  String.raw`)?([^,;?!:]{2,40}?) wards (?:(?:that|which|wey) )?`,
  String.raw`(?=(?:get|gets|receive|receives|getting) (?:something|anything|nets|any nets?|some nets?)\b)`,
)

/** `The Felunde wards that get nets`: the wards of an LGA, also where a ward is called the same. */
function servedOfLga(message: string, { plan, dataset }: Outline): string {
  const found = plan === null ? null : new RegExp(SERVED_OF.source, 'i').exec(message)
  const lga = dataset?.lgas.find((name) => name.toLowerCase() === found?.[1]?.toLowerCase())
  return found === null || lga === undefined ? message : `wards of ${lga} LGA that ${message.slice(found[0].length)}`
}

function knowingPlan(message: string, { plan }: Outline): string {
  if (plan === null) return message
  const { totalNets, where = [] } = plan.options
  const had = new RegExp(HAVE.source, 'i').exec(message)
  const isSame =
    had !== null &&
    Number((had[1] ?? '').replaceAll(',', '')) * (SCALES[had[2]?.toLowerCase() ?? ''] ?? 1) === totalNets
  const asked = isSame ? message.slice(had[0].length) : message
  const enough = `will ${String(totalNets)} nets be enough for the $1?`
  const said = [MORE_FOR, SHORT_OF].reduce((text, way) => text.replace(new RegExp(way.source, 'i'), enough), asked)
  return where.length === 0 ? said : said.replace(new RegExp(KEPT.source, 'i'), '$1')
}
