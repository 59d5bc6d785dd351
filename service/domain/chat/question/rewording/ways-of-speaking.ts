import { pattern } from '../words.ts'

const NETS = String.raw`(?:nets?|itns?|llins?|bed ?nets?)`
const PEOPLE = String.raw`(?:(?:whole |entire |total )?population|(?:all )?(?:the )?people|residents|inhabitants)`
const SHARE = String.raw`(?:a |the )?(?:percentage|percent|per cent|proportion|share|fraction|%)`
const STORE = String.raw`(?:(?:the|our|my) )?(?:stores?|warehouses?|stock|depots?)`
const AFTER_IT = String.raw`(?: after (?:that|this|it|all that|the (?:plan|distribution|campaign|exercise)))?`

/** Whole ways of saying a thing, each with the usual words for it. */
export const OF_PLANS: readonly (readonly [RegExp, string])[] = [
  // "What will still be sitting in the store after that?"
  [
    pattern(
      String.raw`^(?:and |so )?(?:what|how much|how many(?: ${NETS})?|anything|is there anything) (?:will|would|is|are|go|remains?|stays?|do we have|dey)`,
      String.raw`(?: (?:still|then|be|we|have|there|dey)){0,3}(?: (?:sitting|lying|left|remaining|kept|remain|over|unused|stay|stuck)){0,2}`,
      String.raw` (?:in|inside|for) ${STORE}${AFTER_IT} ?\?*$`,
    ),
    'how many nets remain?',
  ],
  // "Coverage as a percentage of the population"
  [
    pattern(
      String.raw`^(?:the |what is the |give me the |show the |show me the )?(?:coverage|people covered|reach) (?:as|in) ${SHARE} of `,
      String.raw`(?:the )?(?:whole |entire |total )?(?:population|people|all people|everybody)`,
      String.raw`(?: (?:for|of|in|under|by|with) (?:this|the|that|our) plan)? ?[?.]*$`,
    ),
    'percent of all people this plan covers?',
  ],
  [
    pattern(
      String.raw`^(?:and |so )?what ${SHARE} of (?:the )?${PEOPLE} (?:does|do|will|would|is|are) (?:this|the|that|our|it|the last)`,
      String.raw`(?: plan)?(?: (?:cover|reach|protect|covered by it))? ?[?.]*$`,
    ),
    'percent of all people this plan covers?',
  ],
  // "Which LGA takes the biggest share of these nets, and how many?"
  [
    pattern(
      String.raw`\b(?:takes?|gets?|receives?|has|have|eats?|carries|carry|collects?) the (?:biggest|largest|greatest|lion'?s|highest|bigger|most) `,
      String.raw`(?:share|part|portion|chunk|number|amount|quantity) of (?:the|these|those|our|all the|all) ${NETS}\b`,
    ),
    'gets the most nets',
  ],
  [
    pattern(
      String.raw`\b(?:takes?|gets?|receives?|has|have|collects?) the (?:smallest|least|lowest) `,
      String.raw`(?:share|part|portion|number|amount|quantity) of (?:the|these|those|our|all the|all) ${NETS}\b`,
    ),
    'gets the fewest nets',
  ],
  [/\b(gets? the (?:most|fewest) nets),? and how (?:many|much)(?: (?:is it|are they|exactly|nets?))?(?= ?\??$)/, '$1'],
  // The stock stays what it is.
  [
    pattern(
      String.raw`[,;]? ?(?:and |but )?(?:with |keep |keeping |using |for )?(?:the )?same (?:number|amount|quantity|stock|total) of ${NETS}(?= ?[.!?]*$)`,
    ),
    '',
  ],
  [/^(?:redo|remake|rework|repeat|rerun) (?:this|the|that|our) plan (?:with|using|by|on)\b/, 'make the plan with'],
  // "Nets for every house": a household.
  [/\b(every|each|per|a) house\b(?! ?hold)/, '$1 household'],
  // A place that is served already is left out.
  [
    pattern(
      String.raw`^([^,;.?!:]{2,60}?) (?:has|have) (?:already |just )?been (?:served|covered|done|supplied|given nets|taken care of)`,
      String.raw`(?: already)?(?: by (?:another|a|the|our|some) (?:[a-z]{1,15} )?(?:donor|partner|ngo|agency|programme|campaign))?`,
      String.raw`,? (?:so|then|therefore|and so|please|abeg)[, ] ?(?:please |kindly )?(?:take|leave|drop|remove|exclude|skip|cut) `,
      String.raw`(?:it|them|that one|that lga)(?: out)?(?: (?:of|from) (?:the|this|our) (?:plan|list))? ?[.!]*$`,
    ),
    'leave out $1',
  ],
  // "Leave rainfall out", in an order.
  [
    pattern(
      String.raw`^(?!(?:so |and |but )?(?:why|did|does|do|who|how|which|what|is|are|should)\b)(.{0,200}?)(?: ?,)? ?\b(?:but |and )?(?:leave|leaving|take|taking|keep|keeping) `,
      String.raw`(?!(?:it|them|that|those|these|wards?|out)\b)(?:the )?([a-z\d_'/-]{2,30}(?: [a-z\d_'/-]{2,30}){0,2}?) out(?: of (?:it|this|that|the (?:analysis|plan|list|ranking)))?(?= ?[.!?]*$)`,
    ),
    '$1 without $2',
  ],
  [/\b(?:take|leave|cut) (it|them|that one) out(?: of (?:the|this|our) plan)?(?= ?[.!]*$)/, 'leave out $1'],
]

export const OF_LISTS: readonly (readonly [RegExp, string])[] = [
  // "Leave" with "only" keeps what follows.
  [
    pattern(
      String.raw`^((?:and |now |so |ok |please |abeg )*)(?:leave|keep|retain|hold|show|give|take)(?: me)?(?: with)? only (?:those|the ones|these|them|the wards|ones)`,
      String.raw`(?: ones| wards)?(?: (?:that|which|wey))?(?: (?:are|is|dey|lie|fall|come))? (in|inside|from|for|within) `,
    ),
    '$1which of them are in ',
  ],
  [
    pattern(String.raw`^((?:and |now |so |ok |please |abeg )*)(?:leave|keep|retain)(?: me)?(?: with)? only `),
    '$1only ',
  ],
  // "In all ten", said of the ten that were shown.
  [
    /\b(in|of|for|among|across|from) all (?:the |these |those )?(\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twenty)(?: of them| wards)?(?= ?[?.!]*$)/,
    '$1 all those $2',
  ],
  [/^((?:and |so )*)same (?:thing|again|figure|table|question) (?:for|with|of) /, '$1same for '],
  [/^((?:and |so )*)(?:do|repeat|give me|show me|show) (?:the )?same (?:thing )?(?:for|with|of) /, '$1same for '],
  [
    /^((?:so |but |and )*why (?:is|are|was|did) .{2,80}?) (?:among|amongst|part of) (?:them|these|those|it)(?= ?[?.!]*$)/,
    '$1',
  ],
]

export const OF_KNOWLEDGE: readonly (readonly [RegExp, string])[] = [
  // "Where does this 1.8 come from?" asks for the reason.
  [
    /^((?:and |so |but )*)where (?:does|do|did) (?:this |that |the |your )?(.{2,60}?) come from(?= ?[?.!]*$)/,
    '$1why $2',
  ],
  [
    /^(?:what is |whats )?the (?:source|origin|reason) (?:of|for|behind) (?:this |that |the )?(.{2,60}?)(?= ?[?.!]*$)/,
    'why $1',
  ],
  [
    /^([^,;.?!:]{2,40}?) ?[-:,]? ?(?:its |the )?full (?:meaning|name|form)(?: please| abeg)?(?= ?[?.!]*$)/,
    'what is $1',
  ],
  [/\b(?:what is |whats )?(?:the )?full (?:meaning|name|form) of\b/, 'what is'],
  [/^([^,;.?!:]{2,40}?) na wetin(?= ?(?:[?.!,;]|$))/, 'what is $1'],
  [
    /^how (?:far apart|far|close|similar|different|unlike|alike)(?: together)? are (.{2,80}?)(?= (?:on|in|for|with) (?:our|my|the|these) (?:own )?data| ?[?.!]*$)/,
    'do $1 agree',
  ],
  // "Justify" asks for the reasons of a place in the ranking.
  [/\b(?:justify|defend|account for) (?:why|the reason why)\b/, 'explain why'],
  [
    /^((?:so |but |and |can you |please |explain )*why (?:is |are )?.{2,60}?(?: is| are)?) (?:up there|so high up|that high|on top there)(?= ?[?.!]*$)/,
    '$1 high',
  ],
  [
    /\b(?:malaria )?(?:risk|burden|danger|malaria) (?:strong|heavy|plenty|big|bad|serious|hard|too much) pass\b/,
    'malaria pass',
  ],
  // Two names and which is worse: side by side.
  [
    pattern(
      String.raw`^(.{2,60}? (?:or|and) .{2,60}?)[,:;?-] ?which (?:one |ward |of them |of the two )?(?:is|has|get|be|dey) (?:the )?`,
      String.raw`(?:worse|better|safer|riskier|more at risk|higher|lower|higher risk|lower risk|more risky)(?: off)?`,
      String.raw`(?:,? (?:and )?by how much(?: (?:in|by|on) (?:the )?(?:score|risk|composite score))?)?(?= ?[?.!]*$)`,
    ),
    'compare $1',
  ],
  [
    pattern(
      String.raw`^which (?:one |ward )?(?:is|be) (?:worse|better|safer|riskier|more at risk|higher risk|lower risk),? (.{2,60}? or .{2,60}?)`,
      String.raw`,? (?:and )?by how much(?: (?:in|by|on) (?:the )?(?:score|risk))?(?= ?[?.!]*$)`,
    ),
    'compare $1',
  ],
]

export const OF_FIGURES: readonly (readonly [RegExp, string])[] = [
  // A figure says on how many wards it rests.
  [
    pattern(
      String.raw`,? (?:and )?(?:on|from|over|out of) how many wards (?:does it rest|is it based|is that based|is that|did you use|was it (?:computed|taken|made)|it rests)`,
      String.raw`(?: on)?(?= ?[?.!]*$)`,
    ),
    '',
  ],
  [
    / (?:in|for|across|of|over) the (?:whole |entire )?(?:metropolis|metropolitan area)(?=[ ,.?!]|$)/,
    ' for the whole state',
  ],
]
