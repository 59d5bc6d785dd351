import { pattern } from '../words.ts'

/** Somebody who is spoken of as the one who asks or reports: `my director`, `the national office`, `our donors`. */
const SOMEBODY = pattern(
  String.raw`(?:(?:my|our|the|his|her|their|some|one|a) (?:[a-z&]{1,15} ){0,2}?|(?:census|state|national|ministry|`,
  String.raw`programme|program) )`,
  String.raw`(?:directors?|boss|pm|dg|ps|dc|commissioners?|chairman|chairperson|governor|minister|managers?|`,
  String.raw`coordinators?|supervisors?|`,
  String.raw`officers?|colleagues?|people|team|office|committee|donors?|partners?|bureau|department|secretary|`,
  String.raw`advisers?|consultants?|`,
  String.raw`headquarters|unit|oga)`,
)
const AUXILIARY = String.raw`(?:(?:has|have|had|is|are|was|just|already|now|also|only|still|don|dey) ){0,3}`
const REPORTS = pattern(
  AUXILIARY,
  String.raw`(?:says?|said|saying|thinks?|thought|believes?|confirmed|announced|reported|insists?|claims?|argues?|`,
  String.raw`feels?|`,
  String.raw`(?:tells?|told|informed|advised|reminded) (?:me|us)) (?:that )?`,
)
const ASKS = pattern(
  AUXILIARY,
  String.raw`(?:(?:wants?|wan|asks?|asked|asking|would like|requests?|requested|wishes|insisting on|needs? to `,
  String.raw`(?:know|see))`,
  String.raw`(?: (?:me|us))?(?: (?:for|to know|to see|to have|to get|if|that))?) `,
)
/** A number or a negation after it would say what somebody wants to have, and not what is asked. */
const REQUEST = String.raw`(?!\d|no\b|not\b|only\b|to\b|more\b|less\b|fewer\b|nets\b)`

/** `The national office has confirmed that` and `our donor wants` at the beginning of a sentence or clause. */
const REPORTED = pattern(
  String.raw`(^|[.;!?] {1,2}|, (?:and |so |but )?)(?:${SOMEBODY.source}) (?:${REPORTS.source}|`,
  String.raw`${ASKS.source}${REQUEST})(?=\S+ \S)`,
)
/** `I was told that` and `people say` before what is asked about. */
const HEARD = pattern(
  String.raw`(^|[.;!?] {1,2}|, (?:and |so |but )?)(?:(?:i|we) (?:(?:was|were|have been|am|are) (?:told|informed|`,
  String.raw`advised)|heard|hear|believe|think|thought|understand)`,
  String.raw`|(?:people|they|some people|many people|everybody) (?:say|said|think|believe|dey talk|dey say)|it is `,
  String.raw`(?:said|rumoured|believed)|rumour has it)`,
  String.raw` (?:that |say )?(?=\S+ \S)`,
)
/** What only opens a message, before a mark. */
const OPENING = pattern(
  String.raw`^(?:(?:good|great|bad|sad) news|fyi|for your information|(?:a |one |another )?(?:quick |small |last |`,
  String.raw`more )?(?:question|one|thing)|`,
  String.raw`my question(?: is)?|urgent|(?:some ?thing|this|that|it) (?:looks?|seems?|is|sounds?) (?:odd|strange|`,
  String.raw`wrong|off|funny|fishy|weird)(?: here)?|`,
  String.raw`just curious|out of curiosity|by the way|ehen|look|see|listen|no,? no|no,? wait|wait|hmm+|ah|oh|well|`,
  String.raw`alright|`,
  String.raw`break it down|in short|simple question|help|next(?: question)?|sorry|my brother|my sister|my friend|bros)`,
  String.raw` ?[:,;.!-]{1,3} {0,2}(?=\S+ \S)`,
)
/** `I am the developer,` says who somebody is, which changes no answer. */
const PRESENTED = pattern(
  String.raw`^(?:i am|i'm|im|na me be) (?:the |a |an )?(?:new )?(?:developer|administrator|admin|director|programme `,
  String.raw`manager|program manager|`,
  String.raw`m ?& ?e officer|data officer|malaria focal person|focal person|engineer|tester|student|researcher|`,
  String.raw`consultant|doctor|nurse)`,
  String.raw`(?: (?:here|of (?:the|this) [a-z]{1,20}))? ?[,;:.-] {0,2}(?=\S+ \S)`,
)
/** `Before close of work today`: when an answer is wanted, at the end of a sentence. */
const DEADLINE = pattern(
  String.raw`,? (?:before|by|not later than|no later than|latest by) (?:the )?(?:close of (?:work|business)|cob|eod|`,
  String.raw`end of (?:the )?(?:day|today)|`,
  String.raw`tomorrow|today|tonight|noon|this (?:morning|afternoon|evening)|(?:mon|tues|wednes|thurs|fri|satur|`,
  String.raw`sun)day)`,
  String.raw`(?: (?:today|tomorrow|morning|afternoon|evening))?(?= ?(?:[.!?,;]|$))`,
)
/** `. Update am` after what is to be changed. */
const UPDATED = pattern(
  String.raw`([.;,!])(?: (?:then|so|please|pls|abeg|kindly|and))? (?:update|adjust|correct|revise|refresh|redo|`,
  String.raw`rework) `,
  String.raw`(?:it|am|this|that|the (?:plan|figures|numbers))(?: (?:accordingly|please|abeg|now|for me))?[.! ]{0,3}$`,
)
/** Where nets lie that have been counted: `1.2m nets are already in our store`. */
const STORED = pattern(
  String.raw`(\d(?: ?(?:k|m|million|thousand))? (?:[a-z]{1,12} ){0,2}nets?)(?: (?:are|is|have|has|been|already|now|`,
  String.raw`just|arrived|landed|waiting|lying|sitting|delivered|dey)){0,4}`,
  String.raw` (?:in|at|inside) (?:(?:the|our|my|their) )?(?:(?:state|central|main|medical|zonal|national) ){0,2}`,
  String.raw`(?:stores?|warehouses?|depots?|headquarters|hq|ports?|airport|office)(?: (?:in|at) (?:the `,
  String.raw`)?(?:headquarters|hq|capital|office))?\b`,
)

const FRAMES: readonly (readonly [RegExp, string])[] = [
  [OPENING, ''],
  [PRESENTED, ''],
  [REPORTED, '$1'],
  [HEARD, '$1'],
  [STORED, '$1'],
  [DEADLINE, ''],
  [UPDATED, '$1'],
]

/** A message without what only stands around it, each in its own place: who asks, who said it, when it is wanted. */
export function withoutFrame(message: string): string {
  return FRAMES.reduce((text, [frame, kept]) => text.replace(new RegExp(frame.source, 'gi'), kept), message).trim()
}
