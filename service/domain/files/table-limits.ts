import { Fault } from '../fault.ts'

/** About five times the wards of Nigeria. */
export const MOST_WARDS = 50_000

export const MOST_COLUMNS = 2_000

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
