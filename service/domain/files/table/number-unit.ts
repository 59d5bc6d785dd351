/** What people write behind numbers, by the unit that it means. Capital M may mean millions, so it is none of them. */
const SPELLINGS: Readonly<Record<string, string>> = {
  mm: 'mm,millimetre,millimetres,millimeter,millimeters',
  cm: 'cm,centimetre,centimetres,centimeter,centimeters',
  m: 'm,metre,metres,meter,meters,mètre,mètres',
  km: 'km,kms,kilometre,kilometres,kilometer,kilometers,kilomètre,kilomètres',
  'km²': 'km2,km²,sqkm,sq km,square km',
  ha: 'ha,hectare,hectares',
  '°C': '°c,deg c,degrees c,celsius',
  people: 'people,persons,person,ppl,inhabitants,habitants,hab,personnes',
  'people per km²':
    '/km2,/km²,per km2,per km²,people/km2,people/km²,persons/km2,persons/km²,hab/km2,hab/km²,people per km2,people per km²',
  households: 'households,household,hh,ménages',
  nets: 'nets,net,llins,itns',
  cases: 'cases,case,cas',
  hours: 'hours,hour,hrs,hr,h,heures,heure',
  minutes: 'minutes,minute,mins,min',
  days: 'days,day,jours,jour',
  months: 'months,month,mois',
  years: 'years,year,yrs,yr,ans',
} as const
const UNIT_OF: ReadonlyMap<string, string> = new Map(
  Object.entries(SPELLINGS).flatMap(([unit, spellings]) => spellings.split(',').map((one) => [one, unit] as const)),
)
const NUMBER_AND_UNIT = /^([-+−]?(?:\d[\d.,' \u00a0\u202f\u2009’]*)?\d)\s*([^\d\s][^\d]{0,14}[²2]?)$/
const LONGEST = 60

/** The number of a trimmed cell such as `12.5 km`, and its unit; null if a known unit does not end it. */
export function splitUnit(cell: string): { readonly number: string; readonly unit: string } | null {
  const first = cell.charCodeAt(0)
  // Most texts are names, which begin with a letter.
  if (first > 0x39 && first !== 0x2212) return null
  if (cell.length > LONGEST) return null
  const [, number, written = ''] = NUMBER_AND_UNIT.exec(cell) ?? []
  if (number === undefined || written === 'M') return null
  const unit = UNIT_OF.get(written.trim().toLowerCase())
  return unit === undefined ? null : { number, unit }
}
