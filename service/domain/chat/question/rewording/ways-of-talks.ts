import { pattern } from '../words.ts'

const END = String.raw`(?= ?[?.!]*$)`
const NUMBER = String.raw`(-?\d[\d.,]{0,15})`
const FIGURE = '(?:mean|average|median|total|sum|maximum|minimum)'

/** Ways of asking two things in one message, and of going on with an answer, with the usual words for each. */
export const OF_TALKS: readonly (readonly [RegExp, string])[] = [
  // "For our grant report I need just one thing:" before a question
  [
    pattern(
      String.raw`^(?:(?:good (?:day|morning|afternoon|evening)|hello|hi|dear) ?(?:team|all|sir|ma|everyone)?[.,!] )?`,
      String.raw`(?:for (?:my|our|the|a) (?:[a-z]{1,15} ){0,2}(?:report|slides?|proposal|meeting|memo|brief),? )?`,
      String.raw`(?:i|we) (?:just |only )?(?:need|want)(?: just| only)? (?:one|a single|this one|this) (?:thing|`,
      String.raw`figure|number|answer)[:,-] `,
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
      String.raw`^((?:so |and |now |but )*)how many (?!people|persons|nets|lgas?\b|local|children)((?:out )?of `,
      String.raw`(?:those|these|them|the)\b|(?:[a-z-]{2,15} ){0,3}wards\b)([^?.;]{2,120}?)[,;?.]? `,
      String.raw`(?:(?:and )?which(?: ones?| wards| are they)?|(?:and )?(?:who|what) are they|(?:and )?what are `,
      String.raw`(?:their|the) names|`,
      String.raw`(?:and )?(?:list|name|show) (?:them|those))${END}`,
    ),
    '$1which $2$3?',
  ],
  // "How many wards are High, and how many people live in them?"
  [
    pattern(
      String.raw`^((?:so |and |now )*)how many wards (?:are |will be )?(?:left |end up )?(?:with )?(?:nothing|no `,
      String.raw`nets?|without (?:any )?nets?|get no nets?|get nothing)`,
      String.raw`(?: at all)?,? and how many people (?:live in|are in|is in|stay in|does that affect|are there `,
      String.raw`in)(?: them| those(?: wards)?| these(?: wards)?| there)?${END}`,
    ),
    '$1how many wards get no nets? how many people live in wards that get no nets?',
  ],
  // "Position of Dala ward in the ranking?"
  [
    pattern(
      String.raw`^(?:what is the |the )?(?:rank|position|place) of (?!the |all |wards|our |my |these |those `,
      String.raw`)([^,;.?!:]{2,40}?) ward in (?:the|our|this) (?:ranking|list)${END}`,
    ),
    'explain $1',
  ],
  // "In how many wards does a column equal exactly 1?"
  [
    pattern(
      String.raw`^in how many wards (?:does|do|is) ([^,;?!:]{2,60}?) (?:equals?|be|is|stand at)?(?: exactly| to)* `,
      String.raw`${NUMBER}${END}`,
    ),
    'how many wards have $1 = $2',
  ],
  [pattern(String.raw`\b(?:equals? (?:to )?exactly|exactly equals?(?: to)?|is exactly) (?=\d)`), 'is '],
  // "Rainfall from 5 up to 7: list the wards"
  [pattern(String.raw`\bfrom ${NUMBER} up to (?=\d)`), 'between $1 and '],
  [
    pattern(
      String.raw`^([a-z_\d]{2,40}) (between ${NUMBER} and ${NUMBER}) ?[-–:,;] ?(?:list|show|give|name)(?: me)? `,
      String.raw`(?:the|those|all) wards${END}`,
    ),
    'wards with $1 $2',
  ],
  // "Which wards come 40th to 46th"
  [
    pattern(
      String.raw`\b(?:which )?wards (?:that )?(?:come|rank|are|stand|are ranked|sit|fall) (?:from )?(\d{1,4})(?:st|`,
      String.raw`nd|rd|th) (?:to|through|until|up to) (\d{1,4})(?:st|nd|rd|th)`,
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
      String.raw`^(?:so |and )?(?:is|are) ([^,;?!:]{2,50}?) (?:related|linked|tied|connected|correlated) (?:to|`,
      String.raw`with) (?:the )?(?:share of |level of )?([^,;?!:]{2,60}?)${END}`,
    ),
    'correlation of $1 and $2',
  ],
  // "Mean rainfall of the Medium wards minus that of the Low wards"
  [
    pattern(
      String.raw`^((?:what is |the )*${FIGURE} [^,;?!:]{2,60}? (?:of|in|for) (?:the )?)([^,;?!:]{2,60}?) (?:minus|`,
      String.raw`less) `,
      String.raw`(?:(?:that|those|the same|the ${FIGURE}) (?:of|in|for) )?(?:the )?([^,;?!:]{2,60}?)${END}`,
    ),
    '$1$2 compared with the $3',
  ],
  // "Who get positivity pass Dala?", in Pidgin. A number after it is read as it is.
  [
    pattern(
      String.raw`^((?:so |and )*)(?:who|which wards?|wards wey|wetin wards?) (?:get|dey get|has|have) `,
      String.raw`([a-z_]{2,30}(?: [a-z_]{2,20}){0,2}?)(?: wey)? pass (?!\d|all\b|point\b|zero\b)`,
    ),
    '$1which wards have higher $2 than ',
  ],
  // "Treat the column total as the population and plan 2,000 nets"
  [
    pattern(
      String.raw`^(?:please )?(?:treat|take|use|consider|read) (?:the )?(?:column )?([a-z_\d]{2,40}) as (?:the `,
      String.raw`)?population(?:,| and|, and| then) (plan [^;?!:]{2,60}?)${END}`,
    ),
    '$2 with $1 as the population',
  ],
  // "Every LGA but A and B", in an order of nets
  [
    pattern(
      String.raw`^((?:please |now )*(?:plan|distribute|share|allocate) [^;?!:]{1,60}?),? (?:for |to |in |across `,
      String.raw`)?(?:every|any|each|all)(?: the)? (?:lgas?|local governments?|wards?) `,
      String.raw`(?:but|except(?: for)?|save|bar|apart from|other than|excluding|minus) `,
    ),
    '$1 without ',
  ],
  // "Compare A and B LGA": both are LGAs.
  [
    pattern(
      String.raw`^((?:please |now )*compare )(?:the )?(?:lgas )?(?!.{0,60}\b(?:wards?|lgas?) `,
      String.raw`and\b)([^,;?!:]{2,30}?) and ([^,;?!:]{2,30}?) lgas?(?= ?[?.!]*$)`,
    ),
    '$1$2 LGA and $3 LGA',
  ],
  // "Sort them by population, biggest first"
  [
    pattern(
      String.raw`\b((?:sort|order|arrange|list|rank) [^;?!:]{2,50}? by [^,;?!:]{2,40}?),? (?:the )?(?:biggest|`,
      String.raw`largest|greatest|most|highest) first(?= ?[?.!]*$)`,
    ),
    '$1 from the highest to the lowest',
  ],
  [
    pattern(
      String.raw`\b((?:sort|order|arrange|list|rank) [^;?!:]{2,50}? by [^,;?!:]{2,40}?),? (?:the )?(?:smallest|`,
      String.raw`least|fewest|lowest) first(?= ?[?.!]*$)`,
    ),
    '$1 from the lowest to the highest',
  ],
  // "If we upload only Gwamari, will the others keep their scores?": what a score is relative to
  [
    pattern(
      String.raw`^(?:so |and |but )*(?:if|when|suppose|assuming) (?:we|i|you|they) (?:only |just )?upload(?:ed)? `,
      String.raw`(?:only |just )?[^,;?!:]{2,60}?, (?:will|would|do|does|can) `,
      String.raw`(?:[^,;?!:]{2,40}? and )?(?:the |all the )?(?:others?|rest|wards|scores?|they|it) `,
      String.raw`(?:keep|retain|hold|change|still have|have) (?:their|its|the|his) (?:own |same )?(?:scores?|ranks?|`,
      String.raw`rankings?|tiers?|positions?)(?: the same)?${END}`,
    ),
    'how is the composite score computed?',
  ],
  // Why an indicator counts one way: how directions are found
  [
    pattern(
      String.raw`^(?:so |and |but )*why (?:does|do|did|is|are|was) (?:the |this |your )?(?:tool|service|system|`,
      String.raw`analysis|model|method|you|u|it) `,
      String.raw`(?:count|counts|treat|treats|take|takes|read|reads|consider|considers|see|sees) (?:a )?(?:more|`,
      String.raw`less|high|higher|low|lower)?[a-z_ ]{2,40}? as `,
      String.raw`(?:a )?(?:safer|riskier|safe|risky|good|bad|better|worse|protective|harmful|lower risk|higher risk|`,
      String.raw`less risk|more risk|inverse|direct)${END}`,
    ),
    'explain direction',
  ],
]
