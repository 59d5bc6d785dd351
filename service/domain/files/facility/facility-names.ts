import { headerForm, LOOSE_NAMES, ROLE_NAMES, UNIT_NAMES } from '../ward/role-names.ts'

/** What the columns of a facility table say about a row. */
export type FacilityKey =
  'state' | 'lga' | 'ward' | 'facility' | 'level' | 'period' | 'month' | 'year' | 'element' | 'value'

const FACILITY_NAMES = [
  'healthfacility',
  'organisationunitname',
  ...ROLE_NAMES.facility,
  'orgunitlevel6',
  'organizationunitname',
  'organizationunit',
  'orgunitname',
  'orgunit',
  'structuresanitaire',
  'structure',
  'etablissement',
  'etablissementdesante',
  'unidadedesaude',
  'estabelecimento',
  'establecimiento',
  'establecimientodesalud',
] as const
const MONTH_NAMES = ['month', 'monthname', 'mois', 'mes', 'reportingmonth'] as const
const YEAR_NAMES = ['year', 'annee', 'ano', 'reportingyear'] as const

/**
 * The headers by which the columns are recognised, in the form of `headerForm`, the most telling first. Areas are
 * called
 * as in ward tables, except by words that name the unit of a row or almost anything.
 */
function namesByKey(): readonly (readonly [FacilityKey, readonly string[]])[] {
  return [
    ['ward', ROLE_NAMES['ward name'].filter((name) => !UNIT_NAMES.has(name) && !LOOSE_NAMES.has(name))],
    ['lga', [...ROLE_NAMES.lga, 'county']],
    ['state', [...ROLE_NAMES.state]],
    ['facility', [...new Set(FACILITY_NAMES)]],
    ['level', ['facilitylevel', 'levelofcare', 'facilitytype', 'niveau', 'nivel', 'level']],
    ['period', ROLE_NAMES.period.filter((name) => !isNamed(MONTH_NAMES, name) && !isNamed(YEAR_NAMES, name))],
    ['month', MONTH_NAMES],
    ['year', YEAR_NAMES],
    ['element', [...ROLE_NAMES['data element'], 'elementdedonnees']],
    ['value', ROLE_NAMES['data value']],
  ]
}

/**
 * Where each key's column is, by its header. `settled` columns are those of a person, and are not looked at.
 * @param given the places that a person gave
 */
export function placesByHeader(
  headers: readonly string[],
  settled: ReadonlySet<number>,
  given: ReadonlyMap<FacilityKey, number>,
): ReadonlyMap<FacilityKey, number> {
  const places = new Map(given)
  const taken = new Set(settled)
  const forms = headers.map(headerForm)
  for (const [key, names] of namesByKey()) {
    if (places.has(key)) continue
    for (const name of names) {
      const position = forms.findIndex((form, at) => form === name && !taken.has(at))
      if (position === -1) continue
      places.set(key, position)
      taken.add(position)
      break
    }
  }
  return places
}

/**
 * Which of the columns of periods a column is that a person gave the role `period`: a month and a year may be apart.
 */
export function periodKeyOf(header: string, given: ReadonlyMap<FacilityKey, number>): FacilityKey {
  const form = headerForm(header)
  const named: FacilityKey = isNamed(MONTH_NAMES, form) ? 'month' : isNamed(YEAR_NAMES, form) ? 'year' : 'period'
  const keys: readonly FacilityKey[] = [named, 'period', 'month', 'year']
  return keys.find((key) => !given.has(key)) ?? named
}

/** Whether a header names one of the columns that say what a row is about. */
export function isFacilityKey(header: string): boolean {
  const form = headerForm(header)
  return namesByKey().some(([, names]) => names.includes(form))
}

function isNamed(names: readonly string[], form: string): boolean {
  return names.includes(form)
}
