import { COMPARISON_WORDS } from '../comparison-words.ts'
import type { FaultDetail } from '../fault.ts'
import { quoted } from '../quoted.ts'
import { say, type Said } from '../said.ts'
import { median } from '../median.ts'
import type { PlanBasis } from './plan-basis.ts'
import type { NumberCondition, NumberTest } from './plan-conditions.ts'

/** The place in the ranking is asked for by this name, unless a column has it. */
const RANK = 'rank'

type Holds = (value: number) => boolean

/** A condition on numbers, ready to be asked of each ward by its place in the basis. */
export interface ReadNumbers {
  readonly holds: (place: number) => boolean
  readonly errors: readonly FaultDetail[]
}

/** The names of the columns that a condition compares, each once. */
export function comparedColumns({ column, or = [] }: NumberCondition): readonly string[] {
  return [...new Set([column, ...or.map((part) => part.column ?? column)])]
}

/** The numbers of a column, or the ranks; undefined if there is no such column of numbers. */
export function numbersOf({ columns, wards }: PlanBasis, name: string): ArrayLike<number> | undefined {
  const own = columns.find((column) => column.name === name)
  if (own !== undefined) return own.isYesNo ? undefined : own.values
  return name === RANK ? wards.map(({ rank }) => rank) : undefined
}

/** Reads a condition on numbers: one of its comparisons is enough. */
export function readNumbers(basis: PlanBasis, condition: NumberCondition, pointer: string): ReadNumbers {
  const errors: FaultDetail[] = []
  const parts = [condition, ...(condition.or ?? [])].map((part, at) => {
    const place = at === 0 ? pointer : `${pointer}/or/${String(at - 1)}`
    const name = part.column ?? condition.column
    const numbers = numbersOf(basis, name)
    if (numbers === undefined) {
      errors.push({ said: say('no-column-of-numbers', { column: quoted(name) }), pointer: `${place}/column` })
      return { numbers: [], holds: () => false }
    }
    const holds = testOf(numbers, part)
    if (typeof holds !== 'function') {
      errors.push({ said: holds, pointer: `${place}/value` })
      return { numbers, holds: () => false }
    }
    return { numbers, holds }
  })
  return { holds: (place) => parts.some(({ numbers, holds }) => holds(numbers[place] ?? NaN)), errors }
}

/** The test of a value, or what is wrong with the comparison. A missing value is NaN. */
function testOf(numbers: ArrayLike<number>, { op, value }: NumberTest): Holds | Said {
  if (op === 'missing' || op === 'present') {
    if (value !== undefined) return say('takes-no-value', { op: quoted(op) })
    return op === 'missing' ? Number.isNaN : (own) => !Number.isNaN(own)
  }
  if (op === 'between' || op === 'in' || op === 'not in') {
    if (!Array.isArray(value)) return say('needs-list-of-numbers', { op: quoted(op) })
    const [low = NaN, high = NaN, another] = value as readonly number[]
    if (op === 'in') return (own) => value.includes(own)
    if (op === 'not in') return (own) => !Number.isNaN(own) && !value.includes(own)
    if (another !== undefined || !(low <= high)) return say('between-lesser-first', {})
    return (own) => own >= low && own <= high
  }
  if (value === undefined || Array.isArray(value)) return say('needs-one-number', { op: quoted(op) })
  const than = typeof value === 'number' ? value : figureOf(numbers, value.figure)
  const tests: Readonly<Record<typeof op, Holds>> = {
    '=': (own) => own === than,
    '!=': (own) => own < than || own > than,
    '<': (own) => own < than,
    '<=': (own) => own <= than,
    '>': (own) => own > than,
    '>=': (own) => own >= than,
  }
  return tests[op]
}

/** The mean or the median over all wards that have a value; NaN if none has. */
function figureOf(numbers: ArrayLike<number>, figure: string): number {
  const known = Float64Array.from(numbers).filter((value) => !Number.isNaN(value))
  if (known.length === 0) return NaN
  return figure === 'median' ? median(known) : known.reduce((sum, value) => sum + value, 0) / known.length
}

/** A condition on numbers in words, to stand after "wards". */
export function numberWords({ column, or = [], ...first }: NumberCondition): string {
  const others = or.map(({ column: own, ...part }) =>
    own === undefined || own === column ? testWords(part) : `whose ${own} ${testWords(part)}`,
  )
  return [`whose ${column} ${testWords(first)}`, ...others].join(' or ')
}

function testWords({ op, value }: NumberTest): string {
  const said = COMPARISON_WORDS[op]
  if (value === undefined) return said
  if (typeof value === 'number') return `${said} ${String(value)}`
  if (!Array.isArray(value)) return `${said} the ${value.figure} of all wards`
  return `${said} ${value.map(String).join(op === 'between' ? ' and ' : ', ')}`
}
