import { randomFrom } from '../../service/sample/random.ts'
import { tessellate } from '../../service/sample/tessellation.ts'
import { writeShapefile } from '../../service/sample/write-shapefile.ts'

/** A made-up country: the table, and its boundaries as GeoJSON and as a zipped shapefile. */
export interface LargeDataset {
  readonly csv: Uint8Array
  readonly geojson: Uint8Array
  readonly shapefile: Uint8Array
}

/**
 * A table of `wards` wards (Nigeria has about 9,500) with `columns` columns, keys included, and boundaries of about
 * ten vertices each that fit together. Every hundredth value is missing. Equal input gives equal bytes.
 */
export function makeLargeDataset({ wards = 9_500, columns = 20 } = {}): LargeDataset {
  const random = randomFrom(wards * 1_000 + columns)
  const across = Math.ceil(Math.sqrt(wards))
  const rings = tessellate(
    { columns: across, rows: Math.ceil(wards / across), area: [2.7, 4.3, 14.6, 13.8], bends: 1 },
    random,
  ).slice(0, wards)
  const keys = rings.map((_, ward) => ({
    code: `NG${String(ward).padStart(6, '0')}`,
    name: `Ward ${String(ward)}`,
    lga: `LGA ${String(Math.floor(ward / 12))}`,
  }))
  const indicators = Array.from({ length: columns - 3 }, (_, index) => `indicator_${String(index + 1)}`)
  const rows = keys.map(({ code, name, lga }) =>
    [code, name, lga, ...indicators.map(() => (random() < 0.01 ? 'NA' : (random() * 1000).toFixed(9)))].join(','),
  )
  const features = rings.map((ring, ward) => ({
    type: 'Feature',
    properties: { WardCode: keys[ward]?.code, WardName: keys[ward]?.name, LGA: keys[ward]?.lga },
    geometry: { type: 'Polygon', coordinates: [ring] },
  }))
  const records = rings.map((ring, ward) => ({
    rings: [ring],
    values: [keys[ward]?.code ?? '', keys[ward]?.name ?? '', keys[ward]?.lga ?? ''],
  }))
  return {
    csv: new TextEncoder().encode([['WardCode', 'WardName', 'LGA', ...indicators].join(','), ...rows, ''].join('\n')),
    geojson: new TextEncoder().encode(JSON.stringify({ type: 'FeatureCollection', features })),
    shapefile: writeShapefile('large_wards', ['WardCode', 'WardName', 'LGA'], records),
  }
}
