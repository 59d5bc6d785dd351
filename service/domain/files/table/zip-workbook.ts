import { otherKind } from './other-kinds.ts'
import { readZip } from '../read-zip.ts'
import { openOds } from './ods-source.ts'
import type { TableSource } from './table-source.ts'
import { refuseLargeWorkbook, WORKBOOK_LIMITS } from './workbook-limits.ts'
import { openXlsx } from './xlsx-source.ts'
import type { PlainKind } from '../../said.ts'

/** The parts of a workbook that hold tables; drawings, comments, links and the like stay packed. */
const WANTED = [
  /^\[Content_Types\]\.xml$/i,
  /^_rels\/\.rels$/,
  /^xl\/(?:_rels\/)?[\w-]+\.xml(?:\.rels)?$/i,
  /^xl\/worksheets\/[\w-]+\.xml$/i,
  /^(?:mimetype|META-INF\/manifest\.xml|content\.xml|styles\.xml)$/,
] as const

/** Files that a ZIP of another kind has. */
const OTHER_ZIPS: readonly (readonly [entry: RegExp, kind: PlainKind, first?: PlainKind])[] = [
  [/^xl\/workbook\.bin$/, 'xlsb-workbook', 'open-in-spreadsheet'],
  [/^word\//, 'word-document'],
  [/^ppt\//, 'presentation'],
  [/^Index(?:\/Document\.iwa|\.zip)$/, 'numbers-document', 'open-in-numbers'],
  [/\.kml$/i, 'kmz-file', 'send-as-boundaries'],
  [/\.shp$/i, 'zipped-shapefile', 'send-as-boundaries-or-dbf'],
  [/\.(?:csv|tsv|xlsx?|ods)$/i, 'zipped-table', 'unpack-it'],
] as const

/**
 * Opens an XLSX or ODS workbook. It is unpacked and counted before the library sees it.
 * @throws Fault `unreadable-file` when it is not a workbook or is damaged
 * @throws Fault `too-large` when it is larger, or its cells reach further, than the limits
 */
export async function openZipWorkbook(bytes: Uint8Array, filename: string): Promise<TableSource> {
  refuseLargeWorkbook(bytes, filename)
  const limits = { totalBytes: WORKBOOK_LIMITS.unpackedBytes }
  const { files, others } = await readZip(bytes, filename, limits, (name) => WANTED.some((wanted) => wanted.test(name)))
  if (files.has('xl/workbook.xml')) return openXlsx(files, filename)
  const content = files.get('content.xml')
  const kind = files.get('mimetype')?.toString('latin1') ?? ''
  if (content !== undefined && !/opendocument\.(?!spreadsheet)/.test(kind)) return openOds(content, files, filename)
  const entries = [...files.keys(), ...others]
  const other = OTHER_ZIPS.find(([entry]) => entries.some((name) => entry.test(name)))
  if (other !== undefined) throw otherKind(filename, other[1], other[2])
  throw otherKind(filename, content === undefined ? 'zip-no-workbook' : 'opendocument-no-spreadsheet')
}
