import type { PlainKind } from '../said.ts'
import type { LayerReader } from './boundary/layer.ts'
import { BOUNDARY_COLUMN_ROLES, FACILITY_COLUMN_ROLES, WARD_COLUMN_ROLES, type ColumnRole } from './reading/roles.ts'
import type { OpenTable } from './table/table-source.ts'

const MIB = 1024 * 1024

/** A format that a file can have, and how it is recognised. */
export interface FileFormat {
  /** Its name on the page. */
  readonly name: string
  /** The usual endings of its files, without the dot. The page offers these. */
  readonly endings: readonly [string, ...string[]]
  /** Endings that are accepted as well. */
  readonly otherEndings?: readonly string[]
  /** The MIME types that a browser may give it. */
  readonly mediaType?: string
  /** What its validated bytes are called, if that does not follow from the role. */
  readonly storedAs?: string
  /** Left out if any text may be such a file. */
  readonly signature?: Signature
}

/** What the first bytes show. */
interface Signature {
  readonly isIn: (bytes: Uint8Array) => boolean
  /** The kind of the text for what a file with such bytes may be: `a ZIP file or an Excel workbook`. */
  readonly looksLike: PlainKind
  /** The kind of the text for what a file without them is not: `an Excel workbook (.xlsx)`. */
  readonly kind: PlainKind
}

/**
 * Opens a table. A reader is loaded when its first file arrives, because loading one costs more than reading most
 * files.
 */
export interface TableFormatRow extends FileFormat {
  readonly load: () => Promise<OpenTable>
}

interface BoundaryFormatRow extends FileFormat {
  readonly load: () => Promise<LayerReader>
}

const COMPOUND_FILE = [0xd0, 0xcf, 0x11, 0xe0] as const
/** An OpenDocument file begins with its type, not compressed (OpenDocument 1.3, part 2, 3.3). */
const ODS_TYPE = 'mimetypeapplication/vnd.oasis.opendocument.spreadsheet'
const ODS_TYPE_PLACE = 30

function isZip([first, second, third]: Uint8Array): boolean {
  return first === 0x50 && second === 0x4b && (third === 3 || third === 5)
}

function hasOdsType(bytes: Uint8Array): boolean {
  const type = bytes.subarray(ODS_TYPE_PLACE, ODS_TYPE_PLACE + ODS_TYPE.length)
  return isZip(bytes) && Buffer.from(type).toString('latin1') === ODS_TYPE
}

/** The formats of tables of wards and of facilities. */
export const TABLE_FORMATS = {
  csv: {
    name: 'CSV',
    endings: ['csv'],
    otherEndings: ['tsv', 'txt'],
    mediaType: 'text/csv',
    load: async () => (await import('./table/csv-source.ts')).openCsv,
  },
  xlsx: {
    name: 'XLSX',
    endings: ['xlsx'],
    otherEndings: ['xlsm'],
    signature: {
      isIn: (bytes) => isZip(bytes) && !hasOdsType(bytes),
      looksLike: 'zip-or-excel',
      kind: 'excel-workbook',
    },
    load: async () => (await import('./table/zip-workbook.ts')).openZipWorkbook,
  },
  xls: {
    name: 'XLS',
    endings: ['xls'],
    signature: {
      isIn: (bytes) => COMPOUND_FILE.every((byte, place) => bytes[place] === byte),
      looksLike: 'old-or-locked-workbook',
      kind: 'old-workbook',
    },
    load: async () => (await import('./table/xls-source.ts')).openXls,
  },
  ods: {
    name: 'ODS',
    endings: ['ods'],
    signature: {
      isIn: hasOdsType,
      looksLike: 'opendocument-spreadsheet',
      kind: 'ods-spreadsheet',
    },
    load: async () => (await import('./table/zip-workbook.ts')).openZipWorkbook,
  },
} as const satisfies Readonly<Record<string, TableFormatRow>>

/** The formats of boundaries. A ZIP can hold any of the others, too. */
export const BOUNDARY_FORMATS = {
  shapefile: {
    name: 'Shapefile (ZIP: .shp, .dbf, .prj)',
    endings: ['zip', 'kmz'],
    storedAs: 'shapefile.zip',
    signature: {
      isIn: ([first, second]) => first === 0x50 && second === 0x4b,
      looksLike: 'zip-file',
      kind: 'zip-file',
    },
    load: async () => (await import('./boundary/read-boundary-zip.ts')).readBoundaryZip,
  },
  geopackage: {
    name: 'GeoPackage',
    endings: ['gpkg'],
    signature: {
      isIn: (bytes) => textIn(bytes, 16) === 'SQLite format 3\0',
      looksLike: 'geopackage',
      kind: 'geopackage-file',
    },
    load: async () => (await import('./boundary/read-geopackage.ts')).readGeoPackage,
  },
  kml: {
    name: 'KML',
    endings: ['kml'],
    mediaType: 'application/vnd.google-earth.kml+xml',
    signature: {
      isIn: (bytes) => /<(?:\w+:)?kml[\s>]/.test(textIn(bytes, 4096)),
      looksLike: 'kml',
      kind: 'kml',
    },
    load: async () => (await import('./boundary/read-kml.ts')).readKml,
  },
  geojson: {
    name: 'GeoJSON/TopoJSON',
    endings: ['geojson', 'json', 'topojson'],
    otherEndings: ['geojsonl', 'geojsons', 'ndjson'],
    mediaType: 'application/geo+json',
    load: async () => (await import('./boundary/read-geojson.ts')).readGeoJson,
  },
} as const satisfies Readonly<Record<string, BoundaryFormatRow>>

function textIn(bytes: Uint8Array, length: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, Math.min(length, bytes.length)).toString('latin1')
}

export type TableFormat = keyof typeof TABLE_FORMATS
export type BoundaryFormat = keyof typeof BOUNDARY_FORMATS

interface FileRoleRow {
  /** The limit for the uploaded file. Its reader limits the unpacked size. */
  readonly mostBytes: number
  /** The name of the validated bytes in a session, without the ending of their format. */
  readonly storedAs: string
  readonly formats: Readonly<Record<string, FileFormat>>
  /** The format of a stored file whose name does not show it. */
  readonly otherwise: FileFormat
  /** What its columns or attributes can be taken for. */
  readonly columnRoles: readonly ColumnRole[]
}

/** The roles of a session's files, each with its formats. */
export const FILE_ROLES = {
  wards: {
    mostBytes: 64 * MIB,
    storedAs: 'raw_data',
    formats: TABLE_FORMATS,
    otherwise: TABLE_FORMATS.csv,
    columnRoles: WARD_COLUMN_ROLES,
  },
  boundaries: {
    mostBytes: 64 * MIB,
    storedAs: 'boundaries',
    formats: BOUNDARY_FORMATS,
    otherwise: BOUNDARY_FORMATS.shapefile,
    columnRoles: BOUNDARY_COLUMN_ROLES,
  },
  facilities: {
    mostBytes: 128 * MIB,
    storedAs: 'facilities',
    formats: TABLE_FORMATS,
    otherwise: TABLE_FORMATS.csv,
    columnRoles: FACILITY_COLUMN_ROLES,
  },
} as const satisfies Readonly<Record<string, FileRoleRow>>

export type FileRole = keyof typeof FILE_ROLES

export const FILE_ROLE_NAMES = Object.keys(FILE_ROLES) as readonly FileRole[]
