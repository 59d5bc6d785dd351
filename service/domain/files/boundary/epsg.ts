/**
 * Shifts of datums to WGS84 in metres (x, y, z), from the EPSG registry: the transformation for the whole country or
 * region. Files of Esri name the datum and give no shift.
 */
const DATUM_SHIFTS = {
  /** Nigeria; EPSG:1168. */
  minna: '-92,-93,122',
  /** Sudan, Ethiopia; EPSG:1100. */
  adindan: '-166,-15,204',
  /** Kenya, Tanzania, Uganda; EPSG:1122. */
  arc_1960: '-160,-6,-302',
  /** Zambia, Malawi, Zimbabwe; EPSG:1113. */
  arc_1950: '-143,-90,-294',
  /** Ghana; EPSG:1157. */
  leigon: '-130,29,364',
} as const

const CLARKE_RGS = '+a=6378249.145 +rf=293.465'
const CLARKE_ARC = '+a=6378249.145 +rf=293.4663077'
const MINNA = `${CLARKE_RGS} +towgs84=${DATUM_SHIFTS.minna}`
const ADINDAN = `${CLARKE_RGS} +towgs84=${DATUM_SHIFTS.adindan}`
const ARC_1960 = `${CLARKE_RGS} +towgs84=${DATUM_SHIFTS.arc_1960}`
const ARC_1950 = `${CLARKE_ARC} +towgs84=${DATUM_SHIFTS.arc_1950}`
const LEIGON = `${CLARKE_RGS} +towgs84=${DATUM_SHIFTS.leigon}`
const WEB_MERCATOR = 'EPSG:3857'

const BELT = `+proj=tmerc +lat_0=4 +k=0.99975 +y_0=0 ${MINNA} +units=m`

/** Coordinate systems in which wards are published, besides the UTM zones, by their EPSG code. */
const SYSTEMS: Readonly<Record<number, string>> = {
  4326: 'degrees',
  4979: 'degrees',
  3857: WEB_MERCATOR,
  900913: WEB_MERCATOR,
  102100: WEB_MERCATOR,
  4263: `+proj=longlat ${MINNA}`,
  4201: `+proj=longlat ${ADINDAN}`,
  4210: `+proj=longlat ${ARC_1960}`,
  4209: `+proj=longlat ${ARC_1950}`,
  4250: `+proj=longlat ${LEIGON}`,
  26391: `${BELT} +lon_0=4.5 +x_0=230738.26`,
  26392: `${BELT} +lon_0=8.5 +x_0=670553.98`,
  26393: `${BELT} +lon_0=12.5 +x_0=1110369.7`,
  25000: `+proj=tmerc +lat_0=4.666666666666667 +lon_0=-1 +k=0.99975 +x_0=274319.51 +y_0=0 ${LEIGON} +units=m`,
} as const

/** Runs of codes of UTM zones: the code of zone 0, the zones that exist, and the rest of the definition. */
const UTM_ZONES: readonly (readonly [base: number, first: number, last: number, rest: string])[] = [
  [32600, 1, 60, '+datum=WGS84'],
  [32700, 1, 60, '+south +datum=WGS84'],
  [26300, 31, 32, MINNA],
  [20100, 35, 38, ADINDAN],
  [21000, 35, 37, `+south ${ARC_1960}`],
  [21060, 35, 37, ARC_1960],
  [20900, 34, 36, `+south ${ARC_1950}`],
] as const

/** The definition of an EPSG code for proj4, `degrees` for WGS84 itself; undefined if it is not known here. */
export function definitionOf(code: number): string | undefined {
  const known = SYSTEMS[code]
  if (known !== undefined) return known
  for (const [base, first, last, rest] of UTM_ZONES) {
    const zone = code - base
    if (zone >= first && zone <= last) return `+proj=utm +zone=${String(zone)} ${rest} +units=m`
  }
  return undefined
}

/** The shift of the datum that a WKT names, if it is known here. */
export function datumShiftOf(wkt: string): string | undefined {
  const name = /DATUM\s*\[\s*"(?:D_)?([^"]*)"/i
    .exec(wkt)?.[1]
    ?.toLowerCase()
    .replace(/[\s-]+/g, '_')
  return Object.entries(DATUM_SHIFTS).find(([datum]) => datum === name)?.[1]
}
