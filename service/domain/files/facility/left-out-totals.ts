import type { Inquiry } from '../reading/inquiry.ts'
import { questionId } from '../reading/question.ts'
import type { Finding } from '../finding.ts'
import { areaForm, normalForm } from '../normal-form.ts'
import { quoted } from '../../fault-list.ts'
import { PERIOD_KINDS, type PeriodKind } from './period.ts'
import type { SeenReports } from './positivity-builder.ts'
import { NOT_REPORTED } from './report-store.ts'

const EXAMPLES = 10
const KEEP = 'keep'
const LEAVE_OUT = 'leave-out'
/** Spans of time that can be told from each other by their form, from the finest to the coarsest. */
const SPANS: readonly PeriodKind[] = PERIOD_KINDS.filter((kind) => !['total', 'other', 'none'].includes(kind))

/** The reports that sum up others, and what is said about them. */
export interface Totals {
  readonly leftOut: ReadonlySet<number>
  /** Facilities that are their own ward or LGA. */
  readonly noFacilities: ReadonlySet<number>
  readonly findings: readonly Finding[]
}

/**
 * Finds reports that sum up other reports of the same facility (`Total`, a quarter or a year beside its months, a label
 * whose counts are the sums of the others), and facilities that sum up their ward. What is not certain is asked.
 */
export function leftOutTotals(seen: SeenReports, asked: Inquiry): Totals {
  const slotsOf = slotsByFacility(seen)
  const coarser = coarserReports(seen, slotsOf)
  const bySums = reportsBySums(seen, slotsOf, asked)
  const areas = areaFacilities(seen, slotsOf)
  return {
    leftOut: new Set([...coarser.slots, ...bySums.slots]),
    noFacilities: areas.facilities,
    findings: [...coarser.findings, ...bySums.findings, ...areas.findings],
  }
}

function slotsByFacility({ store, facilities }: SeenReports): readonly (readonly number[])[] {
  const slots: number[][] = facilities.map(() => [])
  for (let slot = 0; slot < store.size; slot += 1) slots[store.facilityOf(slot)]?.push(slot)
  return slots
}

/** Of each facility, the reports of a coarser span than its finest: they sum those up. */
function coarserReports(
  { store }: SeenReports,
  slotsOf: readonly (readonly number[])[],
): { slots: readonly number[]; findings: Finding[] } {
  const slots = slotsOf.flatMap((own) => {
    const kinds = new Set(own.map((slot) => store.kindOf(store.periodOf(slot))))
    const finest = SPANS.find((kind) => kinds.has(kind))
    const hasFiner = finest !== undefined || kinds.has('other')
    return own.filter((slot) => {
      const kind = store.kindOf(store.periodOf(slot))
      return kind === 'total' ? hasFiner : finest !== undefined && SPANS.includes(kind) && kind !== finest
    })
  })
  return { slots, findings: totalsFinding(slots.map((slot) => store.labelOf(store.periodOf(slot)))) }
}

function totalsFinding(labels: readonly string[]): Finding[] {
  if (labels.length === 0) return []
  const names = [...new Set(labels)]
  return [
    {
      kind: 'row-dropped',
      detail:
        'Reports that sum up other reports of the same facility (a total, quarter or year beside its months) were ' +
        'left out: ' +
        names.slice(0, EXAMPLES).map(quoted).join(', ') +
        '.',
      count: labels.length,
    },
  ]
}

/** Labels that name no span: left out if they are sums of the others, asked about if they stand beside spans. */
function reportsBySums(
  { store }: SeenReports,
  slotsOf: readonly (readonly number[])[],
  asked: Inquiry,
): { slots: readonly number[]; findings: Finding[] } {
  const labels = [...store.periodsOf('other'), ...store.periodsOf('none')]
  const isBesideSpans = SPANS.some((kind) => store.periodsOf(kind).length > 0)
  if (!isBesideSpans && labels.length < 3) return { slots: [], findings: [] }
  const found: number[] = []
  const findings: Finding[] = []
  for (const period of labels) {
    const compared = slotsOf.map((own) => sumCheck(store, own, period))
    const sums = compared.filter((one) => one === 'sum').length
    const others = compared.filter((one) => one === 'other').length
    const slots = slotsOf.flatMap((own) => own.filter((slot) => store.periodOf(slot) === period))
    const label = store.labelOf(period)
    if (sums > 0 && others === 0) {
      found.push(...slots)
      findings.push(...totalsFinding(slots.map(() => label)))
    } else if (isBesideSpans && others > 0) {
      const answer = asked.ask({
        id: questionId('rows-no-wards', 'period', label),
        kind: 'rows-no-wards',
        detail:
          `${String(slots.length)} reports have the period ${quoted(label)} beside others that name a month or year. ` +
          'Are these reports of their own, or do they sum up or repeat the others?',
        options: [
          { value: KEEP, label: 'reports of their own: count them' },
          { value: LEAVE_OUT, label: 'sums or repeats: leave them out' },
        ],
        affects: 'ranking',
        columns: [],
      })
      if (answer === LEAVE_OUT) found.push(...slots)
    }
  }
  return { slots: found, findings }
}

/** Whether a facility's report of `period` is the sum of its other reports; null if that cannot be seen. */
function sumCheck(store: SeenReports['store'], own: readonly number[], period: number): 'sum' | 'other' | null {
  const slot = own.find((one) => store.periodOf(one) === period)
  const rest = own.filter((one) => one !== slot)
  if (slot === undefined || rest.length === 0) return null
  const counts = Array.from(store.counts(slot))
  const sums = counts.map((_, place) => rest.reduce((sum, one) => sum + known(store.counts(one)[place]), 0))
  const isSum = counts.every((count, place) => known(count) === sums[place])
  if (!isSum) return 'other'
  // One other report, or nothing but zeros, equals its sum by chance.
  return rest.length > 1 && sums.some((sum) => sum > 0) ? 'sum' : null
}

/** Facilities called like their ward or LGA whose counts are the sums of the ward's other facilities. */
function areaFacilities(
  { store, facilities, wards }: SeenReports,
  slotsOf: readonly (readonly number[])[],
): { facilities: ReadonlySet<number>; findings: Finding[] } {
  const ofWard = Map.groupBy([...facilities.keys()], (facility) => facilities[facility]?.ward ?? -1)
  const found = new Set<number>()
  for (const [number, own] of ofWard) {
    const ward = wards[number]
    if (ward === undefined || own.length < 2) continue
    for (const facility of own) {
      const name = facilities[facility]?.name ?? ''
      if (normalForm(name) !== normalForm(ward.wardName) && areaForm(name) !== areaForm(ward.lga ?? '')) continue
      const others = own.filter((one) => one !== facility)
      const slots = slotsOf[facility] ?? []
      const isSum = slots.every((slot) => {
        const period = store.periodOf(slot)
        const counts = Array.from(store.counts(slot))
        return counts.every((count, place) => {
          const sum = others.reduce((total, other) => {
            const same = store.find(other, period)
            return same === -1 ? total : total + known(store.counts(same)[place])
          }, 0)
          return known(count) === sum
        })
      })
      if (isSum && slots.length > 0) found.add(facility)
    }
  }
  const names = [...found].map((facility) => facilities[facility]?.name ?? '')
  return {
    facilities: found,
    findings:
      names.length === 0
        ? []
        : [
            {
              kind: 'row-dropped',
              detail: 'Rows that sum up the facilities of their ward were left out: they are not facilities.',
              count: names.length,
              examples: names.slice(0, EXAMPLES),
            },
          ],
  }
}

/** A count, or 0 where nothing was reported. */
export function known(count: number | undefined): number {
  return count === undefined || count === NOT_REPORTED ? 0 : count
}
