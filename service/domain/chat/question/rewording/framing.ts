import { pattern } from '../words.ts'

const PERSONS = pattern(
  String.raw`(?:donors?|funders?|partners?|directors?|ministers?|ministry|minister of health|commissioners?|`,
  String.raw`governors?|`,
  String.raw`permanent secretary|perm sec|boss|oga|manager|supervisor|coordinator|programme manager|program manager|`,
  String.raw`chairman|chairperson|colleagues?|team|committee|board|press|journalists?|auditors?|people|somebody|`,
  String.raw`someone|`,
  String.raw`a friend|m&e officer|officer|desk officer|state coordinator)`,
).source
const ASKS = pattern(
  String.raw`(?:asks?|asked|has asked|have asked|is asking|are asking|wants? to know|wanted to know|needs? to know|`,
  String.raw`would like to know|wonders?|is wondering|keeps? asking|go ask)\b`,
).source
/** Words that stand before a question and say who asks it, or how it is to be told. */
const BEFORE: readonly RegExp[] = [
  // "The donor asks: what share ..."
  pattern(
    String.raw`^(?:the|our|my|a|some|one of the|one of our)? ?${PERSONS} ${ASKS}(?: me| us)?(?: this| the following)?`,
    String.raw`(?:[:,]| -| –| if| whether| that)? ?(?=\S+ \S+ \S)`,
  ),
  // "Asked by the donor:"
  pattern(String.raw`^(?:question|asked|query|request) (?:from|by) (?:the |our |my |a )?${PERSONS}[:,] ?(?=\S+ \S)`),
  // "For my slides:", where a sign ends it.
  pattern(
    String.raw`^(?:this is )?for (?:my|our|the|a|tomorrow's|today's) (?:[a-z]+ )?(?:slides?|report|presentation|`,
    String.raw`meeting|memo|`,
    String.raw`brief|briefing|records?|notes|proposal|file)[:,;] ?(?=\S+ \S)`,
  ),
  pattern(
    String.raw`^(?:a |one |just |only )*(?:quick|small|short|simple|last|next|final|more|another|further)(?: more)? `,
    String.raw`(?:question|one|thing|query)[:,.;!-]+ ?(?=\S+ \S)`,
  ),
  pattern(
    String.raw`^(?:put |say |tell me |explain |answer )?(?:in|using) (?:plain|simple|everyday|ordinary|easy|clear|a `,
    String.raw`few|few|short|`,
    String.raw`layman(?:['’]?s)?)(?: and simple)? (?:words?|terms?|english|language)[,:;] ?(?=\S+ \S)`,
  ),
  pattern(
    String.raw`^(?:in short|in brief|briefly|sorry to (?:bother|disturb) you|sorry|excuse me|by the way|if possible|`,
    String.raw`if you can)[,:;.!] ?(?=\S+ \S)`,
  ),
]
/** What may stand at the end of a question: how long the answer is to be, thanks, and what it is for. */
const AFTER: readonly RegExp[] = [
  pattern(
    String.raw`[\s,;:.!?–-](?:please |pls |abeg |and |but |just )*(?:keep|make) (?:it|the answer|this) (?:very )?`,
    String.raw`(?:short|brief|simple|quick)(?: please)?[.!]*$`,
  ),
  /[\s,;:.!?–-](?:short|brief|quick|simple|one.line) answer(?: please| only)?[.!]*$/,
  pattern(
    String.raw`[\s,;:.!?–-](?:be brief|no long (?:story|talk|grammar)|no story|no grammar|no jargon|without `,
    String.raw`jargon)(?: please)?[.!]*$`,
  ),
  pattern(
    String.raw`[\s,;:.!?–-](?:in|using) (?:plain|simple|everyday|ordinary|easy|clear|a few|layman(?:['’]?s)?) `,
    String.raw`(?:words?|terms?|english|language)(?: please)?[.!]*$`,
  ),
  pattern(
    String.raw`[\s,;:.!?–-](?:many )?(?:thanks|thank you|thx|cheers|regards)(?: in advance| very much| so much| a lot|`,
    String.raw` sir| ma)?[.!]*$`,
  ),
  /[\s,;:.!?–-](?:it is|it's|this is|that is)? ?(?:very )?urgent[.!]*$/,
  /[\s,;:.!?–-](?:asap|as soon as possible|if possible|if you can|when you can|whenever you can)[.!]*$/,
  pattern(
    String.raw`[\s,;:.!?–-](?:i need (?:it|this) )?for (?:my|our|a|tomorrow's) (?:[a-z]+ )?(?:slides?|presentation|`,
    String.raw`meeting|`,
    String.raw`memo|briefing|proposal)[.!]*$`,
  ),
  // The figures of an order stand beside it anyway.
  /[\s,;:.!?–-](?:together )?with (?:their|its|the) (?:figures?|values?|numbers?)[.!?]*$/,
]
/** How many pieces one message may have around its question. */
const MOST_PIECES = 4

/**
 * A message without the words around its question: who asks, how it is to be told, thanks. Each is left out in its own
 * place only: `in short` may open a message and not stand in the middle of a condition. A message that has nothing
 * else stays as it is.
 */
export function withoutFraming(message: string): string {
  let rest = message.trim()
  for (let piece = 0; piece < MOST_PIECES; piece += 1) {
    const shorter = withoutEnd(withoutStart(rest))
    if (shorter === rest) break
    rest = shorter
  }
  return rest
}

function withoutStart(message: string): string {
  for (const each of BEFORE) {
    const found = new RegExp(each.source, 'i').exec(message)
    if (found !== null) return message.slice(found[0].length).trim()
  }
  return message
}

function withoutEnd(message: string): string {
  for (const each of AFTER) {
    const at = message.search(new RegExp(each.source, 'i'))
    // The sign that ends the question belongs to it.
    const rest = at < 0 ? '' : message.slice(0, /[?!.]/.test(message.charAt(at)) ? at + 1 : at).trim()
    if (rest.split(/\s+/).length > 2) return rest
  }
  return message
}
