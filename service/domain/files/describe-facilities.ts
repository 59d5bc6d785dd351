import type { Finding } from './finding.ts'
import type { Question } from './reading/question.ts'
import type { Reading } from './reading/reading.ts'
import type { Positivity, RefusedRow } from './positivity.ts'

/** What was found in a facility table. */
export interface FacilitiesDescription {
  readonly rows: number
  readonly facilities: number
  readonly wards: number
  readonly months: readonly string[]
  /** Rows with impossible counts, over all ages and both methods. The first hundred are listed. */
  readonly refusedRows: number
  readonly refused: readonly RefusedRow[]
  readonly findings: readonly Finding[]
  readonly reading: Reading
  readonly questions: readonly Question[]
  /** Each LGA once; empty if the table has no LGAs. */
  readonly areas: readonly string[]
}

/** Describes a facility table, measured over all levels, ages and methods. */
export function describeFacilities({
  rows,
  facilities,
  wards,
  months,
  refused,
  refusedCount,
  findings,
  reading,
  questions,
}: Positivity): FacilitiesDescription {
  return {
    rows,
    facilities,
    wards: wards.length,
    months,
    refusedRows: refusedCount,
    refused: refused.slice(0, 100),
    findings,
    reading,
    questions,
    areas: [...new Set(wards.flatMap(({ lga }) => lga ?? []))],
  }
}
