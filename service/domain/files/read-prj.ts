import proj4 from 'proj4'
import type { Reproject } from './boundaries-builder.ts'
import { Fault } from '../fault.ts'
import type { Finding } from './finding.ts'
import { unreadable } from './unreadable.ts'

const LONGEST_PRJ = 16_384
const WKT = /^\s*(?:GEOGCS|PROJCS|GEOGCRS|GEODCRS|PROJCRS|BOUNDCRS)\s*\[/i
const NO_DATUM = 5

/** How to convert a file's coordinates to degrees, the name of their system, and what the owner must know. */
export interface CoordinateSystem {
  readonly reproject: Reproject
  readonly sourceCrs: string
  readonly findings: readonly Finding[]
}

/** The parts of a parsed system that proj4's published types do not name. */
interface ReadSystem {
  readonly name?: unknown
  readonly projName?: string
  readonly datumCode?: string
  readonly datum?: { readonly datum_type?: number }
}

/**
 * Reads the text of a .prj file. WGS84 degrees are left as they are. Any other system that proj4 knows is converted.
 * @throws Fault `unreadable-file` when proj4 does not know the system
 */
export function readPrj(prj: string, filename: string): CoordinateSystem {
  if (prj.length > LONGEST_PRJ || !WKT.test(prj)) throw unknown(filename)
  try {
    const system = proj4.Proj(prj) as unknown as ReadSystem
    const name = typeof system.name === 'string' ? system.name.slice(0, 80) : 'unnamed'
    if (system.projName === 'longlat' && system.datumCode === 'wgs84')
      return { reproject: null, sourceCrs: name, findings: [] }
    if (system.projName === undefined || system.projName === 'identity') throw unknown(filename)
    const converter = proj4(prj)
    return {
      reproject: (point) => converter.inverse(point),
      sourceCrs: name,
      findings: findings(name, system.datum?.datum_type === NO_DATUM),
    }
  } catch (cause) {
    throw cause instanceof Fault ? cause : unknown(filename, cause)
  }
}

/** Coordinates without a .prj are taken as WGS84. The builder checks that they lie in the range of degrees. */
export function assumedWgs84(detail: string): CoordinateSystem {
  return { reproject: null, sourceCrs: 'not stated', findings: [{ kind: 'crs-assumed', detail, count: 1 }] }
}

/** Web Mercator, which web maps use. */
export function webMercator(): CoordinateSystem {
  const converter = proj4('EPSG:3857')
  return {
    reproject: (point) => converter.inverse(point),
    sourceCrs: 'EPSG:3857',
    findings: findings('EPSG:3857', false),
  }
}

function findings(name: string, datumUnknown: boolean): Finding[] {
  const doubt = datumUnknown ? ' Its datum is not known here, so places may be off by up to a few hundred metres.' : ''
  return [
    { kind: 'crs-transformed', detail: `Coordinates were converted from ${name} to WGS84 degrees.${doubt}`, count: 1 },
  ]
}

function unknown(filename: string, cause?: unknown): Fault {
  return unreadable(
    filename,
    `its .prj names no coordinate system that is known here; ` + 'export the boundaries in WGS84 (EPSG:4326)',
    {},
    cause,
  )
}
