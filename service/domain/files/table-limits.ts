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
