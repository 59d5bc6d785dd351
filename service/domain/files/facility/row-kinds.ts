import { stateForm } from '../area-key.ts'
import { areaForm, normalForm } from '../normal-form.ts'
import { isMissing } from '../read-cell.ts'
import { isSummaryName, wordForm } from '../summary-row.ts'
import { isRestName, isUnknownName } from '../ward/no-place-names.ts'

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

/** Whether a name says that the name is not known, or gathers what is left. */
function isPlaceholder(name: string): boolean {
  return isMissing(name) || wordForm(name) === '' || isUnknownName(name) || isRestName(name)
}

/** Whether a row is about an LGA or a state: its ward is called like it, and its facility like one of both. */
function isArea(ward: string, facility: string, areas: readonly string[]): boolean {
  const forms = new Set(areas.filter((area) => area !== '').flatMap((area) => [areaForm(area), stateForm(area)]))
  const isOne = (name: string): boolean => forms.has(areaForm(name)) || forms.has(stateForm(name))
  return isOne(ward) && (isOne(facility) || normalForm(facility) === normalForm(ward))
}
