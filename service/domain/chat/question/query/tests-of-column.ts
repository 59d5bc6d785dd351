import type { Condition } from '../../../query/ward-query.ts'
import { quoted } from '../../../quoted.ts'
import { columnWords } from '../column-words.ts'
import { ask } from '../replies.ts'
import type { Compared, Op } from './compared-numbers.ts'
import type { Asking } from './draft.ts'
import { outlineColumn, textAt } from './draft.ts'

const OPPOSITE: Readonly<Record<Op, Op>> = { '>': '<=', '<': '>=', '>=': '<', '<=': '>', '=': '!=', '!=': '=' }

/** The units that a number of a column may have by what the column measures: no other is usual. */
const UNITS: Readonly<Record<string, readonly string[]>> = {
  elevation: ['m', 'metre', 'metres', 'meter', 'meters'],
  rain: ['mm', 'millimetre', 'millimetres', 'millimeter', 'millimeters'],
  temperature: ['c', 'degree', 'degrees', 'celsius'],
} as const

/** A condition without its column. */
export type Test = Omit<Condition, 'column' | 'or'>

/** The test with its numbers on the column's scale. A number that is not certain, or of another scale, is asked for. */
export function testOf(
  asking: Asking,
  column: string | null,
  { op, numbers }: Compared['test'],
  isNegated: boolean,
): Test {
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

/** The place after a unit that the column's own name has: `mm` after a number of `rainfall_mm`. */
export function afterUnit(asking: Asking, column: string, at: number): number {
  const said = textAt(asking, at)
  const words = columnWords(column)
  const isUnit = words.at(-1) === said || words.some((word) => UNITS[word]?.includes(said) === true)
  return asking.tokens[at]?.kind === 'unknown' && isUnit ? at + 1 : at
}

/** Adds comparisons of one column: all must hold, or with `isOr` one of them. */
export function addTests(asking: Asking, column: string, tests: readonly Test[], isOr: boolean): void {
  const [first, ...others] = tests
  if (first === undefined) return
  if (isOr) asking.draft.where.push({ column, ...first, or: others.map((test) => ({ ...test })) })
  else for (const test of tests) asking.draft.where.push({ column, ...test })
}
