import { POSITIVITY } from '../column-kinds.ts'
import type { Finding } from '../finding.ts'
import {
  wilson,
  type Positivity,
  type PositivityChoices,
  type PositivityFlag,
  type RefusedRow,
  type WardPositivity,
} from '../positivity.ts'
import { Inquiry } from '../reading/inquiry.ts'
import type { TableReading } from '../reading/reading.ts'
import type { Question } from '../reading/question.ts'
import { METHODS } from './count-places.ts'
import { known, leftOutTotals } from './left-out-totals.ts'
import { REPEATED_REPORTS, type SeenReports } from './positivity-builder.ts'
import { mainKind, NOT_REPORTED } from './report-store.ts'
import type { TestMethod } from './test-column.ts'

const LISTED_REFUSED = 100
const SHOWN_REFUSED = 1_000
const NAMED_DIFFERING = 3

/** Sums of one facility by method. */
interface FacilitySums {
  readonly tested: Record<TestMethod, number>
  readonly positive: Record<TestMethod, number>
}

/** What is gathered of one ward. */
interface WardSums {
  readonly facilities: Map<number, FacilitySums>
  /** Reports of the main kind of period. */
  reports: number
  /** Whether a report names no period, so that completeness is not known. */
  hasUnknownPeriods: boolean
  refusedRows: number
}

/** Measures test positivity by ward from what was read, without totals and impossible reports. */
export function measurePositivity(
  seen: SeenReports,
  choices: PositivityChoices,
  table: TableReading,
  tableQuestions: readonly Question[],
): Positivity {
  const asked = new Inquiry(seen.answers)
  askRepeated(seen, asked)
  const { leftOut, noFacilities, findings } = leftOutTotals(seen, asked)
  const { store, facilities } = seen
  const refused: RefusedRow[] = [...seen.refused]
  const kind = mainKind(store)
  const periods = store
    .periodsOf(kind)
    .filter((period) => anySlot(seen, (slot) => store.periodOf(slot) === period && !leftOut.has(slot)))
  const sums = seen.wards.map((ward): WardSums => ({
    facilities: new Map(),
    reports: 0,
    hasUnknownPeriods: false,
    refusedRows: ward.refusedRows,
  }))
  facilities.forEach(({ ward }, facility) => {
    if (!noFacilities.has(facility)) sums[ward]?.facilities.set(facility, emptySums())
  })
  let refusedReports = 0
  for (let slot = 0; slot < store.size; slot += 1) {
    const facility = store.facilityOf(slot)
    const ward = sums[facilities[facility]?.ward ?? -1]
    const own = ward?.facilities.get(facility)
    if (ward === undefined || own === undefined || leftOut.has(slot)) continue
    const counts = store.counts(slot)
    const reason = whyImpossible(counts, seen)
    if (reason !== null) {
      ward.refusedRows += 1
      refusedReports += 1
      refused.push({ line: store.lineOf(slot), facility: facilities[facility]?.name ?? '', reason })
      continue
    }
    if (!counts.some((count) => count !== NOT_REPORTED)) continue
    addCounts(own, counts, seen)
    const period = store.kindOf(store.periodOf(slot))
    if (period === kind) ward.reports += 1
    if (period === 'none' && seen.hasPeriods) ward.hasUnknownPeriods = true
  }
  refused.sort((one, other) => one.line - other.line)
  const rowsRefused = seen.wards.reduce((sum, { refusedRows }) => sum + refusedRows, 0)
  const { facilityLevel, age, method } = choices
  return {
    choices,
    column: [POSITIVITY, age, method, ...(facilityLevel === 'all' ? [] : [facilityLevel])].join('_'),
    rows: seen.rows,
    facilities: facilities.length - noFacilities.size,
    months: kind === 'none' ? [] : periods.map((period) => store.labelOf(period)),
    wards: seen.wards.flatMap(({ state, lga, wardName }, number): WardPositivity[] => {
      const ward = sums[number]
      if (ward === undefined || ward.facilities.size === 0) return []
      return [{ state, lga, wardName, ...figuresOf(ward, choices, kind === 'none' ? 0 : periods.length) }]
    }),
    refused: refused.slice(0, SHOWN_REFUSED),
    refusedCount: rowsRefused + refusedReports,
    findings: [
      ...seen.findings,
      ...refusedFinding(refused, rowsRefused + refusedReports),
      ...findings,
      ...asked.findings,
    ],
    reading: { ...table, layer: null, layers: [], columns: seen.columns },
    questions: [...tableQuestions, ...asked.questions],
  }
}

function anySlot({ store }: SeenReports, is: (slot: number) => boolean): boolean {
  for (let slot = 0; slot < store.size; slot += 1) if (is(slot)) return true
  return false
}

function askRepeated({ differing }: SeenReports, asked: Inquiry): void {
  if (differing.length === 0) return
  const shown = differing.slice(0, NAMED_DIFFERING).join('; ')
  const more = differing.length > NAMED_DIFFERING ? `; and ${String(differing.length - NAMED_DIFFERING)} more` : ''
  asked.ask({
    id: REPEATED_REPORTS,
    kind: 'duplicate-differs',
    detail:
      `${String(differing.length)} rows repeat a facility and a period with other counts (${shown}${more}). ` +
      'Which of them count?',
    options: [
      { value: 'first', label: 'the first row of each' },
      { value: 'last', label: 'the last row of each: a corrected report' },
      { value: 'sum', label: 'all of them: parts of one report, added up' },
    ],
    affects: 'ranking',
    columns: [],
  })
}

function whyImpossible(counts: Uint32Array, { places }: SeenReports): string | null {
  for (const [pair, method] of places.methods.entries()) {
    const tested = known(counts[pair * 2])
    const positive = known(counts[pair * 2 + 1])
    if (positive > tested)
      return `${String(positive)} positive of ${String(tested)} tested (${method} ${places.ages[pair] ?? ''})`
  }
  return null
}

function emptySums(): FacilitySums {
  return { tested: { rdt: 0, microscopy: 0 }, positive: { rdt: 0, microscopy: 0 } }
}

function addCounts({ tested, positive }: FacilitySums, counts: Uint32Array, { places }: SeenReports): void {
  places.methods.forEach((method, pair) => {
    tested[method] += known(counts[pair * 2])
    positive[method] += known(counts[pair * 2 + 1])
  })
}

function figuresOf(
  { facilities, reports, hasUnknownPeriods, refusedRows }: WardSums,
  choices: PositivityChoices,
  periods: number,
): Omit<WardPositivity, 'state' | 'lga' | 'wardName'> {
  const own = [...facilities.values()]
  const { tested, positive } = choices.age === 'all' ? allAges(own) : oneAge(own)
  const tpr = tested > 0 ? (100 * positive) / tested : null
  const interval = wilson(positive, tested)
  const possible = own.length * periods
  const completeness = possible === 0 || hasUnknownPeriods ? null : (100 * reports) / possible
  const flags: PositivityFlag[] = [
    ...(tpr !== null && tpr > 80 ? ['positivity above 80' as const] : []),
    ...(completeness !== null && completeness < 50 ? ['completeness below 50' as const] : []),
    ...(refusedRows > 0 ? ['rows refused' as const] : []),
  ]
  return {
    facilities: own.length,
    tested,
    positive,
    tpr,
    low: interval?.low ?? null,
    high: interval?.high ?? null,
    completeness,
    refusedRows,
    flags,
  }
}

function refusedFinding(refused: readonly RefusedRow[], count: number): Finding[] {
  if (count === 0) return []
  return [
    {
      kind: 'row-dropped',
      detail: 'Rows with impossible counts were refused.',
      count,
      examples: refused
        .slice(0, LISTED_REFUSED)
        .map(({ line, facility, reason }) => `line ${String(line)}, ${facility}: ${reason}`),
    },
  ]
}

/** Takes at each facility the larger of both methods' tested and the larger of their positive. Sums over the ward. */
function oneAge(facilities: readonly FacilitySums[]): { tested: number; positive: number } {
  return {
    tested: facilities.reduce((sum, { tested }) => sum + Math.max(tested.rdt, tested.microscopy), 0),
    positive: facilities.reduce((sum, { positive }) => sum + Math.max(positive.rdt, positive.microscopy), 0),
  }
}

/** Sums over the ward by method, and takes the method with the larger positivity. */
function allAges(facilities: readonly FacilitySums[]): { tested: number; positive: number } {
  const [rdt, microscopy] = METHODS.map((method) => ({
    tested: facilities.reduce((sum, { tested }) => sum + tested[method], 0),
    positive: facilities.reduce((sum, { positive }) => sum + positive[method], 0),
  })) as [{ tested: number; positive: number }, { tested: number; positive: number }]
  const rate = ({ tested, positive }: { tested: number; positive: number }): number =>
    tested === 0 ? -1 : positive / tested
  return rate(microscopy) > rate(rdt) ? microscopy : rdt
}
