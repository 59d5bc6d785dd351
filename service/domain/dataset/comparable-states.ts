import { makeFinding, type Finding } from '../files/finding.ts'
import { areaForm } from '../files/normal-form.ts'
import { say } from '../said.ts'
import { nameSimilarity } from './name-similarity.ts'

/** Names of states that are this alike, and that only one of the files has, are taken as spellings of one state. */
const SAME_STATE = 0.8
const CAPITAL = /^(?:f ?c ?t|federal capital territory|(?:fct )?abuja(?: fct)?)$/

/** The states of the rows of a file, if it has them. */
interface StatesOfFile {
  readonly keys: { readonly state: readonly string[] | null; readonly stateCode: readonly string[] | null }
}

/** The states of wards and of features in comparable forms, '' where unknown. */
export interface ComparableStates {
  readonly wards: readonly string[]
  readonly features: readonly string[]
  readonly findings: readonly Finding[]
}

/**
 * The states of both files, by code or else by name. If both name their states and have none in common, they are of
 * different states, and nothing is joined by name. A file that names no state is taken to be of the only state in which
 * the other file has its LGAs, if that is one.
 * @param areas the LGAs of both sides in comparable forms, '' where unknown
 */
export function comparableStates(
  table: StatesOfFile,
  boundaries: StatesOfFile,
  areas: { readonly wards: readonly string[]; readonly features: readonly string[] },
): ComparableStates {
  const ours = [table.keys.stateCode, table.keys.state].map((column) => column?.map(stateForm) ?? null)
  const theirs = [boundaries.keys.stateCode, boundaries.keys.state].map((column) => column?.map(stateForm) ?? null)
  for (const wards of ours) {
    for (const features of theirs) {
      if (wards === null || features === null || !shareAny(wards, features)) continue
      return { wards, ...respelled(wards, features) }
    }
  }
  const [wards, features] = [ours[1], theirs[1]]
  if (isNamed(wards) && isNamed(features)) return { wards, ...respelled(wards, features) }
  const none = { wards: areas.wards.map(() => ''), features: areas.features.map(() => '') }
  const [known, lone] = [ours.find(isKnown) ?? null, theirs.find(isKnown) ?? null]
  // Both have states, one of them as codes and the other as names: they cannot be compared.
  if ((known === null) === (lone === null)) return { ...none, findings: [] }
  return known === null
    ? assumed(none, 'wards', areas.features, lone ?? [], areas.wards)
    : assumed(none, 'features', areas.wards, known, areas.features)
}

/** The form in which states are compared. */
function stateForm(name: string): string {
  const form = areaForm(name.replace(/\bstate\b/i, ' '))
  return CAPITAL.test(form) ? 'fct' : form
}

function shareAny(one: readonly string[], other: readonly string[]): boolean {
  const known = new Set(other.filter((state) => state !== ''))
  return one.some((state) => known.has(state))
}

function isKnown(states: readonly string[] | null): boolean {
  return states?.some((state) => state !== '') === true
}

/** Whether states are names in words, and not codes such as `KN` or `NG020`. */
function isNamed(states: readonly string[] | null | undefined): states is readonly string[] {
  const known = states?.filter((state) => state !== '') ?? []
  return known.length > 0 && known.every((state) => !/\d/.test(state) && (state.length > 3 || state === 'fct'))
}

/** Features with the spelling that the ward table has for their state. */
function respelled(
  wards: readonly string[],
  features: readonly string[],
): { features: readonly string[]; findings: readonly Finding[] } {
  const [ours, theirs] = [new Set(wards), new Set(features)]
  const same = new Map<string, string>()
  for (const lone of theirs) {
    if (lone === '' || ours.has(lone)) continue
    const alike = [...ours].filter(
      (state) => state !== '' && !theirs.has(state) && nameSimilarity(state, lone) >= SAME_STATE,
    )
    if (alike.length === 1 && alike[0] !== undefined) same.set(lone, alike[0])
  }
  return same.size === 0
    ? { features, findings: differing(ours, theirs) }
    : {
        features: features.map((state) => same.get(state) ?? state),
        findings: [
          makeFinding('spelling-differs', say('states-spelled-differently', {}), {
            count: same.size,
            examples: [...same].map(([lone, state]) => `${state} = ${lone}`),
          }),
        ],
      }
}

function differing(ours: ReadonlySet<string>, theirs: ReadonlySet<string>): Finding[] {
  return [...ours].some((state) => state !== '' && theirs.has(state))
    ? []
    : [
        makeFinding('join-skipped', say('different-states', {}), {
          count: 1,
          examples: [...ours, ...theirs].filter((state) => state !== '').slice(0, 10),
        }),
      ]
}

/** The state of the side without states, by the LGAs that the other side has in one state only. */
function assumed(
  none: { readonly wards: readonly string[]; readonly features: readonly string[] },
  side: 'wards' | 'features',
  knownAreas: readonly string[],
  knownStates: readonly string[],
  loneAreas: readonly string[],
): ComparableStates {
  const statesOf = statesByArea(knownAreas, knownStates)
  const own = new Set(
    loneAreas.flatMap((area) => (statesOf.get(area)?.size === 1 ? [...(statesOf.get(area) ?? [])] : [])),
  )
  const [state, another] = own
  const known = side === 'wards' ? { ...none, features: knownStates } : { ...none, wards: knownStates }
  if (state === undefined || another !== undefined) return { ...known, findings: [] }
  const filled = loneAreas.map(() => state)
  return {
    ...(side === 'wards' ? { ...known, wards: filled } : { ...known, features: filled }),
    findings:
      new Set(knownStates.filter((one) => one !== '')).size === 1
        ? []
        : [
            makeFinding(
              'key-assumed',
              say(side === 'wards' ? 'state-of-wards-assumed' : 'state-of-boundaries-assumed', { state }),
              { count: 1 },
            ),
          ],
  }
}

/** The states in which a file has each LGA. */
export function statesByArea(
  areas: readonly string[],
  states: readonly string[],
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  areas.forEach((area, at) => {
    const state = states[at] ?? ''
    if (area === '' || state === '') return
    const known = found.get(area)
    if (known === undefined) found.set(area, new Set([state]))
    else known.add(state)
  })
  return found
}
