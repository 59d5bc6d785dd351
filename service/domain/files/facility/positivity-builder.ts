import { isBroken } from '../broken-text.ts'
import { Fault } from '../../fault.ts'
import { listed, quoted } from '../../fault-list.ts'
import type { Finding } from '../finding.ts'
import { areaForm, normalForm } from '../normal-form.ts'
import type { PositivityChoices, RefusedRow } from '../positivity.ts'
import { cellKind } from '../read-cell.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import type { ReadColumn } from '../reading/reading.ts'
import type { RowTaker } from '../row-taker.ts'
import { countPlaces, type CountPlaces } from './count-places.ts'
import { facilityLayout, type CountColumn, type FacilityKey, type FacilityLayout } from './facility-layout.ts'
import { readPeriod, type Period } from './period.ts'
import { NOT_REPORTED, ReportStore } from './report-store.ts'
import { whyNoReport } from './row-kinds.ts'
import { testColumnOf } from './test-column.ts'

const MOST_FACILITIES = 100_000
const MOST_PERIODS = 512
const SHOWN_REFUSED = 1_000
const LONGEST_NAME = 200
const EXAMPLES = 10
const SAMPLE_ROWS = 40
const SAMPLES = 5

/** The id of the question about reports of one facility and period that differ. */
export const REPEATED_REPORTS = 'duplicate-differs:reports'

export interface SeenWard {
  readonly state: string | null
  readonly lga: string | null
  readonly wardName: string
  refusedRows: number
}

export interface SeenFacility {
  readonly ward: number
  readonly name: string
}

/** Everything that was read from the facility tables, before anything is left out as a total. */
export interface SeenReports {
  readonly store: ReportStore
  readonly places: CountPlaces
  readonly wards: readonly SeenWard[]
  readonly facilities: readonly SeenFacility[]
  readonly rows: number
  readonly refused: RefusedRow[]
  readonly findings: readonly Finding[]
  readonly columns: readonly ReadColumn[]
  /** Reports of a facility and period that differ, as `facility, period: line 3 and line 9`. */
  readonly differing: readonly string[]
  readonly answers: Readonly<Record<string, string>>
  readonly hasPeriods: boolean
}

/**
 * Collects the reports of facilities from the rows of one or several tables, in one pass over each. A ward is identified
 * by its state, its LGA and its name together, a facility by its ward and its name without case and double spaces.
 */
export class PositivityBuilder {
  readonly #choices: PositivityChoices
  readonly #level: RegExp
  readonly #places: CountPlaces
  readonly #store: ReportStore
  readonly #wards: SeenWard[] = []
  readonly #wardNumbers = new Map<string, number>()
  /** Wards by their names as written: the normal form of a name costs more than the rest of a row. */
  readonly #wardSpellings = new Map<string, number>()
  readonly #facilities: SeenFacility[] = []
  readonly #facilityNumbers = new Map<string, number>()
  readonly #facilitySpellings = new Map<string, number>()
  readonly #periods = new Map<string, number>()
  readonly #refused: RefusedRow[] = []
  readonly #findings: Finding[] = []
  readonly #lists = new Map<string, string[]>()
  readonly #counts = new Map<string, number>()
  #answers: Readonly<Record<string, string>> = {}
  #columns: readonly ReadColumn[] = []
  #rows = 0
  #hasPeriods = false

  constructor(choices: PositivityChoices) {
    this.#choices = choices
    this.#level = new RegExp(`\\b${choices.facilityLevel}\\b`, 'i')
    this.#places = countPlaces(choices)
    this.#store = new ReportStore(this.#places.width, MOST_PERIODS)
  }

  /** Takes the rows of one more table. */
  table(filename: string, choices: ReadingChoices): RowTaker {
    this.#answers = { ...this.#answers, ...choices.answers }
    let layout: FacilityLayout | null = null
    const samples: string[][] = []
    let sampled = 0
    return {
      header: (headers, line) => {
        layout = this.#layout(headers, line, filename, choices)
        this.#columns = layout.columns.map((column, position) => ({ ...column, sample: (samples[position] ??= []) }))
      },
      row: (cells, line) => {
        if (layout === null || cells.every((cell) => cell.trim() === '')) return
        sampled += 1
        if (sampled <= SAMPLE_ROWS) addSamples(samples, cells)
        this.#row(cells, line, layout, filename)
      },
      note: (finding) => this.#findings.push(finding),
    }
  }

  /** What was read. The counts of a report may still be those of a total. */
  finish(): SeenReports {
    return {
      store: this.#store,
      places: this.#places,
      wards: this.#wards,
      facilities: this.#facilities,
      rows: this.#rows,
      refused: this.#refused,
      findings: [...this.#findings, ...this.#rowFindings()],
      columns: this.#columns,
      differing: this.#lists.get('differing') ?? [],
      answers: this.#answers,
      hasPeriods: this.#hasPeriods,
    }
  }

  /** @throws Fault `unreadable-file` when the header has no column for wards, facilities or the chosen tests */
  #layout(headers: readonly string[], line: number, filename: string, choices: ReadingChoices): FacilityLayout {
    const layout = facilityLayout(headers, choices, filename)
    const { places, counts } = layout
    const isLong = places.has('element') && places.has('value') && counts.length === 0
    const refuse = (found: string): Fault =>
      new Fault(
        'unreadable-file',
        `Cannot read ${filename}: ${found}; its columns are ${listed(
          headers.filter((header) => header.trim() !== ''),
          40,
        )}. Say which column is what, or upload a table with them`,
        { errors: [{ detail: found, line }] },
      )
    if (!places.has('ward')) throw refuse('no column names the ward')
    if (!places.has('facility')) throw refuse('no column names the health facility')
    const chosen = counts.filter((column) => this.#places.placeOf(column) !== -1)
    for (const count of ['tested', 'positive'] as const)
      if (!isLong && !chosen.some((column) => column.count === count))
        throw refuse(
          `no column counts people ${count === 'tested' ? 'tested' : 'found positive'} ` +
            'by the chosen method at the chosen age',
        )
    if (this.#choices.facilityLevel !== 'all' && !places.has('level'))
      throw new Fault('invalid-input', 'Cannot choose by facility level: the file has no FacilityLevel column', {
        errors: [{ detail: 'the file has no facility levels', pointer: '/facilityLevel' }],
      })
    if (places.has('period') || places.has('year') || chosen.some(({ period }) => period !== null))
      this.#hasPeriods = true
    this.#findings.push(...headerFindings(layout, chosen, this.#places, isLong))
    return { ...layout, counts: chosen }
  }

  #row(cells: readonly string[], line: number, { places, counts }: FacilityLayout, filename: string): void {
    const cell = (key: FacilityKey): string => (cells[places.get(key) ?? -1] ?? '').trim().slice(0, LONGEST_NAME)
    this.#rows += 1
    const named = { state: cell('state'), lga: cell('lga'), ward: cell('ward'), facility: cell('facility') }
    const why = whyNoReport(named)
    if (why !== null) {
      this.#list(why, `line ${String(line)}${named.ward === '' ? '' : `, ${named.ward}`}`)
      return
    }
    if (this.#choices.facilityLevel !== 'all' && !this.#level.test(cell('level'))) {
      this.#list('level', '')
      return
    }
    const ward = this.#ward(named, filename)
    // A facility counts for completeness even if all of its rows are refused.
    const facility = this.#facility(ward, named.facility, filename)
    const period = readPeriod(cell('period'), cell('year'))
    const label = cell('period') || cell('year')
    const taken = counts.length > 0 ? counts : this.#longCount(cell('element'), places)
    const reason = faultIn(cells, taken)
    if (reason !== null) {
      this.refuse(ward, { line, facility: named.facility, reason })
      return
    }
    for (const [own, columns] of Map.groupBy(taken, (column) => column.period))
      this.#report(facility, own ?? period, own === null ? label : own.key, columns, cells, line, filename)
  }

  /** The count of a row that says itself what it counts. */
  #longCount(element: string, places: ReadonlyMap<FacilityKey, number>): readonly CountColumn[] {
    const test = testColumnOf(element)
    const position = places.get('value')
    if (test === null || position === undefined || this.#places.placeOf(test) === -1) {
      this.#list('element', element)
      return []
    }
    return [{ ...test, name: element, position, period: null, isSettled: false }]
  }

  #report(
    facility: number,
    period: Period,
    label: string,
    columns: readonly CountColumn[],
    cells: readonly string[],
    line: number,
    filename: string,
  ): void {
    const read = new Map<number, number>()
    for (const column of columns) this.#readCount(read, column, cells, line)
    const number = this.#period(period, label, filename)
    const known = this.#store.find(facility, number)
    const slot = known === -1 ? this.#store.add(facility, number, line) : known
    const kept = this.#store.counts(slot)
    const isFirst = known === -1
    if (!isFirst && period.kind !== 'none' && this.#isRepeated(kept, read, facility, label, slot, line)) return
    for (const [place, value] of read) {
      const before = kept[place] ?? NOT_REPORTED
      const isAdded = before !== NOT_REPORTED && (period.kind === 'none' || this.#answers[REPEATED_REPORTS] === 'sum')
      kept[place] = isAdded ? before + value : value
    }
  }

  /** Notes a further report of a facility and period. Returns whether the first one stays as it is. */
  #isRepeated(
    kept: Uint32Array,
    read: ReadonlyMap<number, number>,
    facility: number,
    label: string,
    slot: number,
    line: number,
  ): boolean {
    const both = [...read].filter(([place]) => kept[place] !== NOT_REPORTED)
    if (both.length === 0) return false
    const name = `${this.#facilities[facility]?.name ?? ''}, ${label}`
    const where = `${name}: line ${String(this.#store.lineOf(slot))} and line ${String(line)}`
    if (both.every(([place, value]) => kept[place] === value)) {
      this.#list('repeated', where)
      return both.length === read.size
    }
    this.#list('differing', where)
    const answer = this.#answers[REPEATED_REPORTS]
    return answer !== 'sum' && answer !== 'last'
  }

  /** Two columns that count the same are one series if they never contradict each other. */
  #readCount(read: Map<number, number>, column: CountColumn, cells: readonly string[], line: number): void {
    const cell = (cells[column.position] ?? '').trim()
    if (cellKind(cell) === 'missing') return
    const value = Number(cell)
    const place = this.#places.placeOf(column)
    const before = read.get(place)
    if (before === undefined || column.isSettled) read.set(place, (before ?? 0) + value)
    else if (before !== value)
      throw new Fault(
        'unreadable-file',
        `Cannot measure: several columns count ${column.method} ${column.count} ${column.age}, and they differ, at ` +
          `line ${String(line)}: ${String(before)} and ${String(value)} in ${quoted(column.name)}. Say which of them ` +
          'counts, and set the others to "ignore"; or give each the same role to have them added up',
        { errors: [{ detail: `${quoted(column.name)} contradicts a column that counts the same`, line }] },
      )
  }

  /** Counts a report that cannot be, and lists the first of them. */
  refuse(ward: number, row: RefusedRow): void {
    const seen = this.#wards[ward]
    if (seen !== undefined) seen.refusedRows += 1
    if (this.#refused.length < SHOWN_REFUSED) this.#refused.push(row)
    this.#list('refused', '')
  }

  get refusedCount(): number {
    return this.#counts.get('refused') ?? 0
  }

  #period(period: Period, label: string, filename: string): number {
    const spelled = `${period.kind} ${period.key}`
    const known = this.#periods.get(spelled)
    if (known !== undefined) return known
    const number = this.#store.periodNumber(period, label)
    if (number === -1)
      throw new Fault('too-large', `Cannot read ${filename}: it has more than ${String(MOST_PERIODS)} periods`)
    this.#periods.set(spelled, number)
    return number
  }

  #ward({ state, lga, ward }: { state: string; lga: string; ward: string }, filename: string): number {
    const spelling = `${state}\n${lga}\n${ward}`
    const spelled = this.#wardSpellings.get(spelling)
    if (spelled !== undefined) return spelled
    if (this.#wardSpellings.size >= MOST_FACILITIES)
      throw new Fault('too-large', `Cannot read ${filename}: it has more than ${String(MOST_FACILITIES)} wards`)
    const key = JSON.stringify([areaForm(state), areaForm(lga), normalForm(ward)])
    const number = this.#wardNumbers.get(key) ?? this.#wards.length
    const known = this.#wards[number]
    if (known === undefined)
      this.#wards.push({ state: orNull(state), lga: orNull(lga), wardName: ward, refusedRows: 0 })
    else
      this.#list(
        'respelled',
        `${known.wardName}${known.lga === null ? '' : `, ${known.lga}`} = ${ward}${lga === '' ? '' : `, ${lga}`}`,
      )
    this.#wardNumbers.set(key, number)
    this.#wardSpellings.set(spelling, number)
    return number
  }

  #facility(ward: number, name: string, filename: string): number {
    const spelling = `${String(ward)}\n${name}`
    const spelled = this.#facilitySpellings.get(spelling)
    if (spelled !== undefined) return spelled
    const key = `${String(ward)}\n${name.normalize('NFC').replace(/\s+/g, ' ').toLowerCase()}`
    const number = this.#facilityNumbers.get(key) ?? this.#facilities.length
    const known = this.#facilities[number]
    if (known === undefined) this.#facilities.push({ ward, name })
    else this.#list('facility respelled', `${known.name} = ${name}`)
    if (this.#facilitySpellings.size >= MOST_FACILITIES)
      throw new Fault('too-large', `Cannot read ${filename}: it has more than ${String(MOST_FACILITIES)} facilities`)
    this.#facilityNumbers.set(key, number)
    this.#facilitySpellings.set(spelling, number)
    return number
  }

  #list(what: string, example: string): void {
    this.#counts.set(what, (this.#counts.get(what) ?? 0) + 1)
    const examples = this.#lists.get(what) ?? []
    if (example !== '' && examples.length < SHOWN_REFUSED) examples.push(example)
    this.#lists.set(what, examples)
  }

  #rowFindings(): Finding[] {
    const { facilityLevel } = this.#choices
    const details: readonly [string, Finding['kind'], string, number][] = [
      ['nameless', 'row-dropped', 'Rows without a ward or a facility were left out.', EXAMPLES],
      ['unknown', 'row-dropped', 'Rows whose ward is not known were left out: such a name is no ward.', EXAMPLES],
      [
        'summary',
        'row-dropped',
        'Rows that sum up others (called Total, Average and the like) were left out: they are not wards or facilities.',
        EXAMPLES,
      ],
      ['area', 'row-dropped', 'Rows of an LGA or a state were left out: the ward is its own LGA or state.', EXAMPLES],
      ['level', 'row-dropped', `Rows of facilities that are not ${facilityLevel} were left out.`, 0],
      ['element', 'row-dropped', 'Rows that count something else than the chosen tests were left out.', EXAMPLES],
      [
        'repeated',
        'default-used',
        'Rows that repeat a facility and a period with the same counts were counted once.',
        EXAMPLES,
      ],
      ['differing', 'default-used', 'Rows repeat a facility and a period with other counts.', EXAMPLES],
      [
        'respelled',
        'spelling-differs',
        'Wards that the facility table spells in several ways were taken as one.',
        SHOWN_REFUSED,
      ],
      [
        'facility respelled',
        'spelling-differs',
        'Facilities that differ only in capitals or spaces were taken as the same facility.',
        EXAMPLES,
      ],
    ]
    return details.flatMap(([what, kind, detail, most]): Finding[] => {
      const count = this.#counts.get(what) ?? 0
      const examples = [...new Set(this.#lists.get(what) ?? [])].slice(0, most)
      return count === 0 ? [] : [{ kind, detail, count, ...(examples.length > 0 && { examples }) }]
    })
  }
}

/** Why a row's counts cannot be counts of people; null if they can. */
function faultIn(cells: readonly string[], columns: readonly CountColumn[]): string | null {
  for (const { position } of columns) {
    const cell = (cells[position] ?? '').trim()
    // Most cells are short counts. Only the others need a closer look.
    if (/^\d{1,9}$/.test(cell)) continue
    const kind = cellKind(cell)
    if (kind === 'missing') continue
    const value = Number(cell)
    if (kind !== 'number' || value < 0 || value > 1e9 || !Number.isInteger(value))
      return `${quoted(cell)} is not a count of people`
  }
  return null
}

function addSamples(samples: string[][], cells: readonly string[]): void {
  cells.forEach((cell, position) => {
    const sample = (samples[position] ??= [])
    const text = cell.trim().slice(0, 40)
    if (sample.length < SAMPLES && text !== '' && !sample.includes(text)) sample.push(text)
  })
}

function headerFindings(
  { places, counts }: FacilityLayout,
  chosen: readonly CountColumn[],
  wanted: CountPlaces,
  isLong: boolean,
): Finding[] {
  const groups = Map.groupBy(
    chosen,
    ({ method, count, age, period }) => `${method} ${count} ${age} ${period?.key ?? ''}`,
  )
  const repeated = [...groups].filter(([, columns]) => columns.length > 1)
  const broken = counts.map(({ name }) => name).filter(isBroken)
  const lacking = isLong
    ? []
    : wanted.names.filter((name) => !chosen.some(({ method, count, age }) => name === `${method} ${count} ${age}`))
  return [
    ...repeated.map(([what, columns]): Finding => ({
      kind: 'column-renamed',
      detail:
        `${String(columns.length)} columns count ${what.trim()} and ` +
        (columns.some(({ isSettled }) => isSettled)
          ? 'were added up, because a person gave them the same role.'
          : 'were read as one: where both have a value, they agree.'),
      count: columns.length,
      examples: columns.map(({ name }) => name).slice(0, EXAMPLES),
    })),
    ...(broken.length === 0
      ? []
      : [
          {
            kind: 'text-broken' as const,
            detail: 'Headers with broken characters were read as the headers they stand for.',
            count: broken.length,
            examples: broken.slice(0, EXAMPLES),
          },
        ]),
    ...(lacking.length === 0
      ? []
      : [
          {
            kind: 'default-used' as const,
            detail: 'The file does not count these, so they are not in the figures.',
            count: lacking.length,
            examples: lacking,
          },
        ]),
    ...(places.has('lga')
      ? []
      : [
          {
            kind: 'key-assumed' as const,
            detail: 'There is no LGA column: wards are told apart by name alone.',
            count: 1,
          },
        ]),
    ...(places.has('period') || places.has('year') || chosen.some(({ period }) => period !== null)
      ? []
      : [
          {
            kind: 'key-assumed' as const,
            detail: 'There is no month column: completeness is not known.',
            count: 1,
          },
        ]),
  ]
}

function orNull(text: string): string | null {
  return text === '' ? null : text
}
