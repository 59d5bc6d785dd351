import { isBroken } from './broken-text.ts'
import { FACILITY_KINDS, POSITIVITY } from './column-kinds.ts'
import type { FacilityKey } from './column-kinds.ts'
import { facilityKeyPlaces, isFacilityKey, testColumnOf } from './facility-columns.ts'
import type { TestAge, TestColumn, TestMethod } from './facility-columns.ts'
import { Fault } from '../fault.ts'
import { anyOf, listed, quoted } from '../fault-list.ts'
import type { Finding } from './finding.ts'
import { areaForm, normalForm } from './normal-form.ts'
import { wilson } from './positivity.ts'
import type { Positivity, PositivityChoices, PositivityFlag, RefusedRow, WardPositivity } from './positivity.ts'
import { cellKind } from './read-cell.ts'
import { NO_READING } from './reading/reading.ts'
import type { RowTaker } from './row-taker.ts'
import { isSummaryName } from './summary-row.ts'
import { unreadable } from './unreadable.ts'

const MOST_FACILITIES = 100_000
const MOST_MONTHS = 240
const SHOWN_REFUSED = 1_000
const LISTED_REFUSED = 100
const LONGEST_NAME = 200
const EXAMPLES = 10
const METHODS: readonly TestMethod[] = ['rdt', 'microscopy'] as const
const AGES: readonly TestAge[] = ['u5', 'o5', 'pw'] as const

/** Sums of one facility: tested and positive by method. */
interface Facility {
  readonly tested: Record<TestMethod, number>
  readonly positive: Record<TestMethod, number>
  readonly months: Set<number>
}

interface Ward {
  readonly lga: string | null
  readonly wardName: string
  readonly facilities: Map<string, Facility>
  refusedRows: number
}

interface CountColumn extends TestColumn {
  readonly position: number
  /** The index of its sum in a row's sums, by method, age and count. */
  readonly place: number
}

/**
 * Measures test positivity from a header and rows of text cells, in one pass. Memory grows with the number of
 * facilities, not of rows. A ward is identified by its LGA and its name together. Columns that count the same are
 * summed.
 */
export class PositivityBuilder implements RowTaker {
  readonly #filename: string
  readonly #choices: PositivityChoices
  #keys: ReadonlyMap<FacilityKey, number> = new Map()
  /** The columns of the chosen ages and methods. */
  #columns: readonly CountColumn[] = []
  readonly #level: RegExp
  readonly #wards = new Map<string, Ward>()
  /** Wards by their names as written: the normal form of a name costs more than the rest of a row. */
  readonly #spellings = new Map<string, Ward>()
  readonly #months = new Map<string, number>()
  readonly #refused: RefusedRow[] = []
  readonly #findings: Finding[] = []
  readonly #sums = new Float64Array(METHODS.length * AGES.length * 2)
  readonly #respelled: string[] = []
  #refusedCount = 0
  #rows = 0
  #facilities = 0
  #otherLevel = 0
  #nameless = 0
  #summaries = 0
  #repeatedMonths = 0

  constructor(filename: string, choices: PositivityChoices) {
    this.#filename = filename
    this.#choices = choices
    this.#level = new RegExp(`\\b${choices.facilityLevel}\\b`, 'i')
  }

  /**
   * Reads the header at `line`.
   * @throws Fault `unreadable-file` when it has no column for wards, facilities or the chosen tests
   * @throws Fault `invalid-input` when a facility level was chosen and it has no column of levels
   */
  header(headers: readonly string[], line: number): void {
    const { age, method } = this.#choices
    this.#keys = facilityKeyPlaces(headers)
    this.#columns = headers.flatMap((header, position): CountColumn[] => {
      const column = isFacilityKey(header) ? null : testColumnOf(header)
      const isChosen = (age === 'all' || column?.age === age) && (method === 'both' || column?.method === method)
      return column !== null && isChosen ? [{ ...column, position, place: placeOf(column) }] : []
    })
    const refuse = (found: string): Fault =>
      new Fault(
        'unreadable-file',
        `Cannot read ${this.#filename}: ${found}; its columns are ${listed(
          headers.filter((header) => header.trim() !== ''),
          40,
        )}`,
        { errors: [{ detail: found, line }] },
      )
    if (!this.#keys.has('ward')) throw refuse(`no column is called ${anyOf(FACILITY_KINDS.ward)}`)
    if (!this.#keys.has('facility')) throw refuse(`no column is called ${anyOf(FACILITY_KINDS.facility)}`)
    for (const count of ['tested', 'positive'] as const)
      if (!this.#columns.some((column) => column.count === count))
        throw refuse(
          `no column counts people ${count === 'tested' ? 'tested' : 'found positive'} ` +
            'by the chosen method at the chosen age',
        )
    if (this.#choices.facilityLevel !== 'all' && !this.#keys.has('level'))
      throw new Fault('invalid-input', 'Cannot choose by facility level: the file has no FacilityLevel column', {
        errors: [{ detail: 'the file has no facility levels', pointer: '/facilityLevel' }],
      })
    this.#reportColumns(headers)
  }

  note(finding: Finding): void {
    this.#findings.push(finding)
  }

  /** Reads the row that begins at `line`. */
  row(cells: readonly string[], line: number): void {
    const cell = (key: FacilityKey): string => (cells[this.#keys.get(key) ?? -1] ?? '').trim().slice(0, LONGEST_NAME)
    if (cells.every((value) => value.trim() === '')) return
    this.#rows += 1
    const month = cell('month')
    if (month !== '' && !this.#months.has(month)) this.#months.set(month, this.#months.size)
    if (this.#months.size > MOST_MONTHS)
      throw new Fault('too-large', `Cannot read ${this.#filename}: it has more than ${String(MOST_MONTHS)} months`)
    if (cell('ward') === '' || cell('facility') === '') {
      this.#nameless += 1
      return
    }
    if (isSummaryName(cell('ward')) || isSummaryName(cell('facility'))) {
      this.#summaries += 1
      return
    }
    const { facilityLevel } = this.#choices
    if (facilityLevel !== 'all' && !this.#level.test(cell('level'))) {
      this.#otherLevel += 1
      return
    }
    const ward = this.#ward(cell('lga'), cell('ward'))
    // A facility counts for completeness even if all of its rows are refused.
    const facility = this.#facility(ward, cell('facility'))
    const counts = this.#read(cells)
    if (typeof counts === 'string') {
      ward.refusedRows += 1
      this.#refusedCount += 1
      if (this.#refused.length < SHOWN_REFUSED) this.#refused.push({ line, facility: cell('facility'), reason: counts })
      return
    }
    this.#add(facility, counts, this.#months.get(month))
  }

  /**
   * Returns the measured wards, in the order of their first rows.
   * @throws Fault `unreadable-file` when there is no row with a ward and a facility of the chosen level
   */
  finish(): Positivity {
    if (this.#columns.length === 0) throw unreadable(this.#filename, 'it holds no header and no rows')
    if (this.#wards.size === 0)
      throw unreadable(this.#filename, 'it has no row with a ward and a facility of the chosen level')
    const { facilityLevel, age, method } = this.#choices
    const rowFindings: readonly [number, string, string[]?][] = [
      [this.#nameless, 'Rows without a ward or a facility were left out.'],
      [
        this.#summaries,
        'Rows that sum up others (called Total, Average and the like) were left out: ' +
          'they are not wards or facilities.',
      ],
      [this.#otherLevel, `Rows of facilities that are not ${facilityLevel} were left out.`],
      [
        this.#refusedCount,
        'Rows with impossible counts were refused.',
        this.#refused
          .slice(0, LISTED_REFUSED)
          .map(({ line, facility, reason }) => `line ${String(line)}, ${facility}: ${reason}`),
      ],
    ]
    return {
      choices: this.#choices,
      column: [POSITIVITY, age, method, ...(facilityLevel === 'all' ? [] : [facilityLevel])].join('_'),
      rows: this.#rows,
      facilities: this.#facilities,
      months: [...this.#months.keys()],
      wards: [...this.#wards.values()].map((ward) => this.#measure(ward)),
      refused: this.#refused,
      refusedCount: this.#refusedCount,
      findings: [
        ...this.#findings,
        ...rowFindings
          .filter(([count]) => count > 0)
          .map(([count, detail, examples]): Finding => ({
            kind: 'row-dropped',
            detail,
            count,
            ...(examples !== undefined && { examples }),
          })),
        ...this.#takenTogether(),
      ],
      reading: NO_READING,
      questions: [],
    }
  }

  /** Reports rows and spellings that were combined. */
  #takenTogether(): Finding[] {
    return [
      ...(this.#repeatedMonths === 0
        ? []
        : [
            {
              kind: 'default-used' as const,
              detail: 'Rows that repeat a facility and a month were added up.',
              count: this.#repeatedMonths,
            },
          ]),
      ...(this.#respelled.length === 0
        ? []
        : [
            {
              kind: 'spelling-differs' as const,
              detail: 'Wards that the facility table spells in several ways were taken as one.',
              count: this.#respelled.length,
              examples: this.#respelled.slice(0, SHOWN_REFUSED),
            },
          ]),
    ]
  }

  #reportColumns(headers: readonly string[]): void {
    const same = Map.groupBy(this.#columns, ({ method, count, age }) => `${method} ${count} ${age}`)
    for (const [what, columns] of same) {
      if (columns.length > 1)
        this.#findings.push({
          kind: 'column-renamed',
          detail: `${String(columns.length)} columns count ${what} and were added up.`,
          count: columns.length,
          examples: columns.map(({ position }) => headers[position] ?? '').slice(0, EXAMPLES),
        })
    }
    const broken = this.#columns.map(({ position }) => headers[position] ?? '').filter(isBroken)
    if (broken.length > 0)
      this.#findings.push({
        kind: 'text-broken',
        detail: 'Headers with broken characters were read as the headers they stand for.',
        count: broken.length,
        examples: broken.slice(0, EXAMPLES),
      })
    const ages = this.#choices.age === 'all' ? AGES : [this.#choices.age]
    const methods = this.#choices.method === 'both' ? METHODS : [this.#choices.method]
    const wanted = ages.flatMap((age) =>
      methods.flatMap((method) => (['tested', 'positive'] as const).map((count) => `${method} ${count} ${age}`)),
    )
    const lacking = wanted.filter((what) => !same.has(what))
    if (lacking.length > 0)
      this.#findings.push({
        kind: 'default-used',
        detail: 'The file does not count these, so they are not in the figures.',
        count: lacking.length,
        examples: lacking,
      })
    if (!this.#keys.has('lga'))
      this.#findings.push({
        kind: 'key-assumed',
        detail: 'There is no LGA column: wards are told apart by name alone.',
        count: 1,
      })
    if (!this.#keys.has('month'))
      this.#findings.push({
        kind: 'key-assumed',
        detail: 'There is no month column: completeness is not known.',
        count: 1,
      })
  }

  #ward(lga: string, name: string): Ward {
    const spelling = `${lga}\n${name}`
    const spelled = this.#spellings.get(spelling)
    if (spelled !== undefined) return spelled
    if (this.#spellings.size >= MOST_FACILITIES)
      throw new Fault('too-large', `Cannot read ${this.#filename}: it has more than ${String(MOST_FACILITIES)} wards`)
    const key = JSON.stringify([areaForm(lga), normalForm(name)])
    const known = this.#wards.get(key)
    if (known !== undefined)
      this.#respelled.push(
        `${known.wardName}${known.lga === null ? '' : `, ${known.lga}`} = ${name}${lga === '' ? '' : `, ${lga}`}`,
      )
    const ward = known ?? {
      lga: lga === '' ? null : lga,
      wardName: name,
      facilities: new Map<string, Facility>(),
      refusedRows: 0,
    }
    this.#wards.set(key, ward)
    this.#spellings.set(spelling, ward)
    return ward
  }

  /** Reads the row's sums by method and whether anything was reported, or the reason why the row is refused. */
  #read(
    cells: readonly string[],
  ): { tested: Record<TestMethod, number>; positive: Record<TestMethod, number>; reported: boolean } | string {
    const tested = { rdt: 0, microscopy: 0 }
    const positive = { rdt: 0, microscopy: 0 }
    this.#sums.fill(0)
    let reported = false
    for (const { position, place, method, count } of this.#columns) {
      const cell = (cells[position] ?? '').trim()
      // Most cells are short counts. Only the others need a closer look.
      const isPlain = /^\d{1,9}$/.test(cell)
      const kind = isPlain ? 'number' : cellKind(cell)
      if (kind === 'missing') continue
      const value = Number(cell)
      if (kind !== 'number' || value < 0 || !Number.isInteger(value)) return `${quoted(cell)} is not a count of people`
      reported = true
      this.#sums[place] = (this.#sums[place] ?? 0) + value
      if (count === 'tested') tested[method] += value
      else positive[method] += value
    }
    for (const { place, method, count, age } of this.#columns) {
      // The sum of the tested comes directly before the sum of the positive.
      const before = this.#sums[place - 1] ?? 0
      const found = this.#sums[place] ?? 0
      if (count === 'positive' && found > before)
        return `${String(found)} positive of ${String(before)} tested (${method} ${age})`
    }
    return { tested, positive, reported }
  }

  #facility(ward: Ward, name: string): Facility {
    const known = ward.facilities.get(name)
    if (known !== undefined) return known
    this.#facilities += 1
    if (this.#facilities > MOST_FACILITIES)
      throw new Fault(
        'too-large',
        `Cannot read ${this.#filename}: it has more than ${String(MOST_FACILITIES)} facilities`,
      )
    const facility: Facility = {
      tested: { rdt: 0, microscopy: 0 },
      positive: { rdt: 0, microscopy: 0 },
      months: new Set(),
    }
    ward.facilities.set(name, facility)
    return facility
  }

  #add(
    facility: Facility,
    counts: { tested: Record<TestMethod, number>; positive: Record<TestMethod, number>; reported: boolean },
    month: number | undefined,
  ): void {
    for (const method of METHODS) {
      facility.tested[method] += counts.tested[method]
      facility.positive[method] += counts.positive[method]
    }
    if (!counts.reported || month === undefined) return
    if (facility.months.has(month)) this.#repeatedMonths += 1
    facility.months.add(month)
  }

  #measure(ward: Ward): WardPositivity {
    const facilities = [...ward.facilities.values()]
    const { tested, positive } = this.#choices.age === 'all' ? allAges(facilities) : oneAge(facilities)
    const tpr = tested > 0 ? (100 * positive) / tested : null
    const interval = wilson(positive, tested)
    const possible = facilities.length * this.#months.size
    const completeness =
      possible === 0 ? null : (100 * facilities.reduce((sum, { months }) => sum + months.size, 0)) / possible
    const flags: PositivityFlag[] = [
      ...(tpr !== null && tpr > 80 ? ['positivity above 80' as const] : []),
      ...(completeness !== null && completeness < 50 ? ['completeness below 50' as const] : []),
      ...(ward.refusedRows > 0 ? ['rows refused' as const] : []),
    ]
    return {
      lga: ward.lga,
      wardName: ward.wardName,
      facilities: facilities.length,
      tested,
      positive,
      tpr,
      low: interval?.low ?? null,
      high: interval?.high ?? null,
      completeness,
      refusedRows: ward.refusedRows,
      flags,
    }
  }
}

function placeOf({ method, age, count }: TestColumn): number {
  return (METHODS.indexOf(method) * AGES.length + AGES.indexOf(age)) * 2 + (count === 'positive' ? 1 : 0)
}

/** Takes at each facility the larger of both methods' tested and the larger of their positive. Sums over the ward. */
function oneAge(facilities: readonly Facility[]): { tested: number; positive: number } {
  return {
    tested: facilities.reduce((sum, { tested }) => sum + Math.max(tested.rdt, tested.microscopy), 0),
    positive: facilities.reduce((sum, { positive }) => sum + Math.max(positive.rdt, positive.microscopy), 0),
  }
}

/** Sums over the ward by method, and takes the method with the larger positivity. */
function allAges(facilities: readonly Facility[]): { tested: number; positive: number } {
  const [rdt, microscopy] = METHODS.map((method) => ({
    tested: facilities.reduce((sum, { tested }) => sum + tested[method], 0),
    positive: facilities.reduce((sum, { positive }) => sum + positive[method], 0),
  })) as [{ tested: number; positive: number }, { tested: number; positive: number }]
  const rate = ({ tested, positive }: { tested: number; positive: number }): number =>
    tested === 0 ? -1 : positive / tested
  return rate(microscopy) > rate(rdt) ? microscopy : rdt
}
