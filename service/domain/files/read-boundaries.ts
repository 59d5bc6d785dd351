import type { Boundaries } from './boundaries.ts'
import { boundaryFormatOf, hasTableName } from './format-of.ts'
import { BOUNDARY_FORMATS } from './formats.ts'
import type { ReadingChoices } from './reading/choices.ts'
import { shownName } from './shown-name.ts'
import { unreadable } from './unreadable.ts'

/**
 * Reads ward boundaries from a zipped shapefile (.zip) or GeoJSON (.geojson, .json), into WGS84 degrees. Everything
 * that is left out, converted or assumed is in the findings.
 * @throws Fault `unreadable-file` when the file cannot be read: what was found, and what to do
 * @throws Fault `too-large` when the file exceeds a limit
 */
export async function readBoundaries(
  bytes: Uint8Array,
  filename: string,
  _choices: ReadingChoices = {},
): Promise<Boundaries> {
  const name = shownName(filename)
  if (bytes.length === 0) throw unreadable(name, `it is empty (0 bytes)`)
  const format = boundaryFormatOf(bytes, filename)
  if (format !== undefined) {
    const read = await BOUNDARY_FORMATS[format].load()
    return await read(bytes, name)
  }
  throw unreadable(
    name,
    `boundaries are a shapefile in a .zip or a .geojson file; ` + `this is neither${adviceFor(filename)}`,
  )
}

function adviceFor(filename: string): string {
  if (/\.(?:shp|shx|dbf|prj|cpg)$/i.test(filename))
    return ', but one part of a shapefile: put its .shp, .shx, .dbf and .prj into one .zip'
  return hasTableName(filename) ? '. Upload a table of wards as the ward table' : ''
}
