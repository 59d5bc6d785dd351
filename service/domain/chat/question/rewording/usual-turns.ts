import { pattern } from '../words.ts'

/** A usual way of speaking, and the words that say the same in the way that the rules read. */
type Rewording = readonly [said: RegExp, read: string]

const TESTED = pattern(
  String.raw`(?:(?:under.?fives?|children|kids|people|persons|patients|those) (?:who (?:were|are|got) |that (?:were|`,
  String.raw`are) )?(?:tested|`,
  String.raw`examined|screened)|(?:tested|examined|screened) (?:under.?fives?|children|kids|people|persons|patients)|`,
  String.raw`(?:rapid |malaria |rdt )*tests?(?: done| taken| carried out)?)`,
).source
const POSITIVE = pattern(
  String.raw`(?:(?:that |who )?(?:were|was|are|is|be|came|come|turn|turned|tested|test)(?: out| back| up)?(?: `,
  String.raw`malaria)? positive)`,
).source
const WHOLE = pattern(
  String.raw`(?:whole|entire|full|complete|rest of the) (?:of the )?(?:state|country|map|area|list|data|dataset|file|`,
  String.raw`table|place)`,
).source
const HARDER = '(?:spread(?: out)?|scattered|dispersed|variable|uneven|unequal|varied)'

const REWORDINGS: readonly Rewording[] = [
  // Local governments
  [/\bL\.\s?G\.\s?A\.?(?:'s)?(?=\s|s\b)/, 'LGA'],
  [/\b(?:govts|gov['’]ts)\b/, 'governments'],
  [/\bgov['’]t\b/, 'government'],
  // Test positivity
  [
    pattern(
      String.raw`(?:the )?(?:share|percentage|percent|proportion|fraction|part) of (?:the |all |all the )?${TESTED} `,
      String.raw`${POSITIVE}`,
    ),
    'TPR',
  ],
  [pattern(String.raw`(?<=(?:%|percent|per cent)) of (?:the |all |all the )?${TESTED} ${POSITIVE}`), ' TPR'],
  [pattern(String.raw`(?<=(?:%|percent|per cent)) of (?:the |all |all the )?${TESTED} (?:is|are) positive`), ' TPR'],
  // Only some of the wards
  [
    pattern(
      String.raw`\b(?:with |having |showing )?(?:nothing|none|no one|no wards?|no others?) (?:but|except(?: for)?|`,
      String.raw`other than|apart from|besides) (?:for )?`,
    ),
    'only ',
  ],
  [/(?<=\b(?:LGA|local government|tiers?|wards?|ones) )alone\b/, 'only'],
  // The same plan or list for other places
  [
    pattern(
      String.raw`^(?:now |and |then |please |ok |so )*(?:do|make|run|repeat|try) (?:it|this|that|the same)(?: `,
      String.raw`thing)?(?: again)? for (?=\S)`,
    ),
    'same for ',
  ],
  [
    pattern(
      String.raw`(?<=\b(?:wards?|lgas?|areas|communities|that|which) )(?:holds?|holding|contains?|containing|`,
      String.raw`accommodates?|boasts?)(?= \S)`,
    ),
    'have',
  ],
  // Access is a distance
  [/\b(?:poorest|worst|least|lowest|hardest) access to\b/, 'farthest from'],
  [/\b(?:best|easiest|highest) access to\b/, 'nearest to'],
  [/\baveraged by (?=population|people)/, 'weighted by '],
  // Figures
  [
    /\b(?:lower|first|bottom|1st) and (?:the )?(?:upper|third|top|3rd) quartiles?\b/,
    'lower quartile and upper quartile',
  ],
  [
    /\b(?:upper|third|top|3rd) and (?:the )?(?:lower|first|bottom|1st) quartiles?\b/,
    'upper quartile and lower quartile',
  ],
  [/\b(?:both|two|the) quartiles\b(?= of\b)/, 'lower quartile and upper quartile'],
  [pattern(String.raw`\bhow (?:widely |much |far )?${HARDER} (?:is|are|was|were|be)\b`), 'standard deviation of'],
  [
    pattern(
      String.raw`\bhow (?:much|widely|far) (?:do|does|did) (?:the )?(.{2,60}?) (?:vary|varies|differ|fluctuate)(?: `,
      String.raw`(?:across|between|among|`,
      String.raw`from ward to ward|over)(?: (?:the |all |all the |our )*wards?)?)?(?=[?.!]|$)`,
    ),
    'standard deviation of $1',
  ],
  // The tier of each
  [
    pattern(
      String.raw`\b(?:on|at) (?:which|what) side of the (?:high|medium|low)[\s/&-]*(?:and |or |to )?(?:high|medium|`,
      String.raw`low) (?:line|border|`,
      String.raw`boundary|cut.?off|divide|limit)(?: (?:do|does|is|are) (?:each|every one|they|it|those)(?: of them| `,
      String.raw`ward| one)?(?: fall| lie| sit`,
      String.raw`| stand)?)?`,
    ),
    'which tier are they in',
  ],
  // A score and its parts
  [
    pattern(
      String.raw`\bbreak (?:down )?(?:the |its )?(?:risk )?(?:score|rank|ranking|result)s? (?:of|for) (.{2,60}?)(?: `,
      String.raw`down)?(?: for (?:me|us))?(?:,? `,
      String.raw`(?:(?:indicator|factor|variable|piece|part|step) by (?:indicator|factor|variable|piece|part|step)|by `,
      String.raw`(?:indicator|factor|variable)s?|into `,
      String.raw`(?:its |the )?(?:indicators|parts|components|factors)))?(?=[.?!]|$)`,
    ),
    'explain the score of $1',
  ],
  [
    pattern(
      String.raw`\bbreak(?:ing)? (?:down )?(.{2,60}?)['’]s (?:risk )?(?:score|rank|ranking|result)(?: down)?(?: for `,
      String.raw`(?:me|us))?(?:,? (?:(?:indicator|factor|`,
      String.raw`variable|part) by (?:indicator|factor|variable|part)|by (?:indicator|factor|variable)s?|into (?:its |`,
      String.raw`the )?(?:indicators|parts|components|`,
      String.raw`factors)))?(?=[.?!]|$)`,
    ),
    'explain the score of $1',
  ],
  [
    pattern(
      String.raw`\b(?:what (?:makes|made) up|what goes into|what went into|what is (?:in|behind)|what lies behind|`,
      String.raw`decompose|dissect) (?:the )?(?:risk )?`,
      String.raw`score (?:of|for) (?=\S)`,
    ),
    'explain the score of ',
  ],
  [
    pattern(
      String.raw`\bhow is the (?:risk )?score (?:of|for) (.{2,60}?) (?:made up|put together|built(?: up)?|composed|`,
      String.raw`arrived at|obtained)(?=[.?!]|$)`,
    ),
    'explain the score of $1',
  ],
  // What would take a ward out of its tier
  [
    pattern(
      String.raw`\bwhat (?:must|should|would(?: have| need)?|will(?: have| need)?|needs?|has|have|could|can|might)(?: `,
      String.raw`to)? (?:change|happen|improve|be `,
      String.raw`(?:done|different|changed|improved))(?: first| there)? (?:so that|for|so|in order that|before|to get|`,
      String.raw`to make|to let|to move|to bring|to take) `,
      String.raw`(.{2,60}?) (?:(?:to|can|could|may|would|will|should) )?(?:leaves?|drops? out of|gets? out of|comes? `,
      String.raw`out of|falls? out of|exits?|moves? out of|`,
      String.raw`is out of|be out of|is no longer in|out of) (?:the )?(high|medium|low)\b(?: risk)?(?: tier| class| `,
      String.raw`group| category)?`,
    ),
    'what would take $1 out of the $2 tier',
  ],
  // Two items side by side
  [
    pattern(
      String.raw`\b(?:put|set|place|lay|line up) (.{3,80}?) (?:next to each other|beside each other|side by side|next `,
      String.raw`to one another)\b`,
    ),
    'compare $1',
  ],
]

const PLACED = /\b(?:only|just)\b|\b(?:LGA|local government|tier)\b/i
const NOT_ALL = pattern(
  String.raw`[,;]?\s(?:and |but )?(?:not|rather than|instead of|never mind) (?:for |of |in |on |across )?(?:the `,
  String.raw`)?${WHOLE}(?=[.?!,]|$)`,
)
const NOT_PLAIN = pattern(
  String.raw`[,;]?\s\(?(?:and |but )?(?:i (?:do not|don['’]?t) (?:want|need|mean) |not |rather than |instead of |no `,
  String.raw`)(?:the |a |an )?(?:simple|plain|`,
  String.raw`unweighted|ordinary|arithmetic|raw|straight|crude|usual) (?:mean|average)s?\)?`,
)
const LINE_FIRST = pattern(
  String.raw`^(?:one|a|a single|a separate) (?:line|row|record|entry) (?:per|for each|for every) (LGA|local `,
  String.raw`government|district|tier|state)[:,] `,
)
const LINE_OF_EACH = pattern(
  String.raw`[.;,]?\s(?:just |only )?(?:one|a|a single|a separate) (?:single )?(?:line|row|record|entry) (?:per|for `,
  String.raw`each|for every|each) (LGA|local government(?: area)?|district|tier|state)s?[.!]*$`,
)
const END =
  '(?:most|least|highest|lowest|largest|smallest|biggest|greatest|fewest|wettest|driest|riskiest|safest|worst|best)'
const ONE = `${END} [^,.;:?!\\n]{0,60}?\\b(?:ward|lga|local government)\\b`
const TWO_ENDS = pattern(String.raw`\b(${ONE})(?:,| and|, and) (?:the )?(${ONE})([^,.;:?!\n]{0,80})`)
const ON_TOP = pattern(
  String.raw`^((?:so |and |but |please )*(?:why|how come|explain why))(?: did| does| do| is| was| has| had)? `,
  String.raw`(.{2,60}?) (?:(?:come|comes|came|end|ends|ended|`,
  String.raw`finish|finished|sit|sits|stand|stands|be|is|was)(?: out| up)? )?(?:on top|at the (?:very )?top|first|`,
  String.raw`ahead)(?: of (?:everybody|`,
  String.raw`everyone|everything|all(?: (?:the )?(?:others?|wards|the wards))?|the (?:list|ranking|table|others|rest)|`,
  String.raw`them all))?(?: else)?(?=[?.!]|$)`,
)

/**
 * A message with usual ways of speaking put as the rules read them. What carries a condition keeps it: "nothing but"
 * becomes "only". The time grows only with the length of the message.
 */
export function inUsualTurns(message: string): string {
  const said = REWORDINGS.reduce(
    (text, [pattern, read]) => text.replace(new RegExp(pattern.source, 'gi'), read),
    message,
  )
  return withPercentiles(withOneEnd(withoutTop(withItems(withoutLines(withoutContrast(said))))))
}

/** `Lafenji LGA only, not the whole state`, `weighted, not the simple mean`: what is left out was said already. */
function withoutContrast(message: string): string {
  const whole = message.replace(new RegExp(NOT_ALL.source, 'i'), '')
  const one = whole !== message && PLACED.test(whole) ? whole : message
  const simple = one.replace(new RegExp(NOT_PLAIN.source, 'i'), '')
  return /\bweight/i.test(simple) ? simple : one
}

/** `One line per LGA` at the end: each LGA has one anyway if the question is by LGA, and else it is to be by LGA. */
function withoutLines(message: string): string {
  const first = new RegExp(LINE_FIRST.source, 'i').exec(message)
  if (first !== null) return `${message.slice(first[0].length).replace(/[?.!]{1,3}$/, '')} by ${first[1] ?? ''}`
  const found = new RegExp(LINE_OF_EACH.source, 'i').exec(message)
  if (found === null) return message
  const rest = message.slice(0, found.index)
  const isGrouped = new RegExp(String.raw`\b(?:each|every|per|by) (?:of the )?${found[1] ?? ''}`, 'i').test(rest)
  return isGrouped ? rest : `${rest} by ${found[1] ?? ''}`
}

/** `Why did Bankeka come out on top of everybody`: why it is number 1. */
function withoutTop(message: string): string {
  return message.replace(new RegExp(ON_TOP.source, 'i'), '$1 is $2 number 1')
}

const ITEMS = /^((?:please |kindly |can you )*compare ([^:]{3,80}?)):\s*([^:?]{3,200})[?.]*$/i
const TIER_ITEM = /^(?:the )?(?:number of |count of |how many )?((?:high|medium|low)(?: risk| tier)*) wards$/i
const PEOPLE_ITEM = /^(?:the )?(?:number of )?(?:people|population|inhabitants|residents)$/i

/**
 * `Compare A and B: mean score, high wards, people`: each item is asked by itself. Wards of a tier are counted and
 * people added up, and no item is a condition of the others.
 */
function withItems(message: string): string {
  const [, order = '', places = '', list = ''] = ITEMS.exec(message) ?? []
  const items = list.split(/,(?: and)? | and /).map((item) => item.trim())
  const tiers = items.flatMap((item) => TIER_ITEM.exec(item)?.[1] ?? [])
  if (tiers.length === 0 && !items.slice(1).some((item) => PEOPLE_ITEM.test(item))) return message
  const others = items.filter((item) => !TIER_ITEM.test(item))
  const figures = others.map((item) => (PEOPLE_ITEM.test(item) ? 'total population' : item))
  return [
    ...(figures.length > 0 ? [`${order}: ${figures.join(', ')}`] : []),
    ...tiers.map((tier) => `How many ${tier} wards in ${places} by LGA`),
  ].join('? ')
}

/** `The riskiest ward and the safest ward in Gwamari`: two questions, each about one end of the same wards. */
function withOneEnd(message: string): string {
  return message.replace(new RegExp(TWO_ENDS.source, 'i'), '$1$3? Which is the $2$3')
}

/** `10th, 50th and 90th percentile`: each is a figure of what follows. */
function withPercentiles(message: string): string {
  return message.replace(
    /(?<!\b(?:between|above|below|over|under|from) (?:the )?)\b((?:\d{1,2}(?:st|nd|rd|th)?(?:, | and |, and )){1,6})(?:the )?(\d{1,2})(?:st|nd|rd|th)? percentiles?\b/gi,
    (_, before: string, last: string) =>
      [...(before.match(/\d{1,2}/g) ?? []), last].map((number) => `percentile ${number}`).join(' and '),
  )
}
