import { read, type WorkBook } from '@e965/xlsx'
import { advised, unreadable } from '../unreadable.ts'
import { biffParts, outlineOf, WITHOUT_PASSWORD } from './biff-parts.ts'
import { CompoundFile } from './compound-file.ts'
import { otherKind } from './other-kinds.ts'
import { sharedTextAt, type SharedTexts } from './shared-texts.ts'
import { CellCount, SheetRows } from './sheet-rows.ts'
import { mergedOf, READ_OPTIONS, takeSheet } from './sheetjs-cells.ts'
import type { MergedCells, TableSheet, TableSource } from './table-source.ts'
import { refuseLargeWorkbook } from './workbook-limits.ts'
import { say, type PlainKind } from '../../said.ts'

type Texts = WorkBook & { readonly Strings?: SharedTexts }

/** Streams of a compound file that show that it is something else, or a workbook with a password. */
const OTHER_STREAMS: readonly (readonly [stream: string, kind: PlainKind, first?: PlainKind])[] = [
  ['EncryptedPackage', 'locked-workbook', WITHOUT_PASSWORD],
  ['WordDocument', 'doc-document'],
  ['PowerPoint Document', 'ppt-presentation'],
] as const

/**
 * Opens an old Excel workbook (.xls of Excel 5 and later). The library reads its sheets some thousand rows at a time,
 * of records that were counted before.
 * @throws Fault `unreadable-file` when it is damaged, has a password, or is another kind of compound file
 * @throws Fault `too-large` when it is larger, or its cells reach further, than the limits
 */
export function openXls(bytes: Uint8Array, filename: string): TableSource {
  refuseLargeWorkbook(bytes, filename)
  const stream = workbookStream(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), filename)
  const outline = outlineOf(stream, filename)
  const { Strings: texts = [] }: Texts = reading(outline.texts, filename, null)
  const count = new CellCount(filename)
  const sheets = outline.sheets.map(({ name, isHidden, start }): TableSheet => {
    const rows = new SheetRows()
    const merged: MergedCells[] = []
    const textAt = sharedTextAt(texts, filename, name)
    for (const part of biffParts(stream, start, outline, count, filename)) {
      const [sheet] = Object.values(reading(part, filename, name).Sheets)
      if (sheet === undefined) continue
      takeSheet(sheet, { rows, count, unsolved: [], isFrom1904: outline.isFrom1904, textAt })
      merged.push(...mergedOf(sheet))
    }
    const eachRow: TableSheet['eachRow'] = (take, most) => {
      rows.eachRow(take, most)
    }
    return { name, isHidden, merged, unsolved: [], eachRow }
  })
  return { sheets, encoding: null, delimiter: null, findings: [] }
}

function workbookStream(bytes: Buffer, filename: string): Buffer {
  const file = new CompoundFile(bytes, filename)
  const stream = file.stream('Workbook') ?? file.stream('Book')
  if (stream !== null) return stream
  const other = OTHER_STREAMS.find(([name]) => file.names.includes(name))
  throw otherKind(filename, other?.[1] ?? 'compound-no-workbook', other?.[2])
}

function reading(workbook: Buffer, filename: string, sheet: string | null): WorkBook {
  try {
    return read(workbook, READ_OPTIONS)
  } catch (cause) {
    const found = advised(say('workbook-of-unknown-form', {}), 'save-again-as-xlsx-or-csv')
    throw unreadable(filename, found, { where: sheet === null ? {} : { sheet }, cause })
  }
}
