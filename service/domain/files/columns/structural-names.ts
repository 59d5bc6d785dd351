import { say, type Said } from '../../said.ts'
import { consistsOf, wordsOf } from './words.ts'

/** Why a column of such a name is no candidate. */
type Reason =
  | 'is-row-number'
  | 'is-area-code'
  | 'is-address'
  | 'is-coordinate'
  | 'is-shape-size'
  | 'is-date'
  | 'is-level'
  | 'is-rank'
  | 'is-sum-of-columns'

/** A kind of columns that describe rows or shapes, and say nothing of the risk of malaria. */
interface StructuralNames {
  readonly reason: Reason
  /** Names with nothing but these words, at least one of them from `needed`. */
  readonly needed: string
  readonly beside: string
}

/**
 * Whole words only: `area` is an area, `area_risk` is not. Most come from attribute tables of GIS programs (FID,
 * OBJECTID, Shape_Leng), from spreadsheets (S/N, No.), from pandas (Unnamed: 0) and from DHIS2 (uid,
 * orgunitlevel).
 */
const STRUCTURAL: readonly StructuralNames[] = [
  {
    reason: 'is-row-number',
    needed: 'sn serial no number nr num numero row rowid record line index idx fid oid objectid gid',
    beside: 's n o number no id target orig original join count sheet sl sr',
  },
  {
    reason: 'is-area-code',
    needed: 'pcode pcodes code codes uid uuid guid id ids hasc iso dhis2 geocode geoid numcode',
    beside:
      'ward lga state district region zone area admin adm adm0 adm1 adm2 adm3 adm4 cc gid country nat facility org unit ' +
      'orgunit national health 0 1 2 3 4 5 old new global ou no',
  },
  {
    reason: 'is-area-code',
    needed: 'wardno wardnumber wardnum lgano',
    beside: 'no',
  },
  {
    reason: 'is-address',
    needed: 'phone telephone mobile fax zip zipcode postcode postal tel email gsm',
    beside: 'number no code contact office ward',
  },
  {
    reason: 'is-coordinate',
    needed:
      'lat lats latitude lon lng long longs longitude longitud latitud easting northing xcoord ycoord xcoordinate ' +
      'ycoordinate coordx coordy pointx pointy',
    beside:
      'x y z dd dms gps point centroid center centre coord coords coordinate coordinates wgs 84 wgs84 utm decimal degree ' +
      'degrees deg ward facility mid start end of the',
  },
  {
    reason: 'is-coordinate',
    needed: 'coord coords coordinate coordinates centroid point gps geo',
    beside: 'x y z',
  },
  {
    reason: 'is-shape-size',
    needed: 'area areas superficie perimeter perim hectare hectares acres sqkm km2 aream areakm areakm2 areaha',
    beside:
      'shape land total ward lga size urban rural built up sq square km km2 km² m m2 m² ha hectare hectares meter meters ' +
      'metre metres mile miles mi gis calc calculated geodesic of in the surface',
  },
  {
    reason: 'is-shape-size',
    needed: 'length leng len',
    beside: 'shape st perimeter border boundary km m meters metres',
  },
  {
    reason: 'is-date',
    needed:
      'year years yr annee annees ano period periods periode periodo periodid periodname month months mois mes quarter ' +
      'trimestre week weeks semaine epiweek date dates datetime timestamp',
    beside:
      'id name code start end begin from to of the data survey report reporting reported iso fiscal calendar no number ' +
      'updated created modified entry collection submission last first day time and',
  },
  {
    reason: 'is-level',
    needed: 'level orgunitlevel niveau',
    beside: 'admin adm org',
  },
  { reason: 'is-rank', needed: 'rank ranking rang', beside: 'ward overall final' },
  { reason: 'is-sum-of-columns', needed: 'subtotal grandtotal', beside: 's' },
]

/** Names that one of a set of words does not describe, in the form of `wordsOf`. */
const PATTERNS: readonly { readonly reason: Reason; readonly name: RegExp }[] = [
  { reason: 'is-row-number', name: /^(?:s n|sl|unnamed(?: \d+)?|\d{1,3}|join count)$/ },
  { reason: 'is-row-number', name: /^(?:target |orig |join )?(?:fid|oid|objectid)(?: \d+)?$/ },
  {
    reason: 'is-area-code',
    name: /^(?:ward|lga|state|district|region|zone|facility|house|household|unit) (?:no|number|nr|num)$/,
  },
  { reason: 'is-area-code', name: /^(?:id|gid|cc|hasc|adm\d?|iso) \d$/ },
  { reason: 'is-level', name: /^(?:orgunit|admin|adm) ?level ?\d*$/ },
  { reason: 'is-coordinate', name: /^[xyz] (?:coord|coords|coordinate|centroid|point|geo)$/ },
  { reason: 'is-sum-of-columns', name: /^(?:grand|sub|overall) totals?$/ },
]

/** Why a column of this name says nothing about the risk of a ward; null if the name does not show it. */
export function structuralName(name: string): Said | null {
  const found = wordsOf(name)
  const text = found.join(' ')
  const kind =
    PATTERNS.find((pattern) => pattern.name.test(text))?.reason ??
    STRUCTURAL.find(({ needed, beside }) => consistsOf(found, needed, beside))?.reason
  return kind === undefined ? null : say(kind, {})
}
