import { isUtf8 } from 'node:buffer'
import { TextDecoder } from 'node:util'
import { keyPlaces } from './column-names.ts'
import type { KeyName } from './column-kinds.ts'
import type { Fault } from '../fault.ts'
import type { Finding } from './finding.ts'
import { unreadable } from './unreadable.ts'

interface Field {
  readonly name: string
  readonly offset: number
  readonly length: number
}

/** The attributes of a shapefile that are keys, one map per record, and the names of all of its fields. */
export interface DbfKeys {
  readonly fields: readonly string[]
  readonly records: readonly ReadonlyMap<KeyName, string>[]
  readonly findings: readonly Finding[]
}

/**
 * Reads the key fields of a .dbf. First its header is checked against its size: the number of records, their length and
 * their fields must all lie within the file. Only keys are decoded, so a wide table costs nothing more.
 * @throws Fault `unreadable-file` when the header does not fit the file
 */
export function readDbf(dbf: Buffer, cpg: string | null, filename: string): DbfKeys {
  const broken = (found: string): Fault =>
    unreadable(filename, `its .dbf ${found}; it may have been cut off, so export it again`)
  if (dbf.length < 65) throw broken('is shorter than its own header')
  const count = dbf.readUInt32LE(4)
  const headerLength = dbf.readUInt16LE(8)
  const recordLength = dbf.readUInt16LE(10)
  if (headerLength < 65 || headerLength > dbf.length || recordLength < 2) throw broken('has a damaged header')
  if (headerLength + count * recordLength > dbf.length)
    throw broken(`declares ${String(count)} records, more than it holds`)
  const encoding = encodingOf(dbf.subarray(headerLength), cpg)
  const fields = fieldsOf(dbf.subarray(0, headerLength), encoding.decoder)
  const end = fields.reduce((sum, field) => sum + field.length, 1)
  if (fields.length === 0 || end > recordLength) throw broken('has fields that do not fit its records')
  const names = fields.map(({ name }) => name)
  const keys = keyPlaces(names)
  const records = Array.from({ length: count }, (_, record) => {
    const start = headerLength + record * recordLength
    const values = new Map<KeyName, string>()
    for (const [key, place] of keys) {
      const field = fields[place]
      if (field === undefined) continue
      const bytes = dbf.subarray(start + field.offset, start + field.offset + field.length)
      values.set(key, encoding.decoder.decode(bytes).replaceAll('\0', '').trim())
    }
    return values
  })
  return { fields: names, records, findings: encoding.findings }
}

function fieldsOf(header: Buffer, decoder: TextDecoder): Field[] {
  const fields: Field[] = []
  let offset = 1
  for (let at = 32; at + 32 <= header.length && header[at] !== 0x0d; at += 32) {
    const name = decoder.decode(header.subarray(at, at + 11)).split('\0')[0] ?? ''
    const length = header[at + 16] ?? 0
    fields.push({ name: name.trim(), offset, length })
    offset += length
  }
  return fields
}

/**
 * The encoding that the .cpg names. If there is no .cpg, or the bytes contradict it: UTF-8 if the bytes are UTF-8, else
 * Windows-1252.
 */
function encodingOf(records: Buffer, cpg: string | null): { decoder: TextDecoder; findings: Finding[] } {
  const named = cpg === null ? null : decoderFor(cpg)
  const utf8 = isUtf8(records)
  if (named !== null && (named.encoding !== 'utf-8' || utf8)) return { decoder: named, findings: [] }
  const decoder = new TextDecoder(utf8 ? 'utf-8' : 'windows-1252')
  if (cpg === null && records.every((byte) => byte < 0x80)) return { decoder, findings: [] }
  const found = cpg === null ? 'There is no .cpg file' : 'The .cpg file names an encoding that does not fit'
  return {
    decoder,
    findings: [
      { kind: 'encoding-assumed', detail: `${found}: attributes were read as ${decoder.encoding}.`, count: 1 },
    ],
  }
}

function decoderFor(cpg: string): TextDecoder | null {
  const label = cpg.slice(0, 40).trim()
  const page = /^(?:ANSI |CP)?(\d{3,5})$/i.exec(label)?.[1]
  const iso = /^ISO[ _-]?8859[ _-]?(\d{1,2})$/i.exec(label)?.[1]
  const name =
    page === '65001' ? 'utf-8' : page !== undefined ? `windows-${page}` : iso !== undefined ? `iso-8859-${iso}` : label
  try {
    return new TextDecoder(name)
  } catch {
    return null
  }
}
