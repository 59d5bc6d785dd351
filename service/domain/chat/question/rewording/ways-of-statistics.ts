import { pattern } from '../words.ts'

const NUMBER = String.raw`(\d[\d.,]*\d|\d)`
const COUNT = '(\\d{1,3}|two|three|four|five|six|seven|eight|nine|ten|twelve|fifteen|twenty)'
const ASKED = String.raw`(?:(?:which|what|who|show|name|list|give|me|us|are|is|the|please) )*`
const HEADS = pattern(
  String.raw`(?:heads?|leads?|tops?|come first in|come first on|come out on top of|come out on top in|are on top of|`,
  String.raw`are at the top of|are at the head of)`,
).source
/** A column in a list of two: no sign and no joint. */
const COLUMN = String.raw`((?:(?!and |with |on |the )[^\s,;:.?!]{1,40} ){0,3}[^\s,;:.?!]{1,40})`
const AXIS = String.raw`(?:[- ]?axis)?`

/** Ways of asking for figures, orders and charts that statisticians use. */
export const OF_STATISTICS: readonly (readonly [RegExp, string])[] = [
  // The correlation of the answers is Pearson's.
  [/\bpearson(?:['’]?s)?(?: (?:product[- ]moment|linear))? (?=correlat)/, ''],
  [/\bpearson(?:['’]?s)? r\b(?= (?:of|between|for))/, 'correlation'],
  // The two ends of the middle half
  [
    /\b(?:the )?(?:iqr|inter-?quartile range|inter quartile range)s?(?= (?:of|for|in)\b)/,
    'lower quartile and upper quartile',
  ],
  // Figures say on how many wards they rest.
  [
    pattern(
      String.raw`,? (?:please )?(?:and|plus|also) (?:say |tell me |show )?(?:on|from|over|out of) how many wards `,
      String.raw`(?:it|that|this|they) (?:is|was|are|were) (?:based|computed|taken|calculated|made)`,
      String.raw`(?: on| from| over)?(?= ?[?.!]*$)`,
    ),
    '',
  ],
  // Both bounds are left out.
  [
    pattern(
      String.raw`\b(?:(?:lies|lie|is|are|falls|fall|sits|sit) )?(?:strictly|truly) (?:in )?between ${NUMBER} ?%? `,
      String.raw`and ${NUMBER}(?!\d)`,
    ),
    'is above $1 and below $2',
  ],
  [
    pattern(
      String.raw`\b(?:(?:lies|lie|is|are|falls|fall|sits|sit) )?between ${NUMBER} ?%? and ${NUMBER},? \(?(?:both `,
      String.raw`)?(?:exclusive|excluded|not included|both bounds excluded)\)?(?= ?[?.!;]*$)`,
    ),
    'is above $1 and below $2',
  ],
  // "Take the PCA ranking: which three wards head it?"
  [
    pattern(
      String.raw`^(?:(?:take|use|open|consider|look at|go by|by|in|from|under|with|on) )(?:the )?pca(?: ranking| `,
      String.raw`rank| order| list| score)?(?: please|, please)? ?[,:;.-] ${ASKED}`,
      String.raw`${COUNT} wards ${HEADS} (?:it|that|this|the list|the ranking|that ranking|that list)(?= ?[?.!]*$)`,
    ),
    'top $1 wards by PCA',
  ],
  [
    pattern(String.raw`^${ASKED}${COUNT} wards ${HEADS} (?:the )?pca(?: ranking| rank| order| list)?(?= ?[?.!]*$)`),
    'top $1 wards by PCA',
  ],
  [
    pattern(
      String.raw`^${ASKED}${COUNT} wards ${HEADS} (?:the )?(?:(?:composite |risk )?(?:ranking|list|table))(?= `,
      String.raw`?[?.!]*$)`,
    ),
    'top $1 wards at highest risk',
  ],
  // Which indicators raise a ward: all are listed, the strongest first.
  [
    pattern(
      String.raw`^((?:so |and |please )*)(?:which|what)(?: are the)? (?:${COUNT} )?(?:main |biggest |strongest `,
      String.raw`)?(?:indicators?|factors?|variables?|things?) `,
      String.raw`(?:push|pushes|raise|raises|lift|lifts|pull|pulls|move|moves|drag|drags) (.{2,60}?)(?: ward)?(?: `,
      String.raw`up| upwards| so high)(?: the)?(?: most| strongest)?(?= ?[?.!]*$)`,
    ),
    '$1what drives the rank of $3',
  ],
  // A scatter plot by its axes
  [
    pattern(
      String.raw`\b(scatter ?(?:plot|chart|graph|diagram)?)(?: of| with|:|,)? ${COLUMN} on (?:the )?(?:x|`,
      String.raw`horizontal)${AXIS},? (?:and |with )?${COLUMN} on (?:the )?(?:y|vertical)${AXIS}(?=[ ,.;?!]|$)`,
    ),
    '$1 of $3 against $2',
  ],
  [
    pattern(
      String.raw`\b(scatter ?(?:plot|chart|graph|diagram)?)(?: of| with|:|,)? ${COLUMN} on (?:the )?(?:y|`,
      String.raw`vertical)${AXIS},? (?:and |with )?${COLUMN} on (?:the )?(?:x|horizontal)${AXIS}(?=[ ,.;?!]|$)`,
    ),
    '$1 of $2 against $3',
  ],
  // A scatter plot says its r.
  [
    /^(?=.*\bscatter)(.*?),? (?:and |together )?with (?:its |the )?(?:pearson(?:['’]?s)? )?r(?: value)?(?= ?[?.!]*$)/,
    '$1',
  ],
  // "Is housing worse in A than in B": the figures of both, side by side.
  [
    pattern(
      String.raw`^((?:so |and |but |please )*)is (?:the )?(?:average |mean )?(?!(?:it|this|that|malaria|risk|the|`,
      String.raw`burden|situation)\b)${COLUMN} (?:worse|better) (?:in|for|at|off in) ${COLUMN} than (?:in |for |at `,
      String.raw`)?${COLUMN}`,
      String.raw` ?\((?:the )?(?:two |both )?(?:lgas?|local governments?)(?:[,;] (?:on )?(?:the )?(?:average|`,
      String.raw`mean)s?)?\)(?= ?[?.!]*$)`,
    ),
    '$1compare $3 LGA and $4 LGA: $2',
  ],
  [
    pattern(
      String.raw`^((?:so |and |but |please )*)is (?:the )?(?:average |mean )?(?!(?:it|this|that|malaria|risk|the|`,
      String.raw`burden|situation)\b)${COLUMN} (?:worse|better) (?:in|for|at|off in) ${COLUMN} than (?:in |for |at `,
      String.raw`)?${COLUMN}`,
      String.raw`(?: on average)?(?= ?[?.!]*$)`,
    ),
    '$1compare $3 and $4: $2',
  ],
  // "High-tier" is said of wards as "High" is.
  [/\b(high|medium|low)[- ]tier wards?\b/, '$1 wards'],
]
