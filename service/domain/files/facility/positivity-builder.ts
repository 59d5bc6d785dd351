import { Fault } from '../../fault.ts'
import { say } from '../../said.ts'
import type { Finding } from '../finding.ts'
import { readPeriod, withYear, type Period } from '../period.ts'
import type { PositivityChoices, RefusedRow } from '../positivity.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import { Inquiry } from '../reading/inquiry.ts'
import type { Question } from '../reading/question.ts'
import type { ReadColumn } from '../reading/reading.ts'
import type { RowTaker } from '../row-taker.ts'
import { askedLayout } from './ask-columns.ts'
import { askCounts, hasPair, refuseCounts, type UnclearTable } from './ask-counts.ts'
import { countGroups, faultIn, readCounts, type CountGroup, type PlacedColumn } from './count-groups.ts'
import { countPlaces, type CountPlaces } from './count-places.ts'
import { DataElements } from './data-elements.ts'
import type { FacilityLayout } from './facility-layout.ts'
import type { FacilityKey } from './facility-names.ts'
import { layoutFindings } from './layout-findings.ts'
import { PlaceRegister, type SeenFacility, type SeenWard } from './place-register.ts'
import { ReportMerger } from './report-merger.ts'
import { ReportStore } from './report-store.ts'
import { whyNoReport, type NamedRow } from './row-kinds.ts'
import { RowNotes } from './row-notes.ts'

const MOST_PERIODS = 512
const SHOWN_REFUSED = 1_000
const LONGEST_NAME = 200
const SAMPLE_ROWS = 40
const SAMPLES = 5
/** Names of periods and data elements are few. Beyond this they are read again each time. */
const REMEMBERED = 10_000
/** As many facilities as the register takes, if each is spelled in one way. */
const REMEMBERED_FACILITIES = 100_000
/** Longer names of all areas of a facility together are looked up each time. */
const LONGEST_REMEMBERED = 400

/** Everything that was read from the facility tables, before anything is left out as a total. */
export interface SeenReports {
  readonly store: ReportStore
  readonly places: CountPlaces
  /** The places that a table has: a pair of tested and positive people counts only if it has both. */
  readonly offered: ReadonlySet<number>
  readonly wards: readonly SeenWard[]
  readonly facilities: readonly SeenFacility[]
  readonly rows: number
  readonly refused: readonly RefusedRow[]
  readonly notes: RowNotes
  readonly findings: readonly Finding[]
  readonly columns: readonly ReadColumn[]
  readonly answers: Readonly<Record<string, string>>
  /** Questions about the columns. */
  readonly questions: readonly Question[]
  readonly hasPeriods: boolean
  /** Notes the reports that differ from another one of their facility and period. */
  noteDiffering(isLeftOut: (slot: number) => boolean): void
}

interface OpenTable {
  readonly layout: FacilityLayout
  readonly groups: readonly CountGroup[]
  /** The year that the name of the file holds, '' if none or several. */
  readonly year: string
}

interface KnownFacility {
  readonly ward: number
  readonly number: number
  readonly name: string
}

interface KnownPeriod {
  readonly period: Period
  readonly number: number
}

/** Collects the reports of facilities from the rows of one or several tables, in one pass over each. */
export class PositivityBuilder {
  readonly #choices: PositivityChoices
  readonly #level: RegExp
  readonly #places: CountPlaces
  readonly #store: ReportStore
  readonly #notes = new RowNotes()
  readonly #register = new PlaceRegister(this.#notes)
  readonly #merger: ReportMerger
  /** By the names as written: to look at names costs more than the rest of a row. */
  readonly #known = new Map<string, KnownFacility>()
  readonly #offered = new Set<number>()
  readonly #periods = new Map<string, KnownPeriod>()
  readonly #elements = new Map<string, PlacedColumn | null>()
  readonly #dataElements: DataElements
  readonly #refused: RefusedRow[] = []
  readonly #findings: Finding[] = []
  readonly #questions: Question[] = []
  /** The tables whose counts no header names. */
  readonly #unclear: UnclearTable[] = []
  readonly #answers: Readonly<Record<string, string>>
  readonly #read: Uint32Array
  #columns: readonly ReadColumn[] = []
  #rows = 0
  #hasPeriods = false

  /** `answers` are those to the questions of all tables. */
  constructor(choices: PositivityChoices, answers: Readonly<Record<string, string>>) {
    this.#choices = choices
    this.#answers = answers
    this.#dataElements = new DataElements(answers)
    this.#level = new RegExp(`\\b${choices.facilityLevel}\\b`, 'i')
    this.#places = countPlaces(choices)
    this.#store = new ReportStore(this.#places.width, MOST_PERIODS)
    this.#merger = new ReportMerger(this.#store, this.#notes, answers)
    this.#read = new Uint32Array(this.#places.width)
  }

  /** Takes the rows of one more table. */
  table(filename: string, choices: ReadingChoices): RowTaker {
    let table: OpenTable | null = null
    let samples: string[][] = []
    let sampled = 0
    return {
      header: (headers, line) => {
        samples = headers.map(() => [])
        table = this.#open(headers, line, filename, choices, samples)
      },
      row: (cells, line) => {
        if (cells.every((cell) => cell === '')) return
        this.#rows += 1
        sampled += 1
        if (sampled <= SAMPLE_ROWS) addSamples(samples, cells)
        if (table !== null) this.#row(cells, line, table)
      },
      note: (finding) => this.#findings.push(finding),
    }
  }

  /**
   * What was read. The counts of a report may still be those of a total.
   * @throws Fault `unreadable-file` when no column of a table can be what it lacks
   */
  finish(): SeenReports {
    this.#store.settleDays()
    this.#questions.push(...askCounts(this.#unclear))
    const elements = this.#dataElements.ask()
    this.#findings.push(...elements.findings)
    this.#questions.push(...elements.questions)
    return {
      store: this.#store,
      places: this.#places,
      offered: this.#offered,
      wards: this.#register.wards,
      facilities: this.#register.facilities,
      rows: this.#rows,
      refused: this.#refused,
      notes: this.#notes,
      findings: this.#findings,
      columns: this.#columns,
      answers: this.#answers,
      questions: this.#questions,
      hasPeriods: this.#hasPeriods,
      noteDiffering: (isLeftOut) => {
        this.#merger.noteDiffering(isLeftOut)
      },
    }
  }

  /**
   * Returns null while nobody knows which columns name the ward and the facility, or which count tests.
   * @throws Fault `unreadable-file` when the table counts other tests than the chosen ones
   */
  #open(
    headers: readonly string[],
    line: number,
    filename: string,
    choices: ReadingChoices,
    samples: readonly (readonly string[])[],
  ): OpenTable | null {
    const asked = new Inquiry(choices.answers)
    const { layout, isOpen } = askedLayout(headers, choices, asked, filename)
    this.#columns = layout.columns.map((column, position) => ({ ...column, sample: samples[position] ?? [] }))
    this.#findings.push(...asked.findings)
    this.#questions.push(...asked.questions)
    const groups = countGroups(layout.counts, this.#places)
    const lacksPair = !layout.isLong && !hasPair(groups.flatMap(({ columns }) => columns))
    if (lacksPair) {
      const unclear = { layout, line, filename, samples }
      if (hasPair(layout.counts)) throw refuseCounts(unclear, this.#choices)
      this.#unclear.push(unclear)
    }
    if (isOpen || lacksPair) return null
    const { places } = layout
    if (this.#choices.facilityLevel !== 'all' && !places.has('level'))
      throw new Fault('invalid-input', say('no-level-column', {}), {
        errors: [{ said: say('no-facility-levels', {}), pointer: '/facilityLevel' }],
      })
    const hasPeriods =
      places.has('period') || places.has('month') || places.has('year') || groups.some(({ period }) => period !== null)
    if (hasPeriods) this.#hasPeriods = true
    for (const { columns } of groups) for (const { place } of columns) this.#offered.add(place)
    this.#findings.push(...layoutFindings(layout, groups, hasPeriods))
    const years = [...filename.matchAll(/(?<!\d)(?:19|20)\d\d(?!\d)/g)].map(([year]) => year)
    return { layout, groups, year: years.length === 1 ? (years[0] ?? '') : '' }
  }

  #row(cells: readonly string[], line: number, { layout, groups, year }: OpenTable): void {
    const { places } = layout
    const cell = (key: FacilityKey): string => {
      const text = cells[places.get(key) ?? -1] ?? ''
      return text.length > LONGEST_NAME ? text.slice(0, LONGEST_NAME) : text
    }
    const named: NamedRow = { state: cell('state'), lga: cell('lga'), ward: cell('ward'), facility: cell('facility') }
    const spelled = `${named.state}\n${named.lga}\n${named.ward}\n${named.facility}`
    const known = this.#known.get(spelled)
    const why = known === undefined ? whyNoReport(named) : null
    if (why !== null) {
      const { ward: name } = named
      this.#notes.add(why, name === '' ? say('row-line', { line }) : say('line-and-name', { line, name }))
      return
    }
    // A period occurs in the file even if only facilities of other levels, or nobody, reported for it.
    const periods = groups.map(({ period }) => this.#period(period, cell, year))
    const longPeriod = layout.isLong ? this.#period(null, cell, year) : null
    if (this.#choices.facilityLevel !== 'all' && !this.#level.test(cell('level'))) {
      this.#notes.add('level', cell('level'))
      return
    }
    // A facility counts for completeness even if all of its rows are refused.
    const facility = known ?? this.#facility(named, spelled)
    if (longPeriod !== null) {
      const column = this.#elementColumn(cell('element'), places.get('value') ?? -1)
      if (column === null) this.#notes.add('element', cell('element'))
      else this.#report(facility, longPeriod, cells, [column], line)
      return
    }
    for (let at = 0; at < groups.length; at += 1) {
      const [group, period] = [groups[at], periods[at]]
      if (group !== undefined && period !== undefined) this.#report(facility, period, cells, group.columns, line)
    }
  }

  #facility(named: NamedRow, spelled: string): KnownFacility {
    const ward = this.#register.wardNumber(named)
    const facility = { ward, number: this.#register.facilityNumber(ward, named.facility), name: named.facility }
    if (this.#known.size < REMEMBERED_FACILITIES && spelled.length <= LONGEST_REMEMBERED)
      this.#known.set(spelled, facility)
    return facility
  }

  #report(
    { ward, number, name }: KnownFacility,
    period: KnownPeriod,
    cells: readonly string[],
    columns: readonly PlacedColumn[],
    line: number,
  ): void {
    const reason = faultIn(cells, columns)
    if (reason !== null) this.#refuse(ward, { line, facility: name, reason })
    else if (readCounts(this.#read, cells, columns, line))
      this.#merger.add(number, name, period.number, period.period, this.#read, line)
  }

  /** The place of what a row of plain data counts, null if it is not among the chosen tests. */
  #elementColumn(element: string, position: number): PlacedColumn | null {
    const known = this.#elements.get(element)
    if (known !== undefined && (known === null || known.position === position)) return known
    const test = this.#dataElements.testOf(element)
    const place = test === null ? -1 : this.#places.placeOf(test)
    const column: PlacedColumn | null =
      test === null || place === -1
        ? null
        : { ...test, name: element, position, period: null, isSettled: false, isAdded: false, place }
    if (place !== -1) this.#offered.add(place)
    if (this.#elements.size < REMEMBERED) this.#elements.set(element, column)
    return column
  }

  #refuse(ward: number, row: RefusedRow): void {
    const seen = this.#register.wards[ward]
    if (seen !== undefined) seen.refusedRows += 1
    if (this.#refused.length < SHOWN_REFUSED) this.#refused.push(row)
  }

  /** @throws Fault `too-large` when there are too many periods */
  #period(own: Period | null, cell: (key: FacilityKey) => string, year: string): KnownPeriod {
    const [named, month, ofYear] = own === null ? [cell('period'), cell('month'), cell('year')] : ['', '', '']
    const spelled = own === null ? `${named}\n${month}\n${ofYear}\n${year}` : `\n${own.kind}\n${own.key}`
    const known = this.#periods.get(spelled)
    if (known !== undefined) return known
    const period = own ?? withYear(rowPeriod(named, month, ofYear), year)
    const label = own?.key ?? labelOf(named, month, ofYear)
    const number = this.#store.periodNumber(period, label)
    if (number === -1) {
      const said = say('too-many-periods', { most: MOST_PERIODS })
      throw new Fault('too-large', say('cannot-read-facilities', { found: said }), { errors: [{ said }] })
    }
    if (this.#periods.size < REMEMBERED) this.#periods.set(spelled, { period, number })
    return { period, number }
  }
}

/** The period of a row, whose month and year may stand in columns of their own. */
function rowPeriod(named: string, month: string, year: string): Period {
  if (month === '') return readPeriod(named === '' ? year : named, named === '' ? '' : year)
  const period = readPeriod(named, year)
  if (period.kind === 'none') return readPeriod(month)
  return period.kind === 'year' ? readPeriod(month, period.key) : period
}

function labelOf(named: string, month: string, year: string): string {
  const whole = named === '' ? month : named
  return /(?:19|20)\d\d/.test(whole) ? whole : [whole, year].filter((part) => part !== '').join(' ')
}

function addSamples(samples: readonly string[][], cells: readonly string[]): void {
  cells.forEach((cell, position) => {
    const sample = samples[position]
    const text = cell.slice(0, 40)
    if (sample !== undefined && sample.length < SAMPLES && text !== '' && !sample.includes(text)) sample.push(text)
  })
}
