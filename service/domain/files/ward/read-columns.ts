import type { ReadColumn } from '../reading/reading.ts'
import type { RoleOf } from './guess-roles.ts'
import { textAt, type RawColumn } from './raw-table.ts'

const SAMPLE = 5
const LONGEST = 40
const ROWS_LOOKED_AT = 1_000
const UNUSED: RoleOf = { role: 'ignore', guessed: true, why: 'it holds nothing that is used' } as const

/** The columns with their roles and a sample of their values, as their owner sees them. */
export function readColumns(columns: readonly RawColumn[], roles: readonly RoleOf[]): readonly ReadColumn[] {
  return columns.map((column, index) => {
    const { role, guessed, why } = roles[index] ?? UNUSED
    return { name: column.name, role, guessed, why, sample: sampleOf(column) }
  })
}

function sampleOf(column: RawColumn): string[] {
  const seen = new Set<string>()
  for (let row = 0; row < Math.min(ROWS_LOOKED_AT, column.numbers.length) && seen.size < SAMPLE; row += 1) {
    const text = textAt(column, row).slice(0, LONGEST)
    if (text !== '') seen.add(text)
  }
  return [...seen]
}
