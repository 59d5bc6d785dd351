import { makeFinding, type Finding } from '../finding.ts'
import { say, listedNames, textOf } from '../../said.ts'
import { listedOr } from '../../said-lists.ts'
import { readZip } from '../read-zip.ts'
import type { FoundLayers, Layer, LayerChoices, LayerReader } from './layer.ts'
import { othersIn, shapefileLayer } from './read-shapefile.ts'
import { knownKindOf } from './refused-formats.ts'
import { advised, unreadable } from '../unreadable.ts'

const UNPACKED = { totalBytes: 160 * 1024 * 1024 } as const
const PART = /\.(?:shp|dbf|prj|cpg)$/i
const WHOLE = /\.(?:geojson|json|topojson|geojsonl|geojsons|ndjson|kml|gpkg)$/i
const SHAPEFILE = /\.(?:shp|shx|dbf|prj|cpg)$/i
const EXAMPLES = 10

/** The readers of files that are whole by themselves. Each is loaded when a ZIP holds such a file. */
const READERS: readonly (readonly [ending: RegExp, load: () => Promise<LayerReader>])[] = [
  [/\.kml$/i, async () => (await import('./read-kml.ts')).readKml],
  [/\.gpkg$/i, async () => (await import('./read-geopackage.ts')).readGeoPackage],
  [WHOLE, async () => (await import('./read-geojson.ts')).readGeoJson],
] as const

/**
 * Reads the layers of a ZIP: each shapefile, and each GeoJSON, TopoJSON, KML or GeoPackage file in it. A .kmz is such a
 * ZIP.
 * @throws Fault `unreadable-file` when it holds none, or one of them is damaged
 * @throws Fault `too-large` when it unpacks to more than 160 MiB
 */
export async function readBoundaryZip(
  bytes: Uint8Array,
  filename: string,
  choices: LayerChoices,
): Promise<FoundLayers> {
  const { files, others } = await readZip(
    bytes,
    filename,
    UNPACKED,
    (name) => (PART.test(name) || WHOLE.test(name)) && !isHidden(name),
  )
  const names = [...files.keys()]
  const shapefiles = names.filter((name) => /\.shp$/i.test(name))
  const whole = names.filter((name) => WHOLE.test(name))
  const ignored = others.filter((name) => !isHidden(name) && !SHAPEFILE.test(name))
  const findings: Finding[] = []
  if (ignored.length > 0)
    findings.push(
      makeFinding('entry-ignored', say('files-without-boundaries', {}), {
        count: ignored.length,
        examples: ignored.slice(0, EXAMPLES),
      }),
    )
  if (shapefiles.length + whole.length === 0) throw nothingFound([...names, ...others], filename)
  const layers: Layer[] = []
  const withoutPolygons: string[] = []
  const closes: (() => void)[] = []
  for (const name of shapefiles) {
    const contents = othersIn(files.get(name) ?? Buffer.alloc(0), filename)
    if (contents === null) layers.push(shapefileLayer(partsOf(files, name, filename), choices.encoding, filename))
    else withoutPolygons.push(`${name} (${textOf(contents)})`)
  }
  for (const name of whole) {
    const load = READERS.find(([ending]) => ending.test(name))?.[1]
    const found = await (await load?.())?.(files.get(name) ?? Buffer.alloc(0), lastPart(name), choices)
    if (found === undefined || found.layers.length === 0) withoutPolygons.push(name)
    layers.push(...(found?.layers ?? []))
    findings.push(...(found?.findings ?? []))
    if (found?.close !== undefined) closes.push(found.close)
  }
  if (withoutPolygons.length > 0 && layers.length > 0)
    findings.push(
      makeFinding('entry-ignored', say('files-without-polygons', {}), {
        count: withoutPolygons.length,
        examples: withoutPolygons.slice(0, EXAMPLES),
      }),
    )
  if (layers.length === 0) throw unreadable(filename, say('only-other-layers', listedNames(withoutPolygons)))
  return {
    layers,
    findings,
    close: () => {
      for (const close of closes) close()
    },
  }
}

function partsOf(files: ReadonlyMap<string, Buffer>, shpName: string, filename: string) {
  const name = shpName.slice(0, -4)
  const part = (ending: string): Buffer | undefined =>
    [...files].find(([other]) => other.toLowerCase() === `${name.toLowerCase()}.${ending}`)?.[1]
  const [shp, dbf] = [files.get(shpName), part('dbf')]
  if (shp === undefined || dbf === undefined) throw unreadable(filename, say('dbf-missing', { name: shpName }))
  // Some exports give one .prj for all layers that lie beside each other.
  const prjs = [...files].filter(([other]) => /\.prj$/i.test(other))
  const prj = part('prj') ?? (prjs.length === 1 ? prjs[0]?.[1] : undefined)
  return {
    name,
    shp,
    dbf,
    prj: prj?.toString('utf8') ?? null,
    cpg: part('cpg')?.toString('latin1') ?? null,
  }
}

function nothingFound(names: readonly string[], filename: string): Error {
  const kinds = new Set(names.flatMap((name) => (SHAPEFILE.test(name) ? [] : (knownKindOf(name) ?? []))))
  const [kind] = kinds
  return unreadable(
    filename,
    kind === undefined
      ? say('no-shp', listedOr(names, 12, say('found-nothing', {})))
      : advised(say('it-holds', { kind: say(kind.kind, {}) }), kind.advice),
  )
}

function lastPart(name: string): string {
  return name.split('/').at(-1) ?? name
}

function isHidden(name: string): boolean {
  return name.startsWith('__MACOSX/') || lastPart(name).startsWith('.')
}
