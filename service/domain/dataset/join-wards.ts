import type { Boundaries } from '../files/boundaries.ts'
import { markCoordinates } from '../files/columns/mark-coordinates.ts'
import type { Dataset, MatchRule, Pair, SettledMatches, Suggestion, UnmatchedWard } from './dataset.ts'
import { makeFinding, type Finding } from '../files/finding.ts'
import { say } from '../said.ts'
import { joinFindings } from './join-findings.ts'
import { boundaryLabels } from './boundary-labels.ts'
import { codeAnswer, contradictionsOf, mustBeAsked, reportContradictions } from './contradictions.ts'
import { codeForm, prepareSides, sharedAreas } from './join-sides.ts'
import type { Side, Sides } from './join-sides.ts'
import { placeBoundaries } from './place-of-boundaries.ts'
import { searchPlaces } from './search-places.ts'
import { signedForm } from '../files/normal-form.ts'
import { createSuggester } from './suggest-boundaries.ts'
import type { FreeBoundary } from './suggest-boundaries.ts'
import { suggestionForm } from './suggestion-form.ts'
import { known } from '../files/ward-table.ts'
import type { WardTable } from '../files/ward-table.ts'

const NOTHING_SETTLED: SettledMatches = { accepted: [], refused: [] } as const

/**
 * Joins wards to boundaries: first by ward code, then by the normal form of the name within the LGA and the state.
 * Codes, LGAs and states count only if both sides have them.
 * - A name that two wards or two boundaries of an LGA share is ambiguous and never joined.
 * - Nothing is joined across states. Where a file does not say the state, a name in an LGA that several states have is
 *   ambiguous, too.
 * - When most pairs of the same code have names of different wards, it is asked which of the two is right.
 * - Names that are equal only in normal form are joined as `name-form` and listed. A person can part them again.
 * - When the signs between the words differ (`Bakin-Ruwa`, `Bakin Ruwa`), the boundary is only suggested: a sign may be
 *   part of the name, or may separate two places.
 * - Names that are merely alike become suggestions.
 * - Pairs that a person accepted are joined. Pairs that a person refused are not suggested again.
 * Without boundaries no row is matched, and `unmatched` is empty. Costs wards + boundaries for codes and names, and
 * wards whose name no boundary has × free boundaries for suggestions.
 * @param answers what a person answered to the questions of an earlier join, by their ids
 */
export function joinWards(
  table: WardTable,
  unplaced: Boundaries | null,
  settled: SettledMatches = NOTHING_SETTLED,
  answers: Readonly<Record<string, string>> = {},
): Dataset {
  if (unplaced === null) return withoutBoundaries(table)
  const sides = prepareSides(table, unplaced)
  const { features } = sides
  const links = linksBetween(table.rows, unplaced.features)
  const { join, featureOfRow, rowOfFeature, matchedBy } = links
  const coded = joinByCode(sides, links)
  const contradictions = contradictionsOf(sides.wards, features, featureOfRow)
  const answer = mustBeAsked(contradictions) ? codeAnswer(answers) : undefined
  const reported = reportContradictions(table, features, featureOfRow, contradictions, answer)
  const parted = answer === 'neither' ? contradictions.rows : []
  if (answer === 'name') coded.joined.forEach(links.part)
  parted.forEach(links.part)
  const wards = answer === 'name' ? { ...sides.wards, codes: null } : sides.wards
  const isRefused = pairTest(settled.refused)
  const { ambiguous, differing } = joinByName({ ...sides, wards }, links, new Set(parted), isRefused)
  for (const { row, feature } of settled.accepted)
    if (featureOfRow[row] === -1 && rowOfFeature[feature] === -1) join(row, feature, 'accepted')
  const placed = placeBoundaries(table, unplaced, featureOfRow, answers)
  const { boundaries } = placed
  const unusedFeatures = [...rowOfFeature.keys()].filter((feature) => rowOfFeature[feature] === -1)
  const unmatchedRows = [...featureOfRow.keys()].filter((row) => featureOfRow[row] === -1)
  const labels = boundaryLabels(boundaries)
  const suggest = createSuggester(
    unusedFeatures.map((feature) => freeBoundary(boundaries, features, labels, feature)),
    unmatchedRows.length - differing.size,
    sharedAreas(wards, features),
  )
  const unmatched = unmatchedRows.map((row): UnmatchedWard => {
    const name = table.labels[row] ?? ''
    const sameName = differing.get(row)
    if (sameName !== undefined && rowOfFeature[sameName] === -1)
      return {
        row,
        name,
        reason: 'a boundary of this name with other signs',
        suggestions: [sameNameSuggestion(freeBoundary(boundaries, features, labels, sameName))],
      }
    const reason = parted.includes(row)
      ? 'a code and a name of different boundaries'
      : coded.repeated.has(row)
        ? 'several boundaries of this code'
        : (ambiguous.get(row) ?? 'no such boundary')
    const suggestions =
      suggest?.({
        name: wards.names[row] ?? '',
        form: wards.forms[row] ?? '',
        code: wards.codes?.[row] ?? '',
        area: wards.areas[row] ?? '',
        state: wards.states[row] ?? '',
      }) ?? []
    return { row, name, reason, suggestions: suggestions.filter(({ feature }) => !isRefused(row, feature)) }
  })
  const joined = {
    table: markCoordinates(table, boundaries, featureOfRow),
    boundaries,
    featureOfRow,
    matchedBy,
    settled,
    unmatched,
    unusedFeatures,
  }
  const tooMany: Finding[] =
    suggest !== null
      ? []
      : [makeFinding('join-skipped', say('too-many-for-suggestions', {}), { count: unmatched.length })]
  return {
    ...joined,
    findings: [
      ...sides.findings,
      ...reported.findings,
      ...placed.findings,
      ...joinFindings(joined, wards, features, labels),
      ...tooMany,
    ],
    questions: [...reported.questions, ...placed.questions],
  }
}

function withoutBoundaries(table: WardTable): Dataset {
  return {
    table,
    boundaries: null,
    featureOfRow: new Int32Array(table.rows).fill(-1),
    matchedBy: Array.from({ length: table.rows }, () => 'none'),
    settled: NOTHING_SETTLED,
    unmatched: [],
    unusedFeatures: [],
    findings: [],
    questions: [],
  }
}

/** What is joined to what, from both sides; -1 for nothing. */
interface Links {
  readonly featureOfRow: Int32Array
  readonly rowOfFeature: Int32Array
  readonly matchedBy: readonly MatchRule[]
  readonly join: (row: number, feature: number, rule: MatchRule) => void
  /** Undoes the join of a row. */
  readonly part: (row: number) => void
}

function linksBetween(rows: number, features: number): Links {
  const featureOfRow = new Int32Array(rows).fill(-1)
  const rowOfFeature = new Int32Array(features).fill(-1)
  const matchedBy: MatchRule[] = Array.from({ length: rows }, () => 'none')
  return {
    featureOfRow,
    rowOfFeature,
    matchedBy,
    join: (row, feature, rule) => {
      featureOfRow[row] = feature
      rowOfFeature[feature] = row
      matchedBy[row] = rule
    },
    part: (row) => {
      rowOfFeature[featureOfRow[row] ?? -1] = -1
      featureOfRow[row] = -1
      matchedBy[row] = 'none'
    },
  }
}

function pairTest(pairs: readonly Pair[]): (row: number, feature: number) => boolean {
  const known = new Set(pairs.map(({ row, feature }) => `${String(row)} ${String(feature)}`))
  return (row, feature) => known.has(`${String(row)} ${String(feature)}`)
}

/** Joins by code within the state. Returns the rows that were joined, and those whose code several boundaries have. */
function joinByCode(
  { wards, features }: Sides,
  { join }: Links,
): { joined: readonly number[]; repeated: ReadonlySet<number> } {
  const joined: number[] = []
  const repeated = new Set<number>()
  if (wards.codes === null || features.codes === null) return { joined, repeated }
  const featuresOf = positions(features.codes.map(codeForm))
  for (const [code, rows] of positions(wards.codes.map(codeForm))) {
    const found = code === '' ? undefined : featuresOf.get(code)
    if (found === undefined) continue
    const candidatesIn = searchPlaces(found, features.states, [])
    const rivalsIn = searchPlaces(rows, wards.states, [])
    for (const row of rows) {
      const state = wards.states[row] ?? ''
      const [feature, another] = candidatesIn(state, '')
      if (feature === undefined) continue
      if (another !== undefined) repeated.add(row)
      else if (rivalsIn(features.states[feature] ?? '', '')[1] === undefined) {
        join(row, feature, 'code')
        joined.push(row)
      }
    }
  }
  return { joined, repeated }
}

/**
 * Joins the remaining wards by name, except `parted` rows and pairs that a person refused. Returns why ambiguous rows
 * were not joined, and for each row whose name differs from a boundary's only in signs, that boundary.
 */
function joinByName(
  { wards, features, severalStates }: Sides,
  { join, featureOfRow, rowOfFeature }: Links,
  parted: ReadonlySet<number>,
  isRefused: (row: number, feature: number) => boolean,
): { ambiguous: ReadonlyMap<number, UnmatchedWard['reason']>; differing: ReadonlyMap<number, number> } {
  const ambiguous = new Map<number, UnmatchedWard['reason']>()
  const differing = new Map<number, number>()
  const featuresByName = positions(features.forms)
  const featureCodes = new Set(features.codes?.map(codeForm))
  const joined: [number, number][] = []
  for (const [form, rows] of positions(wards.forms)) {
    const named = form === '' ? undefined : featuresByName.get(form)
    if (named === undefined) continue
    const candidatesIn = searchPlaces(named, features.states, features.areas)
    const rivalsIn = searchPlaces(rows, wards.states, wards.areas)
    for (const row of rows) {
      if (featureOfRow[row] !== -1 || parted.has(row)) continue
      const [state, area] = [wards.states[row] ?? '', wards.areas[row] ?? '']
      const [feature, another] = candidatesIn(state, area)
      if (feature === undefined) continue
      const isStateKnown = state !== '' && features.states[feature] !== ''
      // If a boundary has this ward's code, the ward belongs to that boundary and not to one of the same name.
      const code = codeForm(wards.codes?.[row] ?? '')
      const hasOwnBoundary = code !== '' && featureCodes.has(code)
      if (another !== undefined) ambiguous.set(row, 'several boundaries of this name')
      else if (rivalsIn(state, area)[1] !== undefined) ambiguous.set(row, 'several wards of this name')
      else if (!isStateKnown && severalStates.has(area)) ambiguous.set(row, 'an LGA of this name in several states')
      else if (rowOfFeature[feature] === -1 && !hasOwnBoundary && !isRefused(row, feature)) joined.push([row, feature])
    }
  }
  for (const [row, feature] of joined) {
    const [ward = '', boundary = ''] = [wards.names[row], features.names[feature]]
    if (rowOfFeature[feature] !== -1) continue
    if (ward === boundary) join(row, feature, 'name')
    else if (signedForm(ward) === signedForm(boundary)) join(row, feature, 'name-form')
    else differing.set(row, feature)
  }
  return { ambiguous, differing }
}

function positions(values: readonly string[]): ReadonlyMap<string, readonly number[]> {
  const found = new Map<string, number[]>()
  values.forEach((value, position) => {
    const known = found.get(value)
    if (known === undefined) found.set(value, [position])
    else known.push(position)
  })
  return found
}

function freeBoundary(
  { keys: { wardCode, lga, lgaCode, wardName } }: Boundaries,
  features: Side,
  labels: readonly string[],
  feature: number,
): FreeBoundary {
  const code = wardName === null ? null : known(wardCode?.[feature])
  return {
    feature,
    // With a code it can be told apart by that.
    name: code === null ? (labels[feature] ?? '') : (features.names[feature] ?? ''),
    form: features.forms[feature] ?? '',
    suggestionForm: suggestionForm(features.names[feature] ?? ''),
    wardCode: known(wardCode?.[feature]),
    lga: lga?.[feature] ?? lgaCode?.[feature] ?? null,
    area: features.areas[feature] ?? '',
    state: features.states[feature] ?? '',
  }
}

function sameNameSuggestion({ name, wardCode, lga, feature }: FreeBoundary): Suggestion {
  return { boundary: name, wardCode, lga, ratio: 1, feature }
}
