import { pattern } from '../words.ts'

const END = String.raw`(?= ?[?.!]*$)`
const NUMBER = String.raw`(-?\d[\d.,]{0,15})`
const NETS = String.raw`(?:nets?|itns?|llins?|bed ?nets?)`
const FIGURE = '(?:mean|average|median|total|sum|maximum|minimum)'

/** Ways of asking two things in one message, and of going on with an answer, with the usual words for each. */
export const OF_TALKS: readonly (readonly [RegExp, string])[] = [
  // "For our grant report I need just one thing:" before a question
  [
    pattern(
      String.raw`^(?:(?:good (?:day|morning|afternoon|evening)|hello|hi|dear) ?(?:team|all|sir|ma|everyone)?[.,!] )?`,
      String.raw`(?:for (?:my|our|the|a) (?:[a-z]{1,15} ){0,2}(?:report|slides?|proposal|meeting|memo|brief),? )?`,
      String.raw`(?:i|we) (?:just |only )?(?:need|want)(?: just| only)? (?:one|a single|this one|this) (?:thing|figure|number|answer)[:,-] `,
    ),
    '',
  ],
  // "One coefficient is enough": how long the answer is to be
  [
    /[?.,;] ?(?:just )?(?:one|a single) (?:coefficient|figure|number) (?:is enough|will do|is fine|suffices)[.!]*$/,
    '?',
  ],
  // "How many of those are Low, and which?": a list says how many wards it has.
  [
    pattern(
      String.raw`^((?:so |and |now |but )*)how many (?!people|persons|nets|lgas?\b|local|children)((?:out )?of (?:those|these|them|the)\b|(?:[a-z-]{2,15} ){0,3}wards\b)([^?.;]{2,120}?)[,;?.]? `,
      String.raw`(?:(?:and )?which(?: ones?| wards| are they)?|(?:and )?(?:who|what) are they|(?:and )?what are (?:their|the) names|`,
      String.raw`(?:and )?(?:list|name|show) (?:them|those))${END}`,
    ),
    '$1which $2$3?',
  ],
  // "How many wards are High, and how many people live in them?"
  [
    pattern(
      String.raw`^((?:so |and |now )*)how many wards (?:are |will be )?(?:left |end up )?(?:with )?(?:nothing|no nets?|without (?:any )?nets?|get no nets?|get nothing)`,
      String.raw`(?: at all)?,? and how many people (?:live in|are in|is in|stay in|does that affect|are there in)(?: them| those(?: wards)?| these(?: wards)?| there)?${END}`,
    ),
    '$1how many wards get no nets? how many people live in wards that get no nets?',
  ],
  // "Position of Dala ward in the ranking?"
  [
    pattern(
      String.raw`^(?:what is the |the )?(?:rank|position|place) of (?!the |all |wards|our |my |these |those )([^,;.?!:]{2,40}?) ward in (?:the|our|this) (?:ranking|list)${END}`,
    ),
    'explain $1',
  ],
  // "In how many wards does a column equal exactly 1?"
  [
    pattern(
      String.raw`^in how many wards (?:does|do|is) ([^,;?!:]{2,60}?) (?:equals?|be|is|stand at)?(?: exactly| to)* ${NUMBER}${END}`,
    ),
    'how many wards have $1 = $2',
  ],
  [pattern(String.raw`\b(?:equals? (?:to )?exactly|exactly equals?(?: to)?|is exactly) (?=\d)`), 'is '],
  // "Rainfall from 5 up to 7: list the wards"
  [pattern(String.raw`\bfrom ${NUMBER} up to (?=\d)`), 'between $1 and '],
  [
    pattern(
      String.raw`^([a-z_\d]{2,40}) (between ${NUMBER} and ${NUMBER}) ?[-–:,;] ?(?:list|show|give|name)(?: me)? (?:the|those|all) wards${END}`,
    ),
    'wards with $1 $2',
  ],
  // "Which wards come 40th to 46th"
  [
    pattern(
      String.raw`\b(?:which )?wards (?:that )?(?:come|rank|are|stand|are ranked|sit|fall) (?:from )?(\d{1,4})(?:st|nd|rd|th) (?:to|through|until|up to) (\d{1,4})(?:st|nd|rd|th)`,
    ),
    'wards with rank from $1 to $2',
  ],
  [
    /,? and where (?:does|do) (?:the )?(high|medium|low)(?: tier)? (?:ends?|stops?|finish)(?= ?[?.!]*$)/,
    '? which ward of the $1 tier has the lowest risk',
  ],
  // "Is A related to B?"
  [
    pattern(
      String.raw`^(?:so |and )?(?:is|are) ([^,;?!:]{2,50}?) (?:related|linked|tied|connected|correlated) (?:to|with) (?:the )?(?:share of |level of )?([^,;?!:]{2,60}?)${END}`,
    ),
    'correlation of $1 and $2',
  ],
  // "Mean rainfall of the Medium wards minus that of the Low wards"
  [
    pattern(
      String.raw`^((?:what is |the )*${FIGURE} [^,;?!:]{2,60}? (?:of|in|for) (?:the )?)([^,;?!:]{2,60}?) (?:minus|less) `,
      String.raw`(?:(?:that|those|the same|the ${FIGURE}) (?:of|in|for) )?(?:the )?([^,;?!:]{2,60}?)${END}`,
    ),
    '$1$2 compared with the $3',
  ],
  // "Who get positivity pass Dala?", in Pidgin. A number after it is read as it is.
  [
    pattern(
      String.raw`^((?:so |and )*)(?:who|which wards?|wards wey|wetin wards?) (?:get|dey get|has|have) ([a-z_]{2,30}(?: [a-z_]{2,20}){0,2}?)(?: wey)? pass (?!\d|all\b|point\b|zero\b)`,
    ),
    '$1which wards have higher $2 than ',
  ],
  // "Treat the column total as the population and plan 2,000 nets"
  [
    pattern(
      String.raw`^(?:please )?(?:treat|take|use|consider|read) (?:the )?(?:column )?([a-z_\d]{2,40}) as (?:the )?population(?:,| and|, and| then) (plan [^;?!:]{2,60}?)${END}`,
    ),
    '$2 with $1 as the population',
  ],
  // "Every LGA but A and B", in an order of nets
  [
    pattern(
      String.raw`^((?:please |now )*(?:plan|distribute|share|allocate) [^;?!:]{1,60}?),? (?:for |to |in |across )?(?:every|any|each|all)(?: the)? (?:lgas?|local governments?|wards?) `,
      String.raw`(?:but|except(?: for)?|save|bar|apart from|other than|excluding|minus) `,
    ),
    '$1 without ',
  ],
  // "Compare A and B LGA": both are LGAs.
  [
    /^((?:please |now )*compare )(?:the )?(?:lgas )?(?!.{0,60}\b(?:wards?|lgas?) and\b)([^,;?!:]{2,30}?) and ([^,;?!:]{2,30}?) lgas?(?= ?[?.!]*$)/,
    '$1$2 LGA and $3 LGA',
  ],
  // "Sort them by population, biggest first"
  [
    /\b((?:sort|order|arrange|list|rank) [^;?!:]{2,50}? by [^,;?!:]{2,40}?),? (?:the )?(?:biggest|largest|greatest|most|highest) first(?= ?[?.!]*$)/,
    '$1 from the highest to the lowest',
  ],
  [
    /\b((?:sort|order|arrange|list|rank) [^;?!:]{2,50}? by [^,;?!:]{2,40}?),? (?:the )?(?:smallest|least|fewest|lowest) first(?= ?[?.!]*$)/,
    '$1 from the lowest to the highest',
  ],
  // "If we upload only Gwamari, will the others keep their scores?": what a score is relative to
  [
    pattern(
      String.raw`^(?:so |and |but )*(?:if|when|suppose|assuming) (?:we|i|you|they) (?:only |just )?upload(?:ed)? (?:only |just )?[^,;?!:]{2,60}?, (?:will|would|do|does|can) [^,;?!:]{2,80}? `,
      String.raw`(?:keep|retain|hold|change|still have|have) (?:their|its|the|his) (?:own |same )?(?:scores?|ranks?|rankings?|tiers?|positions?)(?: the same)?${END}`,
    ),
    'how is the composite score computed?',
  ],
  // Why an indicator counts one way: how directions are found
  [
    pattern(
      String.raw`^(?:so |and |but )*why (?:does|do|did|is|are|was) (?:the |this |your )?(?:tool|service|system|analysis|model|method|you|u|it) `,
      String.raw`(?:count|counts|treat|treats|take|takes|read|reads|consider|considers|see|sees) (?:a )?(?:more|less|high|higher|low|lower)?[a-z_ ]{2,40}? as `,
      String.raw`(?:a )?(?:safer|riskier|safe|risky|good|bad|better|worse|protective|harmful|lower risk|higher risk|less risk|more risk|inverse|direct)${END}`,
    ),
    'explain direction',
  ],
]

/** The same, where there is a plan. */
export const OF_TALKS_AFTER_A_PLAN: readonly (readonly [RegExp, string])[] = [
  // "Of the people who live in High wards, what percentage does this plan cover?"
  [
    pattern(
      String.raw`^(?:so |and )*of (?:all )?(?:the |all the )?(?:people|persons|population|residents) (?:who |that )?(?:live |living |are |is )?(?:in|of) (?:the )?(high|medium|low)(?:[ -]risk)?(?: tier)?(?: wards)?, `,
      String.raw`(?:what|which) (?:percentage|percent|per cent|proportion|share|fraction|%) (?:does|do|will|would|is|are) (?:this|the|that|our|it)(?: plan)?(?: be)? (?:cover(?:ed)?|reach(?:ed)?|protect(?:ed)?|served?)${END}`,
    ),
    'what share of the people in $1 wards are covered?',
  ],
  [
    pattern(
      String.raw`^(?:so |and )*of (?:all )?(?:the |all the )?(?:people|persons|population|residents) (?:who |that )?(?:live |living |are |is )?(?:in|of) (?:the )?([^,;?!:]{2,50}?), `,
      String.raw`(?:what|which) (?:percentage|percent|per cent|proportion|share|fraction|%) (?:does|do|will|would|is|are) (?:this|the|that|our|it)(?: plan)?(?: be)? (?:cover(?:ed)?|reach(?:ed)?|protect(?:ed)?|served?)${END}`,
    ),
    'what share of the people in $1 are covered?',
  ],
  // "Under this plan", of nets
  [
    pattern(
      String.raw`^((?:so |and )*(?:which|what) lgas? (?:get|gets|receive|receives|got|have|will get) (?:no|zero) ${NETS})(?: at all)?(?: (?:under|in|by|with|from) (?:this|the|that|our) plan)?${END}`,
    ),
    'LGAs whose total nets are below 1',
  ],
  // "Why does Dala not get even one net?"
  [
    pattern(
      String.raw`^((?:so |but |and |ah )*)(?:why|how come) (?:does |did |do |is |has )?([^,;?!:]{2,40}?) (?:no|not|never|doesn't|didn't|don't|don no) (?:dey )?(?:see|get|receive|got|collect)(?: even)? (?:a single|one|one single|any|a|single) ${NETS}${END}`,
    ),
    '$1why does $2 get no nets?',
  ],
  [
    pattern(
      String.raw`^((?:so |but |and )*)(?:why|how come) (?:does |did |do |has )?([^,;?!:]{2,40}?) (?:gets?|got|receives?|received|have|has) (?:zero|not a single|not even (?:a|one)) ${NETS}${END}`,
    ),
    '$1why does $2 get no nets?',
  ],
  // "Restrict the plan to wards with TPR above 30"
  [
    pattern(
      String.raw`^((?:and |now |please |ok |then )*)(?:restrict|limit|confine|narrow) (?:it|the plan|this plan|that plan|that|the nets|the distribution|am)(?: down)? to (?:only )?(?:the )?`,
    ),
    '$1only for ',
  ],
  // "Add Kebura LGA to it as well"
  [
    pattern(
      String.raw`^((?:and |now |please |ok |then |also )*)(?:add|bring in|bring|put in|count in|cover|serve) (?!.{0,80}(?:\d|nets?\b|ranking|analysis|column|list|table|comparison|everybody|everyone|all\b|back\b))`,
      String.raw`([^,;?!:]{2,60}?) (?:(?:to|into) (?:it|the plan|this plan|that plan|that|am)(?: (?:as well|too|also))?|as well|too|also|on top)${END}`,
    ),
    '$1include $2',
  ],
  // "Households here are seven persons on average, so use that"
  [
    pattern(
      String.raw`^((?:and |but |now )*)(?:the |our )?(?:households?|families|family)(?: size)?(?: (?:here|in this state|around here))? (?:is|are|has|have|average|averages|count|dey)(?: about| around| of)? `,
      String.raw`([a-z]{3,8}|\d{1,2})(?: (?:persons|people|members|heads))?(?: (?:each|on average|in average|on the average))?,? (?:so |then |and )?(?:please )?(?:use|take|apply|go with|plan with) (?:that|it|this|am)${END}`,
    ),
    '$1use households of $2',
  ],
  // "What if we had 750,000?": another stock
  [
    pattern(
      String.raw`^((?:and |so |but )*)(?:what if|suppose|and if|what happens if) (?:we|i|there|it|they|the stock) (?:had|have|were|was|is|got|get|are) (\d[\d.,]{2,15}(?: ?(?:k|m|thousand|million)\b)?)(?: ${NETS})?(?: instead)?${END}`,
    ),
    '$1make it $2 nets',
  ],
  [
    pattern(
      String.raw`^((?:and |so |but )*)how many people (?:would|will|could|can) (?:we|it|the plan|they) (?:reach|cover|protect|serve) (?:if|with) (?:it were|it was|we had|we have|there were|we got)? ?(\d[\d.,]{2,15}(?: ?(?:k|m|thousand|million)\b)?)(?: ${NETS})?${END}`,
    ),
    '$1make it $2 nets',
  ],
  // "Jangule instead of Dutsela, same quantity": a changed plan keeps its stock.
  [
    pattern(
      String.raw`^((?:and |now |please |ok |no,? )*[^,;?!:]{2,60}? (?:instead of|in place of|rather than) [^,;?!:]{2,60}?),? (?:and |but )?(?:with |keep |keeping |for )?(?:the )?same `,
      String.raw`(?:qty|quantity|number|amount|stock|total)(?: of ${NETS})?${END}`,
    ),
    '$1',
  ],
  [
    pattern(
      String.raw`^((?:and |now |please |ok )*)(?:replace|swap|exchange|substitute) ([^,;?!:\d]{2,60}?) (?:with|for|by) ([^,;?!:\d]{2,60}?)${END}`,
    ),
    '$1$3 instead of $2',
  ],
  // "Wards of Dutsela that receive something, with the quantity"
  [
    pattern(
      String.raw`^(?:(?:which|show|list|name|give)(?: me)? (?:the |all the )?)?(wards (?:of|in|from) [^,;?!:]{2,40}?) (?:(?:that|which|who|wey) )?(?:get|gets|receive|receives|got|received|getting) `,
      String.raw`(?:something|anything|nets|any nets?|some nets?),? (?:with|and) (?:the|their) (?:quantity|quantities|amounts?|numbers?)(?: of nets)?${END}`,
    ),
    '$1 getting nets, sorted by nets',
  ],
  // "Which wards of Dutsela receive something?"
  [
    pattern(
      String.raw`(?:^(?:which|show|list|name|give)(?: me)? (?:the |all the )?(?=wards (?:of|in|from) )|\b)(wards (?:of|in|from) [^,;?!:]{2,40}?|wards) (?:(?:that|which|who|wey) )?(?:(?:will|would|go|do|dey) )?(?:get|gets|receive|receives|got|received) `,
      String.raw`(?:something|anything|nets|any nets?|some nets?|at least (?:one|a) net)${END}`,
    ),
    '$1 getting nets',
  ],
  // "Remind me: which LGAs did I leave out so far?"
  [
    pattern(
      String.raw`^(?:remind me[:,]? |so |and )*(?:which|what) (lgas|wards|places) (?:did|have|had) (?:i|we) (?:already )?(?:leave|left|take|taken|drop|dropped|exclude|excluded|remove|removed|cut)(?: out)?(?: (?:so far|already|till now|until now|up to now))?${END}`,
    ),
    'which $1 are left out?',
  ],
]
