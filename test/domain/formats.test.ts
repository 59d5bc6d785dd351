import { readFileSync } from 'node:fs'
import t from 'tap'
import { Fault } from '../../service/domain/fault.ts'
import {
  boundaryFormatOf,
  hasTableName,
  storedNameOf,
  storedNamesOf,
  tableFormatOf,
} from '../../service/domain/files/format-of.ts'
import { fillPage } from '../../build/fill-page.ts'

const TEXT = Buffer.from('WardName,a\nA,1\n')
const ZIP = Buffer.from('PK\x03\x04')
const COMPOUND = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
const ODS = Buffer.concat([
  ZIP,
  Buffer.alloc(26),
  Buffer.from('mimetypeapplication/vnd.oasis.opendocument.spreadsheet'),
])

function refusal(bytes: Uint8Array, filename: string): string {
  try {
    return `taken as ${tableFormatOf(bytes, filename)}`
  } catch (error) {
    if (error instanceof Fault) return error.message
    throw error
  }
}

t.test('the format of a table follows from its bytes and its name, and is CSV when neither says', async (t) => {
  for (const name of ['w.csv', 'w.TSV', 'w.txt', 'w', 'w.json', 'w.csv.old']) t.equal(tableFormatOf(TEXT, name), 'csv')
  for (const name of ['w.xlsx', 'w.XLSX', 'w', 'w.zip']) t.equal(tableFormatOf(ZIP, name), 'xlsx')
  t.equal(tableFormatOf(new Uint8Array(), 'w.xlsx'), 'xlsx', 'its reader says what is the matter with it')
  t.match(refusal(ZIP, 'w.csv'), 'it is a ZIP file or an Excel workbook, not a CSV; give it the ending .xlsx')
  t.match(refusal(TEXT, 'w.xlsx'), 'it is not an Excel workbook (.xlsx); save the table as .xlsx or CSV')
  t.equal(tableFormatOf(COMPOUND, 'w.xls'), 'xls')
  t.equal(tableFormatOf(ODS, 'w.ods'), 'ods')
  t.equal(tableFormatOf(ODS, 'w'), 'ods')
  t.match(refusal(COMPOUND, 'w.xlsx'), 'an old Excel workbook or a workbook with a password, not a XLSX')
  t.match(refusal(TEXT, 'w.xls'), 'it is not an old Excel workbook (.xls); save the table as .xlsx or CSV')
  for (const name of ['w.csv', 'w.tsv', 'w.txt', 'w.xls', 'w.XLSX']) t.ok(hasTableName(name), name)
  for (const name of ['w.zip', 'w.geojson', 'csv', 'w.csv.gz']) t.notOk(hasTableName(name), name)
})

t.test('boundaries are a ZIP, a GeoPackage or KML by their bytes, or GeoJSON by their name', async (t) => {
  for (const name of ['b.gpkg', 'b', 'b.geojson'])
    t.equal(boundaryFormatOf(Buffer.from('SQLite format 3\0'), name), 'geopackage')
  for (const name of ['b.kml', 'b.xml']) t.equal(boundaryFormatOf(Buffer.from('<?xml?>\n<kml >'), name), 'kml')
  for (const name of ['b.kml', 'b.gpkg', 'b.kmz']) t.equal(boundaryFormatOf(TEXT, name), undefined)
  for (const name of ['b.zip', 'b', 'b.geojson']) t.equal(boundaryFormatOf(ZIP, name), 'shapefile')
  for (const name of ['b.geojson', 'b.JSON']) t.equal(boundaryFormatOf(TEXT, name), 'geojson')
  for (const name of ['b.zip', 'b.csv', 'b']) t.equal(boundaryFormatOf(TEXT, name), undefined)
})

t.test('validated bytes are stored only under the names in the stores’ table', async (t) => {
  for (const [role, filename, stored] of [
    ['wards', 'My wards.XLSX', 'raw_data.xlsx'],
    ['wards', 'my.tsv', 'raw_data.csv'],
    ['wards', 'wards', 'raw_data.csv'],
    ['boundaries', 'a.zip', 'shapefile.zip'],
    ['boundaries', 'a.kmz', 'shapefile.zip'],
    ['boundaries', 'a.gpkg', 'boundaries.gpkg'],
    ['boundaries', 'a.kml', 'boundaries.kml'],
    ['boundaries', 'a.topojson', 'boundaries.geojson'],
    ['boundaries', 'a.json', 'boundaries.geojson'],
    ['boundaries', 'a', 'shapefile.zip'],
    ['facilities', 'a.xlsx', 'facilities.xlsx'],
    ['facilities', '../a.exe', 'facilities.csv'],
  ] as const)
    t.equal(storedNameOf(role, filename), stored)
  const readme = readFileSync(new URL('../../service/stores/README.md', import.meta.url), 'utf8')
  const namesIn = (first: string): string[] => {
    const row = readme.split('\n').find((line) => line.startsWith(`| \`${first}\``)) ?? ''
    return [...(row.split('|')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, name]) => String(name))
  }
  t.strictSame(namesIn('raw_data.csv'), [...storedNamesOf('wards'), ...storedNamesOf('boundaries')])
  t.strictSame(namesIn('facilities.csv'), [...storedNamesOf('facilities'), 'positivity.json'])
})

t.test('the page says what can be uploaded, and is never served with a gap left unfilled', async (t) => {
  t.equal(fillPage('{{wards.formats}}, up to {{wards.mib}}'), 'CSV, XLSX, XLS or ODS, up to 64')
  t.equal(fillPage('{{facilities.accept}} {{facilities.mib}}'), '.csv,.xlsx,.xls,.ods,text/csv 128')
  t.equal(
    fillPage('{{boundaries.accept}}'),
    '.zip,.kmz,.gpkg,.kml,.geojson,.json,.topojson,application/vnd.google-earth.kml+xml,application/geo+json',
  )
  t.throws(() => fillPage('{{wards.colour}}'), /nothing is called {{wards.colour}}/)
})
