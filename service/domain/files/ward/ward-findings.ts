import { quoted } from '../../quoted.ts'
import { say } from '../../said.ts'
import { isBroken } from '../broken-text.ts'
import { keyOf } from '../column-names.ts'
import { makeFinding } from '../finding.ts'
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
  for (const { name, type, reasonSaid: why, missing } of columns) {
    const column = quoted(name)
    if (why !== null && !keyColumns.includes(name) && keyOf(name) === null)
      inquiry.note(makeFinding('column-refused', say('no-indicator', { column, why }), { count: 1 }))
    if (why === null && missing > 0) {
      const said = say(type === 'number' ? 'values-lacking' : 'cells-lacking', { column, missing, rows })
      inquiry.note(makeFinding('missing-values', said, { count: missing }))
    }
  }
}

/** Reports names that several wards have. */
export function reportDuplicates(duplicates: readonly string[], inquiry: Inquiry): void {
  if (duplicates.length > 0)
    inquiry.note(
      makeFinding('duplicate-ward', say('names-repeat', {}), {
        count: duplicates.length,
        examples: duplicates.slice(0, EXAMPLES),
      }),
    )
}

/**
 * Reports text that looks as if another program had read it in the wrong encoding. It is kept, but may not match any
 * boundary.
 */
export function reportBroken(columns: readonly WardColumn[], keys: WardKeys, inquiry: Inquiry): void {
  const broken = [...columns.map(({ name }) => name), ...keys.wardName, ...(keys.lga ?? [])].filter(isBroken)
  if (broken.length > 0)
    inquiry.note(
      makeFinding('text-broken', say('texts-look-broken', {}), {
        count: broken.length,
        examples: [...new Set(broken)].slice(0, EXAMPLES),
      }),
    )
}
