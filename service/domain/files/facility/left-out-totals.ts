import { makeFinding, type Finding } from '../finding.ts'
import { quoted } from '../../quoted.ts'
import { mayHold, PERIOD_KINDS, type PeriodKind } from '../period.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { makeQuestion, questionId } from '../reading/question.ts'
import { say } from '../../said.ts'
import type { SeenReports } from './positivity-builder.ts'
import { known, type ReportStore } from './report-store.ts'

const EXAMPLES = 10
/** Spans of time that can be told from each other by their form, from the finest to the coarsest. */
const SPANS: readonly PeriodKind[] = PERIOD_KINDS.filter((kind) => !['total', 'other', 'none'].includes(kind))

/** The slots of each facility, in the order of the file. */
export type SlotsOf = readonly Uint32Array[]

export function slotsByFacility({ store, facilities }: SeenReports): SlotsOf {
  const ends = new Uint32Array(facilities.length + 1)
  for (let slot = 0; slot < store.size; slot += 1)
    ends[store.facilityOf(slot) + 1] = (ends[store.facilityOf(slot) + 1] ?? 0) + 1
  for (let facility = 0; facility < facilities.length; facility += 1)
    ends[facility + 1] = (ends[facility + 1] ?? 0) + (ends[facility] ?? 0)
  const slots = new Uint32Array(store.size)
  const next = ends.slice()
  for (let slot = 0; slot < store.size; slot += 1) {
    const facility = store.facilityOf(slot)
    const at = next[facility] ?? 0
    slots[at] = slot
    next[facility] = at + 1
  }
  return facilities.map((_, facility) => slots.subarray(ends[facility], ends[facility + 1]))
}

/**
 * Finds the reports that sum up other reports of the same facility: `Total`, a quarter or a year beside its months, a
 * label whose counts are the sums of the others. What is not certain is asked.
 */
export function leftOutTotals({ store }: SeenReports, slotsOf: SlotsOf, asked: Inquiry): ReadonlySet<number> {
  const leftOut = new Set<number>()
  for (const own of slotsOf) if (own.length > 1) addCoarser(leftOut, store, own)
  addBySums(leftOut, store, slotsOf, asked)
  if (leftOut.size > 0) asked.note(totalsFinding(leftOut, store))
  return leftOut
}

/** Adds the reports of one facility that hold another one of it, of a finer span. */
function addCoarser(leftOut: Set<number>, store: ReportStore, own: Uint32Array): void {
  const periods = Array.from(own, (slot) => store.periodAt(store.periodOf(slot)))
  const kinds = new Set(periods.map(({ kind }) => kind))
  if (kinds.size < 2) return
  own.forEach((slot, at) => {
    const period = periods[at]
    if (period === undefined) return
    const rank = SPANS.indexOf(period.kind)
    const isCoarser =
      period.kind === 'total'
        ? kinds.size > 1
        : rank !== -1 &&
          periods.some(
            (other) => SPANS.includes(other.kind) && SPANS.indexOf(other.kind) < rank && mayHold(period, other),
          )
    if (isCoarser) leftOut.add(slot)
  })
}

function totalsFinding(leftOut: ReadonlySet<number>, store: ReportStore): Finding {
  const names = new Set<string>()
  for (const slot of leftOut) names.add(store.labelOf(store.periodOf(slot)))
  const periods = [...names].slice(0, EXAMPLES).map((name) => (name === '' ? say('without-period', {}) : quoted(name)))
  return makeFinding('row-dropped', say('reports-of-totals', { periods }), { count: leftOut.size })
}

/** Adds labels that name no span: if they are sums of the others, or if a person says so. */
function addBySums(leftOut: Set<number>, store: ReportStore, slotsOf: SlotsOf, asked: Inquiry): void {
  const labels = [...store.periodsOf('other'), ...store.periodsOf('none')]
  const isBesideSpans = SPANS.some((kind) => store.periodsOf(kind).length > 0)
  if (labels.length < (isBesideSpans ? 1 : 2)) return
  const sums = new FacilitySums(store, slotsOf, leftOut)
  const slotsOfLabel = new Map(labels.map((label) => [label, [] as number[]]))
  for (let slot = 0; slot < store.size; slot += 1) slotsOfLabel.get(store.periodOf(slot))?.push(slot)
  for (const [label, slots] of slotsOfLabel) {
    const isBeside = isBesideSpans || store.kindOf(label) === 'none'
    if (!isBeside && labels.length < 3) continue
    const compared = new Set(slots.map((slot) => sums.compare(slot)))
    const isSum = compared.has('sum') && !compared.has('other')
    const isOpen = isBeside && (compared.has('other') || compared.has('equal'))
    if (!isSum && !(isOpen && askAbout(store.labelOf(label), slots.length, asked))) continue
    for (const slot of slots) {
      leftOut.add(slot)
      sums.leaveOut(slot)
    }
  }
}

/** Whether a person says that the reports of a label sum up others. */
function askAbout(label: string, reports: number, asked: Inquiry): boolean {
  const answer = asked.ask(
    makeQuestion({
      id: questionId('rows-no-wards', 'period', label),
      kind: 'rows-no-wards',
      said:
        label === ''
          ? say('reports-without-period', { reports })
          : say('reports-of-period', { reports, period: quoted(label) }),
      options: [
        { value: 'keep', said: say('reports-kept', {}) },
        { value: 'leave-out', said: say('reports-left-out', {}) },
      ],
      affects: 'ranking',
      columns: [],
    }),
  )
  return answer === 'leave-out'
}

/** The sums of each facility's reports. */
class FacilitySums {
  readonly #store: ReportStore
  readonly #width: number
  readonly #sums: Float64Array
  readonly #reports: Uint32Array

  constructor(store: ReportStore, slotsOf: SlotsOf, leftOut: ReadonlySet<number>) {
    this.#store = store
    this.#width = store.width
    this.#sums = new Float64Array(slotsOf.length * this.#width)
    this.#reports = new Uint32Array(slotsOf.length)
    for (let slot = 0; slot < store.size; slot += 1) if (!leftOut.has(slot)) this.#add(slot, 1)
  }

  leaveOut(slot: number): void {
    this.#add(slot, -1)
  }

  /**
   * Whether a report is the sum of the facility's other reports, or equal to the only other one, which may be chance;
   * null if there is no other one, or nothing but zeros.
   */
  compare(slot: number): 'sum' | 'equal' | 'other' | null {
    const facility = this.#store.facilityOf(slot)
    const reports = this.#reports[facility] ?? 0
    if (reports < 2) return null
    const counts = this.#store.counts(slot)
    let hasAny = false
    for (let place = 0; place < this.#width; place += 1) {
      const count = known(counts[place])
      const sum = this.#sums[facility * this.#width + place] ?? 0
      if (sum !== 2 * count) return 'other'
      if (sum > 0) hasAny = true
    }
    if (!hasAny) return null
    return reports > 2 ? 'sum' : 'equal'
  }

  #add(slot: number, sign: 1 | -1): void {
    const facility = this.#store.facilityOf(slot)
    const counts = this.#store.counts(slot)
    for (let place = 0; place < this.#width; place += 1) {
      const at = facility * this.#width + place
      this.#sums[at] = (this.#sums[at] ?? 0) + sign * known(counts[place])
    }
    this.#reports[facility] = (this.#reports[facility] ?? 0) + sign
  }
}
