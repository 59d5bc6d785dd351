import { makeQuestion, questionId } from '../reading/question.ts'
import { say, type Said } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { isFar, isImpossible, isKnownMark, isNumberOfDay, looksLikeDay, looksLikeMark, restOf } from './marks.ts'
import { rowSaid, valueColumns, wardKeys, type RoledColumn, type Rows } from './roled-table.ts'

/** A value that only its repetition shows to be a mark is one of few. */
const MOST_SHARE = 0.25
const FEWEST_REST = 8
const FEWEST_DIFFERENT = 5
/** So many wards have a mark that lies among the other values, before it is known from them. */
const FEWEST_OF_MARK = 3
/** One ward can well lie below zero while all others do not. */
const MAY_BE_NEGATIVE = /anomal|change|trend|growth|diff|balance|elev|altitude|temp|ndvi|ndwi|evi|lat|lon/i
/** Nothing of the kind is below zero, however few values there are to compare with. */
const NEVER_NEGATIVE =
  /tpr|positiv|percent|pct|%|rate|share|urban|pop|rain|dist|densit|cases|household|nets|pluvi|pourcent|taux|housing|logement/i
const MOST_NAMED = 10

interface Suspect {
  readonly column: RoledColumn
  readonly value: number
  readonly rows: readonly number[]
}

/**
 * Takes values for missing that no ward can have: negative people, -3.4e38. Asks about the others that look like marks
 * for missing values: -9999 among rainfalls, -1 among values that are not negative, or one value at an extreme far
 * outside the rest that several wards have.
 */
export function settleSentinels(rows: Rows, inquiry: Inquiry): Rows {
  const columns = valueColumns(rows)
  const certain = columns.flatMap(impossibleOf)
  for (const { column, value, rows: at } of certain) {
    const text = isImpossible(value) ? 'value-too-great' : 'people-below-zero'
    inquiry.note(
      makeFinding('values-removed', say(text, { value: figure(value), column: quotedName(column) }), {
        count: at.length,
        examples: at.slice(0, MOST_NAMED).map((row) => rowSaid(rows, row)),
        columns: [column.name],
      }),
    )
  }
  const mended = withoutValues(rows, certain)
  const keys = wardKeys(rows)
  const suspects = valueColumns(mended).flatMap((column) => suspectsIn(column, keys))
  const settled: Suspect[] = []
  for (const group of Map.groupBy(suspects, ({ column, value }) => `${affects(column)} ${String(value)}`).values())
    if (askAbout(mended, group, inquiry) === 'missing') settled.push(...group)
  return withoutValues(mended, settled)
}

function impossibleOf(column: RoledColumn): Suspect[] {
  const isWrong = (value: number): boolean => isImpossible(value) || (column.role === 'population' && value < 0)
  return groupsOf(column, [...new Set(column.numbers.filter(isWrong))])
}

function suspectsIn(column: RoledColumn, keys: readonly string[]): Suspect[] {
  const { numbers } = column
  const rest = restOf(numbers, isKnownMark)
  const known = [...new Set(numbers.filter((value) => isKnownMark(value) && looksLikeMark(value, rest)))]
  const isKnown = (value: number): boolean => known.includes(value)
  const { least, greatest } = restOf(numbers, isKnown)
  const repeated = [...new Set([least, greatest])].filter((value) => {
    const at: number[] = []
    for (let row = 0; row < numbers.length; row += 1) if (numbers[row] === value) at.push(row)
    const isImpossibleHere = value < 0 && NEVER_NEGATIVE.test(column.name)
    if (at.length > MOST_SHARE * numbers.length && !isImpossibleHere) return false
    const others = restOf(numbers, (one) => one === value || isKnown(one))
    const isRepeated = new Set(at.map((row) => keys[row])).size >= 2
    const isAlone = others.count >= FEWEST_REST && others.different >= FEWEST_DIFFERENT && isFar(value, others)
    const isEnough = others.count >= (isImpossibleHere ? 1 : FEWEST_REST)
    const isBelowAll = value < 0 && Number.isInteger(value) && others.least >= 0 && isEnough
    return (isRepeated && isAlone) || (isBelowAll && (isRepeated || !MAY_BE_NEGATIVE.test(column.name)))
  })
  const single = [...daysIn(column), ...nobodyIn(column), ...repeatedMarks(column)]
  return groupsOf(column, [...new Set([...known, ...repeated, ...single])])
}

/** Values that a spreadsheet took for dates. Few are: where most of a column are such numbers, they are measured. */
function daysIn({ numbers }: RoledColumn): number[] {
  const days = numbers.filter(isNumberOfDay)
  if (days.length === 0 || days.length > MOST_SHARE * numbers.length) return []
  const others = restOf(numbers, isNumberOfDay)
  return others.count >= FEWEST_REST ? [...new Set(days)].filter((value) => looksLikeDay(value, others)) : []
}

/** No people where all other wards have some: nobody was counted, or nobody lives there. */
function nobodyIn({ role, numbers }: RoledColumn): number[] {
  const others = restOf(numbers, (value) => value === 0)
  return role === 'population' && numbers.includes(0) && others.least > 0 && others.count >= 2 ? [0] : []
}

/** Known marks that several wards have while no two wards have any other value: 999 four times among rainfalls. */
function repeatedMarks({ numbers }: RoledColumn): number[] {
  if (numbers.filter(isKnownMark).length < FEWEST_OF_MARK) return []
  const counts = new Map<number, number>()
  for (const value of numbers) if (!Number.isNaN(value)) counts.set(value, (counts.get(value) ?? 0) + 1)
  const [repeated, ...more] = [...counts].filter(([, count]) => count > 1)
  if (repeated === undefined || more.length > 0 || counts.size <= FEWEST_REST) return []
  const [value, count] = repeated
  return isKnownMark(value) && count >= FEWEST_OF_MARK ? [value] : []
}

function groupsOf(column: RoledColumn, values: readonly number[]): Suspect[] {
  return values.map((value) => ({
    column,
    value,
    rows: [...column.numbers.keys()].filter((row) => column.numbers[row] === value),
  }))
}

function affects({ role }: RoledColumn): 'ranking' | 'plan' {
  return role === 'population' || role === 'urban share' ? 'plan' : 'ranking'
}

/** Asks about one value in all columns that hold it: a raster without data leaves the same mark in each of them. */
function askAbout(rows: Rows, group: readonly Suspect[], inquiry: Inquiry): string | null {
  const [first] = group
  if (first === undefined) return null
  const rest = group.length - MOST_NAMED
  const value = figure(first.value)
  const names = group.map(({ column }) => column.name)
  return inquiry.ask(
    makeQuestion({
      id: questionId('sentinel', names.join('+').slice(0, 120), value),
      kind: 'sentinel',
      said: say('sentinel', {
        value,
        columns: group.slice(0, MOST_NAMED).map((suspect) => placeOf(rows, suspect)),
        more: rest > 0 ? say('and-more-columns', { count: rest }) : '',
      }),
      options: [
        { value: 'missing', said: say('means-missing', { value }) },
        { value: 'value', said: say('was-measured', { value }) },
      ],
      affects: affects(first.column),
      columns: names,
    }),
  )
}

/** The column of a value and its first rows. */
function placeOf(rows: Rows, { column, rows: at }: Suspect): Said {
  return say('in-column', {
    column: quotedName(column),
    rows: at.slice(0, 3).map((row) => rowSaid(rows, row)),
    more: at.length > 3 ? say('and-more-rows', { count: at.length - 3 }) : '',
  })
}

/** The table with these values missing. */
function withoutValues(rows: Rows, suspects: readonly Suspect[]): Rows {
  if (suspects.length === 0) return rows
  const gone = Map.groupBy(suspects, ({ column }) => column.position)
  return {
    ...rows,
    columns: rows.columns.map((column) => {
      const values = new Set(gone.get(column.position)?.map(({ value }) => value))
      if (values.size === 0) return column
      const isGone = (row: number): boolean => values.has(column.numbers[row] ?? NaN)
      return {
        ...column,
        numbers: column.numbers.map((value) => (values.has(value) ? NaN : value)),
        texts: column.texts && {
          ...column.texts,
          codes: column.texts.codes.map((code, row) => (isGone(row) ? 0 : code)),
        },
      }
    }),
  }
}

/** A value as people know it: -9999, -3.4e38. */
function figure(value: number): string {
  return Math.abs(value) < 1e15 ? String(value) : value.toExponential(1).replace('.0', '').replace('+', '')
}

function quotedName({ name }: RoledColumn): string {
  return `"${name.slice(0, 40)}"`
}
