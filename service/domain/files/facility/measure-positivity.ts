import { POSITIVITY } from '../column-kinds.ts'
import { makeFinding, type Finding } from '../finding.ts'
import type { Positivity, PositivityChoices, PositivityFlag, RefusedRow, WardPositivity } from '../positivity.ts'
import { Inquiry } from '../reading/inquiry.ts'
import type { TableReading } from '../reading/reading.ts'
import type { Question } from '../reading/question.ts'
import { say } from '../../said.ts'
import { askRepeated } from './ask-repeated.ts'
import { addCounts, emptySums, shareOf, type FacilitySums } from './facility-sums.ts'
import { leftOutAreas } from './left-out-areas.ts'
import { leftOutTotals, slotsByFacility } from './left-out-totals.ts'
import type { SeenReports } from './positivity-builder.ts'
import { known, mainKind } from './report-store.ts'
import { measureTime } from './time/measure-time.ts'

const LISTED_REFUSED = 100
const SHOWN_REFUSED = 1_000

/** What is gathered of one ward. */
interface WardSums {
  readonly facilities: Map<number, FacilitySums>
  /** Reports of the main kind of period. */
  reports: number
  /** Whether a report names no period or one of another kind, so that completeness is not known. */
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
  const slotsOf = slotsByFacility(seen)
  const leftOut = leftOutTotals(seen, slotsOf, asked)
  const noFacilities = leftOutAreas(seen, slotsOf, leftOut, asked)
  const { store, facilities } = seen
  seen.noteDiffering((slot) => leftOut.has(slot) || noFacilities.has(store.facilityOf(slot)))
  askRepeated(seen.notes, asked)
  const pairs = wholePairs(seen)
  const refused: RefusedRow[] = [...seen.refused]
  const kind = mainKind(store)
  const periods = keptPeriods(seen, store.periodsOf(kind), leftOut)
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
  const counted: number[] = []
  for (let slot = 0; slot < store.size; slot += 1) {
    const facility = store.facilityOf(slot)
    const ward = sums[facilities[facility]?.ward ?? -1]
    const own = ward?.facilities.get(facility)
    if (ward === undefined || own === undefined || leftOut.has(slot)) continue
    const counts = store.counts(slot)
    const reason = whyImpossible(counts, seen, pairs)
    if (reason !== null) {
      ward.refusedRows += 1
      refusedReports += 1
      refused.push({ line: store.lineOf(slot), facility: facilities[facility]?.name ?? '', reason })
      continue
    }
    addCounts(own, counts, seen.places, pairs)
    counted.push(slot)
    const period = store.kindOf(store.periodOf(slot))
    if (period === kind) ward.reports += 1
    else if (seen.hasPeriods) ward.hasUnknownPeriods = true
  }
  refused.sort((one, other) => one.line - other.line)
  const rowsRefused = seen.wards.reduce((sum, { refusedRows }) => sum + refusedRows, 0)
  const { facilityLevel, age, method } = choices
  const questions = [...tableQuestions, ...seen.questions, ...asked.questions]
  // While a question is open, nothing is known of the periods.
  const time =
    choices.time === undefined || questions.length > 0
      ? null
      : measureTime({
          seen,
          pairs,
          age,
          choices: choices.time,
          slots: counted,
          facilitiesOf: sums.map((ward) => ward.facilities.size),
          periods: periods.map((period) => store.periodAt(period)),
          kind,
        })
  return {
    choices,
    column: [POSITIVITY, age, method, ...(facilityLevel === 'all' ? [] : [facilityLevel])].join('_'),
    rows: seen.rows,
    facilities: facilities.length - noFacilities.size,
    months: kind === 'none' ? [] : periods.map((period) => store.labelOf(period)),
    ...(time !== null && { time: time.frame }),
    wards: seen.wards.flatMap(({ state, lga, wardName }, number): WardPositivity[] => {
      const ward = sums[number]
      if (ward === undefined || ward.facilities.size === 0) return []
      const own = time?.wards[number]
      return [
        {
          state,
          lga,
          wardName,
          ...figuresOf(ward, choices, kind === 'none' ? 0 : periods.length),
          ...(own !== undefined && { time: own }),
        },
      ]
    }),
    refused: refused.slice(0, SHOWN_REFUSED),
    refusedCount: rowsRefused + refusedReports,
    findings: [
      ...distinct([...seen.findings, ...lackingFindings(seen)]),
      ...seen.notes.findings(),
      ...refusedFinding(refused, rowsRefused + refusedReports),
      ...(time?.findings ?? []),
      ...asked.findings,
    ],
    reading: { ...table, layer: null, layers: [], columns: seen.columns },
    questions,
  }
}

/** The periods of which not all reports are left out. */
function keptPeriods(
  { store }: SeenReports,
  periods: readonly number[],
  leftOut: ReadonlySet<number>,
): readonly number[] {
  const [kept, lost] = [new Set<number>(), new Set<number>()]
  for (let slot = 0; slot < store.size; slot += 1) (leftOut.has(slot) ? lost : kept).add(store.periodOf(slot))
  return periods.filter((period) => kept.has(period) || !lost.has(period))
}

/** The pairs of tested and positive people of which the tables have both. */
export function wholePairs({ places, offered }: SeenReports): readonly number[] {
  return [...places.methods.keys()].filter((pair) => offered.has(2 * pair) && offered.has(2 * pair + 1))
}

function lackingFindings({ places, offered, questions }: SeenReports): Finding[] {
  if (questions.length > 0) return []
  const lacking = places.names.filter((_, place) => !offered.has(place))
  // Places in pairs differ in their last bit.
  const halves = places.names.filter((_, place) => offered.has(place) && !offered.has(place ^ 1))
  return [
    ...(lacking.length === 0
      ? []
      : [makeFinding('default-used', say('tests-not-counted', {}), { count: lacking.length, examples: lacking })]),
    ...(halves.length === 0
      ? []
      : [makeFinding('column-dropped', say('tests-counted-by-half', {}), { count: halves.length, examples: halves })]),
  ]
}

/** Findings without those that a further file of the same kind repeats. */
function distinct(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return findings.filter((finding) => {
    const text = JSON.stringify(finding)
    const isNew = !seen.has(text)
    seen.add(text)
    return isNew
  })
}

function whyImpossible(counts: Uint32Array, { places }: SeenReports, pairs: readonly number[]): string | null {
  for (const pair of pairs) {
    const tested = known(counts[pair * 2])
    const positive = known(counts[pair * 2 + 1])
    if (positive > tested)
      return `${String(positive)} positive of ${String(tested)} tested (${places.methods[pair] ?? ''} ${places.ages[pair] ?? ''})`
  }
  return null
}

function figuresOf(
  { facilities, reports, hasUnknownPeriods, refusedRows }: WardSums,
  choices: PositivityChoices,
  periods: number,
): Omit<WardPositivity, 'state' | 'lga' | 'wardName'> {
  const own = [...facilities.values()]
  const share = shareOf(own, choices.age)
  const { tpr } = share
  const possible = own.length * periods
  const completeness = possible === 0 || hasUnknownPeriods ? null : (100 * reports) / possible
  const flags: PositivityFlag[] = [
    ...(tpr !== null && tpr > 80 ? ['positivity above 80' as const] : []),
    ...(completeness !== null && completeness < 50 ? ['completeness below 50' as const] : []),
    ...(refusedRows > 0 ? ['rows refused' as const] : []),
  ]
  return {
    facilities: own.length,
    ...share,
    completeness,
    refusedRows,
    flags,
  }
}

function refusedFinding(refused: readonly RefusedRow[], count: number): Finding[] {
  if (count === 0) return []
  return [
    makeFinding('row-dropped', say('reports-refused', {}), {
      count,
      examples: refused
        .slice(0, LISTED_REFUSED)
        .map(({ line, facility, reason }) => `line ${String(line)}, ${facility}: ${reason}`),
    }),
  ]
}
