import type { ChartOptions } from '../../../chart/chart-options.ts'
import { FIELDS } from '../../../query/fields.ts'
import type { FieldName } from '../../../query/fields.ts'
import type { Condition, Having, Measure } from '../../../query/ward-query.ts'
import type { DatasetOutline, Outline } from '../../outline.ts'
import { columnWords } from '../column-words.ts'
import { askAboutThing } from '../distance-words.ts'
import type { Reading } from '../reading.ts'
import { ask, askWhich } from '../replies.ts'
import type { Meaning } from '../replies.ts'
import type { Tag } from './lexicon.ts'
import type { Token } from './tokens.ts'

export type Aggregate = Exclude<Measure['measure'], 'count' | 'weightedMean' | 'correlation'>

/** What a question wants, in the order in which it says so. */
export type Wanted =
  | { readonly kind: 'column'; readonly column: string; readonly isPeople: boolean }
  | { readonly kind: 'aggregate'; readonly aggregate: Aggregate; readonly q?: number }
  /** `by` is a column, or `risk` for the rank; null until one is found. */
  | {
      readonly kind: 'order'
      readonly direction: 'ascending' | 'descending' | 'unclear'
      readonly by: string | null
      /**
       * Whether it stands after "of" or "in", as in `population of the top 10 wards`: then no column before is
       * meant.
       */
      readonly isOf: boolean
      /** Whether all wards are to be put in this order, and not only those at one end. */
      readonly isSort: boolean
    }

/** A column that is to be compared with a figure of all wards, or of those of the same group, such as an LGA. */
export interface Relative {
  readonly column: string
  readonly op: '>' | '<' | '>=' | '<='
  readonly figure: 'mean' | 'median'
  /** How many times the figure: 3 for `more than three times the average`. */
  readonly times?: number
  /** The column of the groups. */
  readonly by?: string
}

export type Subject = 'wards' | 'lgas' | 'tiers' | 'states'

/** What was understood of a question so far. */
export interface Draft {
  readonly where: Condition[]
  readonly relative: Relative[]
  readonly wanted: Wanted[]
  readonly groups: string[]
  readonly subjects: Set<Subject>
  readonly charts: (ChartOptions['kind'] | 'pie' | 'plot')[]
  readonly wards: string[]
  /** Whether the LGAs are asked about, and wards only as theirs: `which LGAs have High wards`. */
  areLgasFirst: boolean
  /** How many rows are passed over: 1 for "the second highest". */
  offset: number
  /** Columns of text that are named by themselves. */
  readonly texts: string[]
  /** Whether tiers are joined by "and", so that each is asked about. */
  areTiersJoined: boolean
  /** Whether a rank is asked for: of an LGA, its place among the LGAs. */
  asksRank: boolean
  /** Whether wards that are named are to be shown beside the mean of their LGA. */
  isBesideLga: boolean
  /** How many wards or LGAs the question takes it that there are, as in `all the 20 LGAs`. */
  claimed: number | null
  /** Whether the limit stands after "the": without an order it says how many there are. */
  isLimitOfThese: boolean
  /** Whether the wards are asked about before anything else: `which ward has the maximum TPR`. */
  areWardsFirst: boolean
  limit: number | null
  /** The part of all wards that the limit stands for, in percent: 10 for "the top 10 %". */
  topPercent: number | null
  /**
   * The part of the wards that satisfy the conditions, in percent, in place of a limit: of `the top 10 % of Bakoro`.
   */
  percent: number | null
  /** Whether the part stands after "in", so that it may be one of all wards: `High wards in the top 10 %`. */
  isWithinTop: boolean
  /** How many wards an LGA must have. */
  having: { readonly op: Having['op']; readonly value: number } | null
  /** Whether the LGAs are asked for that have no ward of those that satisfy the conditions. */
  hasNone: boolean
  /** Whether the LGAs are asked for that have no other wards than those that satisfy the conditions. */
  hasOnly: boolean
  /** Whether figures of each ward by itself are asked for: `population per ward`. */
  isEachWard: boolean
  isCount: boolean
  isShare: boolean
  /** How many of the conditions say what a share is a part of: `what share of the High wards are urban`. */
  shareBase: number
  /** How many of the conditions stand before "among" or "in", which says what a share is a part of; 0 without it. */
  sharePart: number
  isCorrelation: boolean
  isWeighted: boolean
  /** The column that is named as the weight. */
  weight: string | null
  isRange: boolean
  isVersus: boolean
  isBoth: boolean
  speaksOfRisk: boolean
  /** Whether "worst" was said, and not "best". */
  isWorst: boolean
  /** Whether people are asked for by a word such as "people", and not by a column's name. */
  asksPeople: boolean
  /** Whether a column was named before the wards, as in `population of the High wards`. */
  columnsBeforeWards: boolean
  /** Whether it refers to the wards of the part before. */
  refersBack: boolean
  /** The first thing that must be asked. */
  question: Meaning | null
}

/** A question while it is read. */
export interface Asking {
  readonly reading: Reading
  readonly outline: Outline
  readonly dataset: DatasetOutline
  readonly tokens: readonly Token[]
  readonly used: Set<number>
  readonly draft: Draft
}

export function emptyDraft(): Draft {
  return {
    where: [],
    relative: [],
    wanted: [],
    groups: [],
    subjects: new Set(),
    charts: [],
    wards: [],
    areLgasFirst: false,
    offset: 0,
    texts: [],
    areTiersJoined: false,
    asksRank: false,
    isBesideLga: false,
    claimed: null,
    isLimitOfThese: false,
    areWardsFirst: false,
    limit: null,
    topPercent: null,
    percent: null,
    isWithinTop: false,
    having: null,
    hasNone: false,
    hasOnly: false,
    isEachWard: false,
    isCount: false,
    isShare: false,
    shareBase: 0,
    sharePart: 0,
    isCorrelation: false,
    isWeighted: false,
    weight: null,
    isRange: false,
    isVersus: false,
    isBoth: false,
    speaksOfRisk: false,
    isWorst: false,
    asksPeople: false,
    columnsBeforeWards: false,
    refersBack: false,
    question: null,
  }
}

/** What the phrase at a place stands for; null for names and numbers. */
export function tagAt({ tokens }: Pick<Asking, 'tokens'>, at: number): Tag | null {
  const token = tokens[at]
  return token?.kind === 'tag' ? token.tag : null
}

export function isTag(asking: Pick<Asking, 'tokens'>, at: number, ...tags: readonly Tag[]): boolean {
  const tag = tagAt(asking, at)
  return tag !== null && tags.includes(tag)
}

/** The first place from here that has none of these phrases. */
export function skip(asking: Pick<Asking, 'tokens'>, at: number, ...tags: readonly Tag[]): number {
  let place = at
  while (isTag(asking, place, ...tags)) place += 1
  return place
}

/** The words of a token. */
export function textAt({ tokens, reading }: Asking, at: number): string {
  const token = tokens[at]
  return token === undefined
    ? ''
    : reading.words
        .slice(token.from, token.to + 1)
        .map(({ text }) => text)
        .join(' ')
}

/** A field of the ranking or the plan; an uploaded column of the same name is left aside. */
export function field({ dataset }: Pick<Asking, 'dataset'>, name: FieldName): string {
  return dataset.columns.some((column) => column.name === name) ? `@${name}` : name
}

/** The column that holds people. */
export function peopleColumn({ dataset }: Pick<Asking, 'dataset'>): string | null {
  return dataset.columns.find(({ kind }) => kind === 'population')?.name ?? null
}

/** Columns of numbers that have one of these words in their names. */
export function columnsOf({ dataset }: Pick<Asking, 'dataset'>, words: readonly string[]): readonly string[] {
  return dataset.columns.flatMap(({ name, hasNumbers }) =>
    hasNumbers && columnWords(name).some((word) => words.includes(word)) ? [name] : [],
  )
}

const FIELD_TAGS: Readonly<Partial<Record<Tag, FieldName>>> = {
  score: 'score',
  pcaRank: 'pcaRank',
  pcaScore: 'pcaScore',
  need: 'need',
  nets: 'nets',
  covered: 'covered',
}
const AREA_NAMES: ReadonlySet<string> = new Set(['area', 'totalarea', 'landarea', 'areakm2', 'areasqkm', 'wardarea'])

/** The size of wards is in no column, and boundaries are drawn and joined, but not measured. */
function askForArea(): Meaning {
  return ask(
    'The data have no column of areas, and I do not measure wards by their boundaries. Add a column such as ' +
      '"area_km2" to the ward table, in one unit for all wards, and upload it again; then I can give, list and compare areas.',
    ['Describe my data'],
  )
}

/** A column at a place: named, or meant by a word such as "people". Null if there is none. */
export function columnAt(asking: Asking, at: number): { readonly column: string; readonly isPeople: boolean } | null {
  const token = asking.tokens[at]
  if (token === undefined) return null
  if (token.kind === 'column') {
    const [column] = token.columns
    if (column === undefined) return null
    if (token.columns.length > 1)
      asking.draft.question ??= askWhich(asking.reading, token.from, token.to, 'column', token.columns)
    asking.draft.question ??= askAboutThing(asking.reading, column)
    const { kind } = asking.dataset.columns.find(({ name }) => name === column) ?? {}
    return { column, isPeople: kind === 'population' }
  }
  if (token.kind !== 'tag') return null
  const { tag } = token
  if (tag === 'people') {
    const column = peopleColumn(asking)
    return column === null ? null : { column, isPeople: true }
  }
  if (tag === 'land') {
    const column = asking.dataset.columns.find(({ name }) => AREA_NAMES.has(name.toLowerCase().replace(/[\s_.-]/g, '')))
    if (column === undefined) asking.draft.question ??= askForArea()
    return column === undefined ? null : { column: column.name, isPeople: false }
  }
  const own = FIELD_TAGS[tag]
  if (own !== undefined && FIELDS[own].from === 'plan' && asking.outline.plan === null) return null
  return own === undefined ? null : { column: field(asking, own), isPeople: false }
}

/** Whether a place is negated: the nearest telling word before it is "not", "except" or the like. That word is used. */
export function takesNegation(asking: Asking, at: number): boolean {
  let place = at - 1
  while (isTag(asking, place, 'in', 'of', 'filler', 'wards', 'is', 'lgas', 'risk', 'with', 'their')) place -= 1
  if (!(isTag(asking, place, 'neg', 'except') || isAllBut(asking, place)) || asking.used.has(place)) return false
  asking.used.add(place)
  return true
}

/** `All wards but Dutsela`: what follows is left out. */
function isAllBut(asking: Asking, at: number): boolean {
  const before = asking.reading.words.slice(0, asking.tokens[at]?.from ?? 0)
  return textAt(asking, at) === 'but' && before.some(({ text }) => /^(?:all|every|any|everywhere|everyone)$/.test(text))
}

/** The kind of an outline's column; undefined for fields of the ranking or the plan. */
export function outlineColumn(
  { dataset }: Pick<Asking, 'dataset'>,
  column: string,
): DatasetOutline['columns'][number] | undefined {
  return dataset.columns.find(({ name }) => name === column)
}
