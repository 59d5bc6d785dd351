import { textBytes } from '../read-text.ts'
import { LAID_DOWN_WGS84 } from './coordinate-system.ts'
import { scanTags } from './scan-tags.ts'
import { readPlacemark } from './kml-placemark.ts'
import type { Placemark } from './kml-placemark.ts'
import type { FoundLayers, LayerFeature } from './layer.ts'
import { unreadable } from '../unreadable.ts'
import { say } from '../../said.ts'

/** So many Placemarks show which fields there are. */
const MOST_SURVEYED = 2_000
const MOST_FIELDS = 2_000
const BEGIN = 4096
const LONGEST_TAG = 60

/**
 * Reads KML as one layer: a feature for each Placemark, with its name and its extended data. A Placemark is parsed when
 * it is asked for, and by itself, so that the tree in memory stays small. Links to other files are not followed.
 * @throws Fault `unreadable-file` when it is not KML, or has a document type or entities of its own
 * @throws Fault `too-large` when it has too many tags
 */
export function readKml(bytes: Uint8Array, filename: string): FoundLayers {
  const text = textBytes(bytes, filename, 'save-as-utf-8', 'kml-file')
  const found = placemarksIn(text, filename)
  if (!/<(?:\w+:)?kml[\s>]/.test(text.toString('latin1', 0, BEGIN))) throw unreadable(filename, say('xml-no-kml', {}))
  if (found.length === 0 && text.includes('NetworkLink>')) throw unreadable(filename, say('kml-only-links', {}))
  const system = LAID_DOWN_WGS84
  return {
    layers: [
      {
        name: filename.replace(/\.[^.]*$/, ''),
        format: 'kml',
        features: found.length,
        open: () => {
          const first = found.slice(0, MOST_SURVEYED).map((place, at) => placemarkAt(text, place, at + 1, filename))
          const fields = [...new Set(first.flatMap(({ properties }) => [...properties.keys()]))].slice(0, MOST_FIELDS)
          return {
            fields,
            system,
            encoding: null,
            findings: [],
            *read(): Generator<LayerFeature> {
              for (const [index, place] of found.entries()) {
                const { properties, shape } = placemarkAt(text, place, index + 1, filename)
                yield { attribute: (field) => properties.get(fields[field] ?? '') ?? '', shape }
              }
            },
          }
        },
      },
    ],
    findings: [],
  }
}

/** Where a Placemark lies in the text, and the prefix of its tags: '' or `kml:`. */
interface Place {
  readonly start: number
  readonly end: number
  readonly prefix: string
}

/** Finds the Placemarks. They do not lie in each other. */
function placemarksIn(text: Buffer, filename: string): readonly Place[] {
  const found: Place[] = []
  const open: Omit<Place, 'end'>[] = []
  scanTags(text, filename, (start, end) => {
    const tag = text.toString('latin1', start, Math.min(end + 1, start + LONGEST_TAG))
    const [, slash, prefix = ''] = /^<(\/?)((?:[A-Za-z_][\w.-]*:)?)Placemark[\s>]/.exec(tag) ?? []
    if (slash === '' && open.length === 0) open.push({ start, prefix })
    const [opened] = open
    if (slash === '/' && opened?.prefix === prefix) {
      found.push({ ...opened, end: end + 1 })
      open.pop()
    }
  })
  if (open.length > 0) throw unreadable(filename, say('placemark-without-end', {}))
  return found
}

function placemarkAt(text: Buffer, { start, end, prefix }: Place, number: number, filename: string): Placemark {
  const xml = text.toString('utf8', start, end)
  try {
    // A Placemark is read by the names of its tags without a prefix.
    return readPlacemark(prefix === '' ? xml : xml.replaceAll(`<${prefix}`, '<').replaceAll(`</${prefix}`, '</'))
  } catch (cause) {
    throw unreadable(filename, say('placemark-ill-formed', { number }), { cause })
  }
}
