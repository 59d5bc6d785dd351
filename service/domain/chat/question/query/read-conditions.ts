import { columnWords } from '../column-words.ts'
import { ask, replaced } from '../replies.ts'
import { wordSet } from '../words.ts'
import { comparedAt, gluedAt } from './compared-numbers.ts'
import type { Asking } from './draft.ts'
import { columnAt, field, isTag, skip, takesNegation, textAt } from './draft.ts'
import { gapAt } from './read-gaps.ts'
import { relativeAt } from './read-relative.ts'
import { addTests, afterUnit, testOf } from './tests-of-column.ts'

const DISTANCE_UNITS: ReadonlySet<string> = wordSet(
  'm metre metres meter meters km kilometre kilometres kilometer kilometers miles',
)

/**
 * A condition that begins with its column: `TPR over 30`, `TPR above 20 and below 30`, `TPR is missing`, `rainfall
 * above the mean`. Gives how many tokens it takes.
 */
export function columnFirst(asking: Asking, at: number): number {
  const found = columnAt(asking, at)
  if (found === null) return 0
  const { column } = found
  if (/^(?:how many|number of) /.test(textAt(asking, at))) return 0
  let place = skip(asking, at + 1, 'is', 'of', 'filler', 'with', 'their')
  if (textAt(asking, place) === 'either') place += 1
  const isNegated = isTag(asking, place, 'neg')
  if (isNegated) place = skip(asking, place + 1, 'filler', 'is')
  const relative = isNegated ? null : relativeAt(asking, place)
  if (relative !== null) {
    asking.draft.relative.push({ column, ...relative.test })
    return relative.to - at
  }
  if (isTag(asking, place, 'missing', 'present')) {
    const isMissing = isTag(asking, place, 'missing') !== isNegated
    asking.draft.where.push({ column, op: isMissing ? 'missing' : 'present' })
    return place + 1 - at
  }
  const saysIs =
    isTag(asking, at + 1, 'is', '=') ||
    isNegated ||
    textAt(asking, place - 1) === 'of' ||
    isTag(asking, place - 1, 'is')
  const compared = comparedAt(asking, place, saysIs)
  // "People living more than 5,000 from water": the number is the distance.
  if (compared === null || isOfDistance(asking, compared.to)) return 0
  const tests = [testOf(asking, column, compared.test, isNegated !== takesNegation(asking, at))]
  let to = afterUnit(asking, column, compared.to)
  let isOr: boolean | null = null
  for (;;) {
    const glued = gluedAt(asking, to)
    const isButNot = textAt(asking, to) === 'but not'
    const joint = isTag(asking, to, 'and') || isButNot ? false : isTag(asking, to, 'or') ? true : (glued?.isOr ?? null)
    if (joint === null || (isOr !== null && joint !== isOr)) break
    // "20 or more but still below 75"
    const next = glued ?? comparedAt(asking, skip(asking, to + 1, 'is', ...(joint ? [] : (['and'] as const))), false)
    if (next === null || startsColumn(asking, next.to)) break
    isOr = joint
    tests.push(testOf(asking, column, next.test, isButNot))
    to = afterUnit(asking, column, next.to)
  }
  addTests(asking, column, tests, isOr === true)
  return to - at
}

/** The column that was asked of named wards, as in `is the TPR of Tudun Kuka above the average`. */
function columnOfWards({ draft }: Asking): { readonly column: string } | null {
  const last = draft.wanted.at(-1)
  if (draft.wards.length === 0 || last?.kind !== 'column') return null
  draft.wanted.pop()
  return last
}

/** A condition that ends with its column: `more than 20,000 people`, `above average rainfall`, `missing TPR`. */
export function columnLast(asking: Asking, at: number): number {
  const relative = relativeAt(asking, at)
  if (relative !== null) {
    const place = skip(asking, relative.to, 'of', 'in', 'filler', 'with')
    const own = columnAt(asking, place)
    const found = own ?? columnOfWards(asking)
    if (found === null) return 0
    asking.draft.relative.push({ column: found.column, ...relative.test })
    return (own === null ? relative.to : place + 1) - at
  }
  const gap = gapAt(asking, at)
  if (gap > 0) return gap
  const compared = comparedAt(asking, at, true)
  if (compared === null) return 0
  const [number] = compared.test.numbers
  if (asking.draft.subjects.has('lgas') && ['tier', 'value'].includes(asking.tokens[compared.to]?.kind ?? '')) {
    const which = textAt(asking, compared.to)
    asking.draft.question ??= ask('I can count the wards of each LGA, but not pick LGAs by that count.', [
      `Number of ${which} wards by LGA`,
    ])
    return compared.to - at
  }
  const isPlain = compared.test.op === '=' && !isTag(asking, at, '=')
  const distance = isPlain ? null : distanceAt(asking, compared.to)
  if (distance !== null) {
    addTests(
      asking,
      distance.column,
      [testOf(asking, distance.column, compared.test, takesNegation(asking, at))],
      false,
    )
    return distance.to - at
  }
  const isFrom = textAt(asking, compared.to) === 'from' || textAt(asking, compared.to) === 'away from'
  const next = skip(asking, isFrom ? compared.to + 1 : compared.to, 'of', 'filler')
  // "Above 100 in elevation"
  const after = isTag(asking, next, 'in') && columnAt(asking, next + 1) !== null ? next + 1 : next
  const unit = columnAt(asking, skip(asking, after + 1, 'of', 'in', 'filler'))
  const isUnit = unit !== null && afterUnit(asking, unit.column, after) > after
  const place = isUnit ? skip(asking, after + 1, 'of', 'in', 'filler') : after
  const found = columnAt(asking, place) ?? urbanShareAt(asking, place, number?.isPercent === true)
  // "2,000 from water" is a distance.
  if (found === null || (isFrom && !/dist/i.test(found.column))) return 0
  if (isPlain && !(number?.value === 0 || isTag(asking, at - 1, 'with'))) return 0
  // "With 1 million nets" is a stock.
  if (isPlain && number?.value !== 0 && found.column === field(asking, 'nets')) return 0
  addTests(asking, found.column, [testOf(asking, found.column, compared.test, takesNegation(asking, at))], false)
  return place + 1 - at
}

/** `Over 50 % urban`: the urban share. */
function urbanShareAt(asking: Asking, at: number, isPercent: boolean): { readonly column: string } | null {
  const share = asking.dataset.columns.find(({ kind, hasNumbers }) => kind === 'urbanShare' && hasNumbers)
  return isPercent && isTag(asking, at, 'urban') && share !== undefined ? { column: share.name } : null
}

/** `500 m from water`: a column of a distance after a unit, which is asked about where the column does not say it. */
function distanceAt(asking: Asking, at: number): { readonly column: string; readonly to: number } | null {
  const unit = textAt(asking, at)
  if (!DISTANCE_UNITS.has(unit) || !/^(?:from|of|away from|to)$/.test(textAt(asking, at + 1))) return null
  const place = skip(asking, at + 2, 'filler')
  const found = columnAt(asking, place)
  if (found === null || !/dist/i.test(found.column)) return null
  if (!columnWords(found.column).includes(unit))
    asking.draft.question ??= ask(
      `${found.column} does not say in which unit it is. If it is in ${unit}, say the number without it.`,
      [replaced(asking.reading, asking.tokens[at]?.from ?? 0, asking.tokens[at]?.to ?? 0, '').replace(/ {2,}/g, ' ')],
    )
  return { column: found.column, to: place + 1 }
}

/** Whether a distance follows a number, as in `5,000 from water`. */
function isOfDistance(asking: Asking, at: number): boolean {
  const isUnit = DISTANCE_UNITS.has(textAt(asking, at))
  const from = isUnit ? at + 1 : at
  const found = columnAt(asking, skip(asking, from + 1, 'filler'))
  return /^(?:from|away from)$/.test(textAt(asking, from)) && found !== null && /dist/i.test(found.column)
}

function startsColumn(asking: Asking, at: number): boolean {
  return columnAt(asking, skip(asking, at, 'of', 'filler', 'between', 'in')) !== null
}
