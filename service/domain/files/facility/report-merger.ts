import { Fault } from '../../fault.ts'
import { say, type Said } from '../../said.ts'
import { advised } from '../unreadable.ts'
import type { Period } from '../period.ts'
import { NOT_REPORTED, type ReportStore } from './report-store.ts'
import type { RowNotes } from './row-notes.ts'
import { TupleIndex } from './tuple-index.ts'

/** The ids of the questions about rows that repeat a facility and a period, or a facility without a period. */
export const REPEATED_REPORTS = 'duplicate-differs:reports'
export const SAME_AGAIN = 'duplicate-differs:without period'
/** So many places of differing reports are named. */
const MOST_NAMED = 1_000
/** Different reports without a period: about 70 MiB. */
const MOST_UNNAMED = 1_000_000

/**
 * Puts reports into their slots. A report that repeats another one counts once if it says the same. If it differs, the
 * answer of a person decides. Reports without a period are added up: they may be of different periods.
 */
export class ReportMerger {
  readonly #whereDiffering = new Map<number, Said>()
  readonly #store: ReportStore
  readonly #notes: RowNotes
  readonly #repeated: string | undefined
  readonly #sameAgain: string | undefined
  /** Reports without a period: the slot and its counts. */
  readonly #unnamed: TupleIndex
  readonly #mark: Uint32Array

  constructor(store: ReportStore, notes: RowNotes, answers: Readonly<Record<string, string>>) {
    this.#store = store
    this.#unnamed = new TupleIndex(store.width + 1)
    this.#mark = new Uint32Array(store.width + 1)
    this.#notes = notes
    this.#repeated = Object.hasOwn(answers, REPEATED_REPORTS) ? answers[REPEATED_REPORTS] : undefined
    this.#sameAgain = Object.hasOwn(answers, SAME_AGAIN) ? answers[SAME_AGAIN] : undefined
  }

  /**
   * @param name of the facility
   * @param read the counts by place
   * @throws Fault `too-large` when a sum is greater than any count, or too many reports have no period
   */
  add(facility: number, name: string, number: number, period: Period, read: Uint32Array, line: number): void {
    const known = this.#store.find(facility, number)
    const slot = known === -1 ? this.#store.add(facility, number, line) : known
    if (period.kind === 'none' && this.#isSameAgain(slot, read, name, line)) return
    const kept = this.#store.counts(slot)
    if (known === -1) kept.set(read)
    else if (period.kind === 'none') addUp(kept, read, line)
    else this.#merge(slot, kept, read, name, number, line)
  }

  #merge(slot: number, kept: Uint32Array, read: Uint32Array, name: string, number: number, line: number): void {
    let shared = 0
    let differing = 0
    for (let place = 0; place < read.length; place += 1) {
      if (read[place] === NOT_REPORTED || kept[place] === NOT_REPORTED) continue
      shared += 1
      if (read[place] !== kept[place]) differing += 1
    }
    if (shared > 0) {
      const [period, first] = [this.#store.labelOf(number), this.#store.lineOf(slot)]
      this.#note(slot, say('report-at-lines', { facility: name, period, first, second: line }), differing > 0)
    }
    if (differing > 0 && this.#repeated === 'sum') addUp(kept, read, line)
    else if (differing > 0 && this.#repeated !== 'last') return
    else fill(kept, read)
  }

  #note(slot: number, where: Said, isDiffering: boolean): void {
    if (!isDiffering) {
      this.#notes.add('repeated', where)
      return
    }
    this.#store.addDiffering(slot)
    if (this.#whereDiffering.size < MOST_NAMED && !this.#whereDiffering.has(slot)) this.#whereDiffering.set(slot, where)
  }

  /** Notes the reports that differ, except those that do not count. */
  noteDiffering(isLeftOut: (slot: number) => boolean): void {
    for (let slot = 0; slot < this.#store.size; slot += 1) {
      const count = this.#store.differingOf(slot)
      if (count > 0 && !isLeftOut(slot)) this.#notes.add('differing', this.#whereDiffering.get(slot) ?? '', count)
    }
  }

  /** Whether a report without a period says what another one of its facility says, and is the same by the answer. */
  #isSameAgain(slot: number, read: Uint32Array, name: string, line: number): boolean {
    if (!read.some((count) => count !== NOT_REPORTED && count > 0)) return false
    this.#mark[0] = slot
    this.#mark.set(read, 1)
    if (this.#unnamed.find(this.#mark) === -1) {
      if (this.#unnamed.size === MOST_UNNAMED) throw tooManyUnnamed(line)
      this.#unnamed.add(this.#mark)
      return false
    }
    this.#notes.add('same again', say('report-at-line', { facility: name, line }))
    return this.#sameAgain === 'once'
  }
}

function tooManyUnnamed(line: number): Fault {
  const said = say('too-many-unnamed', { most: MOST_UNNAMED })
  return new Fault('too-large', advised(say('cannot-read-facilities', { found: said }), 'add-months-or-fewer-rows'), {
    errors: [{ said, line }],
  })
}

/** Takes what was reported. */
function fill(kept: Uint32Array, read: Uint32Array): void {
  for (let place = 0; place < read.length; place += 1) {
    const count = read[place] ?? NOT_REPORTED
    if (count !== NOT_REPORTED) kept[place] = count
  }
}

function addUp(kept: Uint32Array, read: Uint32Array, line: number): void {
  for (let place = 0; place < read.length; place += 1) {
    const [before, count] = [kept[place] ?? NOT_REPORTED, read[place] ?? NOT_REPORTED]
    if (count === NOT_REPORTED) continue
    const sum = before === NOT_REPORTED ? count : before + count
    if (sum >= NOT_REPORTED) {
      const said = say('sum-too-large', { sum })
      throw new Fault('too-large', say('cannot-measure-at-line', { line, found: said }), { errors: [{ said, line }] })
    }
    kept[place] = sum
  }
}
