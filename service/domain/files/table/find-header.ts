import { keyOf } from '../column-names.ts'
import { isFacilityKey } from '../facility/facility-names.ts'
import { explainsColumns } from './explaining-row.ts'
import { joinDown, type HeadRow } from './join-header.ts'
import type { TableSheet } from './table-source.ts'
import { textOf } from './table-source.ts'

/** How many rows are looked at for the header. */
export const HEAD_ROWS = 60

/** Where the header of a sheet stands. */
export interface FoundHeader {
  /** The names as they were written, two rows joined, with '' for columns without one. */
  readonly names: readonly string[]
  /** The line of its first row and of its last. */
  readonly firstLine: number
  readonly line: number
  /** The first cells of the rows above it that hold anything. */
  readonly above: readonly string[]
  /** The line of the row of HXL tags below it; null if there is none. */
  readonly tagLine: number | null
  /** The line of the row below it that gives units or numbers the columns; null if there is none. */
  readonly unitLine: number | null
  /** Whether it names a column that says which ward or facility a row is about. */
  readonly isKnown: boolean
  /** Whether rows follow it. */
  readonly hasRows: boolean
}

/** The first rows of a sheet that hold anything. */
export function headOf(sheet: TableSheet, most = HEAD_ROWS): readonly HeadRow[] {
  const rows: HeadRow[] = []
  sheet.eachRow((cells, line) => {
    const texts = cells.map(textOf)
    if (texts.some((text) => text !== ''))
      rows.push({ texts, line, isTyped: cells.map((cell) => typeof cell !== 'string') })
  }, most)
  return rows
}

/**
 * Finds the header in the first rows of a sheet: the first row that names the column of wards or facilities, or else
 * the
 * first that is about as wide as the table. Null if nothing is there.
 */
export function findHeader(head: readonly HeadRow[], sheet: TableSheet): FoundHeader | null {
  const named = head.findIndex((row) => filled(row) > 1 && row.texts.some(isKey))
  const isHeader = namesRows(head[named]?.texts ?? [], head.slice(named + 1))
  const widest = Math.max(0, ...head.map(filled))
  const wide = head.findIndex((row) => filled(row) >= Math.max(1, Math.ceil(widest / 2)))
  const place = isHeader ? named : wide
  return place === -1 ? null : headerAt(head, place, sheet)
}

/** The header that stands at `line`, on its first or its last row; null if no row begins there. */
export function headerAtLine(head: readonly HeadRow[], line: number, sheet: TableSheet): FoundHeader | null {
  const place = head.findIndex((row) => row.line === line)
  if (place === -1) return null
  const isLastRow = place > 0 && joinDown(head, place - 1, sheet.merged).last === place
  return headerAt(head, isLastRow ? place - 1 : place, sheet)
}

function headerAt(head: readonly HeadRow[], place: number, sheet: TableSheet): FoundHeader | null {
  const joined = joinDown(head, place, sheet.merged)
  const last = head[joined.last]
  if (last === undefined) return null
  const tags = head[joined.last + 1]
  const isTagged = tags !== undefined && isTagRow(tags.texts)
  const next = joined.last + (isTagged ? 2 : 1)
  const units = head[next]
  const isExplained = units !== undefined && explainsColumns(units, head.slice(next + 1))
  return {
    names: withoutTrailingBlanks(joined.names),
    firstLine: head[joined.first]?.line ?? last.line,
    line: last.line,
    above: head.slice(0, joined.first).map(({ texts }) => texts.find((text) => text !== '') ?? ''),
    tagLine: isTagged ? tags.line : null,
    unitLine: isExplained ? units.line : null,
    isKnown: namesRows(joined.names, head.slice(joined.last + 1)),
    hasRows: head.length > next,
  }
}

/**
 * Whether a row names the column of wards or of facilities. A list of columns with their meanings does not: there more
 * such names follow below.
 */
function namesRows(names: readonly string[], below: readonly HeadRow[]): boolean {
  return names.some((name, column) => isKey(name) && !below.some(({ texts }) => isKey(texts[column] ?? '')))
}

function isKey(name: string): boolean {
  const key = keyOf(name)
  return key === 'wardName' || key === 'wardCode' || (key === null && isFacilityKey(name))
}

/** Whether all cells of a row are tags of the Humanitarian Exchange Language: `#adm3+name`. */
function isTagRow(texts: readonly string[]): boolean {
  const tags = texts.filter((text) => text !== '')
  return tags.length > 0 && tags.every((text) => /^#[a-z][a-z0-9_]*(?:\s*\+\s*[a-z][a-z0-9_]*)*$/i.test(text))
}

function filled({ texts }: HeadRow): number {
  return texts.filter((text) => text !== '').length
}

function withoutTrailingBlanks(names: readonly string[]): readonly string[] {
  return names.slice(0, names.findLastIndex((name) => name !== '') + 1)
}
