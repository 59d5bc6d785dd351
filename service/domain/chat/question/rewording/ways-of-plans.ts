import { pattern } from '../words.ts'

const NETS = String.raw`(?:nets?|itns?|llins?|bed ?nets?)`
const PEOPLE = String.raw`(?:(?:whole |entire |total )?population|(?:all )?(?:the )?people|residents|inhabitants)`
const SHARE = String.raw`(?:a |the )?(?:percentage|percent|per cent|proportion|share|fraction|%)`
const STORE = String.raw`(?:(?:the|our|my) )?(?:stores?|warehouses?|stock|depots?)`
const AFTER_IT = String.raw`(?: after (?:that|this|it|all that|the (?:plan|distribution|campaign|exercise)))?`

/** Ways of saying a thing about a plan of nets, with the usual words; `$1` is what the first brackets find. */
export const OF_PLANS: readonly (readonly [RegExp, string])[] = [
  // "What will still be sitting in the store after that?"
  [
    pattern(
      String.raw`^(?:and |so )?(?:what|how much|how many(?: ${NETS})?|anything|is there anything) (?:will|would|is|`,
      String.raw`are|go|remains?|stays?|do we have|dey)`,
      String.raw`(?: (?:still|then|be|we|have|there|dey)){0,3}(?: (?:sitting|lying|left|remaining|kept|remain|over|`,
      String.raw`unused|stay|stuck)){0,2}`,
      String.raw` (?:in|inside|for) ${STORE}${AFTER_IT} ?\?*$`,
    ),
    'how many nets remain?',
  ],
  // "Coverage as a percentage of the population"
  [
    pattern(
      String.raw`^(?:the |what is the |give me the |show the |show me the )?(?:coverage|people covered|reach) (?:as|`,
      String.raw`in) ${SHARE} of `,
      String.raw`(?:the )?(?:whole |entire |total )?(?:population|people|all people|everybody)`,
      String.raw`(?: (?:for|of|in|under|by|with) (?:this|the|that|our) plan)? ?[?.]*$`,
    ),
    'percent of all people this plan covers?',
  ],
  [
    pattern(
      String.raw`^(?:and |so )?what ${SHARE} of (?:the )?${PEOPLE} (?:does|do|will|would|is|are) (?:this|the|that|`,
      String.raw`our|it|the last)`,
      String.raw`(?: plan)?(?: (?:cover|reach|protect|covered by it))? ?[?.]*$`,
    ),
    'percent of all people this plan covers?',
  ],
  // "Which LGA takes the biggest share of these nets, and how many?"
  [
    pattern(
      String.raw`\b(?:takes?|gets?|receives?|has|have|eats?|carries|carry|collects?) the (?:biggest|largest|greatest|`,
      String.raw`lion'?s|highest|bigger|most) `,
      String.raw`(?:share|part|portion|chunk|number|amount|quantity) of (?:the|these|those|our|all the|all) ${NETS}\b(?! (?:it|they|that|needed|required|per)\b)`,
    ),
    'gets the most nets',
  ],
  [
    pattern(
      String.raw`\b(?:takes?|gets?|receives?|has|have|collects?) the (?:smallest|least|lowest) `,
      String.raw`(?:share|part|portion|number|amount|quantity) of (?:the|these|those|our|all the|all) ${NETS}\b(?! (?:it|they|that|needed|required|per)\b)`,
    ),
    'gets the fewest nets',
  ],
  [/\b(gets? the (?:most|fewest) nets),? and how (?:many|much)(?: (?:is it|are they|exactly|nets?))?(?= ?\??$)/, '$1'],
  // The stock stays what it is.
  [
    pattern(
      String.raw`[,;]? ?(?:and |but )?(?:with |keep |keeping |using |for )?(?:the )?same (?:number|amount|quantity|`,
      String.raw`stock|total) of ${NETS}(?= ?[.!?]*$)`,
    ),
    '',
  ],
  [/^(?:redo|remake|rework|repeat|rerun) (?:this|the|that|our) plan (?:with|using|by|on)\b/, 'make the plan with'],
  // "Nets for every house": a household.
  [/\b(every|each|per|a) house\b(?! ?hold)/, '$1 household'],
  // A place that is served already is left out.
  [
    pattern(
      String.raw`^(?!.{0,60}\b(?:wards|areas|rural|urban|high|medium|low|all|some|half|not|`,
      String.raw`if|when|once|unless|or|only)\b)([^,;.?!:]{2,60}?) `,
      String.raw`(?:has been|have been|has already been|have already been|is|are|was|were|don) (?:already |just |now `,
      String.raw`|being )?`,
      String.raw`(?:served|covered|done|supplied|given nets|taken care of|receiving nets)`,
      String.raw`(?: already)?(?: by (?:another|a|the|our|some) (?:[a-z]{1,15} )?(?:donor|partner|ngo|agency|`,
      String.raw`programme|campaign))?`,
      String.raw`,? ?(?:so|then|therefore|and so|please|abeg)?[, ] ?(?:please |kindly )?(?:take|leave|drop|remove|`,
      String.raw`exclude|skip|cut) `,
      String.raw`(?:it|them|that one|that lga|those|both)(?: out)?(?: (?:of|from) (?:the|this|our) (?:plan|list))? `,
      String.raw`?[.!]*$`,
    ),
    'leave out $1',
  ],
  // "Leave rainfall out", in an order.
  [
    pattern(
      String.raw`^(?!(?:so |and |but )?(?:why|did|does|do|who|how|which|what|is|are|should)\b)(.{0,200}?)(?: ?,)? `,
      String.raw`?\b(?:but |and )?(?:leave|leaving|take|taking|keep|keeping) `,
      String.raw`(?!(?:it|them|that|those|these|wards?|out|everything|everyone|everybody|all|every|only|half|not)`,
      String.raw`\b)(?!.{0,60}\b(?:but|except|not)\b)(?:the )?([a-z\d_'/-]{2,30}(?: `,
      String.raw`[a-z\d_'/-]{2,30}){0,2}?) out(?: of (?:it|this|that|the plan))?(?= `,
      String.raw`?[.!?]*$)`,
    ),
    '$1 without $2',
  ],
  [/\b(?:take|leave|cut) (it|them|that one) out(?: of (?:the|this|our) plan)?(?= ?[.!]*$)/, 'leave out $1'],
]

const NUMBER = String.raw`(\d[\d.,]{0,15}(?: ?(?:k|m|thousand|million)\b)?(?: ?(?:%|percent\b))?)`

/** Ways of speaking that mean the plan, once there is one. */
export const AFTER_A_PLAN: readonly (readonly [RegExp, string])[] = [
  [
    pattern(
      String.raw`^(?:and |so |then )*(?:what is |whats |how big is |how much is |how large is |tell me )?(?:the |`,
      String.raw`our )?(?:shortfall|deficit|shortage|gap|net gap|gap in nets)(?= ?\?*$)`,
    ),
    'how many nets are lacking',
  ],
  [
    pattern(
      String.raw`\b(who|which (?:wards|lgas|ones)) (?:will|would|do|does|go|are going to|did)(?: not|n't) (?:get|`,
      String.raw`receive|have) (?:anything|any|any nets|something)(?: at all)?(?= ?\?*$)`,
    ),
    '$1 get no nets',
  ],
  // Nets that are gone, wherever they went.
  [
    pattern(
      String.raw`^(?:and |but |sorry |so )*${NUMBER}(?: of (?:them|those|these|the nets|our nets))?(?: nets)? `,
      String.raw`(?:were|was|have been|has been|are|got|don) `,
      String.raw`(?:diverted|taken away|seized|rejected|unusable|faulty|gone|withdrawn|recalled|given away|sold|`,
      String.raw`burnt|burned|spoilt|spoiled|damaged|stolen|lost|expired)`,
      String.raw`(?: (?:to|by|in|at|on) (?:another|some|other|an?|transit|thieves|rats|customs|the (?:stores?|road|`,
      String.raw`way|floods?|fire|warehouse|port|rain|other))\b(?: (?!in |of |from |for )[a-z]{1,20}){0,2})?(?= ?[.!]*$)`,
    ),
    '$1 fewer nets',
  ],
  [
    pattern(
      String.raw`^((?:and |but |sorry |so )*(?:we|they|i)(?: have| had| just)? (?:lost|lose) )${NUMBER}((?: of `,
      String.raw`(?:them|the nets|our nets))?(?: nets)?) `,
      String.raw`(?:in transit|on the (?:road|way)|in (?:the|a) (?:flood|floods|fire|store|warehouse|rain)|to `,
      String.raw`(?:theft|thieves|fire|floods?|rats|rain|damage|termites))(?= ?[.!]*$)`,
    ),
    '$1$2$3',
  ],
  // Nets that are still to come.
  [
    pattern(
      String.raw`^(?:and |but |so |good news )*(?:another|an extra|an additional|a further|additional|extra) `,
      String.raw`${NUMBER}(?: nets)? (?:is|are|will be|has|have|don) (?:now |just |already )?`,
      String.raw`(?:on (?:the|its|their) way|coming|in transit|expected|arriving|landing|available|arrived|landed|`,
      String.raw`been added|been donated|come)`,
      String.raw`(?:,? (?:so |please )?(?:include|add|count) (?:it|them|am)(?: too| also)?)?(?= ?[.!]*$)`,
    ),
    'add $1 nets',
  ],
  [
    pattern(
      String.raw`^((?:and |now |so |please |then )*)(?:serve|cover|target|supply|reach) (?:only |just )(?:for `,
      String.raw`)?(?:the )?([^,;.?!:\d]{2,60}?)(?= ?[.!]*$)`,
    ),
    '$1only for the $2',
  ],
  [
    pattern(
      String.raw`^((?:and |now |so |please |then )*)(?:serve|cover|target|supply|reach) (?:the `,
      String.raw`)?([^,;.?!:\d]{2,60}?) (?:only|alone)(?= ?[.!]*$)`,
    ),
    '$1only for the $2',
  ],
  [
    pattern(
      String.raw`\b(?:only )?gets? (?:only |just )?(?:some|part|a part|a portion|a fraction) of (?:what (?:they|`,
      String.raw`it) needs?|(?:their|its) needs?|the nets (?:they|it) needs?)(?= ?\?*$)`,
    ),
    'get only part of their nets',
  ],
  [
    pattern(
      String.raw`\bhow many (?:more )?nets (?:do|would|will) (?:we|i|they) (?:still )?need (?:to cover|to serve|to `,
      String.raw`reach|for) (?:the )?(?:rest|others|remaining|remainder)(?: (?:wards|people))?(?= ?\?*$)`,
    ),
    'how many more nets do we need',
  ],
  [
    /\buse (\d{1,3}(?: ?%| percent)?) (?:as|for) (?:the |an )?(?:urban )?(?:threshold|cut ?off)(?= ?[.!]*$)/,
    'set the urban threshold to $1',
  ],
  [
    pattern(
      String.raw`^((?:so |and |but )*)is (?:this|the|that|our) plan (?:fair|just|right|unfair) (?:to|on|for) `,
      String.raw`(?:the )?(urban|city|town) (?:people|wards|areas|dwellers)(?= ?\?*$)`,
    ),
    '$1is it fair to leave out $2 wards',
  ],
]
