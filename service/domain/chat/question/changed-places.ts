import { isPlaceCondition } from '../../plan/is-place-condition.ts'
import type { PlaceCondition, PlanCondition } from '../../plan/plan-conditions.ts'
import type { Outline } from '../outline.ts'
import { isAsking, placesIn } from './places-in.ts'
import type { Places } from './places-in.ts'
import { readQuestion } from './reading.ts'
import type { Reading } from './reading.ts'
import { ask, call } from './replies.ts'
import type { Meaning } from './replies.ts'
import { pattern } from './words.ts'

const SWAP = pattern(
  String.raw`^(?:and |now |please |ok |no,? |use |make it |do |for |plan for )*([^,;?!:\d]{2,60}?) (?:instead of|in `,
  String.raw`place of|rather than) `,
  String.raw`([^,;?!:\d]{2,60}?)[.! ]{0,3}$`,
)

/**
 * The plan with one place for another, as in `Jangule instead of Dutsela`: in the condition that names the one. Null if
 * the message says no such thing of the places of the plan.
 */
export function swappedPlaces(reading: Reading, { plan, dataset }: Outline): Meaning | null {
  if (plan === null || dataset === null) return null
  const { where = [] } = plan.options
  const [, come = '', gone = ''] = new RegExp(SWAP.source, 'i').exec(reading.message.trim()) ?? []
  const added = namesAlone(come, reading)
  const left = namesAlone(gone, reading)
  if (added === null || left?.column !== added.column) return null
  const held = where
    .filter(isPlaceCondition)
    .find(({ column, value }) => left.column === column && left.names.every((name) => value.includes(name)))
  if (held === undefined) return null
  const value = [...new Set([...held.value.filter((name) => !left.names.includes(name)), ...added.names])]
  return call({
    tool: 'change_plan',
    input: { where: where.map((each) => (each === held ? { ...held, value } : each)) },
  })
}

/** The places that a text consists of, all wards or all LGAs; null if it says anything else. */
function namesAlone(
  text: string,
  { names }: Reading,
): { readonly column: PlaceCondition['column']; readonly names: readonly string[] } | null {
  const reading = readQuestion(text, names)
  const named = new Set(
    reading.mentions.flatMap(({ from, to }) => Array.from({ length: to - from + 1 }, (_, at) => from + at)),
  )
  const isOther = reading.words.some(
    ({ text: word }, place) => !named.has(place) && !/^(?:the|lgas?|wards?|and)$/.test(word),
  )
  const places = isOther ? null : placesIn(reading)
  if (places === null || isAsking(places)) return null
  const { wards, lgas } = places
  if (lgas.length > 0 && wards.length === 0) return { column: 'lga', names: lgas }
  return wards.length > 0 && lgas.length === 0 ? { column: 'ward', names: wards } : null
}

/**
 * The conditions of a plan with these places in it: they are left out no longer, and where the plan is for named places
 * of their kind, it is for them too. A place that changes nothing is asked about.
 */
export function withPlaces(before: readonly PlanCondition[], places: Places): readonly PlanCondition[] | Meaning {
  const all = before.filter(isPlaceCondition)
  const kinds = [
    ['lga', places.lgas],
    ['ward', places.wards],
  ] as const
  const isNew = kinds.every(([column, names]) =>
    names.every((name) =>
      all.some(
        (each) =>
          each.column === column && (each.op === 'not in' ? each.value.includes(name) : !each.value.includes(name)),
      ),
    ),
  )
  if (!isNew)
    return ask(
      'The plan has not left these places out, and it is not for other places alone that they could be added to. ' +
        'Which wards shall it be for?',
    )
  return before.flatMap((condition) => {
    if (!isPlaceCondition(condition)) return condition
    const names = kinds.find(([column]) => column === condition.column)?.[1] ?? []
    const value =
      condition.op === 'not in'
        ? condition.value.filter((name) => !names.includes(name))
        : [...new Set([...condition.value, ...names])]
    return value.length === 0 ? [] : { ...condition, value }
  })
}
