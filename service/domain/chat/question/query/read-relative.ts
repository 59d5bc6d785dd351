import { written, ask } from '../replies.ts'
import { multipleAt, timesAt } from './multiple-at.ts'
import type { Found } from './multiple-at.ts'
import type { Asking } from './draft.ts'
import { columnAt, field, isTag, skip, tagAt, textAt } from './draft.ts'

const RELATIVE = {
  aboveMean: { op: '>', figure: 'mean' },
  belowMean: { op: '<', figure: 'mean' },
  aboveMedian: { op: '>', figure: 'median' },
  belowMedian: { op: '<', figure: 'median' },
} as const

const MORE: ReadonlySet<string> = new Set(['more', 'higher', 'greater', 'bigger', 'larger'])
const LESS: ReadonlySet<string> = new Set(['less', 'lower', 'fewer', 'smaller'])

/** `higher TPR than the average of its LGA`: the column stands between the comparison and the figure. */
export function columnBetween(asking: Asking, at: number): number {
  const said = textAt(asking, at)
  const found = MORE.has(said) || LESS.has(said) ? columnAt(asking, skip(asking, at + 1, 'filler')) : null
  if (found === null) return 0
  const than = skip(asking, at + 1, 'filler') + 1
  if (textAt(asking, than) !== 'than') return 0
  const multiple = timesAt(asking, skip(asking, than + 1, 'filler'))
  const own = skip(asking, multiple?.to ?? than + 1, 'filler', 'their', 'states', 'lgas')
  if (!isTag(asking, own, 'mean', 'median')) return 0
  const before = Array.from({ length: own - than }, (_, step) => than + step)
  const group = skip(asking, own + 1, 'of', 'in', 'their', 'filler')
  const isAfter = isTag(asking, group, 'lgas')
  const isOfLga = isAfter || before.some((place) => isTag(asking, place, 'lgas'))
  asking.draft.relative.push({
    column: found.column,
    op: MORE.has(said) ? '>' : '<',
    figure: isTag(asking, own, 'mean') ? 'mean' : 'median',
    ...(multiple !== null && { times: multiple.times }),
    ...(isOfLga && { by: field(asking, 'lga') }),
  })
  return (isAfter ? group : own) + 1 - at
}

/**
 * `above average`, `below the median`: beside all wards. `above the mean of their LGA`, `over its LGA average`: beside
 * the wards of the same LGA. The mean of an LGA that is named is asked about. Null if none of these begins here.
 */
export function relativeAt(asking: Asking, at: number): Found | null {
  return ofPhrase(asking, at) ?? ofOwnLga(asking, at) ?? multipleAt(asking, at)
}

/** `How does Gwale compare with its LGA average`: wards that are named, beside the mean of their own LGA. */
export function besideLga(asking: Asking, at: number): number {
  if (!isTag(asking, at, 'versus') || asking.draft.wards.length === 0) return 0
  const group = skip(asking, at + 1, 'their', 'filler', 'in', 'of', 'mean', 'across')
  const isOwn = Array.from({ length: group - at }, (_, step) => at + step).some((place) =>
    isTag(asking, place, 'their'),
  )
  if (!isOwn || !isTag(asking, group, 'lgas')) return 0
  asking.draft.isBesideLga = true
  return skip(asking, group + 1, 'mean') - at
}

function ofPhrase(asking: Asking, at: number): Found | null {
  const tag = tagAt(asking, at)
  if (tag === null || !(tag in RELATIVE)) return null
  const test = RELATIVE[tag as keyof typeof RELATIVE]
  const group = skip(asking, at + 1, 'of', 'in', 'their', 'filler')
  if (isTag(asking, group, 'lgas')) return { test: { ...test, by: field(asking, 'lga') }, to: group + 1 }
  if (asking.tokens[group]?.kind === 'lga' && textAt(asking, group - 1) === 'of') askAboutNamedMean(asking, group)
  return { test, to: at + 1 }
}

/** `above their LGA average`: the LGA stands between the comparison and the figure. */
function ofOwnLga(asking: Asking, at: number): Found | null {
  if (!isTag(asking, at, '>', '<')) return null
  const group = skip(asking, at + 1, 'their', 'filler', 'of')
  const isNamed = asking.tokens[group]?.kind === 'lga'
  if (!isNamed && !isTag(asking, group, 'lgas')) return null
  const figure = skip(asking, group + 1, 'lgas', 'filler')
  if (!isTag(asking, figure, 'mean', 'median')) return null
  if (isNamed) askAboutNamedMean(asking, group)
  return {
    test: {
      op: isTag(asking, at, '>') ? '>' : '<',
      figure: isTag(asking, figure, 'mean') ? 'mean' : 'median',
      by: field(asking, 'lga'),
    },
    to: figure + 1,
  }
}

function askAboutNamedMean(asking: Asking, at: number): void {
  const { from = 0, to = 0 } = asking.tokens[at] ?? {}
  const lga = written(asking.reading, from, to)
  asking.draft.question ??= ask(
    `I can compare each ward with the mean of all wards or of its own LGA, and I can give the mean of ${lga}, but not ` +
      `compare all wards with the mean of ${lga}. Say its mean as a number, or ask for it first.`,
    asking.dataset.columns
      .filter(({ hasNumbers, suggested }) => hasNumbers && suggested)
      .slice(0, 4)
      .map(({ name }) => `Average ${name} of ${lga}`),
  )
}
