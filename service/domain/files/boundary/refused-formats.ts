/** A kind of file that people take for boundaries and that is not read, with what to do. */
export interface RefusedKind {
  /** With its article: `a PDF document`. */
  readonly kind: string
  readonly advice: string
}

const EXPORT = 'open it in QGIS or ArcGIS and export the wards as a GeoPackage, GeoJSON or a zipped shapefile'
const UNPACK = 'unpack it and send the boundaries in a .zip'
const NOT_POLYGONS = 'it has no polygons with names; take the file that the map was made from'
const PARTS = 'put its .shp, .dbf and .prj into one .zip'

interface RefusedRow extends RefusedKind {
  /** Endings of names. */
  readonly endings: readonly string[]
  /** How its bytes begin, as Latin-1 text. */
  readonly begins?: readonly string[]
}

const REFUSED: readonly RefusedRow[] = [
  { kind: 'one part of a shapefile', advice: PARTS, endings: ['shp', 'shx', 'dbf', 'prj', 'cpg'] },
  { kind: 'a MapInfo table', advice: EXPORT, endings: ['tab', 'mif', 'mid', 'map'], begins: ['!table', 'Version   '] },
  { kind: 'a FlatGeobuf file', advice: EXPORT, endings: ['fgb'], begins: ['fgb\x03'] },
  { kind: 'an Esri file geodatabase', advice: EXPORT, endings: ['gdb', 'gdbtable', 'gdbtablx', 'mdb'] },
  { kind: 'a GeoParquet file', advice: EXPORT, endings: ['parquet', 'geoparquet'], begins: ['PAR1'] },
  { kind: 'a drawing (DXF or DWG)', advice: EXPORT, endings: ['dxf', 'dwg'], begins: ['AC10'] },
  { kind: 'a GPX track', advice: EXPORT, endings: ['gpx'] },
  { kind: 'a map project without data', advice: EXPORT, endings: ['qgz', 'qgs', 'mxd', 'aprx', 'lyr', 'lyrx'] },
  {
    kind: 'a picture of a map (GeoTIFF or TIFF)',
    advice: NOT_POLYGONS,
    endings: ['tif', 'tiff'],
    begins: ['II*\0', 'MM\0*', 'II+\0', 'MM\0+'],
  },
  { kind: 'a PDF document', advice: NOT_POLYGONS, endings: ['pdf'], begins: ['%PDF'] },
  { kind: 'a picture', advice: NOT_POLYGONS, endings: ['png', 'jpg', 'jpeg'], begins: ['\x89PNG', '\xff\xd8\xff'] },
  { kind: 'a RAR archive', advice: UNPACK, endings: ['rar'], begins: ['Rar!'] },
  { kind: 'a 7z archive', advice: UNPACK, endings: ['7z'], begins: ['7z\xbc\xaf'] },
  {
    kind: 'a compressed archive (gzip, bzip2 or xz)',
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
