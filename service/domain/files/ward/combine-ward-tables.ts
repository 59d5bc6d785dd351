import { labelWards } from '../label-wards.ts'
import { refuseTooMany } from '../table-limits.ts'
import type { WardColumn, WardKeys, WardTable } from '../ward-table.ts'
import { say } from '../../said.ts'
import { makeFinding } from '../finding.ts'
import { combineColumns } from './combine-columns.ts'
import { findDuplicates } from './duplicates.ts'
import { Inquiry } from '../reading/inquiry.ts'
import { KEY_OF_ROLE } from './key-of-column.ts'
import { textColumn } from './raw-table.ts'
import type { RoledColumn, Rows } from './roled-table.ts'
import { reportDuplicates } from './ward-findings.ts'

const NO_CODE = 255

/**
 * Makes one table of several, one below the other: one file an LGA, or one a state. Columns of one name are one column;
 * where a table lacks it, its cells are missing. Keys are put together by what they are, whatever their headers.
 * Lines count on from table to table, because a ward is found by its line. A ward that two tables have is a duplicate:
 * `answers` settles which counts.
 * @throws Fault `too-large` when together they have more wards than are ranked
 */
export function combineWardTables(
  tables: readonly WardTable[],
  answers: Readonly<Record<string, string>> = {},
): WardTable {
  const [first] = tables
  if (first === undefined) throw new RangeError('there is no table to combine')
  if (tables.length === 1) return first
  const inquiry = new Inquiry(answers)
  const lines = linesOf(tables)
  refuseTooMany([...lines], 'the files together')
  const keys = combinedKeys(tables)
  const names = [...new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))]
  const columns = names.map((name) =>
    combineColumns(
      name,
      tables.map((table) => ({ rows: table.rows, column: table.columns.find((column) => column.name === name) })),
    ),
  )
  const keyColumns = [...new Set(tables.flatMap((table) => table.keyColumns))]
  reportParts(tables, lines, keyColumns, inquiry)
  const roles = new Map(tables.flatMap(({ reading }) => reading.columns.map(({ name, role }) => [name, role] as const)))
  const rows: Rows = {
    lines: [...lines],
    columns: [
      ...Object.entries(KEY_OF_ROLE).flatMap(([role, key], index): RoledColumn[] => {
        const cells = keys[key]
        const position = index - Object.keys(KEY_OF_ROLE).length
        return cells === null ? [] : [{ ...textColumn(role, position, cells), role: role as keyof typeof KEY_OF_ROLE }]
      }),
      ...columns.flatMap((column, index): RoledColumn[] =>
        keyColumns.includes(column.name)
          ? []
          : [{ ...comparable(column, lines.length, index + 1), role: roles.get(column.name) ?? 'value' }],
      ),
    ],
  }
  const dropped = findDuplicates(rows, inquiry)
  const kept = [...lines.keys()].filter((row) => !dropped.has(row))
  const keptKeys = takeKeys(keys, kept)
  const keptLines = Uint32Array.from(kept, (row) => lines[row] ?? 0)
  const { labels, duplicates } = labelWards(keptKeys, keptLines)
  reportDuplicates(duplicates, inquiry)
  return {
    format: first.format,
    rows: kept.length,
    lines: keptLines,
    keyColumns,
    keys: keptKeys,
    labels,
    duplicates,
    columns: columns.map((column) => takeCells(column, kept)),
    positivity: [],
    findings: [...tables.flatMap(({ findings }) => findings), ...inquiry.findings],
    reading: first.reading,
    questions: [
      ...new Map(
        [...tables.flatMap((table) => table.questions), ...inquiry.questions].map((question) => [
          question.id,
          question,
        ]),
      ).values(),
    ],
  }
}

/** Lines that no two rows share: those of each table follow the last one of the table before. */
function linesOf(tables: readonly WardTable[]): Uint32Array {
  let before = 0
  return Uint32Array.from(
    tables.flatMap((table) => {
      const lines = Array.from(table.lines, (line) => before + line)
      before = Math.max(before, ...lines.slice(-1))
      return lines
    }),
  )
}

function combinedKeys(tables: readonly WardTable[]): WardKeys {
  const cells = (key: keyof WardKeys): string[] | null =>
    tables.every(({ keys }) => keys[key] === null)
      ? null
      : tables.flatMap(({ keys, rows }) => keys[key] ?? Array.from({ length: rows }, () => ''))
  return {
    wardName: cells('wardName') ?? [],
    wardCode: cells('wardCode'),
    lga: cells('lga'),
    lgaCode: cells('lgaCode'),
    state: cells('state'),
    stateCode: cells('stateCode'),
  }
}

/** Says where each table begins, and which columns some table lacks. */
function reportParts(
  tables: readonly WardTable[],
  lines: Uint32Array,
  keyColumns: readonly string[],
  inquiry: Inquiry,
): void {
  let row = 0
  const starts = tables.map((table) => {
    const start = say('rows-from-line', { rows: table.rows, line: lines[row] ?? 0 })
    row += table.rows
    return start
  })
  inquiry.note(
    makeFinding('rows-combined', say('tables-put-together', { tables: tables.length }), {
      count: tables.length,
      examples: starts,
    }),
  )
  const names = new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)))
  const lacking = [...names].filter(
    (name) =>
      !keyColumns.includes(name) && tables.some(({ columns }) => !columns.some((column) => column.name === name)),
  )
  if (lacking.length > 0)
    inquiry.note(
      makeFinding('missing-values', say('columns-of-some-files', {}), {
        count: lacking.length,
        examples: lacking.slice(0, 50),
      }),
    )
}

/** The cells of a column in the form in which rows are compared. */
function comparable(
  { name, numbers, categories, codes }: WardColumn,
  rows: number,
  position: number,
): Omit<RoledColumn, 'role'> {
  return {
    name,
    position,
    numbers: numbers ?? new Float64Array(rows).fill(NaN),
    texts:
      codes === null || categories === null
        ? null
        : { codes: Uint32Array.from(codes, (code) => (code === NO_CODE ? 0 : code + 1)), values: ['', ...categories] },
  }
}

function takeKeys(keys: WardKeys, rows: readonly number[]): WardKeys {
  const take = (cells: readonly string[]): string[] => rows.map((row) => cells[row] ?? '')
  return {
    wardName: take(keys.wardName),
    wardCode: keys.wardCode && take(keys.wardCode),
    lga: keys.lga && take(keys.lga),
    lgaCode: keys.lgaCode && take(keys.lgaCode),
    state: keys.state && take(keys.state),
    stateCode: keys.stateCode && take(keys.stateCode),
  }
}

function takeCells(column: WardColumn, rows: readonly number[]): WardColumn {
  return {
    ...column,
    numbers: column.numbers && Float64Array.from(rows, (row) => column.numbers?.[row] ?? NaN),
    codes: column.codes && Uint8Array.from(rows, (row) => column.codes?.[row] ?? NO_CODE),
  }
}
