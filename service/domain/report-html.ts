import type { AnalysisResult } from './analysis-result.ts'
import type { DataQuality } from './data-quality.ts'
import { lgaRollup } from './lga-rollup.ts'
import type { NetPlan } from './net-plan.ts'
import type { ResultMap } from './result-map.ts'
import type { DifferingName } from './spelled-differently.ts'
import { escaped, svgMap } from './svg-map.ts'

/** What the service knows of a result beside the result itself. */
export interface ReportStamp {
  readonly analysisId: string
  readonly createdAt: string
  readonly datasetVersion: number
  readonly inputs: Readonly<Record<string, { readonly sha256: string } | null>>
}

export interface ReportInput {
  readonly result: AnalysisResult & ReportStamp
  readonly plan: (NetPlan & { readonly id: string }) | null
  readonly map: ResultMap | null
}

const RULES: Readonly<Record<DifferingName['joinedBy'], string>> = { code: 'code', 'name-form': 'name, but for signs, case, state code and the word ward', accepted: 'hand' } as const

type Cell = string | number | null

const STYLE = 'body{font:14px/1.5 system-ui,sans-serif;margin:2em auto;max-width:62em;padding:0 1em;color:#111}h1,h2{line-height:1.2}h2{margin-top:2em;break-after:avoid}table{border-collapse:collapse;width:100%;font-size:12px}th,td{border:1px solid #bbb;padding:.2em .5em;text-align:left;vertical-align:top}td.n{text-align:right;font-variant-numeric:tabular-nums}thead{display:table-header-group}tr{break-inside:avoid}svg{width:100%;height:auto;max-height:70vh}.key span{display:inline-block;width:1em;height:1em;border:1px solid #444;margin:0 .4em 0 1em;vertical-align:middle}@media print{body{margin:0;max-width:none}}'

/** The result, and the plan where there is one, as a page to print: self-contained, without scripts. */
export function reportHtml({ result, plan, map }: ReportInput): string {
  const inputs = Object.entries(result.inputs).flatMap(([role, input]) => (input === null ? [] : [`${role} ${input.sha256}`]))
  const body = [
    '<h1>Malaria risk ranking of wards</h1>',
    list([`Dataset version ${String(result.datasetVersion)}; analysed ${result.createdAt}; analysis ${result.analysisId}`, `Input files by SHA-256: ${inputs.join('; ')}`, `${String(result.wards.length)} wards, ${String(result.indicators.length)} indicators, ${String(result.models.length)} models, ${result.mode} mode`]),
    '<h2>Read this first</h2>', list(result.caveats),
    ...mapSection(map),
    ...planSections(plan),
    '<h2>LGAs</h2>', lgaTable(result, plan),
    '<h2>Ranking</h2>', rankingTable(result),
    '<h2>Method</h2>', ...methodSection(result),
    '<h2>Values that were filled in</h2>', imputationTable(result),
    '<h2>What was changed or left out</h2>', list(changes(result)),
    '<h2>Data quality</h2>', ...qualitySection(result.quality),
  ]
  return `<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Malaria risk ranking, dataset version ${String(result.datasetVersion)}</title><style>${STYLE}</style></head><body>\n${body.join('\n')}\n</body></html>\n`
}

function mapSection(map: ResultMap | null): string[] {
  if (map === null) return []
  const missing = map.wardsWithoutBoundary.length === 0 ? [] : [paragraph(`Not on the map, since they have no boundary: ${map.wardsWithoutBoundary.join(', ')}.`)]
  return ['<h2>Map</h2>', '<p class="key">Tier:<span style="background:#b2182b"></span>High<span style="background:#fdae61"></span>Medium<span style="background:#ffffbf"></span>Low<span style="background:#eee"></span>no ward in the table</p>', svgMap(map), ...missing]
}

function planSections(plan: ReportInput['plan']): string[] {
  if (plan === null) return []
  const { totals, parameters, urbanExtent } = plan
  return [
    '<h2>Bed-net plan</h2>',
    paragraph(`Plan ${plan.id}. Stock ${String(totals.stock)}, allocated ${String(totals.allocated)}, remaining ${String(totals.remaining)}. ${String(totals.wardsFull)} wards get their full need, ${String(totals.wardsPartial)} a part. Of ${String(totals.population)} people ${number(totals.covered)} are covered (${number(totals.coveragePercent)} percent).`),
    table(['parameter', 'value'], Object.entries(parameters).flatMap(([name, value]) => (name === 'defaulted' ? [] : [[name, value === null ? 'none' : String(value) + (parameters.defaulted.includes(name) ? ' (not chosen: the usual)' : '')]]))),
    list(plan.caveats),
    table(['order', 'ward', 'LGA', 'tier', 'rank', 'urban %', 'population', 'need', 'allocated', 'covered %'], plan.wards.map((ward, at) => [at + 1, ward.wardName, ward.lga, ward.allocationTier, ward.rank, ward.urbanShare, ward.population, ward.need, ward.allocated, ward.coveragePercent])),
    ...(plan.excluded.length === 0 ? [] : ['<h3>Left out of the plan</h3>', table(['ward', 'rank', 'reason'], plan.excluded.map(({ wardName, rank, reason }) => [wardName, rank, reason]))]),
    ...(urbanExtent.column === null ? [] : ['<h3>Urban extent</h3>', table([`${urbanExtent.column} threshold`, 'wards below', 'wards at or above', 'people below', 'people at or above'], urbanExtent.rows.map((row) => [row.thresholdPercent, row.wardsBelow, row.wardsAtOrAbove, row.populationBelow, row.populationAtOrAbove]))]),
  ]
}

function lgaTable(result: AnalysisResult, plan: NetPlan | null): string {
  const rows = lgaRollup(result, plan).map((row) => [row.lga ?? 'not known', row.wards, row.tiers.High, row.tiers.Medium, row.tiers.Low, row.meanScore, `${row.worstWard} (${String(row.worstRank)})`, ...(plan === null ? [] : [row.netsAllocated])])
  return table(['LGA', 'wards', 'High', 'Medium', 'Low', 'mean score', 'highest ward (rank)', ...(plan === null ? [] : ['nets'])], rows)
}

function rankingTable(result: AnalysisResult): string {
  const hasPca = result.pca.suitable
  const header = ['rank', 'ward', 'LGA', 'tier', 'score', 'in top third of models', 'median model rank', ...(hasPca ? ['PCA rank'] : []), ...result.indicators.map(({ name }) => name)]
  const rows = result.wards.map((ward) => [
    ward.rank, ward.wardName, ward.lga, ward.tier, ward.score, `${number(100 * ward.robustness.topThirdShare)} %`, ward.robustness.medianRank, ...(hasPca ? [ward.pcaRank] : []),
    ...ward.indicators.map(({ raw, imputed }) => (imputed === undefined ? raw : `${number(raw)} (filled in)`)),
  ])
  return table(header, rows)
}

function methodSection({ indicators, models, pca, mode }: AnalysisResult): string[] {
  return [
    paragraph(mode === 'standard'
      ? `Each indicator is brought into 0 to 1 between its least and greatest value here, 1 being riskiest; for an inverse indicator the greatest value is safest. A model is the plain mean of a subset of two or more indicators; there are ${String(models.length)}. A ward's score is the median over the models, its rank 1 + the number of wards with a greater score, its tier the third of the ranking it falls into.`
      : 'Legacy mode: as the earlier system computed it, with the reciprocal for inverse indicators and ties broken by row.'),
    table(['indicator', 'direction', 'direction was', 'least', 'greatest', 'missing'], indicators.map(({ name, direction, guessed, min, max, missing }) => [name, direction, guessed ? 'guessed from the name' : 'chosen', min, max, missing])),
    paragraph(pca.suitable ? `Second opinion by principal components: KMO ${number(pca.kmo ?? NaN)}, Bartlett's p ${(pca.bartlett?.p ?? NaN).toPrecision(3)}, ${String(pca.scored)} components scored.` : `No second opinion by principal components: ${pca.reasons.join('; ')}.`),
  ]
}

function imputationTable({ imputations }: AnalysisResult): string {
  if (imputations.length === 0) return paragraph('None: every value was in the file.')
  return table(['ward', 'column', 'value', 'how', 'neighbours'], imputations.map(({ ward, column, value, how, neighbours }) => [ward, column, value, how, neighbours.join(', ')]))
}

function changes({ droppedRows, unmatchedWards, duplicateWards, acceptedMatches, spelledDifferently, leftOut }: AnalysisResult): string[] {
  const named = (what: string, names: readonly string[]): string => `${what}: ${names.length === 0 ? 'none' : names.join(', ')}`
  return [
    named('Rows left out', droppedRows),
    named('Wards without a boundary', unmatchedWards),
    named('Wards whose name repeats', duplicateWards),
    named('Wards joined to a boundary by hand', acceptedMatches.map(({ ward, boundary }) => `${ward} = ${boundary}`)),
    named('Wards joined to a boundary that is spelled differently', spelledDifferently.map(({ ward, boundary, joinedBy }) => `${ward} = ${boundary} (by ${RULES[joinedBy]})`)),
    named('Columns not used', leftOut.map(({ name, reason }) => `${name} (${reason})`)),
  ]
}

/** The report on the data themselves: counts, every candidate indicator, and each finding with what it concerns. */
function qualitySection(quality: DataQuality): string[] {
  const outliers = quality.columns.filter((column) => column.outliers.count > 0)
  const joined = `${String(quality.matchedByCode)} by code, ${String(quality.matchedByName)} by name, ${String(quality.matchedByNameForm)} by a name that is spelled differently, ${String(quality.matchedByHand)} by hand`
  return [
    list([
      `${String(quality.wards)} wards, ${quality.boundaries === null ? 'no boundaries' : `${String(quality.boundaries)} boundaries (coordinates: ${quality.sourceCrs ?? 'not known'}); joined ${joined}`}`,
      `${String(quality.missingCells)} values are missing (${number(100 * quality.missingShare)} percent of ${String(quality.candidates)} candidate indicators)`,
      `Boundaries without a ward: ${quality.unusedBoundaries.length === 0 ? 'none' : quality.unusedBoundaries.join(', ')}`,
    ]),
    table(['candidate indicator', 'missing', 'missing %', 'least', 'greatest', 'same everywhere', 'far from the rest'], quality.columns.map((column) => [column.name, column.missing, 100 * column.missingShare, column.min, column.max, column.constant ? 'yes' : 'no', column.outliers.count])),
    ...(outliers.length === 0 ? [] : [
      paragraph('Values more than three interquartile ranges beyond the quartiles. They were used as they are.'),
      table(['column', 'ward', 'value', 'usual from', 'to'], outliers.flatMap(({ name, outliers: { low, high, wards } }) => wards.map(({ ward, value }) => [name, ward, value, low, high]))),
    ]),
    table(['found', 'how often', 'what'], quality.findings.map(({ detail, count, examples }) => [detail, count, (examples ?? []).join(', ')])),
  ]
}

function table(header: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const cell = (value: Cell): string => typeof value === 'number' ? `<td class="n">${number(value)}</td>` : `<td>${escaped(value ?? '')}</td>`
  return `<table><thead><tr>${header.map((name) => `<th>${escaped(name)}</th>`).join('')}</tr></thead><tbody>\n${rows.map((row) => `<tr>${row.map(cell).join('')}</tr>`).join('\n')}\n</tbody></table>`
}

function paragraph(text: string): string {
  return `<p>${escaped(text)}</p>`
}

function list(items: readonly string[]): string {
  return `<ul>${items.map((item) => `<li>${escaped(item)}</li>`).join('')}</ul>`
}

/** Up to four significant decimals; the exported files hold every digit. */
function number(value: number): string {
  return Number.isInteger(value) ? String(value) : String(Number(value.toPrecision(Math.abs(value) >= 1000 ? 7 : 4)))
}
