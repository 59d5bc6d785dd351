import { placeOf } from '../read-text.ts'
import { unreadable } from '../unreadable.ts'
import { say } from '../../said.ts'

const LF = 10
const RECORD_SEPARATOR = 0x1e

export type Json = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** @throws Fault `unreadable-file` with the line and column at which the text is not JSON */
export function parseJson(text: Buffer, filename: string): unknown {
  try {
    return JSON.parse(text.toString('utf8'))
  } catch (cause) {
    const message = cause instanceof Error ? cause.message : ''
    const position = /position (\d{1,10})/.exec(message)?.[1]
    const isCutOff = message.startsWith('Unexpected end')
    const offset =
      position === undefined ? text.length : Buffer.byteLength(text.toString('utf8').slice(0, Number(position)))
    // The parser does not always give the position of the error.
    const where = position === undefined && !isCutOff ? {} : placeOf(text, Math.min(offset, text.length))
    throw unreadable(filename, isCutOff ? say('json-cut-off', {}) : say('no-json', {}), {
      where,
      cause,
      said: isCutOff ? say('text-ends-early', {}) : say('no-json-here', {}),
    })
  }
}

/**
 * The records of line-delimited GeoJSON: one feature a line, or one after each record separator (RFC 8142). Null if the
 * text is one JSON value.
 * @throws Fault `unreadable-file` with the line that is not JSON
 */
export function parseLines(text: Buffer, filename: string): readonly unknown[] | null {
  if (!isLineDelimited(text)) return null
  const records: unknown[] = []
  let line = 0
  for (let start = 0; start < text.length;) {
    const newline = text.indexOf(LF, start)
    const end = newline === -1 ? text.length : newline
    line += 1
    const record = text
      .toString('utf8', start, end)
      .replace(/^[\x1e\s]+/, '')
      .trim()
    start = end + 1
    if (record === '') continue
    try {
      records.push(JSON.parse(record))
    } catch (cause) {
      throw unreadable(filename, say('line-no-json', { line }), {
        where: { line },
        cause,
      })
    }
  }
  return records
}

/** Whether the text begins with a record separator, or its first line that is not blank is a whole feature. */
function isLineDelimited(text: Buffer): boolean {
  if (text[0] === RECORD_SEPARATOR) return true
  const begin = text.findIndex((byte) => byte > 0x20)
  const newline = begin === -1 ? -1 : text.indexOf(LF, begin)
  if (newline === -1 || text.subarray(newline).every((byte) => byte <= 0x20)) return false
  try {
    const first: unknown = JSON.parse(text.toString('utf8', begin, newline))
    return isObject(first) && first['type'] === 'Feature'
  } catch {
    return false
  }
}
