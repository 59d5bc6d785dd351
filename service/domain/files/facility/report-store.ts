import { PERIOD_KINDS, type Period, type PeriodKind } from '../period.ts'

/** A count that was not reported. Counts are below it. */
export const NOT_REPORTED = 0xffffffff
const FIRST_SLOTS = 1024

/**
 * What each facility reported for each period: one slot of counts. Memory grows with facilities × periods, about 100
 * bytes a slot.
 */
export class ReportStore {
  /** Counts in a slot. */
  readonly width: number
  readonly #slots = new Map<number, number>()
  readonly #periods = new Map<string, number>()
  readonly #known: Period[] = []
  readonly #labels: string[] = []
  readonly #mostPeriods: number
  #counts: Uint32Array
  #facilityOf = new Uint32Array(FIRST_SLOTS)
  #periodOf = new Uint16Array(FIRST_SLOTS)
  #lineOf = new Uint32Array(FIRST_SLOTS)
  #size = 0

  constructor(width: number, mostPeriods: number) {
    this.width = width
    this.#mostPeriods = mostPeriods
    this.#counts = new Uint32Array(FIRST_SLOTS * width)
  }

  get size(): number {
    return this.#size
  }

  /** The number of a period; -1 if there are too many. `label` is how the file first writes it. */
  periodNumber(period: Period, label: string): number {
    const name = `${period.kind} ${period.key}`
    const known = this.#periods.get(name)
    if (known !== undefined) return known
    if (this.#labels.length >= this.#mostPeriods) return -1
    this.#periods.set(name, this.#labels.length)
    this.#known.push(period)
    this.#labels.push(label)
    return this.#labels.length - 1
  }

  /** Beside other days, a month that was written as its first day is that day. */
  settleDays(): void {
    if (!this.#known.some(({ kind }) => kind === 'day')) return
    for (const [number, period] of this.#known.entries())
      if (period.isFirstDay === true) this.#known[number] = { kind: 'day', key: `${period.key}-01` }
  }

  periodAt(period: number): Period {
    return this.#known[period] ?? { kind: 'none', key: '' }
  }

  kindOf(period: number): PeriodKind {
    return this.periodAt(period).kind
  }

  labelOf(period: number): string {
    return this.#labels[period] ?? ''
  }

  /** The periods of one kind, in the order of the file. */
  periodsOf(kind: PeriodKind): number[] {
    return this.#known.flatMap((one, period) => (one.kind === kind ? [period] : []))
  }

  /** The slot of a facility and a period; -1 if nothing was reported. */
  find(facility: number, period: number): number {
    return this.#slots.get(facility * this.#mostPeriods + period) ?? -1
  }

  /** Adds an empty slot for a report at `line`. */
  add(facility: number, period: number, line: number): number {
    const slot = this.#size
    if (slot === this.#lineOf.length) this.#grow()
    this.#slots.set(facility * this.#mostPeriods + period, slot)
    this.#facilityOf[slot] = facility
    this.#periodOf[slot] = period
    this.#lineOf[slot] = line
    this.#counts.fill(NOT_REPORTED, slot * this.width, (slot + 1) * this.width)
    this.#size += 1
    return slot
  }

  facilityOf(slot: number): number {
    return this.#facilityOf[slot] ?? 0
  }

  periodOf(slot: number): number {
    return this.#periodOf[slot] ?? 0
  }

  lineOf(slot: number): number {
    return this.#lineOf[slot] ?? 0
  }

  /** The counts of a slot, to read and to write; valid until the next `add`. */
  counts(slot: number): Uint32Array {
    return this.#counts.subarray(slot * this.width, (slot + 1) * this.width)
  }

  #grow(): void {
    const length = this.#lineOf.length * 2
    this.#counts = grown(this.#counts, length * this.width)
    this.#facilityOf = grown(this.#facilityOf, length)
    this.#lineOf = grown(this.#lineOf, length)
    const periodOf = new Uint16Array(length)
    periodOf.set(this.#periodOf)
    this.#periodOf = periodOf
  }
}

function grown(values: Uint32Array, length: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(length)
  larger.set(values)
  return larger
}

/** The finest kind of period that is there: completeness counts its periods. */
export function mainKind(store: ReportStore): PeriodKind {
  return PERIOD_KINDS.find((kind) => kind !== 'total' && kind !== 'none' && store.periodsOf(kind).length > 0) ?? 'none'
}

/** A count, or 0 where nothing was reported. */
export function known(count: number | undefined): number {
  return count === undefined || count === NOT_REPORTED ? 0 : count
}
