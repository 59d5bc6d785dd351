import { isBroken } from './broken-text.ts'
import { ColumnBuilder } from './column-builder.ts'
import { WARD_NAMES } from './column-kinds.ts'
import type { KeyName } from './column-kinds.ts'
import { keyOf, keyPlaces } from './column-names.ts'
import { Fault } from '../fault.ts'
import { anyOf, FaultList, listed, quoted } from '../fault-list.ts'
import type { Finding } from './finding.ts'
import type { TableFormat } from './formats.ts'
import { labelWards } from './label-wards.ts'
import { LineRanges } from './line-ranges.ts'
import { isMissing } from './read-cell.ts'
import { NO_READING } from './reading/reading.ts'
import type { RowTaker } from './row-taker.ts'
import { isSummaryName } from './summary-row.ts'
import type { WardColumn, WardKeys, WardTable } from './ward-table.ts'
import { MOST_WARDS, MOST_COLUMNS, tooManyColumns } from './table-limits.ts'
import { unreadable } from './unreadable.ts'
/** A spreadsheet saved with its empty rows has up to about a million. */
const MOST_DROPPED = 1_100_000
const LONGEST_NAME = 200
const LONGEST_HEADER = 200
const FORBIDDEN: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype'])
const EXAMPLES = 10

interface Slot {
  readonly position: number
  readonly key: KeyName | null
  readonly cells: string[]
  readonly column: ColumnBuilder
}

/**
 * Builds a ward table from a header and rows of text cells of any file, in one pass. Everything that it leaves out or
 * renames becomes a finding.
 */
export class WardTableBuilder implements RowTaker {
  readonly #format: TableFormat
  readonly #filename: string
  readonly #faults = new FaultList()
  readonly #findings: Finding[] = []
  readonly #slots: Slot[] = []
  readonly #lines: number[] = []
  readonly #blank = new LineRanges()
  readonly #nameless = new LineRanges()
  readonly #summaries = new LineRanges()
  #places: ReadonlyMap<KeyName, number> = new Map()
  #width = 0

  constructor(format: TableFormat, filename: string) {
    this.#format = format
    this.#filename = filename
  }

  /**
   * Reads the header at `line`. Empty headers are left out. Repeated headers are renamed `name (2)`. Both are findings.
   * @throws Fault `unreadable-file` when a name cannot be used or there is no ward column
   * @throws Fault `too-large` when there are too many columns
   */
  header(headers: readonly string[], line: number): void {
    this.#width = headers.length
    if (headers.length > MOST_COLUMNS) throw tooManyColumns(this.#filename, headers.length, line)
    const names = headers.map((header) => header.trim())
    const used = new Set(names)
    const taken = new Set<string>()
    const places = keyPlaces(names)
    this.#places = places
    const unnamed: string[] = []
    names.forEach((name, index) => {
      const position = index + 1
      if (name === '') {
        unnamed.push(`column ${String(position)}`)
        return
      }
      if (FORBIDDEN.has(name))
        this.#faults.add({ detail: `a column may not be called ${quoted(name)}`, line, column: position })
      if (name.length > LONGEST_HEADER)
        this.#faults.add({ detail: `the header ${quoted(name)} is longer than 200 characters`, line, column: position })
      const unique = taken.has(name) ? nextFreeName(name, used) : name
      if (unique !== name)
        this.note({
          kind: 'column-renamed',
          detail: `Column ${String(position)} repeats the header ${quoted(name)} and is shown as ${quoted(unique)}.`,
          count: 1,
        })
      taken.add(unique)
      used.add(unique)
      const key = keyOf(name)
      const isTaken = key !== null && places.get(key) === index
      if (key !== null && !isTaken)
        this.note({
          kind: 'key-assumed',
          detail:
            `${quoted(unique)} was not used: ` +
            `${quoted(names[places.get(key) ?? 0] ?? '')} says the same of a ward.`,
          count: 1,
        })
      this.#slots.push({ position, key: isTaken ? key : null, cells: [], column: new ColumnBuilder(unique, position) })
    })
    if (unnamed.length > 0) {
      this.note({
        kind: 'column-dropped',
        detail: 'Columns without a header were left out.',
        count: unnamed.length,
        examples: unnamed,
      })
    }
    this.#faults.throwIfAny(
      'unreadable-file',
      `Cannot read ${this.#filename}: its header has names that cannot be used`,
    )
    if (!places.has('wardName') && !places.has('wardCode')) throw noWardColumn(this.#filename, names, line)
    if (!places.has('wardName')) {
      this.note({
        kind: 'key-assumed',
        detail: 'There is no WardName column: wards are shown by their WardCode.',
        count: 1,
      })
    }
  }

  note(finding: Finding): void {
    this.#findings.push(finding)
  }

  /**
   * Reads the row that begins at `line`.
   * @throws Fault `too-large` when there are too many rows
   */
  row(cells: readonly string[], line: number): void {
    const trimmed = cells.map((cell) => cell.trim())
    if (trimmed.every(isMissing)) {
      this.#drop(this.#blank, line)
      return
    }
    if (!this.#fits(trimmed, line)) return
    const cellsOf = (keys: readonly KeyName[]): string[] =>
      keys.map((key) => trimmed[this.#places.get(key) ?? -1] ?? '').filter((cell) => !isMissing(cell))
    const named = cellsOf(['wardName', 'wardCode'])
    if (named.length === 0) {
      this.#drop(this.#nameless, line)
      return
    }
    const areas = cellsOf(['lga', 'state'])
    if (named.every((cell) => isSummaryName(cell, areas))) {
      this.#drop(this.#summaries, line)
      return
    }
    if (this.#lines.length >= MOST_WARDS) {
      throw new Fault(
        'too-large',
        `Cannot read ${this.#filename}: it has more than ${String(MOST_WARDS)} rows; a ward table has one row a ward`,
        {
          errors: [{ detail: `row ${String(MOST_WARDS + 1)} begins here`, line }],
        },
      )
    }
    this.#lines.push(line)
    for (const slot of this.#slots) this.#take(slot, trimmed[slot.position - 1] ?? '', line)
  }

  /**
   * Returns the finished table.
   * @throws Fault `unreadable-file` when there are fewer than two wards, or lines that cannot be used (each is named)
   */
  finish(): WardTable {
    if (this.#width === 0) throw unreadable(this.#filename, 'it holds no header and no rows')
    const columns = this.#slots.map(({ column }) => column.finish(this.#faults))
    this.#refuseRepeatedCodes()
    this.#faults.throwIfAny(
      'unreadable-file',
      `Cannot read ${this.#filename}: ${String(this.#faults.count)} of its cells or rows cannot be used`,
    )
    if (this.#lines.length < 2) throw tooFewWards(this.#filename, this.#lines.length)
    const keys = this.#keys()
    const labelled = labelWards(keys, this.#lines)
    this.#report(columns, labelled.duplicates)
    this.#reportBroken(columns, keys)
    return {
      format: this.#format,
      rows: this.#lines.length,
      lines: Uint32Array.from(this.#lines),
      keyColumns: this.#slots.flatMap(({ key }, index) => (key === null ? [] : [columns[index]?.name ?? ''])),
      keys,
      labels: labelled.labels,
      duplicates: labelled.duplicates,
      columns,
      positivity: [],
      findings: this.#findings,
      reading: NO_READING,
      questions: [],
    }
  }

  #fits(cells: readonly string[], line: number): boolean {
    if (cells.length < this.#width || cells.slice(this.#width).some((cell) => cell !== '')) {
      this.#faults.add({
        detail: `line ${String(line)} has ${String(cells.length)} columns where the header has ${String(this.#width)}`,
        line,
      })
      return false
    }
    return true
  }

  #take(slot: Slot, cell: string, line: number): void {
    slot.column.add(cell, line)
    if (slot.key === null) return
    if (cell.length > LONGEST_NAME)
      this.#faults.add({ detail: 'a name or code is longer than 200 characters', line, column: slot.position })
    slot.cells.push(isMissing(cell) ? '' : cell.slice(0, LONGEST_NAME))
  }

  #cellsOf(key: KeyName): readonly string[] | null {
    return this.#slots.find((slot) => slot.key === key)?.cells ?? null
  }

  #keys(): WardKeys {
    const wardCode = this.#cellsOf('wardCode')
    const wardName = this.#cellsOf('wardName') ?? wardCode ?? []
    return {
      wardCode,
      wardName: wardName.map((name, row) => (name === '' ? (wardCode?.[row] ?? '') : name)),
      lga: this.#cellsOf('lga'),
      lgaCode: this.#cellsOf('lgaCode'),
      state: this.#cellsOf('state'),
      stateCode: this.#cellsOf('stateCode'),
    }
  }

  #refuseRepeatedCodes(): void {
    const slot = this.#slots.find(({ key }) => key === 'wardCode')
    const firstLine = new Map<string, number>()
    slot?.cells.forEach((code, row) => {
      const line = this.#lines[row] ?? 0
      const first = firstLine.get(code)
      if (code === '') return
      if (first === undefined) firstLine.set(code, line)
      else
        this.#faults.add({
          detail: `the ward code ${quoted(code)} is already on line ${String(first)}`,
          line,
          column: slot.position,
        })
    })
  }

  #report(columns: readonly WardColumn[], duplicates: readonly string[]): void {
    this.#reportRows(this.#blank, 'Empty rows were left out.')
    this.#reportRows(this.#nameless, 'Rows without a ward name or code were left out.')
    this.#reportRows(
      this.#summaries,
      'Rows that sum up others (called Total, Average and the like) were left out: they are not wards.',
    )
    for (const { name, type, reason, missing } of columns) {
      if (reason !== null && keyOf(name) === null)
        this.note({ kind: 'column-refused', detail: `${quoted(name)} is not an indicator: ${reason}.`, count: 1 })
      if (reason === null && missing > 0) {
        this.note({
          kind: 'missing-values',
          detail:
            `${quoted(name)} has ${String(missing)} missing of ${String(this.#lines.length)} ` +
            `${type === 'number' ? 'values' : 'cells'}.`,
          count: missing,
        })
      }
    }
    if (duplicates.length > 0) {
      this.note({
        kind: 'duplicate-ward',
        detail: 'Ward names that repeat are shown with their code, LGA or line in brackets.',
        count: duplicates.length,
        examples: duplicates.slice(0, EXAMPLES),
      })
    }
  }

  /**
   * Reports text that looks as if another program had read it in the wrong encoding. It is kept, but may not match any
   * boundary.
   */
  #reportBroken(columns: readonly WardColumn[], keys: WardKeys): void {
    const broken = [...columns.map(({ name }) => name), ...keys.wardName, ...(keys.lga ?? [])].filter(isBroken)
    if (broken.length > 0)
      this.note({
        kind: 'text-broken',
        detail: 'Headers or names look as if they had been read in the wrong encoding; they were kept as they came.',
        count: broken.length,
        examples: [...new Set(broken)].slice(0, EXAMPLES),
      })
  }

  #drop(rows: LineRanges, line: number): void {
    rows.add(line)
    if (rows.count > MOST_DROPPED)
      throw new Fault(
        'too-large',
        `Cannot read ${this.#filename}: more than ${String(MOST_DROPPED)} of its rows hold no ward`,
      )
  }

  #reportRows(rows: LineRanges, detail: string): void {
    if (rows.count > 0) this.note({ kind: 'row-dropped', detail, count: rows.count, examples: rows.names() })
  }
}

function nextFreeName(name: string, used: ReadonlySet<string>): string {
  for (let copy = 2; ; copy += 1) {
    const candidate = `${name} (${String(copy)})`
    if (!used.has(candidate)) return candidate
  }
}

function noWardColumn(filename: string, headers: readonly string[], line: number): Fault {
  const named = headers.filter((header) => header !== '')
  const found = named.length === 0 ? 'no named column' : listed(named)
  // A title above the table is alone in its row.
  const advice = named.length > 1 ? '' : '; the first row has to hold the names of the columns: delete titles above it'
  return new Fault(
    'unreadable-file',
    `Cannot read ${filename}: no column is called ${anyOf(WARD_NAMES)}; found ${found}${advice}`,
    {
      errors: [{ detail: 'the header has no ward column', line }],
    },
  )
}

function tooFewWards(filename: string, rows: number): Fault {
  const found = rows === 0 ? 'it has a header but no ward' : 'it has one ward'
  return new Fault('unreadable-file', `Cannot read ${filename}: ${found}; a ranking compares at least two`, {
    errors: [{ detail: found, line: rows + 1 }],
  })
}
