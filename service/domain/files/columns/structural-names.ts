import { consistsOf, wordsOf } from './words.ts'

/** A kind of columns that describe rows or shapes, and say nothing of the risk of malaria. */
interface StructuralNames {
  /** Why such a column is no candidate, as it is shown. */
  readonly reason: string
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
    reason: 'it numbers the rows',
    needed: 'sn serial no number nr num numero row rowid record line index idx fid oid objectid gid',
    beside: 's n o number no id target orig original join count sheet sl sr',
  },
  {
    reason: 'it is a code or a number of the area',
    needed: 'pcode pcodes code codes uid uuid guid id ids hasc iso dhis2 geocode geoid numcode',
    beside:
      'ward lga state district region zone area admin adm adm0 adm1 adm2 adm3 adm4 cc gid country nat facility org unit ' +
      'orgunit national health 0 1 2 3 4 5 old new global ou no',
  },
  {
    reason: 'it is a code or a number of the area',
    needed: 'wardno wardnumber wardnum lgano',
    beside: 'no',
  },
  {
    reason: 'it is a telephone number or an address',
    needed: 'phone telephone mobile fax zip zipcode postcode postal tel email gsm',
    beside: 'number no code contact office ward',
  },
  {
    reason: 'it is a coordinate',
    needed:
      'lat lats latitude lon lng long longs longitude longitud latitud easting northing xcoord ycoord xcoordinate ' +
      'ycoordinate coordx coordy pointx pointy',
    beside:
      'x y z dd dms gps point centroid center centre coord coords coordinate coordinates wgs 84 wgs84 utm decimal degree ' +
      'degrees deg ward facility mid start end of the',
  },
  {
    reason: 'it is a coordinate',
    needed: 'coord coords coordinate coordinates centroid point gps geo',
    beside: 'x y z',
  },
  {
    reason: 'it is a length or an area of the shape',
    needed: 'area areas superficie perimeter perim hectare hectares acres sqkm km2 aream areakm areakm2 areaha',
    beside:
      'shape land total ward lga size urban rural built up sq square km km2 km² m m2 m² ha hectare hectares meter meters ' +
      'metre metres mile miles mi gis calc calculated geodesic of in the surface',
  },
  {
    reason: 'it is a length or an area of the shape',
    needed: 'length leng len',
    beside: 'shape st perimeter border boundary km m meters metres',
  },
  {
    reason: 'it is a date or a period',
    needed:
      'year years yr annee annees ano period periods periode periodo periodid periodname month months mois mes quarter ' +
      'trimestre week weeks semaine epiweek date dates datetime timestamp',
    beside:
      'id name code start end begin from to of the data survey report reporting reported iso fiscal calendar no number ' +
      'updated created modified entry collection submission last first day time and',
  },
  {
    reason: 'it is a level of the hierarchy',
    needed: 'level orgunitlevel niveau',
    beside: 'admin adm org',
  },
  { reason: 'it is a rank', needed: 'rank ranking rang', beside: 'ward overall final' },
  { reason: 'it sums up other columns', needed: 'subtotal grandtotal', beside: 's' },
]

/** Names that one of a set of words does not describe, in the form of `wordsOf`. */
const PATTERNS: readonly { readonly reason: string; readonly name: RegExp }[] = [
  { reason: 'it numbers the rows', name: /^(?:s n|sl|unnamed(?: \d+)?|\d{1,3}|join count)$/ },
  { reason: 'it numbers the rows', name: /^(?:target |orig |join )?(?:fid|oid|objectid)(?: \d+)?$/ },
  {
    reason: 'it is a code or a number of the area',
    name: /^(?:ward|lga|state|district|region|zone|facility|house|household|unit) (?:no|number|nr|num)$/,
  },
  { reason: 'it is a code or a number of the area', name: /^(?:id|gid|cc|hasc|adm\d?|iso) \d$/ },
  { reason: 'it is a level of the hierarchy', name: /^(?:orgunit|admin|adm) ?level ?\d*$/ },
  { reason: 'it is a coordinate', name: /^[xyz] (?:coord|coords|coordinate|centroid|point|geo)$/ },
  { reason: 'it sums up other columns', name: /^(?:grand|sub|overall) totals?$/ },
]

/** Why a column of this name says nothing about the risk of a ward; null if the name does not show it. */
export function structuralName(name: string): string | null {
  const found = wordsOf(name)
  const text = found.join(' ')
  return (
    PATTERNS.find((pattern) => pattern.name.test(text))?.reason ??
    STRUCTURAL.find(({ needed, beside }) => consistsOf(found, needed, beside))?.reason ??
    null
  )
}
