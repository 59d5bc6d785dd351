import { ods, xlsx } from '../test/support/spreadsheets.ts'
import { biffStream, compoundFile, rowRecords, wholeNumbers } from '../test/support/xls.ts'

const MIB = 1024 * 1024
const COUNTS = ['RDT tested <5yrs', 'RDT positive <5yrs'] as const
const FACILITY_HEADER = ['State', 'LGA', 'Ward', 'HealthFacility', 'periodname', ...COUNTS] as const
const MONTHS_OF_FACILITY = 40

/** As many rows as fit. */
function textOf(
  bytes: number,
  header: readonly string[],
  cellsOf: (row: number) => readonly string[],
  encoding: 'utf8' | 'latin1' = 'utf8',
): Buffer {
  const text = Buffer.alloc(bytes)
  let end = text.write(`${header.join(',')}\n`)
  for (let row = 0; ; row += 1) {
    const line = `${cellsOf(row).join(',')}\n`
    if (end + Buffer.byteLength(line, encoding) > bytes) return text.subarray(0, end)
    end += text.write(line, end, encoding)
  }
}

function monthOf(row: number): string {
  const month = row % MONTHS_OF_FACILITY
  return `${String(2020 + Math.floor(month / 12))}-${String((month % 12) + 1).padStart(2, '0')}`
}

function facilityCells(row: number, facility: string): readonly string[] {
  const number = Math.floor(row / MONTHS_OF_FACILITY)
  const ward = number % 9_500
  const areas = ['Kano State', `LGA ${String(ward % 774)}`, `Ward ${String(ward)}`]
  return [...areas, `${facility} ${String(number)}`, monthOf(row), String(50 + (row % 50)), String(row % 50)]
}

/** A row for each facility and month, as DHIS2 gives them. */
export function facilitiesText(bytes: number): Buffer {
  return textOf(bytes, FACILITY_HEADER, (row) => facilityCells(row, 'Primary Health Centre'))
}

/** The same in Windows-1252, with names of letters that take two bytes in UTF-8. */
export function facilitiesCp1252(bytes: number): Buffer {
  return textOf(bytes, FACILITY_HEADER, (row) => facilityCells(row, `Santé ${'é'.repeat(40)}`), 'latin1')
}

/** Reports without a month, all of them different. */
export function facilitiesWithoutMonths(bytes: number): Buffer {
  return textOf(bytes, ['LGA', 'Ward', 'HealthFacility', ...COUNTS], (row) => [
    'LGA',
    'Ward',
    `C${String(row % 90_000)}`,
    String(row + 5),
    String(row % 50),
  ])
}

export function facilitiesXls(): Uint8Array {
  const header = ['Ward', 'HealthFacility', 'periodname', ...COUNTS, ...namesOf(25)]
  const records = [rowRecords(0, header)]
  for (let row = 1; row < 65_536; row += 1) {
    const facility = Math.floor(row / 12)
    const period = `2023-${String((row % 12) + 1).padStart(2, '0')}`
    records.push(rowRecords(row, [`Ward ${String(facility % 900)}`, `Clinic ${String(facility)}`, period]))
    records.push(wholeNumbers(row, 3, [50, row % 50, ...Array.from({ length: 25 }, (_, at) => row + at)]))
  }
  return compoundFile(biffStream(Buffer.concat(records)))
}

/** 9,500 wards with as many columns of numbers as fit. */
export function wardsText(bytes: number): Buffer {
  const columns = Math.floor((bytes / 9_500 - 20) / 9)
  const header = `WardName,${namesOf(columns).join(',')}\n`
  const text = Buffer.alloc(bytes)
  let offset = text.write(header)
  for (let row = 0; row < 9_500; row += 1) {
    const cells = Array.from({ length: columns }, (_, at) => valueAt(row, at).toFixed(1).slice(0, 8))
    offset += text.write(`W${String(row).padStart(5, '0')},${cells.join(',')}\n`, offset)
  }
  return text.subarray(0, text.lastIndexOf('\n') + 1 || offset)
}

/** Months of 9,000 wards with 20 columns of digits: many cells in few bytes. */
export function wardMonths(bytes: number): Buffer {
  return textOf(bytes, ['WardName', 'period', ...namesOf(17)], (row) => [
    `W${String(row % 9_000)}`,
    monthOf(Math.floor(row / 9_000)),
    ...Array.from({ length: 17 }, (_, at) => valueAt(row, at).toFixed(1)),
  ])
}

/** Wards with columns of texts, all of them different. */
export function wardTexts(bytes: number): Buffer {
  return textOf(bytes, ['WardName', 'LGA', ...namesOf(30)], (row) =>
    Array.from({ length: 32 }, (_, at) => `t${String(row * 32 + at)}`),
  )
}

const SHEET_ROWS = 9_999

export function wardsOds(): Uint8Array {
  return ods([['WardName', ...namesOf(29)], ...sheetRows()])
}

export function wardsXlsx(): Uint8Array {
  return xlsx([{ name: 'Wards', rows: [['WardName', ...namesOf(29)], ...sheetRows()] }])
}

function sheetRows(): readonly (readonly (string | number)[])[] {
  return Array.from({ length: SHEET_ROWS }, (_, row) => [
    `Ward ${String(row)}`,
    ...Array.from({ length: 29 }, (_column, at) => valueAt(row, at) / 7),
  ])
}

function namesOf(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `c${String(at)}`)
}

/** A whole number below a million that neighbouring cells do not share. */
function valueAt(row: number, column: number): number {
  return (row * 7_919 + column * 104_729) % 999_983
}

export const FACILITY_BYTES = 128 * MIB
export const WARD_BYTES = 64 * MIB
