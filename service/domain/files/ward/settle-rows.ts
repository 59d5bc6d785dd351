import { quoted } from '../../quoted.ts'
import { say } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import { MOST_WARDS, refuseTooMany } from '../table-limits.ts'
import { dropAreaRows } from './area-rows.ts'
import { dropByName } from './drop-by-name.ts'
import { dropRepeats, settleDuplicates } from './duplicates.ts'
import { fillAreas } from './fill-areas.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { settlePeriods } from './long-table.ts'
import { spreadPlainData } from './plain-data.ts'
import { columnOf, type Rows } from './roled-table.ts'
import { settleSentinels } from './sentinels.ts'

/**
 * Makes one row a ward of the rows of a file. The order matters: names and areas first, because all else tells wards
 * apart by them; then repeated rows, which no sum counts; then rows that are areas, which would hide a mark for missing
 * values among their sums; then marks,
 * before a mean or a sum could take them in; then months; and duplicates last, among rows that are wards.
 * @throws Fault `unreadable-file` when its rows are facilities
 * @throws Fault `too-large` when it has more wards than are ranked
 */
export function settleRows(read: Rows, filename: string, inquiry: Inquiry): Rows {
  reportNames(read, inquiry)
  const wards = fillAreas(dropByName(read, inquiry), inquiry)
  const spread = spreadPlainData(wards, filename, inquiry)
  // More rows than wards can be are months, or too many.
  const once = spread.lines.length > MOST_WARDS ? spread : dropRepeats(spread, inquiry)
  const measured = settleSentinels(dropAreaRows(once, inquiry), inquiry)
  const rows = settlePeriods(measured, filename, inquiry)
  refuseTooMany(rows.lines, filename)
  return settleDuplicates(rows, inquiry)
}

function reportNames(rows: Rows, inquiry: Inquiry): void {
  const code = columnOf(rows, 'ward code')
  if (columnOf(rows, 'ward name') === undefined && code !== undefined) {
    const column = code.name === 'WardCode' ? 'WardCode' : quoted(code.name)
    inquiry.note(makeFinding('key-assumed', say('wards-shown-by-code', { column }), { count: 1 }))
  }
}
