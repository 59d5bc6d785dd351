import { quoted } from '../../quoted.ts'
import type { ReadingChoices } from '../reading/choices.ts'
import type { Inquiry } from '../reading/inquiry.ts'
import { makeQuestion, questionId } from '../reading/question.ts'
import { say } from '../../said.ts'
import { facilityLayout, settledRoles, type FacilityLayout } from './facility-layout.ts'

const MOST_OPTIONS = 50
/** The answer that each row is about a whole ward. No header is empty. */
const WARD_ITSELF = ''

/**
 * The layout of a facility table by its header, by what a person settled, and by their answers where no header names
 * the ward or the health facility.
 * @returns the layout, and whether such a question is open
 * @throws Fault `invalid-input` when a role was given to a column that is not there or cannot have it
 */
export function askedLayout(
  headers: readonly string[],
  choices: ReadingChoices,
  inquiry: Inquiry,
  filename: string,
): { readonly layout: FacilityLayout; readonly isOpen: boolean } {
  const settled = settledRoles(headers, choices.columns ?? {}, filename)
  const first = facilityLayout(headers, settled)
  const ward = first.places.has('ward') ? null : ask('ward', first, inquiry)
  if (ward !== null) settled.set(headers.indexOf(ward), 'ward name')
  const second = ward === null ? first : facilityLayout(headers, settled)
  const facility = second.places.has('facility') ? null : ask('facility', second, inquiry)
  const isOpen = inquiry.questions.length > 0
  const wardPlace = second.places.get('ward')
  if (facility === WARD_ITSELF && wardPlace !== undefined)
    return { layout: { ...second, places: new Map(second.places).set('facility', wardPlace) }, isOpen }
  if (facility === null || facility === WARD_ITSELF) return { layout: second, isOpen }
  settled.set(headers.indexOf(facility), 'facility')
  return { layout: facilityLayout(headers, settled), isOpen }
}

function ask(what: 'ward' | 'facility', { columns, counts }: FacilityLayout, inquiry: Inquiry): string | null {
  const counted = new Set(counts.map(({ name }) => name))
  const names = columns.map(({ name }) => name).filter((name) => name.trim() !== '' && !counted.has(name))
  const isWard = what === 'ward'
  const options = names.slice(0, MOST_OPTIONS).map((name) => ({
    value: name,
    said: say(isWard ? 'names-ward' : 'names-facility', { column: quoted(name) }),
  }))
  return inquiry.ask(
    makeQuestion({
      id: questionId('column-roles', what),
      kind: 'column-roles',
      said: say(isWard ? 'column-of-ward' : 'column-of-facility', {}),
      options: isWard ? options : [...options, { value: WARD_ITSELF, said: say('rows-are-wards', {}) }],
      affects: 'ranking',
      columns: [],
    }),
  )
}
