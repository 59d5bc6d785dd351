type XlsCell = string | number | null

const NONE = 0xffffffff
const END = 0xfffffffe
const TABLE = 0xfffffffd
const SECTOR = 512

function record(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4)
  head.writeUInt16LE(type, 0)
  head.writeUInt16LE(data.length, 2)
  return Buffer.concat([head, data])
}

const words = (...values: number[]): Buffer => Buffer.from(Uint16Array.from(values).buffer)

function begin(kind: number): Buffer {
  return record(0x0809, Buffer.concat([words(0x0600, kind, 0, 0), Buffer.alloc(8)]))
}

function cell(value: XlsCell, row: number, column: number): Buffer {
  if (value === null) return Buffer.alloc(0)
  if (typeof value === 'string') {
    // As Excel does, one byte a letter where one is enough.
    const isWide = /[^\u0000-\u00ff]/.test(value)
    const text = Buffer.from(value, isWide ? 'utf16le' : 'latin1')
    return record(0x0204, Buffer.concat([words(row, column, 0, value.length), Buffer.from([Number(isWide)]), text]))
  }
  const number = Buffer.alloc(8)
  number.writeDoubleLE(value)
  return record(0x0203, Buffer.concat([words(row, column, 0), number]))
}

/** The records of a row of whole numbers from `first`, in one record, as Excel writes them. */
export function wholeNumbers(row: number, first: number, values: readonly number[]): Buffer {
  const cells = Buffer.alloc(6 * values.length)
  values.forEach((value, at) => cells.writeInt32LE(value * 4 + 2, at * 6 + 2))
  return record(0x00bd, Buffer.concat([words(row, first), cells, words(first + values.length - 1)]))
}

export function rowRecords(row: number, cells: readonly XlsCell[]): Buffer {
  return Buffer.concat(cells.map((value, column) => cell(value, row, column)))
}

/** The stream of a workbook of BIFF8 with one sheet of these records. `globals` come before the sheets are named. */
export function biffStream(records: Buffer, globals: Buffer = Buffer.alloc(0), sheetAt?: number): Buffer {
  const name = Buffer.from('Wards', 'latin1')
  const entry = (start: number): Buffer => {
    const head = Buffer.alloc(8)
    head.writeUInt32LE(start, 0)
    head.writeUInt8(name.length, 6)
    return record(0x0085, Buffer.concat([head, name]))
  }
  const end = record(0x000a, Buffer.alloc(0))
  const start = begin(5).length + globals.length + entry(0).length + end.length
  return Buffer.concat([begin(5), globals, entry(sheetAt ?? start), end, begin(0x10), records, end])
}

export { record as biffRecord }

/** A compound file with one stream: the directory in sector 0, the stream behind it, then the table of sectors. */
export function compoundFile(stream: Buffer, name = 'Workbook'): Buffer {
  const padded = Buffer.concat([stream, Buffer.alloc(Math.max(4096, stream.length) - stream.length)])
  const sectors = Math.ceil(padded.length / SECTOR)
  let tables = 1
  while ((1 + sectors + tables + Math.max(0, Math.ceil((tables - 109) / 127))) / 128 > tables) tables += 1
  const extra = Math.max(0, Math.ceil((tables - 109) / 127))
  const table = new Uint32Array(tables * 128).fill(NONE)
  table[0] = END
  for (let at = 1; at <= sectors; at += 1) table[at] = at === sectors ? END : at + 1
  const firstTable = 1 + sectors
  for (let at = 0; at < tables; at += 1) table[firstTable + at] = TABLE
  const places = Array.from({ length: tables }, (_, at) => firstTable + at)
  const header = Buffer.alloc(SECTOR, 0)
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(header)
  words(0x3e, 3, 0xfffe, 9, 6).copy(header, 24)
  Buffer.from(Uint32Array.of(0, tables, 0, 0, 4096, END, 0, extra > 0 ? firstTable + tables : END, extra).buffer).copy(
    header,
    40,
  )
  for (let at = 0; at < 109; at += 1) header.writeUInt32LE(places[at] ?? NONE, 76 + at * 4)
  const more = Array.from({ length: extra }, (_, at) => {
    const own = new Uint32Array(128).fill(NONE)
    own.set(places.slice(109 + at * 127, 109 + (at + 1) * 127))
    own[127] = at === extra - 1 ? END : firstTable + tables + at + 1
    return Buffer.from(own.buffer)
  })
  const entry = (title: string, kind: number, start: number, size: number, child: number): Buffer => {
    const own = Buffer.alloc(128)
    own.write(title, 0, 'utf16le')
    own.writeUInt16LE(title.length * 2 + 2, 64)
    own[66] = kind
    for (const [at, value] of [
      [68, NONE],
      [72, NONE],
      [76, child],
      [116, start],
      [120, size],
    ] as const)
      own.writeUInt32LE(value, at)
    return own
  }
  const directory = Buffer.alloc(SECTOR)
  entry('Root Entry', 5, END, 0, 1).copy(directory)
  entry(name, 2, 1, padded.length, NONE).copy(directory, 128)
  const body = Buffer.alloc(sectors * SECTOR)
  padded.copy(body)
  return Buffer.concat([header, directory, body, Buffer.from(table.buffer), ...more])
}

/** An .xls workbook of one sheet. */
export function xls(rows: readonly (readonly XlsCell[])[]): Buffer {
  return compoundFile(biffStream(Buffer.concat(rows.map((cells, row) => rowRecords(row, cells)))))
}
