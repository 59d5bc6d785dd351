import { areaForm, normalForm } from '../normal-form.ts'
import { isSummaryName } from '../summary-row.ts'

/** Words that stand where a name is not known, in the languages of the exports. */
const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'unknown',
  'unknown ward',
  'not assigned',
  'unassigned',
  'not specified',
  'not stated',
  'not applicable',
  'unspecified',
  'missing',
  'none',
  'null',
  'other',
  'others',
  'inconnu',
  'inconnue',
  'non precise',
  'non renseigne',
  'non specifie',
  'desconhecido',
  'nao especificado',
  'desconocido',
  'sin asignar',
  'nd',
  'na',
  'n a',
])

export interface NamedRow {
  readonly state: string
  readonly lga: string
  readonly ward: string
  readonly facility: string
}

/** Why a row is not the report of a facility in a ward; null if it is one. */
export function whyNoReport({
  state,
  lga,
  ward,
  facility,
}: NamedRow): 'nameless' | 'unknown' | 'summary' | 'area' | null {
  if (ward === '' || facility === '') return 'nameless'
  if (isSummaryName(ward, [lga, state]) || isSummaryName(facility, [ward, lga, state])) return 'summary'
  if (isPlaceholder(ward)) return 'unknown'
  return isArea(ward, facility, [lga, state]) ? 'area' : null
}

/** Whether a name says that the name is not known. */
export function isPlaceholder(name: string): boolean {
  const plain = name
    .slice(0, 60)
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
  return plain === '' || PLACEHOLDERS.has(plain)
}

/** Whether a row is about an LGA or a state: its ward is called like it, and its facility like one of both. */
function isArea(ward: string, facility: string, areas: readonly string[]): boolean {
  const forms = new Set(areas.filter((area) => area !== '').map(areaForm))
  return forms.has(areaForm(ward)) && (forms.has(areaForm(facility)) || normalForm(facility) === normalForm(ward))
}
