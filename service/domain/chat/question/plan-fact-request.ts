import type { Outline } from '../outline.ts'
import type { PlanCall } from '../remembered.ts'
import type { InputOf, ToolCall } from '../tools.ts'
import { isAsking, placesIn, tiersIn } from './places-in.ts'
import { populationIn } from './plan-change-request.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { unknownName } from './named-places.ts'
import { askWhich, call } from './replies.ts'
import { explained } from './topic-request.ts'
import type { Mention } from './mention.ts'
import type { Meaning } from './replies.ts'
import { wordSet, pattern } from './words.ts'

type About = InputOf<'plan_facts'>['about']

const EXPLAINING = pattern(
  String.raw`^ (?:please |so |and )?(?:what is|what are|what does|explain|define|how is|how are|how does|`,
  String.raw`how do you|why (?:is|are|do|does) (?:the|a|nets?|plans?)) `,
)
const NEEDED = pattern(
  String.raw`\b(?:need|needs|needed|require|requires|required|would (?:it )?(?:take|cover)|(?:to|would|`,
  String.raw`will|can|could) cover|enough for|universal coverage|full coverage)\b`,
)
const EVERYBODY = pattern(
  String.raw`\b(?:everybody|everyone|all (?:the |our |of the )?(?:wards|people|persons|lgas)|every `,
  String.raw`(?:ward|person|body|lga)|whole (?:state|area|population|country)|entire (?:state|area|`,
  String.raw`population))\b`,
)
const GETS = pattern(
  String.raw`\b(?:get|gets|getting|got|receive|receives|received|give|gives|given|allocated|allocation|`,
  String.raw`have|has|had|share|for|how many|covered|cover|reach|reached)\b`,
)
const AROUND: ReadonlySet<string> = wordSet('and what how about in for of now same the lga ward also then ok please')
/** Words of these questions that the rules know nowhere else. */
const OWN_WORDS: ReadonlySet<string> = wordSet(
  'need needs needed require requires required cover covers covered coverage enough universal everybody ' +
    'everyone every ' +
    'receive receives received given allocated reach reached left leave leaves out excluded outside zero ' +
    'unserved miss ' +
    'misses served part partial partly partially incomplete remain remains remaining remainder leftover leftovers ' +
    'unallocated spare unused surplus lack lacks lacking short shortfall suffice protect protects protected ' +
    'fully handed ' +
    'distributed totals summary got gets getting still yet stock serve first last nothing none kept needing ' +
    'supply supplied alone getting few little percent partially enough together combined altogether jointly',
)
const MORE_NEEDED =
  /\b(?:how many (?:more|extra|additional|other)|more nets (?:do|would|will)|still need|nets? short|short of nets)\b/
/** What a place gets of a plan, said without the word for nets. */
const GETS_ITS = /\b(?:get|gets|getting|receive|receives|enough|covered|served|its share|left out|reached)\b/
const HOW_SERVED = pattern(
  String.raw`\b(?:no nets?|none|nothing|part|partial|partly|partially|fully|left out|without|`,
  String.raw`not (?:get|getting|receive|served)|didn (?:t )?(?:get|receive))\b`,
)
/** `Nets for everyone`: how many that takes. */
const NETS_FOR_ALL =
  /^ (?:the )?(?:nets?|itns?|llins?|bednets?|bed nets?|mosquito nets?) (?:for|to cover|to reach) (?:everyone|everybody|all) /
/** `More nets than`, `each`: the need of every place by itself. */
const APART = /\b(?:than|each|respectively)\b|^ (?:and |so )*which\b/
/** How many places one answer gives by themselves. */
const MOST_APART = 4
const ASKS_FOR_LGAS = /\b(?:which|what|list|name) (?:the |are the )?(?:lgas?|local governments?|districts?)\b/
/** What a plan can be asked as a whole, by its words. The first that fits decides. */
const FACTS: readonly (readonly [About, RegExp])[] = [
  [
    'left-out',
    /\b(?:left out|leave out|leaves out|excluded|not in the plan|out of the plan|outside (?:of )?the plan)\b/,
  ],
  [
    'none',
    pattern(
      String.raw`\b(?:no nets?|without (?:any )?nets?|gets? (?:none|nothing)|got (?:none|nothing)|zero nets|`,
      String.raw`(?:not|don|doesn|didn|won) (?:t )?(?:get|receive|have)(?: any)?|unserved|miss(?:es)? out|`,
      String.raw`not served)\b`,
    ),
  ],
  ['partial', /\b(?:part|partial|partly|partially|incomplete|not all)\b/],
  ['lgas', /\b(?:by|per|each|every|which|what|all|of) (?:the )?(?:lgas?|local governments?|districts?)\b/],
  ['order', /\b(?:first|last)\b.*\b(?:served?|gets?|receives?|nets?|plan)\b|\b(?:served?|gets?) (?:first|last)\b/],
  [
    'remaining',
    pattern(
      String.raw`\b(?:remain|remains|remaining|remainder|left|leftover|leftovers|unallocated|spare|unused|`,
      String.raw`surplus|lack|lacking|short|shortfall|enough|suffice)\b`,
    ),
  ],
  [
    'totals',
    pattern(
      String.raw`\b(?:cover|covers|covered|coverage|protect|protects|protected|reach|reached|fully|full|`,
      String.raw`handed out|allocated|distributed|given out|totals?|summary|summarise|summarize)\b`,
    ),
  ],
]

/**
 * A fact of the net plan, or the need of some wards or of all. A message that gives a number, names a column or asks
 * how plans are made is not one.
 */
export function factOfPlan(
  reading: Reading,
  { dataset, plan }: Outline,
  last: PlanCall | null,
  lastCall: ToolCall | null,
): Meaning | null {
  const { plain, figures, mentions } = reading
  if (dataset === null || speaksOf(reading, 'export', 'map', 'compare')) return null
  if (figures.length > 0)
    return isEnough(reading, plan) ? call({ tool: 'plan_facts', input: { about: 'remaining' } }) : null
  const populationColumn = populationIn(reading, { dataset })
  const isOther = ({ columns }: Mention): boolean =>
    columns.some((name) => dataset.columns.find((column) => column.name === name)?.kind !== 'population')
  if (populationColumn === null && mentions.some(isOther)) return null
  if (EXPLAINING.test(plain) && (last === null || explained(reading) !== null)) return null
  const isAfterPlan = last !== null && plan !== null && reading.words.length <= 10
  const again = last === null || last.tool !== lastCall?.tool ? null : askedAgain(reading, last)
  if (again !== null) return again
  // "Why is it high, and how many nets does it get?" is two questions.
  if (speaksOf(reading, 'why') && / and (?:how|what|which|who) /.test(plain)) return null
  const isOfNets = speaksOf(reading, 'nets')
  const isOfPlan = isOfNets || plain.includes(' plan ') || isOfStock(plain, plan !== null) || isAfterPlan
  if (!isOfPlan) return null
  const places = placesIn(reading)
  if (isAsking(places)) return isOfNets ? places : null
  const { wards, lgas } = places
  const tiers = tiersIn(reading)
  const tier = tiers.length === 1 ? tiers[0] : undefined
  const areSeveral = tiers.length > 1
  const isSomewhere = wards.length + lgas.length + tiers.length > 0
  const where = {
    ...(wards.length > 0 && { wards: [...wards] }),
    ...(lgas.length > 0 && { lgas: [...lgas] }),
    ...(tier !== undefined && { tier }),
  }
  const counted = {
    ...where,
    ...(areSeveral && { tiers: [...tiers] }),
    ...(populationColumn !== null && { populationColumn }),
  }
  const isAsked =
    NETS_FOR_ALL.test(plain) ||
    /\b(?:how|what|which|who|whom|where|why|does|do|did|is|are|will|any|tell|show|list|give|percent|percentage|share|proportion|coverage|nets? (?:needed|required))\b/.test(
      plain,
    )
  if (!isAsked || isOrder(plain)) return null
  if (isOfNets && plan !== null && !isSomewhere && MORE_NEEDED.test(plain))
    return isStrange(reading) ? null : call({ tool: 'plan_facts', input: { about: 'remaining' } })
  if (isOfNets && NETS_FOR_ALL.test(plain) && !isSomewhere) return isStrange(reading) ? null : needOf(counted, plain)
  if (isOfNets && NEEDED.test(plain) && (isSomewhere || EVERYBODY.test(plain) || plan === null || isPlainNeed(plain)))
    return isStrange(reading) ? null : needOf(counted, plain)
  if (areSeveral) return null
  // A query gives what share of the nets some wards get.
  if (isSomewhere && /\b(?:share|percent|percentage|proportion|fraction|%)\b.* nets\b/.test(plain)) return null
  // A query compares what several places get.
  if (wards.length === 0 && lgas.length > 1 && /\b(?:more|less|fewer|most|fewest) nets\b/.test(plain)) return null
  // A query counts wards, and narrows to places, by how they are served.
  if (/ how many (?:[a-z]+ ){0,2}wards /.test(plain) || (isSomewhere && wards.length === 0 && HOW_SERVED.test(plain)))
    return null
  const stranger = isSomewhere ? null : strangePlace(reading)
  if (stranger !== null) return stranger
  if (isSomewhere)
    return (isOfNets || (isAfterPlan && GETS_ITS.test(plain))) && GETS.test(plain) && !isStrange(reading)
      ? call({ tool: 'plan_facts', input: { about: 'places', ...where } })
      : null
  // A query lists the wards that are fully served.
  if (/\b(?:which|list|show|name) (?:[a-z]+ ){0,3}wards\b.*\b(?:full|fully)\b/.test(plain)) return null
  const found = FACTS.find(([, words]) => words.test(plain))?.[0]
  // "Which LGAs get no nets" asks for LGAs, and not for wards.
  const about = found === 'none' && ASKS_FOR_LGAS.test(plain) ? 'lgas' : found
  return about === undefined || isStrange(reading) ? null : call({ tool: 'plan_facts', input: { about } })
}

/** What places need: of LGAs or tiers that are compared each by itself, and not their sum. */
function needOf(input: InputOf<'count_nets_needed'>, plain: string): Meaning {
  const { lgas = [], wards = [], ...rest } = input
  const { tiers = [], ...ofOne } = input
  if (tiers.length > 1 && APART.test(plain))
    return { kind: 'calls', calls: tiers.map((tier) => ({ tool: 'count_nets_needed', input: { ...ofOne, tier } })) }
  if (lgas.length < 2 || lgas.length > MOST_APART || wards.length > 0 || !APART.test(plain))
    return call({ tool: 'count_nets_needed', input })
  return { kind: 'calls', calls: lgas.map((lga) => ({ tool: 'count_nets_needed', input: { ...rest, lgas: [lga] } })) }
}

/** `Is 300,000 enough?`, about the stock of the plan. */
function isEnough({ plain, figures, mentions }: Reading, plan: Outline['plan']): boolean {
  const [figure, another] = figures
  return (
    /^ (?:so |but |and )?(?:is|are|will|would|do|does) .*\b(?:enough|suffice|sufficient)\b/.test(plain) &&
    mentions.length === 0 &&
    another === undefined &&
    figure?.value === plan?.options.totalNets
  )
}

/** `and Kabdalle?` after the nets of another place: the same of this one. */
function askedAgain(reading: Reading, last: PlanCall): Meaning | null {
  const { words, mentions } = reading
  const isOfPlaces = last.tool === 'count_nets_needed' || (last.tool === 'plan_facts' && last.input.about === 'places')
  if (!isOfPlaces) return null
  const named = new Set(mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)))
  if (named.size === 0 || !words.every(({ text }, place) => named.has(place) || AROUND.has(text))) return null
  const places = placesIn(reading)
  if (isAsking(places)) return places
  const where = {
    ...(places.wards.length > 0 && { wards: [...places.wards] }),
    ...(places.lgas.length > 0 && { lgas: [...places.lgas] }),
  }
  if (last.tool === 'plan_facts') return call({ tool: 'plan_facts', input: { about: 'places', ...where } })
  const { wards: _wards, lgas: _lgas, tier: _tier, tiers: _tiers, ...rule } = last.input
  return call({ tool: 'count_nets_needed', input: { ...rule, ...where } })
}

/** Asks which place is meant by a name that the data do not have: `how many nets does Atlantis get?` */
function strangePlace(reading: Reading): Meaning | null {
  if (!speaksOf(reading, 'nets')) return null
  const guess = unknownName(reading)
  const before = reading.words[(guess?.from ?? 0) - 1]?.text ?? ''
  if (guess === null || !['does', 'do', 'will', 'for', 'in', 'to'].includes(before)) return null
  if (guess.text.split(' ').some((word) => OWN_WORDS.has(word))) return null
  const alike = [...new Set([...reading.names.wardsLike(guess.text), ...reading.names.lgasLike(guess.text)])].slice(
    0,
    4,
  )
  return askWhich(reading, guess.from, guess.to, 'ward or LGA', alike)
}

/** Whether a message has a word that is neither known nor a part of such a question. */
function isStrange({ words, unknown }: Reading): boolean {
  return unknown.some((place) => !OWN_WORDS.has(words[place]?.text ?? ''))
}

/** Questions that mean the plan without saying so, once there is one. */
function isOfStock(plain: string, hasPlan: boolean): boolean {
  return (
    hasPlan &&
    /\b(?:people|persons|population|wards?|who|share|percent|percentage|lgas?)\b/.test(plain) &&
    pattern(
      String.raw`\b(?:left out|covered|get nothing|gets nothing|get none|gets none|miss(?:es)? out|unserved|`,
      String.raw`not served|fully served|part(?:ly|ially) served|served (?:first|last))\b`,
    ).test(plain)
  )
}

function isPlainNeed(plain: string): boolean {
  return pattern(
    String.raw`\b(?:do|would|will|did|should) (?:we|i|they|you) (?:really )?need\b|\bnets (?:are |is `,
    String.raw`)?(?:needed|required)\b`,
  ).test(plain)
}

/** An order to make or to change a plan, and not a question. */
function isOrder(plain: string): boolean {
  return pattern(
    String.raw`^ (?:please |can you |could you |kindly |now |and |ok )*(?:plan|allocate|distribute|share|`,
    String.raw`deploy|make|add|remove|drop|exclude|cut|reduce|increase|use|set) `,
  ).test(plain)
}
