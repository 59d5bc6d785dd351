import { DOMParser } from '@xmldom/xmldom'
import type { Element } from '@xmldom/xmldom'
import type { Point, Polygon, Ring, Shape } from './layer.ts'

/** A Placemark: its name and its extended data as text, and its polygons. */
export interface Placemark {
  readonly properties: ReadonlyMap<string, string>
  readonly shape: () => Shape
}

const NAMESPACES = 'xmlns:kml="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"'
const OTHERS = ['Point', 'LineString', 'gx:Track', 'Model'] as const
/** A row of two cells: ArcGIS writes the attributes of a place as such a table into its description. */
const TABLE_ROW =
  /<tr[^>]{0,200}>\s*<t[dh][^>]{0,200}>([^<]{1,200})<\/t[dh]>\s*<td[^>]{0,200}>([^<]{0,200})<\/td>\s*<\/tr>/i

/**
 * Reads the XML of one Placemark, without prefixes before the tags of KML.
 * @throws Error when it is not well-formed
 */
export function readPlacemark(xml: string): Placemark {
  const parser = new DOMParser({
    onError: (_level, message) => {
      throw new Error(message)
    },
  })
  const root = parser.parseFromString(`<kml ${NAMESPACES}>${xml}</kml>`, 'text/xml').documentElement
  const placemark = root === null ? undefined : childrenOf(root, 'Placemark')[0]
  if (placemark === undefined) throw new Error('no Placemark')
  return { properties: propertiesOf(placemark), shape: () => shapeOf(placemark) }
}

function propertiesOf(placemark: Element): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const put = (name: string | null | undefined, value: string | null | undefined): void => {
    const key = name?.trim().slice(0, 200) ?? ''
    if (key !== '' && !found.has(key)) found.set(key, value?.trim() ?? '')
  }
  for (const data of placemark.getElementsByTagName('SimpleData')) put(data.getAttribute('name'), data.textContent)
  for (const data of placemark.getElementsByTagName('Data'))
    put(data.getAttribute('name'), childrenOf(data, 'value')[0]?.textContent)
  const description = childrenOf(placemark, 'description')[0]?.textContent ?? ''
  if (found.size === 0)
    for (const [, name, value] of description.matchAll(new RegExp(TABLE_ROW, 'gi'))) put(name, value)
  put('name', childrenOf(placemark, 'name')[0]?.textContent)
  return found
}

function shapeOf(placemark: Element): Shape {
  const polygons = [...placemark.getElementsByTagName('Polygon')].map((polygon): Polygon => {
    const boundaries = (name: string): Ring[] =>
      childrenOf(polygon, name)
        .flatMap((boundary) => childrenOf(boundary, 'LinearRing'))
        .flatMap((ring) => childrenOf(ring, 'coordinates').map(({ textContent }) => ringOf(textContent ?? '')))
    return [...boundaries('outerBoundaryIs').slice(0, 1), ...boundaries('innerBoundaryIs')]
  })
  const others = OTHERS.flatMap((name) => [...placemark.getElementsByTagName(name)].map(() => name.replace('gx:', '')))
  return { polygons: polygons.filter((rings) => rings.length > 0), others }
}

/** Points as KML writes them: longitude, latitude and perhaps a height, parted by commas. */
function ringOf(coordinates: string): Ring {
  return coordinates
    .trim()
    .split(/\s+/)
    .map((text): Point => {
      const comma = text.indexOf(',')
      const second = text.indexOf(',', comma + 1)
      if (comma < 1) return [NaN, NaN]
      return [Number(text.slice(0, comma)), Number(text.slice(comma + 1, second === -1 ? undefined : second))]
    })
}

function childrenOf(parent: Element, name: string): Element[] {
  return [...parent.childNodes].filter((node): node is Element => node.nodeName === name)
}
