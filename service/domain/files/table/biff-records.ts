import { unreadable } from '../unreadable.ts'
import { say, type Said } from '../../said.ts'

/** The records of a workbook (MS-XLS, 2.3) that are read or passed on. */
export const RECORD = {
  begin: 0x0809,
  end: 0x000a,
  continued: 0x003c,
  password: 0x002f,
  sheet: 0x0085,
  date1904: 0x0022,
  codePage: 0x0042,
  format: 0x041e,
  cellFormat: 0x00e0,
  sharedTexts: 0x00fc,
  number: 0x0203,
  rk: 0x027e,
  rks: 0x00bd,
  text: 0x0204,
  richText: 0x00d6,
  sharedText: 0x00fd,
  booleanOrError: 0x0205,
  formula: 0x0006,
  formulaText: 0x0207,
  merged: 0x00e5,
} as const

/** One record: its number, and its data. */
export interface BiffRecord {
  readonly type: number
  readonly data: Buffer
  /** The record with its number and length. */
  readonly whole: Buffer
}

/**
 * The records from `start` to the end of its part of the stream, without those of parts within it, such as charts.
 * @throws Fault `unreadable-file` when no part begins there, or a record reaches beyond the stream
 */
export function* recordsFrom(stream: Buffer, start: number, filename: string): Generator<BiffRecord> {
  const damaged = (how: Said): Error => unreadable(filename, say('workbook-damaged', { how }))
  let depth = 0
  for (let at = start; ;) {
    if (at + 4 > stream.length) throw damaged(say('sheet-without-end', {}))
    const type = stream.readUInt16LE(at)
    const end = at + 4 + stream.readUInt16LE(at + 2)
    if (end > stream.length) throw damaged(say('record-cut-off', {}))
    if (at === start && type !== RECORD.begin) throw damaged(say('sheet-begins-elsewhere', {}))
    if (type === RECORD.begin) depth += 1
    if (depth === 1) yield { type, data: stream.subarray(at + 4, end), whole: stream.subarray(at, end) }
    if (type === RECORD.end) depth -= 1
    if (depth === 0) return
    at = end
  }
}

/** A record of `type` with `data`. */
export function recordOf(type: number, data: Buffer): Buffer {
  const whole = Buffer.alloc(4 + data.length)
  whole.writeUInt16LE(type, 0)
  whole.writeUInt16LE(data.length, 2)
  data.copy(whole, 4)
  return whole
}
