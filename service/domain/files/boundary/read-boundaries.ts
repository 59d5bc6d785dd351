import type { Boundaries } from '../boundaries.ts'
import type { KeyName } from '../column-kinds.ts'
import { say } from '../../said.ts'
import { listedOr } from '../../said-lists.ts'
import { boundaryFormatOf, hasTableName } from '../format-of.ts'
import { BOUNDARY_FORMATS } from '../formats.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import { NO_READING } from '../reading/reading.ts'
import { shownName } from '../shown-name.ts'
import { BoundariesBuilder } from './boundaries-builder.ts'
import { boundaryColumns } from './boundary-columns.ts'
import { chooseLayer } from './choose-layer.ts'
import type { FoundLayers, Layer } from './layer.ts'
import { refusedKindOf } from './refused-formats.ts'
import { advised, unreadable } from '../unreadable.ts'

/**
 * Reads ward boundaries into WGS84 degrees. Everything that is left out, converted or assumed is in the findings, what
 * the file was taken for is in the reading, and what only a person can know is in the questions.
 * @throws Fault `unreadable-file` when the file cannot be read: what was found, and what to do
 * @throws Fault `too-large` when the file exceeds a limit
 */
export async function readBoundaries(
  bytes: Uint8Array,
  filename: string,
  choices: ReadingChoices = {},
): Promise<Boundaries> {
  const name = shownName(filename)
  if (bytes.length === 0) throw unreadable(name, say('empty-file', {}))
  const found = await layersOf(bytes, filename, choices)
  try {
    return await readFound(found, name, choices)
  } finally {
    found.close?.()
  }
}

async function readFound(found: FoundLayers, name: string, choices: ReadingChoices): Promise<Boundaries> {
  const [first, ...rest] = found.layers
  if (first === undefined) throw unreadable(name, say('no-layer-of-polygons', {}))
  const chosen = chooseLayer([first, ...rest], choices)
  const read = await readLayer(chosen.layer, name, choices)
  return {
    ...read,
    findings: [...found.findings, ...chosen.findings, ...read.findings],
    questions: [...chosen.questions, ...read.questions],
    reading: { ...read.reading, layers: found.layers.map((layer) => layer.name) },
  }
}

async function layersOf(bytes: Uint8Array, filename: string, choices: ReadingChoices): Promise<FoundLayers> {
  const name = shownName(filename)
  const refused = refusedKindOf(bytes, filename)
  const format = boundaryFormatOf(bytes, filename)
  if (refused !== undefined && (format === undefined || format === 'geojson'))
    throw unreadable(name, advised(say('it-is', { kind: say(refused.kind, {}) }), refused.advice))
  if (format === undefined) {
    const advice = hasTableName(filename) ? say('upload-table-as-wards', {}) : ''
    throw unreadable(name, say('no-boundary-format', { advice }))
  }
  const read = await BOUNDARY_FORMATS[format].load()
  return await read(bytes, name, { encoding: choices.encoding })
}

async function readLayer(layer: Layer, name: string, choices: ReadingChoices): Promise<Boundaries> {
  const open = await layer.open()
  const { places, columns, questions } = boundaryColumns(open, choices)
  if (!places.has('wardName') && !places.has('wardCode') && questions.length === 0)
    throw unreadable(name, say('no-attribute-of-wards', listedOr(open.fields, 12, say('found-none', {}))))
  const builder = new BoundariesBuilder(name, open.system.reproject)
  for (const { attribute, shape } of open.read()) {
    const keyed = new Map<KeyName, string>()
    for (const [key, place] of places) keyed.set(key, attribute(place))
    builder.feature(shape(), keyed)
  }
  const { bbox, findings, ...packed } = builder.finish()
  return {
    ...packed,
    format: layer.format,
    features: packed.featureEnds.length,
    crs: 'EPSG:4326',
    sourceCrs: open.system.sourceCrs,
    fields: open.fields,
    bbox,
    findings: [...open.findings, ...(open.leftOut?.() ?? []), ...findings],
    reading: { ...NO_READING, layer: layer.name, encoding: open.encoding, columns },
    questions,
  }
}
