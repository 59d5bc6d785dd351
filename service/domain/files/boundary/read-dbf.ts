import { attributeEncoding } from './attribute-encoding.ts'
import type { AttributeEncoding } from './attribute-encoding.ts'
import { unreadable } from '../unreadable.ts'
import { say, type Said } from '../../said.ts'

interface Field {
  readonly name: string
  readonly offset: number
  readonly length: number
  /** `C` for text, `N` for numbers, and so on. */
  readonly type: string
}

/** The attributes of a shapefile. Values are decoded when they are asked for. */
export interface Dbf {
  readonly fields: readonly string[]
  readonly count: number
  readonly encoding: AttributeEncoding
  /** Whether a record is flagged as deleted. Its shape is deleted, too. */
  readonly isDeleted: (record: number) => boolean
  readonly value: (record: number, place: number) => string
}

const DELETED = 0x2a
const HEADER = 32
const LANGUAGE_DRIVER = 29

/**
 * Reads a .dbf. First its header is checked against its size: the number of records, their length and their fields must
 * all lie within the file. Only the values that are asked for are decoded, so a wide table costs nothing more.
 * @throws Fault `unreadable-file` when the header does not fit the file
 */
export function readDbf(dbf: Buffer, cpg: string | null, settled: string | undefined, filename: string): Dbf {
  const broken = (found: Said): Error => unreadable(filename, say('dbf-damaged', { found }))
  if (dbf.length < 65) throw broken(say('dbf-too-short', {}))
  const count = dbf.readUInt32LE(4)
  const headerLength = dbf.readUInt16LE(8)
  const recordLength = dbf.readUInt16LE(10)
  if (headerLength < 65 || headerLength > dbf.length || recordLength < 2) throw broken(say('header-damaged', {}))
  if (headerLength + count * recordLength > dbf.length) throw broken(say('dbf-of-more-records', { count }))
  const layout = layoutOf(dbf.subarray(0, headerLength))
  const end = layout.reduce((sum, field) => sum + field.length, 1)
  if (layout.length === 0 || end > recordLength) throw broken(say('dbf-fields-unfit', {}))
  const bytesOf = (record: number, { offset, length }: Field): Uint8Array => {
    const start = headerLength + record * recordLength + offset
    return trimmed(dbf.subarray(start, start + length))
  }
  const texts = layout.filter(({ type }) => type === 'C')
  const values = Array.from({ length: count }, (_, record) => texts.map((field) => bytesOf(record, field)))
    .flat()
    .filter((bytes) => bytes.some((byte) => byte >= 0x80))
  const encoding = attributeEncoding([...values, ...layout.map(({ name }) => Buffer.from(name, 'latin1'))], {
    settled,
    cpg,
    languageDriver: dbf[LANGUAGE_DRIVER] ?? 0,
  })
  return {
    fields: layout.map(({ name }) => encoding.decode(Buffer.from(name, 'latin1')).trim()),
    count,
    encoding,
    isDeleted: (record) => dbf[headerLength + record * recordLength] === DELETED,
    value: (record, place) => {
      const field = layout[place]
      return field === undefined ? '' : encoding.decode(bytesOf(record, field)).trim()
    },
  }
}

function layoutOf(header: Buffer): Field[] {
  const fields: Field[] = []
  let offset = 1
  for (let at = HEADER; at + HEADER <= header.length && header[at] !== 0x0d; at += HEADER) {
    const name = header.toString('latin1', at, at + 11).split('\0')[0] ?? ''
    const length = header[at + 16] ?? 0
    fields.push({ name, offset, length, type: String.fromCharCode(header[at + 11] ?? 0) })
    offset += length
  }
  return fields
}

/** A value without the spaces and zero bytes that fill its field. */
function trimmed(value: Buffer): Buffer {
  const zero = value.indexOf(0)
  let end = zero === -1 ? value.length : zero
  while (end > 0 && value[end - 1] === 0x20) end -= 1
  return value.subarray(0, end)
}
