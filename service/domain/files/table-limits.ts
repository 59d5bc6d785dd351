import { Fault } from '../fault.ts'

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
    `Cannot read ${filename}: its header has ${String(count)} columns; at most ${String(MOST_COLUMNS)} can be read`,
    {
      errors: [{ detail: `the header has ${String(count)} columns`, line }],
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
  throw new Fault(
    'too-large',
    `Cannot read ${filename}: it has more than ${String(most)} rows; a ward table has one row a ward`,
    { errors: [{ detail: `row ${String(most + 1)} begins here`, line }] },
  )
}
