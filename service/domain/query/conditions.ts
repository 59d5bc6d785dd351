import { quoted } from '../quoted.ts'
import { say, textOf, type Said } from '../said.ts'
import { foldText } from './match-text.ts'
import { groupFigures, groupNote } from './group-figures.ts'
import type { NameReader } from './name-reader.ts'
import { isMissing, type NumberColumn, type TextColumn, type ViewColumn } from './view-column.ts'
import type { Comparison, Condition } from './ward-query.ts'

type Value = NonNullable<Condition['value']>
type OwnFigure = Extract<Value, { readonly figure: string }>
type Scalar = Exclude<Value, readonly unknown[] | OwnFigure>

/** A condition, ready to be asked of each ward. */
export interface ReadCondition {
  readonly condition: Condition
  /** Its column, and those of its alternatives. */
  readonly columns: readonly ViewColumn[]
  readonly holds: (row: number) => boolean
  /** What to say about its texts: that no ward has one of them, or that one means several wards. */
  readonly notes: readonly string[]
}

/** Reads a condition; null if something is wrong with it, which the reader then has. */
export function readCondition(condition: Condition, reader: NameReader, pointer: string): ReadCondition | null {
  const own = reader.column(condition.column, `${pointer}/column`)
  const parts = [condition, ...(condition.or ?? [])].map((part, at) => {
    const place = at === 0 ? pointer : `${pointer}/or/${String(at - 1)}`
    const column = at === 0 || part.column === undefined ? own : reader.column(part.column, `${place}/column`)
    return { part, place, column }
  })
  const compared = parts.reduce((sum, { part: { value } }) => sum + (Array.isArray(value) ? value.length : 1), 0)
  if (!reader.compare(compared, pointer)) return null
  const notes: string[] = []
  const tests = parts.flatMap(({ part, place, column }) =>
    column === null ? [] : readOwn(column, part, reader, notes, place),
  )
  if (tests.length < parts.length) return null
  const [only] = tests
  const holds = tests.length === 1 && only ? only : (row: number): boolean => tests.some((test) => test(row))
  return { condition, columns: parts.flatMap(({ column }) => column ?? []), holds, notes }
}

type Test = (row: number) => boolean

/** Reads a comparison of the ward's own value, or of a figure of its group. */
function readOwn(
  column: ViewColumn,
  part: Pick<Condition, 'of' | 'op' | 'value'>,
  reader: NameReader,
  notes: string[],
  pointer: string,
): Test {
  const refuse = (said: Said): void => {
    reader.refuse(`${pointer}/value`, said)
  }
  const { of } = part
  if (of === undefined) return readComparison(column, part, reader, notes, pointer, refuse)
  const group = reader.column(of.by, `${pointer}/of/by`)
  if (column.type === 'text')
    reader.refuse(`${pointer}/of`, say('text-without-figure', { column: quoted(column.name), figure: of.figure }))
  if (isOwnFigure(part.value)) refuse(say('figure-with-numbers', { figure: of.figure }))
  if (group === null || column.type === 'text' || isOwnFigure(part.value)) return () => false
  notes.push(groupNote(column, of.figure, group))
  return readComparison(groupFigures(column, of.figure, group), part, reader, notes, pointer, refuse)
}

function readComparison(
  column: ViewColumn,
  { op, value }: Pick<Condition, 'op' | 'value'>,
  reader: NameReader,
  notes: string[],
  pointer: string,
  refuse: (said: Said) => void,
): Test {
  const never = (): boolean => false
  if (op === 'missing' || op === 'present') {
    if (value !== undefined) refuse(say('takes-no-value', { op: quoted(op) }))
    return op === 'missing' ? (row) => isMissing(column, row) : (row) => !isMissing(column, row)
  }
  if (isOwnFigure(value)) {
    if (column.type !== 'number' || isListOp(op) || op === 'contains') {
      refuse(say('cannot-compare-by', { column: quoted(column.name), figure: value.figure, op: quoted(op) }))
      return never
    }
    if (value.by !== undefined) {
      const group = reader.column(value.by, `${pointer}/value/by`)
      return group === null ? never : besideGroup(column, op, value, group, notes)
    }
    const figure = reader[value.figure](column)
    notes.push(
      `The ${value.figure} of ${quoted(column.name)} over all wards that have a value is ${String(Number(figure.toPrecision(10)))}.`,
    )
    return numberTest(column, op, [figure * (value.times ?? 1)])
  }
  const isList = isListOp(op)
  const values = value === undefined ? [] : Array.isArray(value) ? value : [value]
  if (isList !== Array.isArray(value) || (op === 'between' && values.length !== 2)) {
    refuse(
      say(op === 'between' ? 'needs-two-numbers' : isList ? 'needs-list-of-values' : 'needs-one-value', {
        op: quoted(op),
      }),
    )
    return never
  }
  if (column.type === 'text') return readTexts(column, op, values, reader, notes, refuse) ?? never
  const numbers = values.map(numberOf)
  if (op === 'contains' || numbers.includes(null)) {
    const wrong = values[numbers.indexOf(null)]
    refuse(
      op === 'contains'
        ? say('contains-needs-text', { column: quoted(column.name) })
        : say('value-no-number', { column: quoted(column.name), value: quoted(String(wrong)) }),
    )
    return never
  }
  if (op === 'between' && (numbers[0] ?? NaN) > (numbers[1] ?? NaN)) {
    refuse(say('first-end-greater', {}))
    return never
  }
  return numberTest(column, op, numbers as readonly number[])
}

/** Compares each ward with the mean or the median of the wards of its own group. One without a group satisfies none. */
function besideGroup(
  column: NumberColumn,
  op: Comparison,
  { figure, times = 1 }: OwnFigure,
  group: ViewColumn,
  notes: string[],
): Test {
  const { numbers } = groupFigures(column, figure, group)
  notes.push(
    `Each ward is compared with the ${figure} of ${quoted(column.name)} over the wards with the same ` +
      `${quoted(group.name)} that have a value.`,
  )
  return (row) => numberTest(column, op, [(numbers[row] ?? NaN) * times])(row)
}

function isListOp(op: Comparison): boolean {
  return op === 'in' || op === 'not in' || op === 'between'
}

function isOwnFigure(value: Condition['value']): value is OwnFigure {
  return typeof value === 'object' && !Array.isArray(value)
}

/** A number, also one that is written as text; null for any other text. */
function numberOf(value: Scalar): number | null {
  if (typeof value === 'number') return value
  return /^[-+]?\d{1,30}(\.\d{1,30})?$/.test(value.trim()) ? Number(value) : null
}

function numberTest({ numbers }: NumberColumn, op: Comparison, values: readonly number[]): Test {
  const [first = NaN, second = NaN] = values
  const test: Readonly<Record<string, (value: number) => boolean>> = {
    '=': (value) => value === first,
    // A missing value is NaN, which is no other number either.
    '!=': (value) => value < first || value > first,
    '<': (value) => value < first,
    '<=': (value) => value <= first,
    '>': (value) => value > first,
    '>=': (value) => value >= first,
    between: (value) => value >= first && value <= second,
    in: (value) => values.includes(value),
    'not in': (value) => !Number.isNaN(value) && !values.includes(value),
  }
  const own = test[op]
  return own === undefined ? () => false : (row) => own(numbers[row] ?? NaN)
}

const OF_TEXTS: ReadonlySet<Comparison> = new Set<Comparison>(['=', '!=', 'in', 'not in', 'contains'])

function readTexts(
  column: TextColumn,
  op: Comparison,
  values: readonly Scalar[],
  reader: NameReader,
  notes: string[],
  refuse: (said: Said) => void,
): Test | null {
  if (!OF_TEXTS.has(op)) {
    refuse(say('text-needs-numbers', { column: quoted(column.name), use: quoted(op) }))
    return null
  }
  const chosen = new Uint8Array(column.values.length)
  if (op === 'contains') {
    const part = foldText(String(values[0]))
    reader.folded(column).forEach((value, code) => {
      if (value.includes(part)) chosen[code] = 1
    })
  } else
    for (const value of values) {
      const codes = reader.finder(column)(String(value))
      for (const code of codes) chosen[code] = 1
      notes.push(...aboutText(column, String(value), codes, reader))
    }
  const isNegated = op === '!=' || op === 'not in'
  return (row) => {
    const code = column.codes[row] ?? -1
    return code !== -1 && (chosen[code] === 1) !== isNegated
  }
}

function aboutText(column: TextColumn, text: string, codes: readonly number[], reader: NameReader): string[] {
  if (codes.length === 0 && column.isOrdered && column.values.includes(text)) return []
  if (codes.length === 0) {
    const near = reader.near(text, () => column.values)
    return [`No ward has ${quoted(text)} as its ${column.name}${near === '' ? '' : textOf(near)}.`]
  }
  if (codes.length === 1) return []
  const names = codes.slice(0, 5).map((code) => quoted(column.values[code] ?? ''))
  const more = codes.length > names.length ? ` and ${String(codes.length - names.length)} more` : ''
  return [`${quoted(text)} stands for ${names.join(', ')}${more}.`]
}
