import type { PlainKind } from '../../said.ts'

/** A kind of file that people take for boundaries and that is not read, with what to do. */
export interface RefusedKind {
  /** The kind of the text that names it, and of what to do. */
  readonly kind: PlainKind
  readonly advice: PlainKind
}

const EXPORT = 'export-from-gis'
const UNPACK = 'unpack-and-send-boundaries'
const NOT_POLYGONS = 'take-file-of-map'
const PARTS = 'put-parts-into-zip'

interface RefusedRow extends RefusedKind {
  /** Endings of names. */
  readonly endings: readonly string[]
  /** How its bytes begin, as Latin-1 text. */
  readonly begins?: readonly string[]
}

const REFUSED: readonly RefusedRow[] = [
  { kind: 'part-of-shapefile', advice: PARTS, endings: ['shp', 'shx', 'dbf', 'prj', 'cpg'] },
  {
    kind: 'mapinfo-table',
    advice: EXPORT,
    endings: ['tab', 'mif', 'mid', 'map'],
    begins: ['!table', 'Version   '],
  },
  { kind: 'flatgeobuf-file', advice: EXPORT, endings: ['fgb'], begins: ['fgb\x03'] },
  { kind: 'file-geodatabase', advice: EXPORT, endings: ['gdb', 'gdbtable', 'gdbtablx', 'mdb'] },
  { kind: 'geoparquet-file', advice: EXPORT, endings: ['parquet', 'geoparquet'], begins: ['PAR1'] },
  { kind: 'drawing-file', advice: EXPORT, endings: ['dxf', 'dwg'], begins: ['AC10'] },
  { kind: 'gpx-track', advice: EXPORT, endings: ['gpx'] },
  { kind: 'map-project', advice: EXPORT, endings: ['qgz', 'qgs', 'mxd', 'aprx', 'lyr', 'lyrx'] },
  {
    kind: 'picture-of-map',
    advice: NOT_POLYGONS,
    endings: ['tif', 'tiff'],
    begins: ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'],
  },
  { kind: 'pdf-document', advice: NOT_POLYGONS, endings: ['pdf'], begins: ['%PDF'] },
  { kind: 'picture', advice: NOT_POLYGONS, endings: ['png', 'jpg', 'jpeg'], begins: ['\x89PNG', '\xff\xd8\xff'] },
  { kind: 'rar-archive', advice: UNPACK, endings: ['rar'], begins: ['Rar!'] },
  { kind: 'seven-zip-archive', advice: UNPACK, endings: ['7z'], begins: ['7z\xbc\xaf'] },
  {
    kind: 'compressed-archive',
    advice: UNPACK,
    endings: ['gz', 'tgz', 'tar', 'bz2', 'xz'],
    begins: ['\x1f\x8b', 'BZh', '\xfd7zXZ'],
  },
] as const

/** What a file is by its name, if that is a kind which is not read. A folder's name counts: `x.gdb/a.gdbtable`. */
export function knownKindOf(filename: string): RefusedKind | undefined {
  const endings = filename
    .toLowerCase()
    .split('/')
    .map((part) => part.split('.').at(-1) ?? '')
  return REFUSED.find((row) => row.endings.some((ending) => endings.includes(ending)))
}

/** What a file is by its first bytes, or else by its name, if that is a kind which is not read. */
export function refusedKindOf(bytes: Uint8Array, filename: string): RefusedKind | undefined {
  const begin = Buffer.from(bytes.subarray(0, 16)).toString('latin1')
  return REFUSED.find(({ begins = [] }) => begins.some((text) => begin.startsWith(text))) ?? knownKindOf(filename)
}
