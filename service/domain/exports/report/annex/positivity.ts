import type { JoinedPositivity } from '../../../files/positivity.ts'
import { escaped } from '../../../map/svg-map.ts'
import { paragraph, table } from '../../html-parts.ts'
import type { ReportInput } from '../report-input.ts'

/** Each measurement of test positivity; null without one. */
export function positivityTables({ result }: ReportInput): Iterable<string> | null {
  return result.positivity.length === 0 ? null : measurements(result)
}

function* measurements({ positivity }: ReportInput['result']): Generator<string> {
  for (const measured of positivity) yield* measurement(measured)
}

/** Shows how the values of a measured test positivity were found. */
function* measurement({
  column,
  choices: { facilityLevel, age, method },
  facilities,
  months,
  refusedCount,
  wards,
}: JoinedPositivity): Generator<string> {
  yield `<h3>${escaped(column)}</h3>`
  yield paragraph(
    `From ${String(facilities)} facilities (level: ${facilityLevel}, age: ${age}, method: ${method}) ` +
      `and ${String(months.length)} months: ${months.join(', ')}. ${String(refusedCount)} rows were refused. ` +
      "The figure is 100 · positive / tested, with Wilson's 95 percent interval; " +
      'completeness is the share of facilities and months that were reported.',
  )
  yield* table(
    [
      'measured ward',
      'LGA',
      'ward of the ranking',
      'facilities',
      'tested',
      'positive',
      'positivity %',
      'from',
      'to',
      'completeness %',
      'rows refused',
      'check because',
    ],
    wards,
    (ward) => [
      ward.wardName,
      ward.lga,
      ward.ward ?? 'none',
      ward.facilities,
      ward.tested,
      ward.positive,
      ward.tpr,
      ward.low,
      ward.high,
      ward.completeness,
      ward.refusedRows,
      ward.flags.join(', '),
    ],
  )
}
