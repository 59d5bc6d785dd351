import { quoted } from '../../../quoted.ts'
import { ask } from '../replies.ts'
import type { Aggregate, Asking } from './draft.ts'
import { columnAt, isTag, skip, tagAt, textAt } from './draft.ts'
import type { Tag } from './lexicon.ts'

/** Words in the names of columns that count something. */
const COUNTS = /total|number|count|case|num|nets|people|person|household|facilit|death|pop|test|report|visit/i
/** Figures of one column by themselves. */
export const AGGREGATES: ReadonlySet<Tag> = new Set<Tag>(['sum', 'mean', 'median', 'min', 'max', 'sd'])
const QUARTILES = { lowerQuartile: 0.25, upperQuartile: 0.75 } as const

/** A figure that is asked for: a mean, a sum, a percentile, a share, a correlation, a count. */
export function figures(asking: Asking, at: number): number {
  const { draft } = asking
  const tag = tagAt(asking, at)
  const number = asking.tokens[at]
  if (number?.kind === 'number' && isTag(asking, at + 1, 'quantile')) return percentile(asking, number.value, 2)
  if (tag === 'quantile') {
    const next = asking.tokens[at + 1]
    return next?.kind === 'number' ? percentile(asking, next.value, 2) : 0
  }
  if (tag === null) return 0
  if (tag in QUARTILES) {
    draft.wanted.push({ kind: 'aggregate', aggregate: 'quantile', q: QUARTILES[tag as keyof typeof QUARTILES] })
    return 1
  }
  const bound = /^(?:a )?(minimum|maximum) of$/.exec(textAt(asking, at))?.[1]
  if (bound !== undefined) {
    draft.wanted.push({ kind: 'aggregate', aggregate: bound === 'minimum' ? 'min' : 'max' })
    return 1
  }
  // "Least rainfall on average": columns other than people are averaged anyway.
  const last = draft.wanted.at(-1)
  if (textAt(asking, at) === 'on average' && last?.kind === 'column' && !last.isPeople) return 1
  // "The average wards": of no column, and no wards are average.
  const isOfWards = isTag(asking, at + 1, 'wards') && columnAt(asking, skip(asking, at + 2, 'filler')) === null
  if ((tag === 'mean' || tag === 'median') && isOfWards && draft.wanted.length > 0) return 0
  if (AGGREGATES.has(tag)) {
    draft.wanted.push({ kind: 'aggregate', aggregate: tag as Aggregate })
    return 1
  }
  switch (tag) {
    case 'range':
      draft.isRange = true
      return 1
    case 'share':
      draft.isShare = true
      return 1
    case 'correlation':
      draft.isCorrelation = true
      return 1
    case 'weighted':
      return weighting(asking, at)
    case 'count': {
      const next = skip(asking, at + 1, 'filler', 'of')
      if (askAboutCount(asking, next)) return next + 1 - at
      // "How many people" asks for a sum of a column.
      if (columnAt(asking, next) === null) draft.isCount = true
      return 1
    }
    case 'versus':
      draft.isVersus = true
      return 1
    case 'both':
      draft.isBoth = true
      return 1
    default:
      return 0
  }
}

/** `How many clinics`, where the column says how far they are: asks, since it counts nothing. */
function askAboutCount(asking: Asking, at: number): boolean {
  const { draft, tokens } = asking
  const found = tokens[at]?.kind === 'column' ? columnAt(asking, at) : null
  if (found === null || found.isPeople || COUNTS.test(found.column)) return false
  draft.question ??= ask(
    `The data do not count ${textAt(asking, at)}: ${quoted(found.column)} is another figure. What would you like to know of it?`,
    [`Describe ${found.column}`],
  )
  return true
}

/** `weighted by population`; `population-weighted` takes the people. */
function weighting(asking: Asking, at: number): number {
  const { draft } = asking
  draft.isWeighted = true
  const place = skip(asking, at + 1, 'by', 'with', 'filler')
  const found = /(?:by|with)$/.test(textAt(asking, place - 1)) ? columnAt(asking, place) : null
  if (found === null) return 1
  draft.weight = found.column
  return place + 1 - at
}

function percentile({ draft }: Asking, percent: number | null, tokens: number): number {
  if (percent === null || percent < 0 || percent > 100) {
    draft.question ??= ask('A percentile is a number from 0 to 100. Which one do you mean?')
    return tokens
  }
  draft.wanted.push({ kind: 'aggregate', aggregate: 'quantile', q: percent / 100 })
  return tokens
}
