import { quoted } from '../../quoted.ts'
import { say } from '../../said.ts'
import { GeometryError } from './geometry-error.ts'
import { MOST_WARDS } from '../table-limits.ts'
import { assumedWgs84, readPrj, systemNamed } from './coordinate-system.ts'
import type { CoordinateSystem } from './coordinate-system.ts'
import type { FoundLayers, Layer, LayerFeature } from './layer.ts'
import { openSqlite } from './open-sqlite.ts'
import type { Cell, PlainTables } from './open-sqlite.ts'
import { readGpkgGeometry } from './read-gpkg-geometry.ts'
import { tooLarge, unreadable } from '../unreadable.ts'

/** SQLite holds a copy of the file while it is read. */
const MOST_BYTES = 48 * 1024 * 1024
const MOST_LAYERS = 200
const MOST_SYSTEMS = 10_000
const NO_POLYGONS: ReadonlySet<string> = new Set(['POINT', 'LINESTRING', 'MULTIPOINT', 'MULTILINESTRING'])

/**
 * Reads the layers of polygons of a GeoPackage. Only the tables that it names as layers are read, and only if they are
 * real tables.
 * @throws Fault `unreadable-file` when it is damaged or is a SQLite database of another kind
 * @throws Fault `too-large` when it is larger than 48 MiB
 */
export async function readGeoPackage(bytes: Uint8Array, filename: string): Promise<FoundLayers> {
  if (bytes.length > MOST_BYTES) throw tooLarge(filename, say('geopackage-too-large', { mib: MOST_BYTES / 1048576 }))
  const database = await openSqlite(bytes, filename)
  const described = layersDescribed(database, filename)
  if (described.every(({ type }) => type === null))
    throw unreadable(filename, say(described.length > 0 ? 'only-pictures' : 'only-other-data', {}))
  const layers = described.flatMap(({ table, column, type, srs }): Layer[] => {
    if (type === null || column === null || NO_POLYGONS.has(type)) return []
    const columns = database.columnsOf(table)
    if (columns === null) throw unreadable(filename, say('layer-no-plain-table', { name: quoted(table) }))
    const geometry = columns.find((name) => name.toLowerCase() === column.toLowerCase())
    if (geometry === undefined)
      throw unreadable(filename, say('layer-without-column', { name: quoted(table), column: quoted(column) }))
    return [layerOf(database, { table, geometry, columns, srs }, filename)]
  })
  return { layers, findings: [], close: database.close }
}

interface DescribedLayer {
  readonly table: string
  readonly column: string | null
  /** The type of its geometries in capitals; null for a layer without any. */
  readonly type: string | null
  readonly srs: string
}

function layersDescribed(database: PlainTables, filename: string): DescribedLayer[] {
  const contents = tableOf(database, 'gpkg_contents', ['table_name', 'data_type'], MOST_LAYERS)
  if (contents === null) throw unreadable(filename, say('sqlite-no-geopackage', {}))
  const geometries = tableOf(
    database,
    'gpkg_geometry_columns',
    ['table_name', 'column_name', 'geometry_type_name', 'srs_id'],
    MOST_LAYERS,
  )
  return contents.map(([table, kind]) => {
    const found = geometries?.find(([name]) => textOf(name).toLowerCase() === textOf(table).toLowerCase())
    const isLayer = kind === 'features' && found !== undefined
    return {
      table: textOf(table),
      column: isLayer ? textOf(found[1]) : null,
      type: isLayer ? textOf(found[2]).toUpperCase() : null,
      srs: textOf(found?.[3]),
    }
  })
}

function layerOf(
  database: PlainTables,
  { table, geometry, columns, srs }: { table: string; geometry: string; columns: readonly string[]; srs: string },
  filename: string,
): Layer {
  const fields = columns.filter((name) => name !== geometry)
  return {
    name: table,
    format: 'geopackage',
    features: database.count(table, MOST_WARDS + 1),
    open: async () => {
      const system = await systemOf(database, srs, filename)
      return {
        fields,
        system,
        encoding: null,
        findings: system.findings,
        *read(): Generator<LayerFeature> {
          let number = 0
          for (const row of database.rows(table, [geometry, ...fields], MOST_WARDS + 1)) {
            number += 1
            const at = number
            yield {
              attribute: (place) => textOf(row[place + 1]),
              shape: () => {
                const [blob] = row
                if (!(blob instanceof Uint8Array)) return { polygons: [], others: [] }
                try {
                  return readGpkgGeometry(blob)
                } catch (cause) {
                  const why = cause instanceof GeometryError ? cause.said : say('geometry-damaged', {})
                  throw unreadable(filename, say('geometry-unreadable', { number: at, why }), { cause })
                }
              },
            }
          }
        },
      }
    },
  }
}

/** The system of a layer. The numbers -1 and 0 stand for systems that nobody named. */
async function systemOf(database: PlainTables, srs: string, filename: string): Promise<CoordinateSystem> {
  if (srs === '' || srs === '-1' || srs === '0') return assumedWgs84(say('geopackage-without-system', {}))
  const known = tableOf(
    database,
    'gpkg_spatial_ref_sys',
    ['srs_id', 'organization', 'organization_coordsys_id', 'definition'],
    MOST_SYSTEMS,
  )?.find(([id]) => textOf(id) === srs)
  const [, organization, code, definition] = known ?? [null, 'EPSG', srs, '']
  const isCode = textOf(organization).toUpperCase() === 'EPSG'
  try {
    if (isCode) return await systemNamed(`EPSG:${textOf(code)}`, filename, 'layer-system-unknown')
  } catch (cause) {
    if (textOf(definition) === '') throw cause
  }
  return await readPrj(textOf(definition), filename)
}

/** The rows of a table with these columns; null if there is no such table. */
function tableOf(
  database: PlainTables,
  table: string,
  columns: readonly string[],
  most: number,
): readonly (readonly Cell[])[] | null {
  const found = database.columnsOf(table)
  return found !== null && columns.every((column) => found.includes(column))
    ? [...database.rows(table, columns, most)]
    : null
}

function textOf(cell: Cell | undefined): string {
  return typeof cell === 'string' ? cell : typeof cell === 'number' ? String(cell) : ''
}
