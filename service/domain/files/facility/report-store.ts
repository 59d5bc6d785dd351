import { Fault } from '../../fault.ts'
import { advised } from '../unreadable.ts'
import { say } from '../../said.ts'
import { PERIOD_KINDS, type Period, type PeriodKind } from '../period.ts'
import { TupleIndex } from './tuple-index.ts'

/** A count that was not reported. Counts are below it. */
export const NOT_REPORTED = 0xffffffff
/** 50,000 facilities for 40 months: about 200 MiB. */
const MOST_SLOTS = 2_000_000
/** Slots are kept in parts, so that a large table is never copied to make room. */
const SLOTS_OF_PART = 16_384

/** The slots of one part, side by side. */
interface Part {
  readonly counts: Uint32Array
  readonly lineOf: Uint32Array
  readonly differingOf: Uint32Array
}

/**
 * What each facility reported for each period: one slot of counts. Memory grows with facilities × periods, at most 80
 * bytes a slot, all of it outside the heap.
 */
export class ReportStore {
  /** Counts in a slot. */
  readonly width: number
  /** The facility and the period of each slot. */
  readonly #slots = new TupleIndex(2)
  readonly #sought = new Uint32Array(2)
  readonly #periods = new Map<string, number>()
  readonly #known: Period[] = []
  readonly #labels: string[] = []
  readonly #mostPeriods: number
  readonly #parts: Part[] = []

  constructor(width: number, mostPeriods: number) {
    this.width = width
    this.#mostPeriods = mostPeriods
  }

  get size(): number {
    return this.#slots.size
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
    this.#sought[0] = facility
    this.#sought[1] = period
    return this.#slots.find(this.#sought)
  }

  /**
   * Adds an empty slot for a report at `line`, of a facility and a period that have none.
   * @throws Fault `too-large` when there are too many
   */
  add(facility: number, period: number, line: number): number {
    if (this.size === MOST_SLOTS) throw tooManyReports(line)
    const slot = this.#slots.add([facility, period])
    if (slot % SLOTS_OF_PART === 0) this.#parts.push(emptyPart(this.width))
    this.#part(slot).lineOf[slot % SLOTS_OF_PART] = line
    return slot
  }

  facilityOf(slot: number): number {
    return this.#slots.at(slot, 0)
  }

  periodOf(slot: number): number {
    return this.#slots.at(slot, 1)
  }

  lineOf(slot: number): number {
    return this.#part(slot).lineOf[slot % SLOTS_OF_PART] ?? 0
  }

  /** How many further reports of a slot differ from the first one. */
  differingOf(slot: number): number {
    return this.#part(slot).differingOf[slot % SLOTS_OF_PART] ?? 0
  }

  addDiffering(slot: number): void {
    const { differingOf } = this.#part(slot)
    const at = slot % SLOTS_OF_PART
    differingOf[at] = (differingOf[at] ?? 0) + 1
  }

  /** The counts of a slot, to read and to write. */
  counts(slot: number): Uint32Array {
    const at = slot % SLOTS_OF_PART
    return this.#part(slot).counts.subarray(at * this.width, (at + 1) * this.width)
  }

  #part(slot: number): Part {
    const part = this.#parts[Math.floor(slot / SLOTS_OF_PART)]
    if (part === undefined) throw new RangeError(`there is no slot ${String(slot)}`)
    return part
  }
}

function emptyPart(width: number): Part {
  return {
    counts: new Uint32Array(SLOTS_OF_PART * width).fill(NOT_REPORTED),
    lineOf: new Uint32Array(SLOTS_OF_PART),
    differingOf: new Uint32Array(SLOTS_OF_PART),
  }
}

function tooManyReports(line: number): Fault {
  const said = say('too-many-reports', { most: MOST_SLOTS })
  return new Fault('too-large', advised(say('cannot-read-facilities', { found: said }), 'leave-out-years'), {
    errors: [{ said, line }],
  })
}

/** The finest kind of period that is there: completeness counts its periods. */
export function mainKind(store: ReportStore): PeriodKind {
  return PERIOD_KINDS.find((kind) => kind !== 'total' && kind !== 'none' && store.periodsOf(kind).length > 0) ?? 'none'
}

/** A count, or 0 where nothing was reported. */
export function known(count: number | undefined): number {
  return count === undefined || count === NOT_REPORTED ? 0 : count
}
