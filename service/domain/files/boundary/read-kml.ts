import { kmlGen } from '@tmcw/togeojson'
import { DOMParser } from '@xmldom/xmldom'
import { textBytes } from '../read-text.ts'
import { LAID_DOWN_WGS84 } from './coordinate-system.ts'
import { refuseXmlSprawl } from './count-xml.ts'
import type { FoundLayers } from './layer.ts'
import { featureLayer, fieldsOf } from './feature-layer.ts'
import { unreadable } from './unreadable.ts'

/** What KML says of the look of a place, and not of the place. */
const STYLES: ReadonlySet<string> = new Set([
  'styleUrl',
  'styleHash',
  'styleMapHash',
  'stroke',
  'stroke-width',
  'stroke-opacity',
  'fill',
  'fill-opacity',
  'visibility',
  'icon',
  'icon-color',
  'icon-scale',
  'icon-offset',
  'icon-offset-units',
  'icon-heading',
  'icon-opacity',
  'label-color',
  'label-opacity',
  'label-scale',
  '@geometry-type',
])
const NAMESPACES =
  'xmlns="http://www.opengis.net/kml/2.2" xmlns:kml="http://www.opengis.net/kml/2.2" ' +
  'xmlns:gx="http://www.google.com/kml/ext/2.2"'

/**
 * Reads KML as one layer: a feature for each Placemark, with its name and its extended data. A Placemark is parsed by
 * itself, so that the tree in memory stays small. Links to other files are not followed.
 * @throws Fault `unreadable-file` when it is not KML, or has a document type or entities of its own
 * @throws Fault `too-large` when it has too many tags
 */
export function readKml(bytes: Uint8Array, filename: string): FoundLayers {
  const buffer = textBytes(bytes, filename, 'save it as UTF-8')
  refuseXmlSprawl(buffer, filename)
  const text = buffer.toString('utf8')
  if (!/<(?:\w+:)?kml[\s>]/.test(text.slice(0, 4096))) throw unreadable(filename, 'it is XML, but not KML')
  const features = [...placemarks(text, filename)].map((placemark, index) => featureOf(placemark, index + 1, filename))
  if (features.length === 0 && /<(?:\w+:)?NetworkLink[\s>]/.test(text))
    throw unreadable(filename, 'it only links to other files; open it and save the wards themselves as KML')
  const name = filename.replace(/\.[^.]*$/, '')
  const fields = fieldsOf(features).filter((field) => !STYLES.has(field))
  return {
    layers: [featureLayer({ name, format: 'kml', features, system: LAID_DOWN_WGS84, fields }, filename)],
    findings: [],
  }
}

/** The text of each Placemark with its tags. They do not lie in each other. */
function* placemarks(text: string, filename: string): Generator<string> {
  for (const opened of text.matchAll(/<((?:[A-Za-z_][\w.-]*:)?)Placemark(?=[\s>])/g)) {
    const prefix = opened[1] ?? ''
    const end = `</${prefix}Placemark>`
    const close = text.indexOf(end, opened.index)
    if (close === -1) throw unreadable(filename, 'a Placemark does not end; it may have been cut off, so save it again')
    const placemark = text.slice(opened.index, close + end.length)
    // The converter knows tags by their names without a prefix.
    yield prefix === '' ? placemark : placemark.replaceAll(`<${prefix}`, '<').replaceAll(`</${prefix}`, '</')
  }
}

function featureOf(placemark: string, number: number, filename: string): object {
  try {
    const parser = new DOMParser({
      onError: (_level, message) => {
        throw new Error(message)
      },
    })
    const document = parser.parseFromString(`<kml ${NAMESPACES}>${placemark}</kml>`, 'text/xml')
    const [feature] = [...kmlGen(document, { skipNullGeometry: false })]
    return feature ?? { type: 'Feature', properties: {}, geometry: null }
  } catch (cause) {
    throw unreadable(filename, `Placemark ${String(number)} is not well-formed XML; save it again`, { cause })
  }
}
