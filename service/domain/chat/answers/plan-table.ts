import type { PlannedWard } from '../../plan/planned-ward.ts'
import type { AnswerTable } from '../answer.ts'
import { named } from './wording.ts'

/** A ward with its LGA, where that is known. */
export function placed(ward: string, lga: string | null): string {
  return `${named(ward)}${lga === null ? '' : ` (${named(lga)} LGA)`}`
}

/** What wards need and get, as a table. */
export function needTable(wards: readonly PlannedWard[]): AnswerTable {
  return {
    columns: ['ward', 'LGA', 'rank', 'people', 'need', 'nets', 'lacking', 'people covered', 'covered percent'],
    rows: wards.map(({ wardName, lga, rank, population, need, allocated, covered, coveragePercent }) => [
      named(wardName),
      lga === null ? null : named(lga),
      rank,
      population,
      need,
      allocated,
      need - allocated,
      covered,
      coveragePercent,
    ]),
  }
}
