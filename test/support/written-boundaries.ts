import { strToU8, zipSync } from 'fflate'
import { geoJsonFeatures, gpkgFeatures, kmlOf, topoJsonOf, type DrawnWard } from './boundary-files.ts'
import { writeGeoPackage } from './geopackage.ts'
import { shapefileZip } from './shapefile.ts'

/** The containers of boundaries as other programs write them; the product has no part in them. */
export const BOUNDARY_CONTAINERS = [
  'shapefile',
  'geojson',
  'zipped geojson',
  'geojson by lines',
  'topojson',
  'kml',
  'kmz',
  'gpkg',
] as const
export type BoundaryContainer = (typeof BOUNDARY_CONTAINERS)[number]

/** The attributes that name wards, as sources call them: code, ward, LGA and state. */
export const BOUNDARY_FIELDS = [
  ['WardCode', 'WardName', 'LGA', 'State'],
  ['wardcode', 'wardname', 'lganame', 'statename'],
  ['ADM3_PCODE', 'ADM3_EN', 'ADM2_EN', 'ADM1_EN'],
  ['GID_3', 'NAME_3', 'NAME_2', 'NAME_1'],
] as const

/** Writes boundaries to a file. */
export function writeBoundaries(
  wards: readonly DrawnWard[],
  container: BoundaryContainer,
): { readonly filename: string; readonly bytes: Uint8Array } {
  const features = geoJsonFeatures(wards)
  const collection = JSON.stringify({ type: 'FeatureCollection', features })
  const text = (filename: string, content: string): { filename: string; bytes: Uint8Array } => ({
    filename,
    bytes: Buffer.from(content),
  })
  switch (container) {
    case 'shapefile':
      return { filename: 'wards.zip', bytes: shapefileZip(wards) }
    case 'geojson':
      return text('wards.geojson', collection)
    case 'zipped geojson':
      return { filename: 'wards.zip', bytes: zipSync({ 'data/wards.geojson': strToU8(collection) }) }
    case 'geojson by lines':
      return text('wards.geojsonl', features.map((feature) => JSON.stringify(feature)).join('\n'))
    case 'topojson':
      return text('wards.topojson', JSON.stringify(topoJsonOf(wards)))
    case 'kml':
      return text('wards.kml', kmlOf(wards))
    case 'kmz':
      return { filename: 'wards.kmz', bytes: zipSync({ 'doc.kml': strToU8(kmlOf(wards)) }) }
    case 'gpkg':
      return {
        filename: 'wards.gpkg',
        bytes: writeGeoPackage([{ table: 'wards', features: gpkgFeatures(wards) }]),
      }
  }
}
