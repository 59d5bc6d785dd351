import type { Outline } from '../outline.ts'
import { plainFields } from './list-query.ts'
import { askForLgas } from './query/common.ts'
import { speaksOf } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call, say } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const POLITE = pattern(
  String.raw`^ (?:(?:please|pls|kindly|can you|could you|abeg|now|and|then|i want you to|help me|let us|just) )*`,
).source
const EDITS = pattern(
  POLITE,
  String.raw`(?:replace|overwrite|fill|change|edit|correct|set|put|turn|convert|substitute|make|update|swap|enter|`,
  String.raw`write|type)\b`,
)
const CELLS = /\b(?:cells?|values?|blanks?|gaps?|missing|empty|entries|zeros?|zeroes|outliers?|nulls?)\b/
const INTO = pattern(
  String.raw`\b(?:with|to|by|as|into|equal|be) (?:a |the |its |their )?(?:zeros?|zeroes|nil|null|na|blanks?|mean|`,
  String.raw`average|median|mode|(?:column|lga|state|ward) (?:mean|average|median)|`,
  String.raw`interpolated|\d[\d.,]{0,15}|one|ones|two|neighbou?rs?|previous|last)\b`,
)
const NOT_CHANGED =
  'Uploaded data are not changed here. An analysis fills gaps with the mean of the neighbouring wards, or with the ' +
  'mean of the column where no neighbour has a value, and lists each of them. To use other values, change the file ' +
  'and upload it again.'
const PRIVACY = pattern(
  String.raw`^ (?:so |and |but )*(?:(?:can|could|do|does|will|would) (?:(?:any|other|some|the) )?(?:others?|people|`,
  String.raw`anybody|anyone|somebody|someone|users?|person|you|government|donors?)(?: else)? `,
  String.raw`(?:see|read|access|view|share|keep|store|sell|use|get|steal) (?:my|our) (?:data|file|files|upload|`,
  String.raw`uploads|wards|plan|plans|results)|`,
  String.raw`who (?:else )?(?:can|could|will|has) (?:see|read|access|view|access to|seen) (?:my|our) (?:data|file|`,
  String.raw`files|upload|uploads|plan|results)|`,
  String.raw`(?:is|are) (?:my|our) (?:data|file|files|uploads?) (?:safe|private|secure|confidential|protected|shared|`,
  String.raw`kept))`,
)
const KEPT_APART =
  'What is uploaded is reached from your own session alone; no session of anybody else can reach it, and yours ' +
  'reaches no data of others. Ending the session erases everything in it; projects that you saved when signed ' +
  'in are kept.'
const GAPS_BY_COLUMN = pattern(
  String.raw`\b(?:how many|which|what|count|number of|list|where)\b.*\b(?:blank|blanks|empty|missing|null|gaps?)\b.*`,
  String.raw`\b(?:columns?|indicators?|variables?|fields?)\b|\b(?:columns?|indicators?|variables?|`,
  String.raw`fields?)\b.*\b(?:have|has|with|contain)`,
  String.raw`.*\b(?:blank|blanks|empty|missing|null|gaps?)\b`,
)
const NAME = '(?:· )+'
const NAMESAKES = pattern(
  String.raw`^ (?:so |and )?(?:is|are|be) ${NAME}(?:just |only )?(?:one|a single|1|a|two|the same) (?:ward|place|`,
  String.raw`community)s? or (?:more|many|several|two|different|are)|`,
  String.raw`\b(?:how many|any other|another|two|several) (?:wards?|places?|communities)?(?: ?(?:are|is|have|with|`,
  String.raw`bear|carry|there))* ?`,
  String.raw`(?:called|named|(?:the|this|that) name|by the name|known as)(?: of)? ${NAME}|`,
  String.raw`\b(?:more than one|how many|several) ${NAME}(?:do|does|are|is|exist|in|\?|$)`,
)
const PEOPLE = pattern(
  String.raw`\b(?:how many (?:people|persons|residents|inhabitants|souls|pipo)|number of (?:people|persons|residents|`,
  String.raw`inhabitants)|`,
  String.raw`(?:total|whole|entire|overall) (?:population|people|number of people)|head ?count|population (?:size|`,
  String.raw`total))\b`,
)
const COUNTS_LGAS = pattern(
  String.raw`\b(?:how many|number of|count of|count the|which|list the|names? of the) (?:lgas?|local `,
  String.raw`governments?|districts?|councils?)\b`,
)
/** Words of columns that may count people although their names are not the usual ones. */
const MAY_COUNT = /pop|people|person|inhab|habit|resident|total|census/i

/** What is asked of the uploaded file as such: to change it, its gaps, what it does not hold, who shares a name. */
export function aboutFile(reading: Reading, outline: Outline): Meaning | null {
  const { dataset } = outline
  if (PRIVACY.test(reading.plain) && reading.mentions.length + reading.figures.length === 0) return say(KEPT_APART)
  if (dataset === null) return null
  return edited(reading) ?? gapsByColumn(reading) ?? namesakes(reading, outline) ?? notInFile(reading, dataset)
}

/** `Replace the empty cells with zero`, `change the population of Gwale to 5,000`. */
function edited(reading: Reading): Meaning | null {
  const { plain, mentions, figures } = reading
  if (!EDITS.test(plain) || !INTO.test(plain)) return null
  if (speaksOf(reading, 'nets', 'analyse', 'direct', 'inverse', 'map')) return null
  const columns = mentions.some((mention) => mention.columns.length > 0)
  const wards = mentions.some((mention) => mention.wards.length > 0)
  const isOfCells = CELLS.test(plain) && !/\b(?:show|list|only|wards)\b/.test(plain)
  const isOfOne = columns && wards && figures.length === 1
  return isOfCells || isOfOne ? { kind: 'decline', reason: NOT_CHANGED } : null
}

/** `How many blank cells are in the indicator columns, and which columns have them?` */
function gapsByColumn({ plain, mentions, figures }: Reading): Meaning | null {
  return GAPS_BY_COLUMN.test(plain) && mentions.length === 0 && figures.length === 0 && !/\bwards?\b/.test(plain)
    ? call({ tool: 'check_quality', input: {} })
    : null
}

/** `Is Layin Kuka one ward or more?`: the wards that share a name. */
function namesakes({ plain, mentions }: Reading, outline: Outline): Meaning | null {
  const [mention, another] = mentions
  if (mention === undefined || another !== undefined || mention.wards.length === 0 || !NAMESAKES.test(plain))
    return null
  const ranked = outline.analysis === null ? [] : ['@rank', '@tier']
  return call({
    tool: 'query_wards',
    input: plainFields(
      {
        where: [{ column: '@ward', op: 'in', value: [...mention.wards] }],
        select: ['@ward', '@lga', ...ranked],
      },
      outline,
    ),
  })
}

/** What nobody can tell from a file without a column of people or of LGAs. */
function notInFile(reading: Reading, dataset: NonNullable<Outline['dataset']>): Meaning | null {
  const { plain, mentions } = reading
  if (dataset.lgas.length === 0 && COUNTS_LGAS.test(plain) && mentions.length === 0) return askForLgas()
  const isCounted = dataset.columns.some(({ kind }) => kind === 'population')
  if (
    isCounted ||
    mentions.some(({ columns }) => columns.length > 0) ||
    !PEOPLE.test(plain) ||
    speaksOf(reading, 'nets', 'plan')
  )
    return null
  const likely = dataset.columns.filter(({ name, hasNumbers }) => hasNumbers && MAY_COUNT.test(name))
  return ask(
    'The data have no population: no column is known to count people, so I cannot say how many there are.' +
      (likely.length === 0 ? '' : ' If one of these counts them, its sum tells.'),
    likely.slice(0, 4).map(({ name }) => `Add up the column ${name}`),
  )
}
