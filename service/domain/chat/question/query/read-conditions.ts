import type { Comparison, Condition } from '../../../query/ward-query.ts'
import { quoted } from '../../../fault-list.ts'
import { columnWords } from '../column-words.ts'
import { ask } from '../replies.ts'
import type { Asking, Relative } from './draft.ts'
import { columnAt, field, isTag, outlineColumn, skip, tagAt, takesNegation, textAt } from './draft.ts'
import type { TokenOf } from './tokens.ts'

const OPS = ['>', '<', '>=', '<=', '=', '!='] as const
type Op = (typeof OPS)[number]
const OPPOSITE: Readonly<Record<Op, Op>> = { '>': '<=', '<': '>=', '>=': '<', '<=': '>', '=': '!=', '!=': '=' }
const RELATIVE = {
  aboveMean: { op: '>', figure: 'mean' },
  belowMean: { op: '<', figure: 'mean' },
  aboveMedian: { op: '>', figure: 'median' },
  belowMedian: { op: '<', figure: 'median' },
} as const

/** The units that a number of a column may have by what the column measures: no other is usual. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  elevation: ['m', 'metre', 'metres', 'meter', 'meters'],
  rain: ['mm', 'millimetre', 'millimetres', 'millimeter', 'millimeters'],
  temperature: ['c', 'degree', 'degrees', 'celsius'],
} as const

type Test = Omit<Condition, 'column' | 'or'>

/** A comparison with numbers at a place, such as `over 30`, `20 to 30` or `30 or more`; `to` is the place after it. */
interface Compared {
  readonly test: { readonly op: Comparison; readonly numbers: readonly TokenOf<'number'>[] }
  readonly to: number
}

/**
 * A condition that begins with its column: `TPR over 30`, `TPR above 20 and below 30`, `TPR is missing`, `rainfall above
 * the mean`. Gives how many tokens it takes.
 */
export function columnFirst(asking: Asking, at: number): number {
  const found = columnAt(asking, at)
  if (found === null) return 0
  const { column } = found
  if (/^(?:how many|number of) /.test(textAt(asking, at))) return 0
  let place = skip(asking, at + 1, 'is', 'of', 'filler', 'with', 'their')
  const isNegated = isTag(asking, place, 'neg')
  if (isNegated) place = skip(asking, place + 1, 'filler', 'is')
  const relative = relativeAt(asking, place)
  if (relative !== null && !isNegated) {
    const group = skip(asking, place + 1, 'of', 'in', 'their', 'filler')
    if (isTag(asking, group, 'lgas')) {
      askAboutLgaMean(asking, column)
      return group + 1 - at
    }
    asking.draft.relative.push({ column, ...relative })
    return place + 1 - at
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
  const group = skip(asking, place + 1, 'their', 'filler')
  if (isTag(asking, place, '>', '<') && isTag(asking, group, 'lgas') && isTag(asking, group + 1, 'mean', 'median')) {
    askAboutLgaMean(asking, column)
    return group + 2 - at
  }
  const compared = comparedAt(asking, place, saysIs)
  if (compared === null) return 0
  const tests = [testOf(asking, column, compared.test, isNegated !== takesNegation(asking, at))]
  let to = afterUnit(asking, column, compared.to)
  let isOr: boolean | null = null
  for (;;) {
    const glued = gluedAt(asking, to)
    const isButNot = textAt(asking, to) === 'but not'
    const joint = isTag(asking, to, 'and') || isButNot ? false : isTag(asking, to, 'or') ? true : (glued?.isOr ?? null)
    if (joint === null || (isOr !== null && joint !== isOr)) break
    const next = glued ?? comparedAt(asking, skip(asking, to + 1, 'is'), false)
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

function askAboutLgaMean(asking: Asking, column: string): void {
  asking.draft.question ??= ask(
    'I can compare each ward with the mean of all wards, and I can give the mean of each LGA, but not compare each ' +
      'ward with its own LGA. Which would you like?',
    [`List the wards with ${column} above average`, `Average ${column} by LGA`],
  )
}

/** A condition that ends with its column: `more than 20,000 people`, `above average rainfall`, `missing TPR`. */
export function columnLast(asking: Asking, at: number): number {
  const relative = relativeAt(asking, at)
  if (relative !== null) {
    const place = skip(asking, at + 1, 'of', 'in', 'filler', 'with')
    const found = columnAt(asking, place) ?? columnOfWards(asking)
    if (found === null) return 0
    if (columnAt(asking, place) === null) {
      asking.draft.relative.push({ column: found.column, ...relative })
      return 1
    }
    asking.draft.relative.push({ column: found.column, ...relative })
    return place + 1 - at
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
  const isFrom = textAt(asking, compared.to) === 'from' || textAt(asking, compared.to) === 'away from'
  const after = skip(asking, isFrom ? compared.to + 1 : compared.to, 'of', 'filler')
  const unit = columnAt(asking, skip(asking, after + 1, 'of', 'in', 'filler'))
  const isUnit = unit !== null && afterUnit(asking, unit.column, after) > after
  const place = isUnit ? skip(asking, after + 1, 'of', 'in', 'filler') : after
  const found = columnAt(asking, place)
  // "2,000 from water" is a distance.
  if (found === null || (isFrom && !/dist/i.test(found.column))) return 0
  if (isPlain && !(number?.value === 0 || isTag(asking, at - 1, 'with'))) return 0
  // "With 1 million nets" is a stock.
  if (isPlain && number?.value !== 0 && found.column === field(asking, 'nets')) return 0
  addTests(asking, found.column, [testOf(asking, found.column, compared.test, takesNegation(asking, at))], false)
  return place + 1 - at
}

/**
 * `ranked between 20 and 30`, `rank 5`, `which ward is number 5`. "Above" and "below" may mean either end of a ranking.
 */
export function rankCondition(asking: Asking, at: number): number {
  const isNumbered =
    textAt(asking, at) === 'number' &&
    isTag(asking, at - 1, 'is') &&
    (asking.draft.subjects.has('wards') || asking.reading.words[0]?.text === 'who')
  if (!isTag(asking, at, 'rank') && !isNumbered) return 0
  const place = skip(asking, at + 1, 'is', 'of', 'filler', 'in')
  const ordinal = asking.tokens[place]
  if (ordinal?.kind === 'number' && ordinal.isOrdinal && ordinal.value !== null) {
    asking.draft.where.push({ column: field(asking, 'rank'), op: '=', value: ordinal.value })
    return place + 1 - at
  }
  const compared = comparedAt(asking, place, true)
  if (compared === null) return 0
  if (/\b(?:above|below|over|under|higher|lower|beyond)\b/.test(textAt(asking, place)))
    asking.draft.question ??= ask(
      `Rank 1 is the highest risk, so ${quoted(textAt(asking, place))} may mean either side. Which do you mean?`,
      compared.test.numbers.flatMap(({ value }) =>
        value === null
          ? []
          : [`Show the wards with rank at most ${String(value)}`, `Show the wards with rank at least ${String(value)}`],
      ),
    )
  asking.draft.where.push({ column: field(asking, 'rank'), ...testOf(asking, null, compared.test, false) })
  return compared.to - at
}

/** The place after a unit that the column's own name has: `mm` after a number of `rainfall_mm`. */
function afterUnit(asking: Asking, column: string, at: number): number {
  const said = textAt(asking, at)
  const words = columnWords(column)
  const isUnit = words.at(-1) === said || words.some((word) => UNITS[word]?.includes(said) === true)
  return asking.tokens[at]?.kind === 'unknown' && isUnit ? at + 1 : at
}

function startsColumn(asking: Asking, at: number): boolean {
  return columnAt(asking, skip(asking, at, 'of', 'filler', 'between', 'in')) !== null
}

function relativeAt(asking: Asking, at: number): Omit<Relative, 'column'> | null {
  const tag = tagAt(asking, at)
  return tag !== null && tag in RELATIVE ? RELATIVE[tag as keyof typeof RELATIVE] : null
}

/** `or below 10` after another comparison: the word that joins and the comparison are one phrase. */
function gluedAt(asking: Asking, at: number): (Compared & { readonly isOr: boolean }) | null {
  const number = asking.tokens[at + 1]
  const said = /^(or|and) (.*)$/.exec(textAt(asking, at))
  if (said === null || !isTag(asking, at, '>=', '<=') || number?.kind !== 'number') return null
  return {
    test: { op: isTag(asking, at, '>=') ? '>' : '<', numbers: [number] },
    to: at + 2,
    isOr: said[1] === 'or',
  }
}

/** `missing TPR`, `no housing quality`, `without a value for TPR`. */
function gapAt(asking: Asking, at: number): number {
  const isGap =
    isTag(asking, at, 'missing', 'present') ||
    (/^(?:no|without|no get)$/.test(textAt(asking, at)) && isTag(asking, at, 'neg', 'except'))
  if (!isGap || asking.used.has(at)) return 0
  let place = skip(asking, at + 1, 'filler', 'of', 'in', 'present', 'missing')
  const columns: string[] = []
  for (;;) {
    const found = columnAt(asking, place)
    if (found === null) break
    columns.push(found.column)
    const next = skip(asking, place + 1, 'and')
    if (columnAt(asking, next) === null || next === place + 1) {
      place += 1
      break
    }
    place = next
  }
  if (columns.length === 0) return 0
  const [zeros] = columns.filter((column) => outlineColumn(asking, column)?.hasZeros === true)
  // "No flood" may be a flood of 0, or no value.
  if (
    zeros !== undefined &&
    (!isTag(asking, at, 'missing', 'present') || textAt(asking, at) === 'without any') &&
    !/value|data|figure/.test(textAt(asking, place))
  )
    asking.draft.question ??= ask(`Do you mean that ${zeros} is 0, or that it has no value?`, [
      `List the wards with ${zeros} equal to 0`,
      `List the wards with missing ${zeros}`,
    ])
  const op = isTag(asking, at, 'present') !== takesNegation(asking, at) ? 'present' : 'missing'
  for (const column of columns) asking.draft.where.push({ column, op })
  return skip(asking, place, 'filler') - at
}

function comparedAt(asking: Asking, at: number, mayBePlain: boolean): Compared | null {
  const numberAt = (place: number): TokenOf<'number'> | null => {
    const token = asking.tokens[place]
    return token?.kind === 'number' && !token.isOrdinal ? token : null
  }
  let place = at
  const isBetween = isTag(asking, place, 'between')
  if (isBetween) {
    const low = numberAt(place + 1)
    const high = isTag(asking, place + 2, 'and', 'to') ? numberAt(place + 3) : numberAt(place + 2)
    if (low === null || high === null) return null
    return {
      test: { op: 'between', numbers: [sameScale(low, high), high] },
      to: afterInclusive(asking, isTag(asking, place + 2, 'and', 'to') ? place + 4 : place + 3),
    }
  }
  // Pidgin: "population pass 40".
  const op = isTag(asking, place, 'high') && textAt(asking, place) === 'pass' ? '>' : tagAt(asking, place)
  if (op !== null && (OPS as readonly string[]).includes(op)) {
    place = skip(asking, place + 1, 'filler')
    const number = numberAt(place)
    if (number === null) return null
    // "Reaches 35 and above" says the same twice.
    const isTwice = isTag(asking, place + 1, op) && /^(?:or|and) /.test(textAt(asking, place + 1))
    const isLast = asking.tokens[place + 2]?.kind !== 'number'
    return { test: { op: op as Op, numbers: [number] }, to: isTwice && isLast ? place + 2 : place + 1 }
  }
  const number = numberAt(place)
  if (number === null) return null
  const [second, further] = [numberAt(place + 1), numberAt(place + 2)]
  if (isTag(asking, place + 1, 'to') && further !== null)
    return { test: { op: 'between', numbers: [sameScale(number, further), further] }, to: place + 3 }
  if (second !== null && /^\s*[-–—]\s*$/.test(asking.reading.words[second.from]?.gap ?? ''))
    return { test: { op: 'between', numbers: [number, { ...second, value: unsigned(second.value) }] }, to: place + 2 }
  const postfix = tagAt(asking, place + 1)
  const isLast = asking.tokens[place + 2]?.kind !== 'number'
  if (isLast && (postfix === '>=' || postfix === '<=') && /^(?:or|and) /.test(textAt(asking, place + 1)))
    return { test: { op: postfix, numbers: [number] }, to: place + 2 }
  return mayBePlain ? { test: { op: '=', numbers: [number] }, to: place + 1 } : null
}

/** The place after "inclusive": both ends of a range belong to it anyway. */
function afterInclusive(asking: Asking, at: number): number {
  return textAt(asking, at) === 'inclusive' ? at + 1 : at
}

/** The first number of `20 to 30 percent` is a percentage too. */
function sameScale(low: TokenOf<'number'>, { isPercent }: TokenOf<'number'>): TokenOf<'number'> {
  return isPercent ? { ...low, isPercent } : low
}

/** The second number of `20 - 30` is not negative. */
function unsigned(value: number | null): number | null {
  return value === null ? null : Math.abs(value)
}

/**
 * The number of `200m` or `90mm` in the unit that the column's values usually have; null for any other. Where `m` may
 * be metres or million, it is asked for.
 */
function inUnit(asking: Asking, column: string | null, said: string): number | null {
  const [, digits, unit = ''] = /^(\d+(?:\.\d+)?)([a-z]+)$/i.exec(said) ?? []
  const own = column === null ? undefined : outlineColumn(asking, column)
  if (digits === undefined || own === undefined || own.kind === 'population') return null
  if (columnWords(own.name).some((word) => UNITS[word]?.includes(unit.toLowerCase()) === true)) return Number(digits)
  if (unit.toLowerCase() !== 'm') return null
  asking.draft.question ??= ask(
    `Is ${quoted(said)} in metres or in million? Say the number of ${own.name} without it.`,
    [asking.reading.message.replace(said, digits)],
  )
  return null
}

/** The test with its numbers on the column's scale. A number that is not certain, or of another scale, is asked for. */
function testOf(asking: Asking, column: string | null, { op, numbers }: Compared['test'], isNegated: boolean): Test {
  const own = column === null ? undefined : outlineColumn(asking, column)
  const values = numbers.map((number) => {
    const said = asking.reading.message.slice(
      asking.reading.words[number.from]?.start,
      asking.reading.words[number.to]?.end,
    )
    const measured = inUnit(asking, column, said)
    if (number.value === null && measured === null)
      asking.draft.question ??= ask(`I am not sure what ${quoted(said)} is. Say it as one number.`)
    const value = measured ?? number.value ?? 0
    if (own?.isFraction !== true) {
      if (number.isPercent && own?.kind === 'population')
        asking.draft.question ??= ask(
          `${own.name} counts people, so ${quoted(said)} has no meaning there. Which number do you mean?`,
        )
      return value
    }
    if (number.isPercent) return value / 100
    if (Math.abs(value) > 1)
      asking.draft.question ??= ask(
        `The values of ${own.name} lie between 0 and 1. Do you mean ${String(value)} percent?`,
        [
          asking.reading.message.slice(0, asking.reading.words[number.to]?.end) +
            '%' +
            asking.reading.message.slice(asking.reading.words[number.to]?.end),
        ],
      )
    return value
  })
  if (op === 'between') {
    const [low = 0, high = 0] = values.toSorted((one, other) => one - other)
    if (isNegated)
      asking.draft.question ??= ask(
        'I can keep the wards between two numbers, not those outside. Which side do you mean?',
      )
    return { op, value: [low, high] }
  }
  return { op: isNegated ? OPPOSITE[op as Op] : op, value: values[0] ?? 0 }
}

function addTests(asking: Asking, column: string, tests: readonly Test[], isOr: boolean): void {
  const [first, ...others] = tests
  if (first === undefined) return
  if (isOr) asking.draft.where.push({ column, ...first, or: others.map((test) => ({ ...test })) })
  else for (const test of tests) asking.draft.where.push({ column, ...test })
}
