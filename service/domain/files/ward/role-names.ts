import { plainForm } from '../area-key.ts'
import type { AREA_ROLES } from '../reading/roles.ts'

/** The roles that are recognised by the words of a header. */
export type NamedRole = (typeof AREA_ROLES)[number] | 'facility' | 'period' | 'data element' | 'data value'

/**
 * The headers of the sources, in the form of `headerForm`, the most telling first: our own, COD-AB (`ADM3_EN`,
 * `admin3Name`), GADM (`NAME_3`), geoBoundaries, GRID3, DHIS2, CHAP, and the words of ministries in English, French,
 * Portuguese and Spanish. `adm3*` stands for `adm3` and what follows it without `code`.
 */
export const ROLE_NAMES: Readonly<Record<NamedRole, readonly string[]>> = {
  'ward name': [
    'wardname',
    'ward',
    'wards',
    'nameofward',
    'adm3*',
    'name3',
    'shapename',
    'airedesante',
    'airesante',
    'nomdelairedesante',
    'orgunitlevel4',
    'organisationunitname',
    'organisationunit',
    'organizationunitname',
    'organizationunit',
    'orgunitname',
    'orgunit',
    'settlementname',
    'settlement',
    'locationname',
    'location',
    'areaname',
    'area',
    'name',
    'nom',
    'nome',
    'nombre',
  ],
  'ward code': [
    'wardcode',
    'wardpcode',
    'adm3code',
    'adm3pcode',
    'gid3',
    'shapeid',
    'codeairedesante',
    'orgunitlevel4id',
    'organisationunitcode',
    'organisationunitid',
    'orgunitcode',
    'orgunitid',
    'locationid',
  ],
  lga: [
    'lga',
    'lganame',
    'localgovernmentarea',
    'localgovernment',
    'adm2*',
    'name2',
    'districtsanitaire',
    'zonedesante',
    'healthdistrict',
    'district',
    'districtname',
    'departement',
    'cercle',
    'subcounty',
    'municipality',
    'municipio',
    'distrito',
    'orgunitlevel3',
    'parentname',
  ],
  'lga code': ['lgacode', 'lgapcode', 'adm2code', 'adm2pcode', 'gid2', 'districtcode', 'orgunitlevel3id'],
  state: [
    'state',
    'statename',
    'adm1*',
    'name1',
    'region',
    'regionname',
    'province',
    'provincia',
    'county',
    'orgunitlevel2',
  ],
  'state code': ['statecode', 'statepcode', 'adm1code', 'adm1pcode', 'gid1', 'regioncode', 'orgunitlevel2id'],
  facility: [
    'healthfacility',
    'healthfacilityname',
    'facilityname',
    'facility',
    'hfname',
    'hf',
    'orgunitlevel5',
    'formationsanitaire',
    'nomfosa',
    'fosa',
    'unidadesanitaria',
    'organisationunitname',
    'organisationunit',
  ],
  period: [
    'period',
    'periodname',
    'periodcode',
    'periodid',
    'timeperiod',
    'periode',
    'periodo',
    'year',
    'annee',
    'ano',
    'quarter',
    'trimestre',
    'month',
    'mois',
    'mes',
    'monthname',
    'week',
    'semaine',
    'date',
    'reportingperiod',
    'reportingmonth',
    'reportingyear',
  ],
  'data element': [
    'dataname',
    'data',
    'dataelement',
    'dataelementname',
    'indicator',
    'indicatorname',
    'variable',
    'donnees',
  ],
  'data value': ['value', 'valeur', 'valor'],
}

/** Headers of the unit of DHIS2 that a row is about: of a facility if another column names the ward. */
export const UNIT_NAMES: ReadonlySet<string> = new Set([
  'organisationunitname',
  'organisationunit',
  'organizationunitname',
  'organizationunit',
  'orgunitname',
  'orgunit',
  'organisationunitcode',
  'organisationunitid',
  'orgunitcode',
  'orgunitid',
])

/** Names that also measures have: they name wards only if their column holds text. */
export const LOOSE_NAMES: ReadonlySet<string> = new Set([
  ...UNIT_NAMES,
  'settlement',
  'location',
  'area',
  'name',
  'nom',
  'nome',
  'nombre',
  'region',
  'facility',
  'hf',
  'wards',
])

/**
 * A header without case, accents, spaces and signs. `0me` is what some exports made of `name`. The levels of COD-AB are
 * written alike: `ADM3_EN`, `admin3Name_en` and `adm3_name` are `adm3*`.
 */
export function headerForm(header: string): string {
  return plainForm(header)
    .replace(/[^\p{L}\p{N}]/gu, '')
    .replace('0me', 'name')
    .replace(/^admin(?=\d)/, 'adm')
    .replace(/^(adm\d)(?:name)?(?:en|fr|pt|es|ar)?\d?$/, '$1*')
}

/** The place of a header in the names of a role; -1 if it has another meaning. */
export function placeInRole(form: string, role: NamedRole): number {
  return ROLE_NAMES[role].indexOf(form)
}

/** Whether a header may name what a row is about. Then also the look of its numbers is kept: `0101`, `101.0`. */
export function isKeyHeader(header: string): boolean {
  const form = headerForm(header)
  return Object.entries(ROLE_NAMES).some(([role, names]) => role !== 'data value' && names.includes(form))
}
