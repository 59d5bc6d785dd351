import { datumShiftOf, definitionOf } from './epsg.ts'
import { makeFinding, type Finding } from '../finding.ts'
import { say, type Said } from '../../said.ts'
import { unreadable } from '../unreadable.ts'

/** Converts the file's coordinates to degrees; null if they are in degrees already. */
export type Reproject = ((point: [number, number]) => readonly number[]) | null

/** How to convert a file's coordinates to degrees, the name of their system, and what the owner must know. */
export interface CoordinateSystem {
  readonly reproject: Reproject
  readonly sourceCrs: string
  readonly findings: readonly Finding[]
}

const LONGEST_PRJ = 16_384
const WKT = /^\s*(?:GEOGCS|PROJCS|GEOGCRS|GEODCRS|PROJCRS|BOUNDCRS|COMPD_?CS|COMPOUNDCRS)\s*\[/i
/** `EPSG:32632`, `urn:ogc:def:crs:EPSG::32632`, `http://www.opengis.net/def/crs/EPSG/0/32632`, and the bare number. */
const EPSG = /^(?:.*\bEPSG[:/]{1,2}(?:[\d.]{0,8}[:/])?)?(\d{4,6})$/i
const LON_LAT = /^(?:WGS[ _]?(?:19)?84(?:\s*\(DD\))?|.*\b(?:CRS:?84|OGC:1\.3:CRS84))$/i
/** How most programs write WGS84 degrees. */
const WGS84_DEGREES =
  'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],' +
  'PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]'
const NO_DATUM = 5

/** The parts of a parsed system that proj4's published types do not name. */
interface ReadSystem {
  readonly name?: unknown
  readonly projName?: string
  readonly datumCode?: string
  readonly datum?: { readonly datum_type?: number; datum_params?: readonly number[] }
}

/**
 * Reads the text of a .prj file, or the definition of a system in a GeoPackage: WKT, an EPSG code or nothing. WGS84
 * degrees are left as they are. Any other system that proj4 knows is converted. proj4 is loaded only for other texts
 * than the usual one: loading it costs more than reading most files.
 * @throws Fault `unreadable-file` when the system is not known
 */
export async function readPrj(prj: string, filename: string): Promise<CoordinateSystem> {
  const text = prj.replace(/^\uFEFF/, '').trim()
  if (text === WGS84_DEGREES) return { reproject: null, sourceCrs: 'GCS_WGS_1984', findings: [] }
  if (text === '') return assumedWgs84(say('prj-empty', {}))
  if (text.length > LONGEST_PRJ) throw unknown(filename, 'prj-unknown')
  return await (WKT.test(text) ? readWkt(text, filename) : systemNamed(text, filename, 'prj-unknown'))
}

/**
 * The system of a name or code.
 * @throws Fault `unreadable-file` when it is not known here
 */
export async function systemNamed(name: string, filename: string, refusal: Unknown): Promise<CoordinateSystem> {
  const shown = name.trim().slice(0, 100)
  if (LON_LAT.test(shown)) return { reproject: null, sourceCrs: shown, findings: [] }
  const code = EPSG.exec(shown)?.[1]
  const definition = code === undefined ? undefined : definitionOf(Number(code))
  if (code === undefined || definition === undefined) throw unknown(filename, refusal, shown)
  if (definition === 'degrees') return { reproject: null, sourceCrs: shown, findings: [] }
  const { default: proj4 } = await import('proj4')
  const converter = proj4(definition)
  const title = `EPSG:${code}`
  return { reproject: (point) => converter.inverse(point), sourceCrs: title, findings: converted(title, false) }
}

/** Coordinates of an unknown system are taken as WGS84. The builder checks that they lie in the range of degrees. */
export function assumedWgs84(found: Said): CoordinateSystem {
  return {
    reproject: null,
    sourceCrs: 'not stated',
    findings: [makeFinding('crs-assumed', say('wgs84-assumed', { found }), { count: 1 })],
  }
}

/** WGS84 degrees, as the format itself lays down. */
export const LAID_DOWN_WGS84: CoordinateSystem = { reproject: null, sourceCrs: 'EPSG:4326', findings: [] } as const

async function readWkt(wkt: string, filename: string): Promise<CoordinateSystem> {
  const { default: proj4 } = await import('proj4')
  try {
    const system = proj4.Proj(wkt) as unknown as ReadSystem
    const name = typeof system.name === 'string' ? system.name.slice(0, 80) : 'unnamed'
    if (system.projName === 'longlat' && system.datumCode === 'wgs84')
      return { reproject: null, sourceCrs: name, findings: [] }
    if (system.projName === undefined || system.projName === 'identity') throw unknown(filename, 'prj-unknown')
    const isShiftUnknown = system.datum?.datum_type === NO_DATUM
    const shift = isShiftUnknown ? datumShiftOf(wkt) : undefined
    const converter = proj4(shift === undefined ? wkt : withShift(wkt, shift))
    return {
      reproject: (point) => converter.inverse(point),
      sourceCrs: name,
      findings: converted(name, isShiftUnknown && shift === undefined),
    }
  } catch (cause) {
    throw unknown(filename, 'prj-unknown', undefined, cause)
  }
}

/** The system with a shift of its datum, which the .prj files of Esri do not give. */
function withShift(wkt: string, shift: string): string {
  return wkt.replace(/(DATUM\s*\[\s*"[^"]*"\s*,\s*SPHEROID\s*\[[^\]]*\])/i, `$1,TOWGS84[${shift},0,0,0,0]`)
}

function converted(name: string, isShiftUnknown: boolean): Finding[] {
  const said = say(isShiftUnknown ? 'coordinates-converted-roughly' : 'coordinates-converted', { system: name })
  return [makeFinding('crs-transformed', said, { count: 1 })]
}

/** The refusal of a system that is not known, by what should have named it. */
type Unknown = 'prj-unknown' | 'crs-unknown' | 'layer-system-unknown'

function unknown(filename: string, refusal: Unknown, name?: string, cause?: unknown): Error {
  const shown = name === undefined ? '' : say('system-shown', { name: name.replace(/[^\x20-\x7e]/g, '?').slice(0, 40) })
  return unreadable(filename, say(refusal, { shown }), { cause })
}
