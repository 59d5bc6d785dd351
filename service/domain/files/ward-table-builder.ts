import { Fault } from '../fault.ts'
import { advised, unreadable } from './unreadable.ts'
import { FaultList } from '../fault-list.ts'
import { say } from '../said.ts'
import { eitherOf, listedOr } from '../said-lists.ts'
import { WARD_NAMES } from './column-kinds.ts'
import { makeFinding, type Finding } from './finding.ts'
import type { TableFormat } from './formats.ts'
import { labelWards } from './label-wards.ts'
import { LineRanges } from './line-ranges.ts'
import { isMissing } from './read-cell.ts'
import type { ReadingChoices } from './reading/choices.ts'
import { NO_READING } from './reading/reading.ts'
import type { RowTaker } from './row-taker.ts'
import { MOST_CELLS, MOST_COLUMNS, refuseTooMany, tooManyColumns } from './table-limits.ts'
import { nameColumns } from './ward/header-names.ts'
import { Inquiry } from './reading/inquiry.ts'
import { RawColumnCollector } from './ward/raw-table.ts'
import { readColumns } from './ward/read-columns.ts'
import { isKeyHeader } from './ward/role-names.ts'
import type { RoledColumn, Rows } from './ward/roled-table.ts'
import { settleRows } from './ward/settle-rows.ts'
import { takeRoles } from './ward/take-roles.ts'
import { TextBudget } from './ward/text-budget.ts'
import { wardColumns, wardKeysOf } from './ward/ward-columns.ts'
import { reportBroken, reportColumns, reportDuplicates } from './ward/ward-findings.ts'
import type { WardTable } from './ward-table.ts'

/** A spreadsheet saved with its empty rows has up to about a million. */
const MOST_DROPPED = 1_100_000
/** A table of wards and months, or DHIS2's plain data, has many rows a ward. */
const MOST_ROWS = 500_000

/**
 * Builds a ward table from a header and rows of text cells of any file. The rows are kept by column until the last one,
 * because what a column or a row is shows only among all others. Everything that is left out or assumed becomes a
 * finding, and what only a person can know a question.
 */
export class WardTableBuilder implements RowTaker {
  readonly #format: TableFormat
  readonly #filename: string
  readonly #choices: ReadingChoices
  readonly #faults = new FaultList()
  readonly #inquiry: Inquiry
  readonly #lines: number[] = []
  readonly #blank = new LineRanges()
  #slots: readonly { readonly position: number; readonly cells: RawColumnCollector }[] = []
  #headers: readonly string[] = []
  #headerLine = 0

  constructor(format: TableFormat, filename: string, choices: ReadingChoices = {}) {
    this.#format = format
    this.#filename = filename
    this.#choices = choices
    this.#inquiry = new Inquiry(choices.answers)
  }

  /**
   * Reads the header at `line`.
   * @throws Fault `unreadable-file` when a name cannot be used
   * @throws Fault `too-large` when there are too many columns
   */
  header(headers: readonly string[], line: number): void {
    if (headers.length > MOST_COLUMNS) throw tooManyColumns(this.#filename, headers.length, line)
    this.#headers = headers.map((header) => header.trim())
    this.#headerLine = line
    const named = nameColumns(this.#headers, line, this.#inquiry, this.#faults)
    this.#faults.throwIfAny(
      'unreadable-file',
      say('cannot-read', { filename: this.#filename, found: say('header-unusable', {}) }),
    )
    const budget = new TextBudget(this.#filename)
    this.#slots = named.map(({ name, position }) => {
      const role = this.#choices.columns?.[name]
      const isNaming = role !== undefined && !['value', 'data value', 'ignore'].includes(role)
      return { position, cells: new RawColumnCollector(name, position, isNaming || isKeyHeader(name), budget) }
    })
  }

  note(finding: Finding): void {
    this.#inquiry.note(finding)
  }

  /**
   * Reads the row that begins at `line`.
   * @throws Fault `too-large` when there are too many rows, cells or texts
   */
  row(cells: readonly string[], line: number): void {
    const trimmed = cells.map((cell) => cell.trim())
    if (trimmed.every(isMissing)) {
      this.#blank.add(line)
      if (this.#blank.count > MOST_DROPPED)
        throw new Fault(
          'too-large',
          say('cannot-read', { filename: this.#filename, found: say('rows-without-wards', { most: MOST_DROPPED }) }),
        )
      return
    }
    if (!this.#fits(trimmed, line)) return
    this.#lines.push(line)
    if (this.#lines.length > MOST_ROWS) refuseTooMany(this.#lines, this.#filename, MOST_ROWS)
    if (this.#lines.length * this.#slots.length > MOST_CELLS) throw tooManyCells(this.#filename, line)
    for (const { position, cells: collector } of this.#slots) collector.add(trimmed[position - 1] ?? '')
  }

  /**
   * Returns the finished table.
   * @throws Fault `unreadable-file` when there are fewer than two wards, or lines that cannot be used (each is named)
   * @throws Fault `invalid-input` when a person gave a column a role that it cannot have
   * @throws Fault `too-large` when there are too many wards
   */
  finish(): WardTable {
    if (this.#headers.length === 0) throw unreadable(this.#filename, say('no-header-no-rows', {}))
    const inquiry = this.#inquiry
    if (this.#blank.count > 0)
      inquiry.note(
        makeFinding('row-dropped', say('rows-empty', {}), { count: this.#blank.count, examples: this.#blank.names() }),
      )
    const raw = this.#slots.map(({ cells }) => cells.finish())
    this.#slots = []
    const { roles, isSaid, isOpen } = takeRoles(raw, this.#choices, inquiry)
    if (!isSaid) this.#refuseWithoutWards(raw.length)
    const settled = new Set(raw.flatMap(({ name }, index) => (roles[index]?.guessed === false ? [name] : [])))
    const columns = raw.map((column, index): RoledColumn => ({ ...column, role: roles[index]?.role ?? 'ignore' }))
    const read: Rows = {
      lines: this.#lines,
      columns: columns.filter(({ name, role }) => role !== 'ignore' || !settled.has(name)),
    }
    const rows = isOpen ? namedByLine(read) : settleRows(read, this.#filename, inquiry)
    refuseTooMany(rows.lines, this.#filename)
    const table = wardColumns({ ...rows, columns: rows.columns.filter(isOfFile) }, settled, this.#faults)
    this.#faults.throwIfAny(
      'unreadable-file',
      say('cannot-read', { filename: this.#filename, found: say('cells-unusable', { count: this.#faults.count }) }),
    )
    if (rows.lines.length < 2) throw tooFewWards(this.#filename, rows.lines.length)
    const { keys, keyColumns } = wardKeysOf(rows)
    const { labels, duplicates } = labelWards(keys, rows.lines)
    reportColumns(table, keyColumns, rows.lines.length, inquiry)
    reportDuplicates(duplicates, inquiry)
    reportBroken(table, keys, inquiry)
    return {
      format: this.#format,
      rows: rows.lines.length,
      lines: Uint32Array.from(rows.lines),
      keyColumns,
      keys,
      labels,
      duplicates,
      columns: table,
      positivity: [],
      findings: inquiry.findings,
      reading: { ...NO_READING, columns: readColumns(raw, roles) },
      questions: inquiry.questions,
    }
  }

  #fits(cells: readonly string[], line: number): boolean {
    const width = this.#headers.length
    if (cells.length < width || cells.slice(width).some((cell) => cell !== '')) {
      this.#faults.add({
        said: say('row-of-other-width', { line, columns: cells.length, width }),
        line,
      })
      return false
    }
    return true
  }

  /** A list, a letter or a title is no table of wards whose columns a person could name. */
  #refuseWithoutWards(columns: number): void {
    if (columns < 2 || this.#lines.length < 2) throw noWardColumn(this.#filename, this.#headers, this.#headerLine)
  }
}

function isOfFile({ position }: RoledColumn): boolean {
  return position > 0
}

/** Rows whose wards nobody has named yet. They are shown by their lines, and the open question stops their use. */
function namedByLine(rows: Rows): Rows {
  const names = new RawColumnCollector('line', 0, true)
  for (const line of rows.lines) names.add(`line ${String(line)}`)
  return { ...rows, columns: [{ ...names.finish(), role: 'ward name' }, ...rows.columns] }
}

function noWardColumn(filename: string, headers: readonly string[], line: number): Fault {
  const named = headers.filter((header) => header !== '')
  const found = listedOr(named, 12, say('no-named-column', {}))
  // A title above the table is alone in its row.
  const advice = named.length > 1 ? '' : say('names-in-first-row', {})
  return unreadable(filename, say('no-ward-column', { wanted: eitherOf(WARD_NAMES), ...found, advice }), {
    said: say('header-without-ward', {}),
    where: { line },
  })
}

function tooManyCells(filename: string, line: number): Fault {
  const said = say('too-many-cells', { most: MOST_CELLS })
  return new Fault(
    'too-large',
    say('cannot-read', {
      filename,
      found: advised(said, 'leave-out-columns-or-months'),
    }),
    { errors: [{ said, line }] },
  )
}

function tooFewWards(filename: string, rows: number): Fault {
  const found = rows === 0 ? say('header-but-no-ward', {}) : say('only-one-ward', {})
  return unreadable(filename, say('too-few-wards', { found }), { said: found, where: { line: rows + 1 } })
}
