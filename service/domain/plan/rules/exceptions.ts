import type { FaultDetail } from '../../fault.ts'
import { quoted } from '../../quoted.ts'
import { listedNames, say } from '../../said.ts'
import type { PlanWard } from '../plan-basis.ts'
import type { Exception } from '../plan-options.ts'

/** The exceptions of a plan, by the places of their wards in the ranking. */
export type NamedWards = ReadonlyMap<number, Exception>

/**
 * Finds the ward of each exception: by its label or code as they are spelled, or else by its label in any case. A name
 * that means no ward or several, or a ward that is named twice, is added to the errors.
 */
export function namedWards(
  wards: readonly PlanWard[],
  exceptions: readonly Exception[],
  errors: FaultDetail[],
): NamedWards {
  const found = new Map<number, Exception>()
  exceptions.forEach((exception, at) => {
    const pointer = `/exceptions/${String(at)}/ward`
    const places = placesOf(wards, exception.ward)
    const [place] = places
    if (place === undefined) {
      errors.push({ said: say('no-exception-ward', { ward: quoted(exception.ward) }), pointer })
    } else if (places.length > 1) {
      const labels = places.map((each) => wards[each]?.wardName ?? '')
      errors.push({ said: say('ward-may-be', { ward: quoted(exception.ward), ...listedNames(labels) }), pointer })
    } else if (found.has(place)) {
      errors.push({ said: say('named-twice', { name: quoted(exception.ward) }), pointer })
    } else found.set(place, exception)
  })
  return found
}

function placesOf(wards: readonly PlanWard[], name: string): readonly number[] {
  const placesWhere = (is: (ward: PlanWard) => boolean): readonly number[] =>
    wards.flatMap((ward, place) => (is(ward) ? [place] : []))
  const wanted = name.trim().toLowerCase()
  const [label, code, folded] = [
    placesWhere(({ wardName }) => wardName === name),
    placesWhere(({ wardCode }) => wardCode === name),
    placesWhere(({ wardName }) => plainName(wardName) === wanted || wardName.toLowerCase() === wanted),
  ]
  return [label, code, folded].find((places) => places.length > 0) ?? []
}

/** A label without what tells wards of one name apart. */
function plainName(label: string): string {
  return label
    .replace(/ \([^()]*\)$/, '')
    .trim()
    .toLowerCase()
}
