import t from 'tap'
import { strToU8, zipSync } from 'fflate'
import { Fault } from '../../service/domain/fault.ts'
import { readRows } from '../support/read-rows.ts'
import { biffRecord, biffStream, compoundFile } from '../support/xls.ts'

const zip = (...names: readonly string[]): Uint8Array =>
  zipSync(Object.fromEntries(names.map((name) => [name, strToU8('x')])))
const text = (first: string): Uint8Array => Buffer.from(`${first} and more`, 'latin1')

t.test('a file of another kind is named as what it is, with what to do', async (t) => {
  for (const [kind, bytes, filename] of [
    ['a PDF document', text('%PDF-1.7'), 'w.csv'],
    ['a picture (PNG)', text('\x89PNG'), 'w.csv'],
    ['a picture (JPEG)', text('\xff\xd8\xff'), 'w.csv'],
    ['a picture (GIF)', text('GIF89a'), 'w.csv'],
    ['a picture (TIFF)', text('II*\0'), 'w.csv'],
    ['a text document (RTF)', text('{\\rtf1'), 'w.csv'],
    ['a RAR archive', text('Rar!\x1a\x07'), 'w.rar'],
    ['a 7z archive', text('7z\xbc\xaf\x27\x1c'), 'w.7z'],
    ['a gzip archive', text('\x1f\x8b\x08'), 'w.csv.gz'],
    ['a Parquet file', text('PAR1'), 'w.parquet'],
    ['an SPSS file', text('$FL2@(#)'), 'w.sav'],
    ['a Stata file', text('<stata_dta><header>'), 'w.dta'],
    ['a Stata file', text('\x72\x02\x01\x00'), 'w.dta'],
    ['a dBase table (.dbf)', text('\x03\x7b\x05\x01'), 'w.dbf'],
    ['a database (SQLite or GeoPackage)', text('SQLite format 3\0'), 'w.gpkg'],
    [
      'an Excel workbook in XML of 2003',
      text('<?xml version="1.0"?>\n<?mso-application progid="Excel.Sheet"?>'),
      'w.xls.txt',
    ],
    ['a KML file', text('<?xml version="1.0"?>\n<kml xmlns="x">'), 'w.kml'],
    ['a web page (HTML), as some systems export tables', text('\n<html><table>'), 'w.csv'],
    ['a Word document', zip('[Content_Types].xml', 'word/document.xml'), 'w.docx'],
    ['a presentation', zip('ppt/presentation.xml'), 'w.pptx'],
    ['a binary Excel workbook (.xlsb)', zip('[Content_Types].xml', 'xl/workbook.bin'), 'w.xlsb'],
    ['a Numbers document', zip('Index/Document.iwa'), 'w.numbers'],
    ['a KMZ file', zip('doc.kml'), 'w.kmz'],
    ['a zipped shapefile', zip('w.shp', 'w.dbf'), 'w.zip'],
    ['a ZIP file with a table in it', zip('w.csv'), 'w.zip'],
    ['an OpenDocument file, but not a spreadsheet', odt(), 'w.odt'],
    ['a workbook with a password', compoundFile(Buffer.from('x'), 'EncryptedPackage'), 'w.xls'],
    [
      'a workbook with a password',
      compoundFile(biffStream(Buffer.alloc(0), biffRecord(0x2f, Buffer.alloc(6)))),
      'w.xls',
    ],
    ['a Word document (.doc)', compoundFile(Buffer.from('x'), 'WordDocument'), 'w'],
  ] as const) {
    const fault = await readRows(bytes, filename).then(
      () => null,
      (error: unknown) => error,
    )
    if (!(fault instanceof Fault)) throw new Error(`${kind}: ${String(fault)}`)
    t.match(fault, { kind: 'unreadable-file', errors: [{ detail: `it is ${kind}` }] }, kind)
    t.match(fault.message, /; .* (?:save|send|export)/, kind)
  }
})

function odt(): Uint8Array {
  return zipSync({
    mimetype: strToU8('application/vnd.oasis.opendocument.text'),
    'content.xml': strToU8('<office:document-content/>'),
  })
}

t.test('a text that only begins like another kind is read', async (t) => {
  t.equal((await readRows('rWard,a\nA,1\n')).rows.length, 1)
  t.equal((await readRows('\x03Ward,a\nA,1\n', 'w.csv')).rows.length, 1)
})
