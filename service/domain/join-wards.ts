import type { Boundaries } from './boundaries.ts'
import type { Dataset, MatchRule, Pair, SettledMatches, Suggestion, UnmatchedWard } from './dataset.ts'
import type { Finding } from './finding.ts'
import { normalForm, signedForm } from './normal-form.ts'
import { spelledDifferently } from './spelled-differently.ts'
import { suggester } from './suggest-boundaries.ts'
import type { FreeBoundary } from './suggest-boundaries.ts'
import type { WardTable } from './ward-table.ts'

const EXAMPLES = 10
const NOTHING_SETTLED: SettledMatches = { accepted: [], refused: [] } as const

/** One side of the join: what each ward or boundary is compared by. */
interface Side {
  readonly codes: readonly string[] | null
  readonly names: readonly string[]
  readonly forms: readonly string[]
  readonly areas: readonly string[]
}

/**
 * Joins wards to boundaries: by ward code where both sides have it, then by the normal form of the name within the
 * LGA where both sides know it. A name that two wards or two boundaries share there is ambiguous and never joined;
 * names that are equal in normal form only are joined as `name-form`, listed, and parted again by a refusal. Where even
 * the signs between the words differ (`Bakin-Ruwa`, `Bakin Ruwa`) the one boundary is suggested and waits for a person:
 * a sign may stand for a part of the name, or for two places. Names that are merely alike become suggestions; those that
 * were settled are joined, or suggested no more. Without boundaries every row is unmatched, and none is listed. Costs
 * wards + boundaries for codes and names, and wards of no known name × free boundaries for suggestions.
 */
export function joinWards(table: WardTable, boundaries: Boundaries | null, settled: SettledMatches = NOTHING_SETTLED): Dataset {
  const featureOfRow = new Int32Array(table.rows).fill(-1)
  const matchedBy: MatchRule[] = Array.from({ length: table.rows }, () => 'none')
  if (boundaries === null) return { table, boundaries, featureOfRow, matchedBy, settled: NOTHING_SETTLED, unmatched: [], unusedFeatures: [], findings: [] }
  const { wards, features, findings } = sides(table, boundaries)
  const rowOfFeature = new Int32Array(boundaries.features).fill(-1)
  const join = (row: number, feature: number, rule: MatchRule): void => {
    featureOfRow[row] = feature
    rowOfFeature[feature] = row
    matchedBy[row] = rule
  }
  const repeatedCodes = joinByCode(wards, features, join)
  const isRefused = pairTest(settled.refused)
  const { ambiguous, differing } = joinByName(wards, features, featureOfRow, rowOfFeature, isRefused, join)
  for (const { row, feature } of settled.accepted) if (featureOfRow[row] === -1 && rowOfFeature[feature] === -1) join(row, feature, 'accepted')
  const unusedFeatures = [...rowOfFeature.keys()].filter((feature) => rowOfFeature[feature] === -1)
  const unmatchedRows = [...featureOfRow.keys()].filter((row) => featureOfRow[row] === -1)
  const suggest = suggester(unusedFeatures.map((feature) => freeBoundary(boundaries, features, feature)), unmatchedRows.length - differing.size, sharedAreas(wards, features))
  const unmatched = unmatchedRows.map((row): UnmatchedWard => {
    const sameName = differing.get(row)
    if (sameName !== undefined && rowOfFeature[sameName] === -1) {
      return { row, name: table.labels[row] ?? '', reason: 'a boundary of this name with other signs', suggestions: [sameNameSuggestion(boundaries, features, sameName)] }
    }
    const reason = repeatedCodes.has(row) ? 'several boundaries of this code' : (ambiguous.get(row) ?? 'no such boundary')
    const suggestions = suggest?.(wards.forms[row] ?? '', wards.areas[row] ?? '') ?? []
    return { row, name: table.labels[row] ?? '', reason, suggestions: suggestions.filter(({ feature }) => !isRefused(row, feature)) }
  })
  const joinFindings = [...findings, ...codeFindings(table, wards, features), ...areaFindings(table, wards, features, unmatchedRows), ...spellingFindings({ table, boundaries, featureOfRow, matchedBy, settled }), ...settledFindings(table, boundaries, settled), ...gapFindings(table, boundaries, unmatched, unusedFeatures)]
  if (suggest === null) joinFindings.push({ kind: 'join-skipped', detail: 'Too many wards have no boundary to suggest likely ones: the two files may be of different areas.', count: unmatched.length })
  return { table, boundaries, featureOfRow, matchedBy, settled, unmatched, unusedFeatures, findings: joinFindings }
}

function pairTest(pairs: readonly Pair[]): (row: number, feature: number) => boolean {
  const known = new Set(pairs.map(({ row, feature }) => `${String(row)} ${String(feature)}`))
  return (row, feature) => known.has(`${String(row)} ${String(feature)}`)
}

function sides(table: WardTable, boundaries: Boundaries): { wards: Side; features: Side; findings: Finding[] } {
  const names = boundaries.keys.wardName ?? boundaries.keys.wardCode ?? []
  const areas = comparableAreas(table, boundaries)
  const findings: Finding[] = []
  const hasLga = table.keys.lga !== null || table.keys.lgaCode !== null
  const found = hasLga ? 'The two files share no LGA name or code' : 'The ward table has no LGA'
  if (areas === null) findings.push({ kind: 'join-skipped', detail: `${found}: names were joined within the whole file.`, count: 1 })
  return {
    wards: { codes: table.keys.wardCode, names: table.keys.wardName, forms: table.keys.wardName.map(normalForm), areas: areas?.wards ?? table.keys.wardName.map(() => '') },
    features: { codes: boundaries.keys.wardCode, names, forms: names.map(normalForm), areas: areas?.features ?? names.map(() => '') },
    findings,
  }
}

/** The LGA codes, or else names, when both files have them and at least one is in both; null when not. */
function comparableAreas(table: WardTable, boundaries: Boundaries): { wards: string[]; features: string[] } | null {
  const tableColumns = [table.keys.lgaCode, table.keys.lga]
  const boundaryColumns = [boundaries.keys.lgaCode, boundaries.keys.lga]
  for (const ours of tableColumns) {
    for (const theirs of boundaryColumns) {
      if (ours === null || theirs === null) continue
      const wards = ours.map(normalForm)
      const features = theirs.map(normalForm)
      const known = new Set(features.filter((area) => area !== ''))
      if (wards.some((area) => known.has(area))) return { wards, features }
    }
  }
  return null
}

function sharedAreas(wards: Side, features: Side): ReadonlySet<string> {
  const known = new Set(features.areas)
  return new Set(wards.areas.filter((area) => area !== '' && known.has(area)))
}

/** LGAs of wards without a boundary that no boundary names: their wards are looked for in no other. */
function areaFindings({ keys }: WardTable, wards: Side, features: Side, unmatchedRows: readonly number[]): Finding[] {
  const shared = sharedAreas(wards, features)
  const lone = new Map(unmatchedRows.flatMap((row) => {
    const area = wards.areas[row] ?? ''
    return area === '' || shared.has(area) ? [] : [[area, keys.lga?.[row] ?? keys.lgaCode?.[row] ?? area] as const]
  }))
  return lone.size === 0 ? [] : [{ kind: 'ward-unmatched', detail: 'LGAs of the ward table that the boundaries do not have, perhaps for their spelling: their wards are joined by code or by hand alone.', count: lone.size, examples: [...lone.values()].slice(0, EXAMPLES) }]
}

/** Where codes came through two programs, one may have lost their leading zeros. */
function codeFindings({ labels }: WardTable, wards: Side, features: Side): Finding[] {
  if (wards.codes === null || features.codes === null) return []
  const known = new Set(features.codes.map(codeForm))
  const lone = wards.codes.flatMap((code, row) => (code === '' || known.has(codeForm(code)) ? [] : `${labels[row] ?? ''} (${code})`))
  return lone.length === 0 ? [] : [{ kind: 'join-skipped', detail: 'Wards whose code no boundary has, perhaps for a lost zero: they were joined by name where it fits.', count: lone.length, examples: lone.slice(0, EXAMPLES) }]
}

/** Joins by code; returns the rows whose code several boundaries have. */
function joinByCode(wards: Side, features: Side, join: (row: number, feature: number, rule: MatchRule) => void): ReadonlySet<number> {
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

function codeForm(code: string): string {
  return code.trim().toUpperCase()
}

/**
 * Joins what is left by name, but for pairs that a person refused; returns why ambiguous rows were not joined, and the
 * boundary of each row whose name differs from it in signs.
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
    const candidatesIn = inArea(named, features.areas)
    const rivalsIn = inArea(rows, wards.areas)
    for (const row of rows) {
      if (featureOfRow[row] !== -1) continue
      const area = wards.areas[row] ?? ''
      const [feature, another] = candidatesIn(area)
      if (feature === undefined) continue
      // A code that the boundaries know names its own boundary, whatever the ward is called.
      const code = codeForm(wards.codes?.[row] ?? '')
      const codeIsElsewhere = code !== '' && featureCodes.has(code)
      if (another !== undefined) ambiguous.set(row, 'several boundaries of this name')
      else if (rivalsIn(area)[1] !== undefined) ambiguous.set(row, 'several wards of this name')
      else if (rowOfFeature[feature] === -1 && !codeIsElsewhere && !isRefused(row, feature)) joined.push([row, feature])
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

/** Looks up the first two positions in an LGA. An LGA that is not known, on either side, may be any. */
function inArea(positionsOfName: readonly number[], areas: readonly string[]): (area: string) => readonly number[] {
  const byArea = new Map<string, number[]>()
  for (const position of positionsOfName) {
    const area = areas[position] ?? ''
    const known = byArea.get(area)
    if (known === undefined) byArea.set(area, [position])
    else if (known.length < 2) known.push(position)
  }
  return (area) => (area === '' ? positionsOfName : [...(byArea.get(area) ?? []), ...(byArea.get('') ?? [])]).slice(0, 2)
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

function spellingFindings(dataset: Omit<Dataset, 'findings' | 'unmatched' | 'unusedFeatures'>): Finding[] {
  const differing = spelledDifferently(dataset)
  return (['name-form', 'code'] as const).flatMap((rule) => {
    const pairs = differing.filter(({ joinedBy }) => joinedBy === rule).map(({ ward, boundary }) => `${ward} = ${boundary}`)
    return pairs.length === 0 ? [] : [{ kind: 'spelling-differs' as const, detail: `Wards joined by ${rule === 'code' ? 'code' : 'name'} whose name the boundaries spell differently.`, count: pairs.length, examples: pairs.slice(0, EXAMPLES) }]
  })
}

function settledFindings(table: WardTable, boundaries: Boundaries, { accepted, refused }: SettledMatches): Finding[] {
  const names = boundaries.keys.wardName ?? boundaries.keys.wardCode
  const shown = (pairs: readonly Pair[]): string[] => pairs.map(({ row, feature }) => `${table.labels[row] ?? ''} = ${names?.[feature] ?? ''}`)
  return [
    ...(accepted.length === 0 ? [] : [{ kind: 'match-accepted' as const, detail: 'Wards joined to a boundary because a person said so.', count: accepted.length, examples: shown(accepted) }]),
    ...(refused.length === 0 ? [] : [{ kind: 'match-refused' as const, detail: 'Likely boundaries that a person refused.', count: refused.length, examples: shown(refused) }]),
  ]
}

function gapFindings(table: WardTable, boundaries: Boundaries, unmatched: readonly UnmatchedWard[], unused: readonly number[]): Finding[] {
  const findings: Finding[] = []
  if (unmatched.length > 0) {
    findings.push({ kind: 'ward-unmatched', detail: `${String(unmatched.length)} of ${String(table.rows)} wards have no boundary.`, count: unmatched.length, examples: unmatched.slice(0, EXAMPLES).map(({ name }) => name) })
  }
  if (unused.length > 0) {
    const names = boundaries.keys.wardName ?? boundaries.keys.wardCode
    findings.push({ kind: 'boundary-unmatched', detail: `${String(unused.length)} of ${String(boundaries.features)} boundaries have no ward.`, count: unused.length, examples: unused.slice(0, EXAMPLES).map((feature) => names?.[feature] ?? '') })
  }
  return findings
}
