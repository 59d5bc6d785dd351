import { Fault } from '../fault.ts'
import { say } from '../said.ts'

/** About five times the wards of Nigeria. */
export const MOST_WARDS = 50_000

export const MOST_COLUMNS = 2_000

/** Of a ward table as it is read: about 120 MiB. A table of 64 MiB with decimals has about 8,000,000. */
export const MOST_CELLS = 10_000_000
/** Different texts of a column, and of all columns together. They cost the memory of a thread, unlike numbers. */
export const MOST_TEXTS_OF_COLUMN = 2 * MOST_WARDS
export const MOST_TEXTS = 1_000_000
export const MOST_TEXT_CHARACTERS = 32_000_000

/** The Fault for a header with more columns than a ward table can have. */
export function tooManyColumns(filename: string, count: number, line: number): Fault {
  return new Fault(
    'too-large',
    say('cannot-read', { filename, found: say('too-many-columns', { count, most: MOST_COLUMNS }) }),
    {
      errors: [{ said: say('header-of-columns', { count }), line }],
    },
  )
}

/**
 * Refuses a table with more rows than `most`, by default one a ward.
 * @throws Fault `too-large` with the line of the first row that is too many
 */
export function refuseTooMany(lines: readonly number[], filename: string, most = MOST_WARDS): void {
  const [line] = lines.slice(most, most + 1)
  if (line === undefined) return
  throw new Fault('too-large', say('cannot-read', { filename, found: say('too-many-rows', { most }) }), {
    errors: [{ said: say('row-begins-here', { number: most + 1 }), line }],
  })
}
