import type { Boundaries } from '../files/boundaries.ts'
import { markCoordinates } from '../files/columns/mark-coordinates.ts'
import type { Dataset, MatchRule, Pair, SettledMatches, Suggestion, UnmatchedWard } from './dataset.ts'
import type { Finding } from '../files/finding.ts'
import { joinFindings } from './join-findings.ts'
import { codeForm, prepareSides, sharedAreas } from './join-sides.ts'
import type { Side } from './join-sides.ts'
import { signedForm } from '../files/normal-form.ts'
import { createSuggester } from './suggest-boundaries.ts'
import type { FreeBoundary } from './suggest-boundaries.ts'
import type { WardTable } from '../files/ward-table.ts'

const NOTHING_SETTLED: SettledMatches = { accepted: [], refused: [] } as const

/**
 * Joins wards to boundaries: first by ward code, then by the normal form of the name within the LGA. Codes and LGAs
 * count only if both sides have them.
 * - A name that two wards or two boundaries of an LGA share is ambiguous and never joined.
 * - Names that are equal only in normal form are joined as `name-form` and listed. A person can part them again.
 * - When the signs between the words differ (`Bakin-Ruwa`, `Bakin Ruwa`), the boundary is only suggested: a sign may be
 *   part of the name, or may separate two places.
 * - Names that are merely alike become suggestions.
 * - Pairs that a person accepted are joined. Pairs that a person refused are not suggested again.
 * Without boundaries no row is matched, and `unmatched` is empty. Costs wards + boundaries for codes and names, and
 * wards whose name no boundary has × free boundaries for suggestions.
 */
export function joinWards(
  table: WardTable,
  boundaries: Boundaries | null,
  settled: SettledMatches = NOTHING_SETTLED,
): Dataset {
  const featureOfRow = new Int32Array(table.rows).fill(-1)
  const matchedBy: MatchRule[] = Array.from({ length: table.rows }, () => 'none')
  if (boundaries === null)
    return {
      table,
      boundaries,
      featureOfRow,
      matchedBy,
      settled: NOTHING_SETTLED,
      unmatched: [],
      unusedFeatures: [],
      findings: [],
    }
  const { wards, features, findings } = prepareSides(table, boundaries)
  const rowOfFeature = new Int32Array(boundaries.features).fill(-1)
  const join = (row: number, feature: number, rule: MatchRule): void => {
    featureOfRow[row] = feature
    rowOfFeature[feature] = row
    matchedBy[row] = rule
  }
  const repeatedCodes = joinByCode(wards, features, join)
  const isRefused = pairTest(settled.refused)
  const { ambiguous, differing } = joinByName(wards, features, featureOfRow, rowOfFeature, isRefused, join)
  for (const { row, feature } of settled.accepted)
    if (featureOfRow[row] === -1 && rowOfFeature[feature] === -1) join(row, feature, 'accepted')
  const unusedFeatures = [...rowOfFeature.keys()].filter((feature) => rowOfFeature[feature] === -1)
  const unmatchedRows = [...featureOfRow.keys()].filter((row) => featureOfRow[row] === -1)
  const suggest = createSuggester(
    unusedFeatures.map((feature) => freeBoundary(boundaries, features, feature)),
    unmatchedRows.length - differing.size,
    sharedAreas(wards, features),
  )
  const unmatched = unmatchedRows.map((row): UnmatchedWard => {
    const sameName = differing.get(row)
    if (sameName !== undefined && rowOfFeature[sameName] === -1) {
      return {
        row,
        name: table.labels[row] ?? '',
        reason: 'a boundary of this name with other signs',
        suggestions: [sameNameSuggestion(boundaries, features, sameName)],
      }
    }
    const reason = repeatedCodes.has(row)
      ? 'several boundaries of this code'
      : (ambiguous.get(row) ?? 'no such boundary')
    const suggestions = suggest?.(wards.forms[row] ?? '', wards.areas[row] ?? '') ?? []
    return {
      row,
      name: table.labels[row] ?? '',
      reason,
      suggestions: suggestions.filter(({ feature }) => !isRefused(row, feature)),
    }
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
      : [
          {
            kind: 'join-skipped',
            detail:
              'Too many wards have no boundary, so no likely ones are suggested: ' +
              'the two files may be of different areas.',
            count: unmatched.length,
          },
        ]
  return { ...joined, findings: [...findings, ...joinFindings(joined, wards, features), ...tooMany] }
}

function pairTest(pairs: readonly Pair[]): (row: number, feature: number) => boolean {
  const known = new Set(pairs.map(({ row, feature }) => `${String(row)} ${String(feature)}`))
  return (row, feature) => known.has(`${String(row)} ${String(feature)}`)
}

/** Joins by code. Returns the rows whose code several boundaries have. */
function joinByCode(
  wards: Side,
  features: Side,
  join: (row: number, feature: number, rule: MatchRule) => void,
): ReadonlySet<number> {
  const repeated = new Set<number>()
  if (wards.codes === null || features.codes === null) return repeated
  const featuresOf = positions(features.codes.map(codeForm))
  const rowsOf = positions(wards.codes.map(codeForm))
  for (const [code, rows] of rowsOf) {
    const found = featuresOf.get(code) ?? []
    const [row] = rows
    const [feature] = found
    if (code === '' || row === undefined || feature === undefined) continue
    if (found.length > 1) for (const one of rows) repeated.add(one)
    else if (rows.length === 1) join(row, feature, 'code')
  }
  return repeated
}

/**
 * Joins the remaining wards by name, except pairs that a person refused. Returns why ambiguous rows were not joined,
 * and for each row whose name differs from a boundary's only in signs, that boundary.
 */
function joinByName(
  wards: Side,
  features: Side,
  featureOfRow: Int32Array,
  rowOfFeature: Int32Array,
  isRefused: (row: number, feature: number) => boolean,
  join: (row: number, feature: number, rule: MatchRule) => void,
): { ambiguous: ReadonlyMap<number, UnmatchedWard['reason']>; differing: ReadonlyMap<number, number> } {
  const ambiguous = new Map<number, UnmatchedWard['reason']>()
  const differing = new Map<number, number>()
  const featuresByName = positions(features.forms)
  const featureCodes = new Set(features.codes?.map(codeForm))
  const joined: [number, number][] = []
  for (const [form, rows] of positions(wards.forms)) {
    const named = form === '' ? undefined : featuresByName.get(form)
    if (named === undefined) continue
    const candidatesIn = searchByArea(named, features.areas)
    const rivalsIn = searchByArea(rows, wards.areas)
    for (const row of rows) {
      if (featureOfRow[row] !== -1) continue
      const area = wards.areas[row] ?? ''
      const [feature, another] = candidatesIn(area)
      if (feature === undefined) continue
      // If a boundary has this ward's code, the ward belongs to that boundary and not to one of the same name.
      const code = codeForm(wards.codes?.[row] ?? '')
      const hasOwnBoundary = code !== '' && featureCodes.has(code)
      if (another !== undefined) ambiguous.set(row, 'several boundaries of this name')
      else if (rivalsIn(area)[1] !== undefined) ambiguous.set(row, 'several wards of this name')
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

/** Looks up the first two positions in an LGA. An unknown LGA, on either side, may be any LGA. */
function searchByArea(
  positionsOfName: readonly number[],
  areas: readonly string[],
): (area: string) => readonly number[] {
  const byArea = new Map<string, number[]>()
  for (const position of positionsOfName) {
    const area = areas[position] ?? ''
    const known = byArea.get(area)
    if (known === undefined) byArea.set(area, [position])
    else if (known.length < 2) known.push(position)
  }
  return (area) =>
    (area === '' ? positionsOfName : [...(byArea.get(area) ?? []), ...(byArea.get('') ?? [])]).slice(0, 2)
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

function freeBoundary(boundaries: Boundaries, features: Side, feature: number): FreeBoundary {
  const { wardName, wardCode, lga, lgaCode } = boundaries.keys
  return {
    feature,
    name: wardName?.[feature] ?? wardCode?.[feature] ?? '',
    form: features.forms[feature] ?? '',
    wardCode: wardCode?.[feature] ?? null,
    lga: lga?.[feature] ?? lgaCode?.[feature] ?? null,
    area: features.areas[feature] ?? '',
  }
}

function sameNameSuggestion(boundaries: Boundaries, features: Side, feature: number): Suggestion {
  const { name, wardCode, lga } = freeBoundary(boundaries, features, feature)
  return { boundary: name, wardCode, lga, ratio: 1, feature }
}
