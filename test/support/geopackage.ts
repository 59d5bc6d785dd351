import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export type GpkgRing = readonly (readonly [number, number])[]

export interface GpkgFeature {
  readonly attributes: Readonly<Record<string, string>>
  /** The geometry as stored; null for none. */
  readonly geometry: Uint8Array | null
}

export interface GpkgLayer {
  readonly table: string
  readonly features: readonly GpkgFeature[]
  readonly type?: string
  readonly srs?: number
}

/** Well-known binary of a polygon, little-endian; `heights` makes it ISO type 1003. */
export function wkbPolygon(rings: readonly GpkgRing[], heights = false): Buffer {
  const parts = [Buffer.from([1]), uint32(heights ? 1003 : 3), uint32(rings.length)]
  for (const ring of rings) {
    parts.push(uint32(ring.length))
    for (const [x, y] of ring) parts.push(double(x), double(y), ...(heights ? [double(350)] : []))
  }
  return Buffer.concat(parts)
}

/** Well-known binary of several geometries: type 6 for a MultiPolygon, 7 for a collection. */
export function wkbCollection(type: 6 | 7, members: readonly Uint8Array[]): Buffer {
  return Buffer.concat([Buffer.from([1]), uint32(type), uint32(members.length), ...members])
}

/** Well-known binary in the header of a GeoPackage, with an envelope of 32 bytes. */
export function gpkgGeometry(wkb: Uint8Array): Buffer {
  return Buffer.concat([Buffer.from('GP\0\x03', 'latin1'), uint32(4326), Buffer.alloc(32), wkb])
}

export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32LE(value)
  return bytes
}

function double(value: number): Buffer {
  const bytes = Buffer.alloc(8)
  bytes.writeDoubleLE(value)
  return bytes
}

/** A GeoPackage, written by Node's own SQLite. `change` runs more SQL before the file is closed. */
export function writeGeoPackage(layers: readonly GpkgLayer[], change = ''): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'gpkg-'))
  try {
    const path = join(folder, 'a.gpkg')
    const database = new DatabaseSync(path)
    database.exec(`
      CREATE TABLE gpkg_spatial_ref_sys (srs_name TEXT NOT NULL, srs_id INTEGER PRIMARY KEY, organization TEXT NOT NULL,
        organization_coordsys_id INTEGER NOT NULL, definition TEXT NOT NULL, description TEXT);
      INSERT INTO gpkg_spatial_ref_sys VALUES ('WGS 84', 4326, 'EPSG', 4326, 'GEOGCS["WGS 84"]', NULL),
        ('UTM', 32632, 'EPSG', 32632, 'undefined', NULL), ('none', -1, 'NONE', -1, 'undefined', NULL);
      CREATE TABLE gpkg_contents (table_name TEXT NOT NULL PRIMARY KEY, data_type TEXT NOT NULL, identifier TEXT UNIQUE,
        description TEXT DEFAULT '', last_change DATETIME, min_x DOUBLE, min_y DOUBLE, max_x DOUBLE, max_y DOUBLE,
        srs_id INTEGER);
      CREATE TABLE gpkg_geometry_columns (table_name TEXT NOT NULL, column_name TEXT NOT NULL,
        geometry_type_name TEXT NOT NULL, srs_id INTEGER NOT NULL, z TINYINT NOT NULL, m TINYINT NOT NULL);`)
    for (const { table, features, type = 'MULTIPOLYGON', srs = 4326 } of layers) {
      const fields = Object.keys(features[0]?.attributes ?? {})
      const columns = fields.map((field) => `"${field}" TEXT`).join(', ')
      database.exec(`CREATE TABLE "${table}" (fid INTEGER PRIMARY KEY, geom BLOB, ${columns})`)
      database
        .prepare('INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES (?, ?, ?, ?)')
        .run(table, 'features', table, srs)
      database.prepare('INSERT INTO gpkg_geometry_columns VALUES (?, ?, ?, ?, 0, 0)').run(table, 'geom', type, srs)
      const insert = database.prepare(`INSERT INTO "${table}" VALUES (NULL, ?, ${fields.map(() => '?').join(', ')})`)
      database.exec('BEGIN')
      for (const { attributes, geometry } of features)
        insert.run(geometry, ...fields.map((field) => attributes[field] ?? null))
      database.exec('COMMIT')
    }
    database.exec(change)
    database.close()
    return readFileSync(path)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
