import type { GpkgFeature, GpkgRing } from './geopackage.ts'
import { gpkgGeometry, wkbCollection, wkbPolygon } from './geopackage.ts'

/** A ward as the tests write it to files of all formats. */
export interface DrawnWard {
  readonly attributes: Readonly<Record<string, string>>
  /** Polygons of rings; the first point of a ring is its last one, too. */
  readonly polygons: readonly (readonly GpkgRing[])[]
}

/** A square, anticlockwise. */
export function square(west: number, south: number, size = 1): GpkgRing {
  return [
    [west, south],
    [west + size, south],
    [west + size, south + size],
    [west, south + size],
    [west, south],
  ]
}

/** Twelve wards in three LGAs, in three rows of squares that touch; the fifth has an island and a hole. */
export function drawnWards(): readonly DrawnWard[] {
  return Array.from({ length: 12 }, (_, index) => {
    const [column, row] = [index % 4, Math.floor(index / 4)]
    const outline = square(4 + column, 8 + row)
    return {
      attributes: {
        WardCode: `KW${String(index + 1).padStart(2, '0')}`,
        WardName: `Ward ${'ABCDEFGHIJKL'[index] ?? ''}`,
        LGA: ['Alafia', 'Bode', 'Kere'][row] ?? '',
      },
      polygons: index === 4 ? [[outline, square(4.25, 9.25, 0.25).toReversed()], [square(2, 9, 0.5)]] : [[outline]],
    }
  })
}

/** GeoJSON features of wards. */
export function geoJsonFeatures(wards: readonly DrawnWard[]): readonly object[] {
  return wards.map(({ attributes, polygons }) => ({
    type: 'Feature',
    properties: attributes,
    geometry: { type: 'MultiPolygon', coordinates: polygons },
  }))
}

/** KML of wards, as desktop tools write it: the name by itself, the rest as SimpleData or Data. */
export function kmlOf(wards: readonly DrawnWard[], prefix = ''): string {
  const ring = (points: GpkgRing): string =>
    `<${prefix}LinearRing><${prefix}coordinates>${points.map(([x, y]) => `${String(x)},${String(y)},0`).join('\n')}` +
    `</${prefix}coordinates></${prefix}LinearRing>`
  const polygon = ([outline, ...holes]: readonly GpkgRing[]): string =>
    `<${prefix}Polygon><${prefix}outerBoundaryIs>${ring(outline ?? [])}</${prefix}outerBoundaryIs>` +
    holes.map((hole) => `<${prefix}innerBoundaryIs>${ring(hole)}</${prefix}innerBoundaryIs>`).join('') +
    `</${prefix}Polygon>`
  const placemarks = wards.map(
    ({ attributes, polygons }) =>
      `<${prefix}Placemark><${prefix}name>${attributes['WardName'] ?? ''}</${prefix}name><${prefix}ExtendedData>` +
      Object.entries(attributes)
        .map(
          ([name, value]) => `<${prefix}Data name="${name}"><${prefix}value>${value}</${prefix}value></${prefix}Data>`,
        )
        .join('') +
      `</${prefix}ExtendedData><${prefix}MultiGeometry>${polygons.map(polygon).join('')}</${prefix}MultiGeometry>` +
      `</${prefix}Placemark>`,
  )
  const space = prefix === '' ? 'xmlns' : `xmlns:${prefix.slice(0, -1)}`
  return (
    `<?xml version="1.0" encoding="UTF-8"?>\n<${prefix}kml ${space}="http://www.opengis.net/kml/2.2">` +
    `<${prefix}Document>${placemarks.join('\n')}</${prefix}Document></${prefix}kml>`
  )
}

/** TopoJSON of wards, each ring an arc of its own, quantised to a millionth of a degree. */
export function topoJsonOf(wards: readonly DrawnWard[]): object {
  const arcs: [number, number][][] = []
  const arcOf = (ring: GpkgRing): number[] => {
    let [lastX, lastY] = [0, 0]
    arcs.push(
      ring.map(([x, y]) => {
        const [wholeX, wholeY] = [Math.round(x * 1e6), Math.round(y * 1e6)]
        const step: [number, number] = [wholeX - lastX, wholeY - lastY]
        ;[lastX, lastY] = [wholeX, wholeY]
        return step
      }),
    )
    return [arcs.length - 1]
  }
  const geometries = wards.map(({ attributes, polygons }) => ({
    type: 'MultiPolygon',
    properties: attributes,
    arcs: polygons.map((rings) => rings.map(arcOf)),
  }))
  return {
    type: 'Topology',
    transform: { scale: [1e-6, 1e-6], translate: [0, 0] },
    objects: { wards: { type: 'GeometryCollection', geometries } },
    arcs,
  }
}

/** Features of a GeoPackage of wards. */
export function gpkgFeatures(wards: readonly DrawnWard[]): readonly GpkgFeature[] {
  return wards.map(({ attributes, polygons }) => ({
    attributes,
    geometry: gpkgGeometry(
      wkbCollection(
        6,
        polygons.map((rings) => wkbPolygon(rings)),
      ),
    ),
  }))
}
