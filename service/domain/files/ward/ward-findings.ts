import { quoted } from '../../quoted.ts'
import { isBroken } from '../broken-text.ts'
import { keyOf } from '../column-names.ts'
import type { WardColumn, WardKeys } from '../ward-table.ts'
import type { Inquiry } from '../reading/inquiry.ts'

const EXAMPLES = 10

/** Reports gaps, columns that are no indicators, and names that repeat. `keyColumns` are the names of keys. */
export function reportColumns(
  columns: readonly WardColumn[],
  keyColumns: readonly string[],
  rows: number,
  inquiry: Inquiry,
): void {
  for (const { name, type, reason, missing } of columns) {
    if (reason !== null && !keyColumns.includes(name) && keyOf(name) === null)
      inquiry.note({ kind: 'column-refused', detail: `${quoted(name)} is not an indicator: ${reason}.`, count: 1 })
    if (reason === null && missing > 0)
      inquiry.note({
        kind: 'missing-values',
        detail:
          `${quoted(name)} lacks ${String(missing)} of ${String(rows)} ` + `${type === 'number' ? 'values' : 'cells'}.`,
        count: missing,
      })
  }
}

/** Reports names that several wards have. */
export function reportDuplicates(duplicates: readonly string[], inquiry: Inquiry): void {
  if (duplicates.length > 0)
    inquiry.note({
      kind: 'duplicate-ward',
      detail: 'Ward names that repeat are shown with their code, LGA, state or line in brackets.',
      count: duplicates.length,
      examples: duplicates.slice(0, EXAMPLES),
    })
}

/**
 * Reports text that looks as if another program had read it in the wrong encoding. It is kept, but may not match any
 * boundary.
 */
export function reportBroken(columns: readonly WardColumn[], keys: WardKeys, inquiry: Inquiry): void {
  const broken = [...columns.map(({ name }) => name), ...keys.wardName, ...(keys.lga ?? [])].filter(isBroken)
  if (broken.length > 0)
    inquiry.note({
      kind: 'text-broken',
      detail: 'Headers or names look as if they had been read in the wrong encoding; they were kept as they came.',
      count: broken.length,
      examples: [...new Set(broken)].slice(0, EXAMPLES),
    })
}
